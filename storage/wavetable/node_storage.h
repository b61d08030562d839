// Where encoded nodes are kept: in memory, in a file, or in the block store, which implements this.
#pragma once

#include "storage/wavetable/codec.h"
#include "storage/wavetable/grid.h"

namespace smidgen::storage {

/// What is known of a stored node without reading it.
struct StoredNode {
    GridPoint point;
    StreamHeader header;
    std::uint64_t length = 0;  ///< of its stream, in bytes
};

class NodeStorage {
 public:
    NodeStorage() = default;
    NodeStorage(const NodeStorage&) = delete;
    NodeStorage& operator=(const NodeStorage&) = delete;
    virtual ~NodeStorage() = default;

    [[nodiscard]] virtual const CubeLayout& layout() const = 0;
    /// In the order of layout().indexOf; does not change while it is used by others.
    [[nodiscard]] virtual std::span<const StoredNode> nodes() const = 0;
    /// The whole stream of nodes()[number] (encodeNode's). Any thread. Errors: io, unusableInput,
    /// outOfMemory.
    [[nodiscard]] virtual Result<Bytes> read(std::size_t number) const = 0;
};

/// Where the bytes of a cube go, how well they are packed, and how near the values are to what they were.
struct CubeReport {
    std::size_t nodes = 0;
    std::uint64_t valueBytes = 0;   ///< as floats
    std::uint64_t storedBytes = 0;  ///< as streams
    std::array<std::size_t, kCodecCount> nodesByCodec{};
    double largestError = 0;  ///< verified, of all nodes

    [[nodiscard]] double ratio() const {
        return storedBytes > 0 ? static_cast<double>(valueBytes) / static_cast<double>(storedBytes) : 0.0;
    }
};

[[nodiscard]] CubeReport reportOf(const NodeStorage& storage);

}  // namespace smidgen::storage
