// Weights on disk: the safetensors layout (8-byte little-endian header length, JSON header, raw tensors).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/foundation/result.h"

namespace smidgen::models {

enum class ElementType { f16, f32, f64, i32, i64, u8 };

struct StoredTensor {
    ElementType type = ElementType::f32;
    std::vector<std::int64_t> shape;
    std::vector<std::byte> bytes;  ///< row-major, little-endian, product(shape) × size of type
};

/// Tensors and string metadata by name. Torch-free.
struct WeightsFile {
    std::map<std::string, StoredTensor> tensors;
    std::map<std::string, std::string> metadata;
};

/// Atomic. Deterministic: equal contents give equal bytes.
[[nodiscard]] Status saveWeights(const WeightsFile& file, const std::filesystem::path& path);

/// Nothing in the file can run code. Refused with unusableInput before anything large is allocated: header
/// longer than 16 MiB or than the file, not JSON, nested too deep, duplicate names, unknown type, negative or
/// overflowing shape, offsets outside, overlapping, with gaps, or not matching shape × type.
[[nodiscard]] Result<WeightsFile> loadWeights(const std::filesystem::path& path);

/// Metadata only, without reading tensors: for listing many models quickly.
[[nodiscard]] Result<std::map<std::string, std::string>> loadWeightsMetadata(
    const std::filesystem::path& path);

}  // namespace smidgen::models
