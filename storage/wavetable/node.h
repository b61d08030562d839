// A node of the cube: an array of floats of its own size, which never changes once it is shared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "engine/foundation/result.h"

namespace smidgen::storage {

inline constexpr std::uint32_t kLongestSide = 4096;
inline constexpr std::uint32_t kMostChannels = 64;
inline constexpr std::size_t kMostNodeFloats = std::size_t{1} << 26;

/// Value (row, column, channel) lies at (row · columns + column) · channels + channel.
struct NodeShape {
    std::uint32_t rows = 1;     ///< frames, or cycles: 1 … kLongestSide
    std::uint32_t columns = 1;  ///< bins, or samples of a cycle, or a latent's dimensions: 1 … kLongestSide
    std::uint32_t channels = 1;  ///< 1 … kMostChannels

    [[nodiscard]] std::size_t count() const { return std::size_t{rows} * columns * channels; }
    [[nodiscard]] std::size_t rowCount() const { return std::size_t{columns} * channels; }
    [[nodiscard]] std::size_t bytes() const { return count() * sizeof(float); }
    bool operator==(const NodeShape&) const = default;
};

/// "256 × 128 × 2".
[[nodiscard]] std::string shapeText(const NodeShape& shape);

/// invalidArgument when a side is 0 or too long, or the whole is larger than kMostNodeFloats.
[[nodiscard]] Status checkShape(const NodeShape& shape);

/// Values shared without copying; `metadata` is the caller's own text (JSON by custom), kept as it is.
struct Node {
    NodeShape shape;
    std::shared_ptr<const float[]> values;
    std::string metadata;

    [[nodiscard]] std::span<const float> floats() const { return {values.get(), shape.count()}; }
};

using NodePointer = std::shared_ptr<const Node>;

/// Uninitialised floats, aligned to 64 bytes; from 1 MiB on in huge pages where the system has them. Null
/// when memory is out.
[[nodiscard]] std::shared_ptr<float[]> allocateFloats(std::size_t count);

/// A node with a copy of `values`. Errors: invalidArgument (shape, or not shape.count() values), outOfMemory.
[[nodiscard]] Result<NodePointer> makeNode(const NodeShape& shape, std::span<const float> values,
                                           std::string metadata = {});

/// The sentence for an allocation that failed.
[[nodiscard]] tl::unexpected<Error> outOfMemory(std::size_t bytes);

}  // namespace smidgen::storage
