// NumPy's array file (format 1.0 to 3.0) in memory.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "storage/wavetable/node_bytes.h"

namespace smidgen::storage {

enum class NpyKind { number, text };

/// An array read as floats (row-major, whatever the file's order, byte order and type) or as text.
struct NpyArray {
    NpyKind kind = NpyKind::number;
    std::vector<std::uint64_t> shape;
    std::vector<float> numbers;        ///< of numbers; larger types lose what a float cannot hold
    std::vector<std::string> strings;  ///< of text, UTF-8
};

/// Types: f2, f4, f8, i1 … i8, u1 … u8, b1 and U, little- or big-endian. `name` is for the sentence.
/// Errors: unusableInput (damaged, another type, more than `mostValues` values).
[[nodiscard]] Result<NpyArray> parseNpy(std::span<const std::byte> bytes, std::size_t mostValues,
                                        const std::string& name);

/// The one number of an array that has no more, exactly; a fraction is cut off. Errors: unusableInput, also
/// for what no int64 can hold.
[[nodiscard]] Result<std::int64_t> parseNpyInteger(std::span<const std::byte> bytes, const std::string& name);

/// Little-endian float32, row-major, format 1.0.
[[nodiscard]] Bytes composeNpy(std::span<const std::uint64_t> shape, std::span<const float> values);
/// A one-dimensional array of text; or of no dimension when `scalar`, which needs one string.
[[nodiscard]] Bytes composeNpyText(std::span<const std::string> strings, bool scalar);
/// Of int64; without a shape of one dimension.
[[nodiscard]] Bytes composeNpyIntegers(std::span<const std::int64_t> values,
                                       std::span<const std::uint64_t> shape = {});

}  // namespace smidgen::storage
