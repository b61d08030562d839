// A whole cube as bytes or as a file. Streams are kept as they are, so that saving what was loaded gives the
// same bytes.
//
// Little-endian: "SMIDCUB1" · three sizes (4 bytes each) · three axis names (2 bytes length, then UTF-8) ·
// number of nodes (4) · for each node, in the order of its index: index (4), offset from the start (8),
// length (8), rows, columns, channels (2 each), codec (1), zero (1), largest and rms error (float) · xxh3-64
// of all before (8) · the streams, one after the other without a gap.
#pragma once

#include <filesystem>
#include <memory>

#include "storage/wavetable/encoded_cube.h"

namespace smidgen::storage {

/// Errors: those of reading the nodes; outOfMemory.
[[nodiscard]] Result<Bytes> cubeBytes(const NodeStorage& storage);
/// Atomic, and node by node: the cube need not fit into memory. Errors: io, and those of reading the nodes.
[[nodiscard]] Status writeCubeFile(const NodeStorage& storage, const std::filesystem::path& path);

/// Errors: unusableInput (damaged; every length, order and checksum is verified before anything large is
/// allocated).
[[nodiscard]] Result<std::unique_ptr<EncodedCube>> parseCube(std::span<const std::byte> bytes);

/// An open cube file whose nodes are read when they are asked for. Only the table is held in memory.
class CubeFile final : public NodeStorage {
 public:
    /// Errors: notFound, io, unusableInput.
    [[nodiscard]] static Result<std::unique_ptr<CubeFile>> open(const std::filesystem::path& path);
    ~CubeFile() override;

    [[nodiscard]] const CubeLayout& layout() const override { return m_layout; }
    [[nodiscard]] std::span<const StoredNode> nodes() const override { return m_nodes; }
    [[nodiscard]] Result<Bytes> read(std::size_t number) const override;

 private:
    explicit CubeFile(std::filesystem::path path) : m_path(std::move(path)) {}
    [[nodiscard]] Status readAt(std::uint64_t offset, std::span<std::byte> out) const;

    std::filesystem::path m_path;
    int m_descriptor = -1;
    CubeLayout m_layout;
    std::vector<StoredNode> m_nodes;
    std::vector<std::uint64_t> m_offsets;
};

}  // namespace smidgen::storage
