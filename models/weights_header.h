// The JSON header of a weights file, checked before a byte of tensor data is read. Torch-free.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/foundation/result.h"
#include "models/weights_file.h"

namespace smidgen::models {

inline constexpr std::uint64_t kLongestWeightsHeader = std::uint64_t{16} << 20;
inline constexpr std::size_t kMostTensorDimensions = 8;

/// Where a tensor lies in the data section: bytes [begin, end).
struct TensorEntry {
    ElementType type = ElementType::f32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

struct WeightsHeader {
    std::map<std::string, TensorEntry> tensors;
    std::map<std::string, std::string> metadata;
};

[[nodiscard]] std::size_t bytesPerElement(ElementType type);

/// product(shape) × size of type; false when a dimension is negative, there are too many of them or the
/// product overflows.
[[nodiscard]] bool tensorByteCount(ElementType type, const std::vector<std::int64_t>& shape,
                                   std::uint64_t& bytes);

/// `dataBytes`: length of the data section, which the tensors must fill without gaps or overlaps. Errors:
/// unusableInput, the reason in words; `name` is the file as the person knows it.
[[nodiscard]] Result<WeightsHeader> parseWeightsHeader(std::string_view json, std::uint64_t dataBytes,
                                                       const std::string& name);

/// The header of `file`, padded with spaces to a multiple of 8 bytes, and the tensors in the order in which
/// their data follows (largest elements first, so that each is aligned). Errors: invalidArgument (bytes that
/// do not match shape × type, text that is not UTF-8, longer than loading accepts).
struct ComposedHeader {
    std::string json;
    std::vector<const StoredTensor*> order;
};
[[nodiscard]] Result<ComposedHeader> composeWeightsHeader(const WeightsFile& file);

}  // namespace smidgen::models
