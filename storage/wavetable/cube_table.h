// The table at the beginning of a cube file.
#pragma once

#include "storage/wavetable/node_storage.h"

namespace smidgen::storage {

struct CubeTable {
    CubeLayout layout;
    std::vector<StoredNode> nodes;
    std::vector<std::uint64_t> offsets;  ///< from the start of the file
    std::uint64_t end = 0;               ///< of the last stream
};

/// With its checksum; the streams follow at once.
[[nodiscard]] Bytes composeCubeTable(const CubeLayout& layout, std::span<const StoredNode> nodes);

/// No layout with its count of nodes is longer.
inline constexpr std::size_t kLongestCubeHead = 1024;
/// How long the table is that begins with `head`, of which kLongestCubeHead bytes are enough; as long as
/// `head` when it is no table's beginning.
[[nodiscard]] std::uint64_t cubeTableSize(std::span<const std::byte> head);

/// Reads the table at the start of `bytes`, which may end anywhere behind it; `fileSize` is where the last
/// stream must end. `name` is for the sentence. Errors: unusableInput.
[[nodiscard]] Result<CubeTable> parseCubeTable(std::span<const std::byte> bytes, std::uint64_t fileSize,
                                               const std::string& name);

/// The refusal of a damaged cube.
[[nodiscard]] tl::unexpected<Error> damagedCube(const std::string& name, const std::string& how);

}  // namespace smidgen::storage
