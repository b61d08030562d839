#include "models/weights_bytes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "models/weights_header.h"

namespace smidgen::models {
namespace {

/// Bytes of the header's length, before the header.
constexpr std::size_t kPrefix = 8;

}  // namespace

Result<std::vector<std::byte>> packWeights(const WeightsFile& file) {
    auto composed = composeWeightsHeader(file);
    if (!composed) return propagate(composed);
    std::vector<std::byte> bytes;
    const auto append = [&](std::span<const std::byte> part) {
        bytes.insert(bytes.end(), part.begin(), part.end());
    };
    std::array<std::byte, kPrefix> prefix{};
    for (std::size_t i = 0; i < kPrefix; ++i)
        prefix[i] = static_cast<std::byte>((composed->json.size() >> (8 * i)) & 0xFF);
    append(prefix);
    append(std::as_bytes(std::span(composed->json)));
    for (const StoredTensor* tensor : composed->order) append(tensor->bytes);
    return bytes;
}

Result<WeightsFile> unpackWeights(std::span<const std::byte> bytes, const std::string& name) {
    std::uint64_t length = 0;
    for (std::size_t i = std::min(kPrefix, bytes.size()); i-- > 0;)
        length = (length << 8) | std::to_integer<std::uint64_t>(bytes[i]);
    if (bytes.size() < kPrefix || length > bytes.size() - kPrefix || length > kLongestWeightsHeader)
        return failure(ErrorCode::unusableInput, "'" + name + "' is not usable: it is too short.");
    const auto text = bytes.subspan(kPrefix, static_cast<std::size_t>(length));
    const auto data = bytes.subspan(kPrefix + static_cast<std::size_t>(length));
    auto header =
        parseWeightsHeader({reinterpret_cast<const char*>(text.data()), text.size()}, data.size(), name);
    if (!header) return propagate(header);
    WeightsFile weights;
    for (auto& [key, entry] : header->tensors) {
        const auto part = data.subspan(static_cast<std::size_t>(entry.begin),
                                       static_cast<std::size_t>(entry.end - entry.begin));
        weights.tensors.emplace(key,
                                StoredTensor{entry.type, std::move(entry.shape), {part.begin(), part.end()}});
    }
    weights.metadata = std::move(header->metadata);
    return weights;
}

}  // namespace smidgen::models
