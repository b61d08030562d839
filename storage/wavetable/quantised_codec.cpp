// Payload: two bytes, the rung of the ladder; then the planes of the Lorenzo residuals.
#include <algorithm>

#include "storage/wavetable/codec_loops.h"
#include "storage/wavetable/integer_planes.h"
#include "storage/wavetable/ladder.h"
#include "storage/wavetable/payload.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kPiece = 4096;

bool keepsTo(std::span<const float> values, float step, const ErrorLimit& limit) {
    std::array<float, kPiece> restored{};
    ErrorMeter meter;
    for (std::size_t at = 0; at < values.size(); at += kPiece) {
        const std::size_t count = std::min(kPiece, values.size() - at);
        requantise(values.data() + at, step, restored.data(), count);
        meter.add(values.data() + at, restored.data(), count);
        if (meter.exceeds(limit, values.size())) return false;
    }
    return meter.error().within(limit);
}

}  // namespace

std::optional<Bytes> encodeQuantised(const Node& node, const ErrorLimit& limit) {
    const auto values = node.floats();
    const float largest = largestMagnitude(values.data(), values.size());
    int rung = kCoarsestRung;
    while (isRung(rung) && largest / stepOfRung(rung) < kMostSteps &&
           !keepsTo(values, stepOfRung(rung), limit))
        ++rung;
    if (!isRung(rung) || largest / stepOfRung(rung) >= kMostSteps) return std::nullopt;

    const std::size_t row = node.shape.rowCount();
    std::vector<std::int32_t> steps(2 * row);
    std::vector<std::uint32_t> residuals(values.size());
    for (std::size_t r = 0; r < node.shape.rows; ++r) {
        std::int32_t* current = steps.data() + (r % 2) * row;
        const std::int32_t* above = steps.data() + ((r + 1) % 2) * row;
        quantise(values.data() + r * row, stepOfRung(rung), current, row);
        lorenzoRow(current, r > 0 ? above : nullptr, residuals.data() + r * row, node.shape.channels, row);
    }
    Bytes payload;
    ByteWriter(payload).integer(static_cast<std::int16_t>(rung));
    writePlanes(residuals, payload);
    return payload;
}

bool decodeQuantised(std::span<const std::byte> payload, const NodeShape& shape, float* out) {
    ByteReader reader(payload);
    std::int16_t rung = 0;
    if (!reader.integer(rung) || !isRung(rung)) return false;
    std::vector<std::uint32_t> residuals(shape.count());
    if (!readPlanes(reader, residuals) || !reader.atEnd()) return false;
    const std::size_t row = shape.rowCount();
    std::vector<std::int32_t> steps(2 * row);
    for (std::size_t r = 0; r < shape.rows; ++r) {
        std::int32_t* current = steps.data() + (r % 2) * row;
        const std::int32_t* above = steps.data() + ((r + 1) % 2) * row;
        lorenzoRestoreRow(residuals.data() + r * row, r > 0 ? above : nullptr, current, shape.channels, row);
        restore(current, stepOfRung(rung), out + r * row, row);
    }
    return true;
}

}  // namespace smidgen::storage
