// Payload: two bytes, the rung of the ladder; then the planes of the residuals of Lorenzo's prediction. Or
// the rung plus 1024, four weights of two bytes each, and the planes of the residuals of that prediction.
#include <algorithm>

#include "storage/wavetable/codec_loops.h"
#include "storage/wavetable/integer_planes.h"
#include "storage/wavetable/ladder.h"
#include "storage/wavetable/linear_prediction.h"
#include "storage/wavetable/payload.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kPiece = 4096;
constexpr int kWithWeights = 1024;

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

bool readWeights(NodeReader& reader, Weights& weights) {
    for (std::int32_t* weight : {&weights.left, &weights.up, &weights.upLeft, &weights.upRight}) {
        std::int16_t read = 0;
        if (!reader.integer(read)) return false;
        *weight = read;
    }
    return true;
}

}  // namespace

std::optional<Bytes> encodeQuantised(const Node& node, const ErrorLimit& limit) {
    const auto values = node.floats();
    const float largest = largestMagnitude(values.data(), values.size());
    const auto found = coarsestRung(largest, [&](float step) { return keepsTo(values, step, limit); });
    if (!found) return std::nullopt;
    const int rung = *found;

    const std::size_t row = node.shape.rowCount();
    std::vector<std::int32_t> steps(values.size());
    quantise(values.data(), stepOfRung(rung), steps.data(), steps.size());
    const auto weights = fitWeights(steps, node.shape);
    std::vector<std::uint32_t> residuals(values.size());
    for (std::size_t r = 0; r < node.shape.rows; ++r) {
        const std::int32_t* current = steps.data() + r * row;
        const std::int32_t* above = r > 0 ? current - row : nullptr;
        std::uint32_t* to = residuals.data() + r * row;
        if (weights)
            predictRow(current, above, *weights, to, node.shape.channels, row);
        else
            lorenzoRow(current, above, to, node.shape.channels, row);
    }
    Bytes payload;
    NodeWriter writer(payload);
    writer.integer(static_cast<std::int16_t>(weights ? rung + kWithWeights : rung));
    if (weights)
        for (const std::int32_t weight : {weights->left, weights->up, weights->upLeft, weights->upRight})
            writer.integer(static_cast<std::int16_t>(weight));
    writePlanes(residuals, payload);
    return payload;
}

bool decodeQuantised(std::span<const std::byte> payload, const NodeShape& shape, float* out) {
    NodeReader reader(payload);
    std::int16_t first = 0;
    std::optional<Weights> weights;
    if (!reader.integer(first)) return false;
    const int rung = first >= kWithWeights / 2 ? first - kWithWeights : first;
    if (!isRung(rung) || (rung != first && !readWeights(reader, weights.emplace()))) return false;
    std::vector<std::uint32_t> residuals(shape.count());
    if (!readPlanes(reader, residuals) || !reader.atEnd()) return false;
    const std::size_t row = shape.rowCount();
    std::vector<std::int32_t> steps(2 * row);
    for (std::size_t r = 0; r < shape.rows; ++r) {
        std::int32_t* current = steps.data() + (r % 2) * row;
        const std::int32_t* above = steps.data() + ((r + 1) % 2) * row;
        if (r == 0) above = nullptr;
        if (weights)
            predictRestoreRow(residuals.data() + r * row, above, *weights, current, shape.channels, row);
        else
            lorenzoRestoreRow(residuals.data() + r * row, above, current, shape.channels, row);
        restore(current, stepOfRung(rung), out + r * row, row);
    }
    return true;
}

}  // namespace smidgen::storage
