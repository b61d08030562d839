// A cube as a NumPy archive, for Python and back.
//
// Arrays: "size" (three int64), "axes" (three strings), and for each node "node_X_Y_Z" (float32, rows ×
// columns × channels) with, where there is any, "metadata_X_Y_Z" (a string). Read are also nodes of one or
// two dimensions (columns; rows × columns) and one array "cube" of four to six dimensions instead of nodes:
// positions along the three axes, then as a node; "size" and "axes" may be missing.
#pragma once

#include <filesystem>
#include <memory>

#include "storage/wavetable/cube.h"
#include "storage/wavetable/zip_archive.h"

namespace smidgen::storage {

inline constexpr std::uint64_t kMostNpzBytes = std::uint64_t{8} << 30;

struct NpzOptions {
    bool deflate = true;  ///< as numpy.savez_compressed, or stored as numpy.savez
};

/// Atomic and node by node. Errors: io, invalidArgument (4 GiB or more), and those of loading nodes.
[[nodiscard]] Status exportNpz(const NodeSource& source, const std::filesystem::path& path,
                               const NpzOptions& options = {});

/// Errors: notFound, io, unusableInput (damaged, hostile, or arrays that are no cube), outOfMemory.
[[nodiscard]] Result<std::unique_ptr<Cube>> importNpz(const std::filesystem::path& path);
/// The same from memory; `name` is for the sentence.
[[nodiscard]] Result<std::unique_ptr<Cube>> parseNpz(std::span<const std::byte> bytes,
                                                     std::uint64_t mostBytes, const std::string& name);

}  // namespace smidgen::storage
