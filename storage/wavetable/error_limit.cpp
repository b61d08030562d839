#include "storage/wavetable/error_limit.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "storage/wavetable/codec_loops.h"

namespace smidgen::storage {
namespace {

constexpr double kQualityOctaves = 14;
constexpr std::size_t kPiece = 4096;

bool sameBits(std::span<const float> a, std::span<const float> b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](float x, float y) {
        return std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y);
    });
}

}  // namespace

Result<ErrorLimit> limitForQuality(const Node& node, double quality) {
    if (!(quality >= 0 && quality <= 1))
        return failure(ErrorCode::invalidArgument, "A quality lies between 0 and 1.");
    if (quality == 1.0) return ErrorLimit{.largest = 0};
    const auto values = node.floats();
    if (!allFinite(values))
        return failure(
            ErrorCode::invalidArgument,
            "This node holds values that are not numbers; it can only be kept exactly (quality 1).");
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double span = static_cast<double>(*high) - *low;
    return ErrorLimit{.largest = span / 4 * std::exp2(-kQualityOctaves * quality)};
}

void ErrorMeter::add(const float* original, const float* decoded, std::size_t count) {
    const Difference difference = differenceOf(original, decoded, count);
    m_largest = std::max(m_largest, static_cast<double>(difference.largest));
    m_squares += difference.squares;
    m_count += count;
}

MeasuredError ErrorMeter::error() const {
    return {m_largest, m_count > 0 ? std::sqrt(m_squares / static_cast<double>(m_count)) : 0.0};
}

bool ErrorMeter::exceeds(const ErrorLimit& limit, std::size_t total) const {
    return m_largest > limit.largest || m_squares > limit.rms * limit.rms * static_cast<double>(total);
}

MeasuredError measureError(std::span<const float> original, std::span<const float> decoded) {
    constexpr double kEndless = std::numeric_limits<double>::infinity();
    if (original.size() != decoded.size()) return {kEndless, kEndless};
    if (!allFinite(original)) {
        if (sameBits(original, decoded)) return {};
        return {kEndless, kEndless};
    }
    if (!allFinite(decoded)) return {kEndless, kEndless};
    ErrorMeter meter;
    for (std::size_t at = 0; at < original.size(); at += kPiece)
        meter.add(original.data() + at, decoded.data() + at, std::min(kPiece, original.size() - at));
    return meter.error();
}

bool allFinite(std::span<const float> values) {
    return finiteCount(values.data(), values.size()) == values.size();
}

}  // namespace smidgen::storage
