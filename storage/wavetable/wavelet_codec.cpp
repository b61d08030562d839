// Payload: two bytes, the rung of the ladder; then the planes of the quantised coefficients: channel by
// channel, the lowest band first, then each level's three bands from coarse to fine.
#include <algorithm>

#include "storage/wavetable/codec_loops.h"
#include "storage/wavetable/integer_planes.h"
#include "storage/wavetable/ladder.h"
#include "storage/wavetable/payload.h"
#include "storage/wavetable/wavelet_loops.h"

namespace smidgen::storage {
namespace {

/// In steps.
constexpr float kDeadZone = 0.6F;
/// The transform may shrink an error by less than this.
constexpr double kMostShrinking = 1.5;

void takeChannel(const float* values, const NodeShape& shape, std::size_t channel, std::span<float> plane) {
    for (std::size_t i = 0; i < plane.size(); ++i) plane[i] = values[i * shape.channels + channel];
}

void placeChannel(std::span<const float> plane, const NodeShape& shape, std::size_t channel, float* values) {
    for (std::size_t i = 0; i < plane.size(); ++i) values[i * shape.channels + channel] = plane[i];
}

/// Calls visit(first, length) for each run of a plane's coefficients that lie side by side, band by band.
template <typename Visit>
void eachRun(std::size_t rows, std::size_t columns, const Visit& visit) {
    const std::size_t levels = waveletLevels(rows, columns);
    std::vector<std::pair<std::size_t, std::size_t>> sides{{rows, columns}};
    for (std::size_t l = 0; l < levels; ++l)
        sides.emplace_back((sides.back().first + 1) / 2, (sides.back().second + 1) / 2);
    const auto band = [&](std::size_t top, std::size_t bottom, std::size_t left, std::size_t right) {
        for (std::size_t r = top; r < bottom; ++r) visit(r * columns + left, right - left);
    };
    band(0, sides.back().first, 0, sides.back().second);
    for (std::size_t l = levels; l-- > 0;) {
        const auto [r, c] = sides[l];
        const auto [lowR, lowC] = sides[l + 1];
        band(0, lowR, lowC, c);
        band(lowR, r, 0, lowC);
        band(lowR, r, lowC, c);
    }
}

std::vector<float> transform(const Node& node) {
    const std::size_t area = std::size_t{node.shape.rows} * node.shape.columns;
    std::vector<float> coefficients(node.shape.count());
    for (std::size_t h = 0; h < node.shape.channels; ++h) {
        const auto plane = std::span(coefficients).subspan(h * area, area);
        takeChannel(node.values.get(), node.shape, h, plane);
        waveletForward(plane, node.shape.rows, node.shape.columns);
    }
    return coefficients;
}

/// Whether `step` leaves the coefficients themselves too far away for any inverse.
bool isHopeless(const std::vector<float>& coefficients, float step, const ErrorLimit& limit) {
    constexpr std::size_t kPiece = 4096;
    const ErrorLimit loose{.rms = std::min(limit.rms, limit.largest) * kMostShrinking};
    std::array<std::int32_t, kPiece> steps{};
    std::array<float, kPiece> restored{};
    ErrorMeter meter;
    for (std::size_t at = 0; at < coefficients.size(); at += kPiece) {
        const std::size_t count = std::min(kPiece, coefficients.size() - at);
        quantiseDeadZone(coefficients.data() + at, step, kDeadZone, steps.data(), count);
        restore(steps.data(), step, restored.data(), count);
        meter.add(coefficients.data() + at, restored.data(), count);
        if (meter.exceeds(loose, coefficients.size())) return true;
    }
    return false;
}

bool keepsTo(const Node& node, const std::vector<float>& coefficients, float step, const ErrorLimit& limit) {
    if (isHopeless(coefficients, step, limit)) return false;
    const std::size_t area = std::size_t{node.shape.rows} * node.shape.columns;
    std::vector<std::int32_t> steps(area);
    std::vector<float> plane(area);
    std::vector<float> original(area);
    ErrorMeter meter;
    for (std::size_t h = 0; h < node.shape.channels; ++h) {
        quantiseDeadZone(coefficients.data() + h * area, step, kDeadZone, steps.data(), area);
        restore(steps.data(), step, plane.data(), area);
        waveletInverse(plane, node.shape.rows, node.shape.columns);
        takeChannel(node.values.get(), node.shape, h, original);
        meter.add(original.data(), plane.data(), area);
        if (meter.exceeds(limit, node.shape.count())) return false;
    }
    return true;
}

}  // namespace

std::optional<Bytes> encodeWavelet(const Node& node, const ErrorLimit& limit) {
    const std::vector<float> coefficients = transform(node);
    const float largest = largestMagnitude(coefficients.data(), coefficients.size());
    const auto found =
        coarsestRung(largest, [&](float step) { return keepsTo(node, coefficients, step, limit); });
    if (!found) return std::nullopt;
    const int rung = *found;

    const std::size_t area = std::size_t{node.shape.rows} * node.shape.columns;
    std::vector<std::int32_t> steps(area);
    std::vector<std::uint32_t> numbers(coefficients.size());
    std::size_t at = 0;
    for (std::size_t h = 0; h < node.shape.channels; ++h) {
        quantiseDeadZone(coefficients.data() + h * area, stepOfRung(rung), kDeadZone, steps.data(), area);
        eachRun(node.shape.rows, node.shape.columns, [&](std::size_t first, std::size_t length) {
            zigzag(steps.data() + first, numbers.data() + at, length);
            at += length;
        });
    }
    Bytes payload;
    NodeWriter(payload).integer(static_cast<std::int16_t>(rung));
    writePlanes(numbers, payload);
    return payload;
}

bool decodeWavelet(std::span<const std::byte> payload, const NodeShape& shape, float* out) {
    NodeReader reader(payload);
    std::int16_t rung = 0;
    if (!reader.integer(rung) || !isRung(rung)) return false;
    std::vector<std::uint32_t> numbers(shape.count());
    if (!readPlanes(reader, numbers) || !reader.atEnd()) return false;
    const std::size_t area = std::size_t{shape.rows} * shape.columns;
    std::vector<std::int32_t> steps(area);
    std::vector<float> plane(area);
    std::size_t at = 0;
    for (std::size_t h = 0; h < shape.channels; ++h) {
        eachRun(shape.rows, shape.columns, [&](std::size_t first, std::size_t length) {
            unzigzag(numbers.data() + at, steps.data() + first, length);
            at += length;
        });
        restore(steps.data(), stepOfRung(rung), plane.data(), area);
        waveletInverse(plane, shape.rows, shape.columns);
        placeChannel(plane, shape, h, out);
    }
    return true;
}

}  // namespace smidgen::storage
