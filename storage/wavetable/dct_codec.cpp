// Payload: two bytes, the rung of the ladder; then the planes of the quantised coefficients, one frequency
// after the other from low to high, each over all blocks.
#include <algorithm>

#include "storage/wavetable/block_grid.h"
#include "storage/wavetable/codec_loops.h"
#include "storage/wavetable/integer_planes.h"
#include "storage/wavetable/ladder.h"
#include "storage/wavetable/payload.h"

namespace smidgen::storage {
namespace {

/// In steps; coefficients below it are dropped.
constexpr float kDeadZone = 0.55F;

/// Frequencies by their distance from 0, so that what is alike lies together.
std::array<std::uint8_t, kBlockSize> frequencyOrder() {
    std::array<std::uint8_t, kBlockSize> order{};
    for (std::size_t i = 0; i < kBlockSize; ++i) order[i] = static_cast<std::uint8_t>(i);
    std::stable_sort(order.begin(), order.end(), [](std::uint8_t a, std::uint8_t b) {
        return a / kBlockSide + a % kBlockSide < b / kBlockSide + b % kBlockSide;
    });
    return order;
}

struct Transformed {
    std::vector<float> blocks;        ///< the node's values, block by block
    std::vector<float> coefficients;  ///< of the same blocks
};

Transformed transform(const Node& node, const BlockGrid& grid) {
    Transformed result;
    result.blocks.resize(grid.blocks() * kBlockSize);
    result.coefficients.resize(result.blocks.size());
    const std::size_t stripSize = grid.blocksOfStrip() * kBlockSize;
    for (std::size_t s = 0; s < grid.strips(); ++s) {
        float* blocks = result.blocks.data() + s * stripSize;
        grid.cut(node.values.get(), s, blocks);
        cosineForward(blocks, result.coefficients.data() + s * stripSize, grid.blocksOfStrip());
    }
    return result;
}

bool keepsTo(const Transformed& node, const BlockGrid& grid, std::size_t total, float step,
             const ErrorLimit& limit) {
    const std::size_t stripSize = grid.blocksOfStrip() * kBlockSize;
    std::vector<std::int32_t> steps(stripSize);
    std::vector<float> restored(stripSize);
    std::vector<float> decoded(stripSize);
    ErrorMeter meter;
    for (std::size_t s = 0; s < grid.strips(); ++s) {
        const float* original = node.blocks.data() + s * stripSize;
        quantiseDeadZone(node.coefficients.data() + s * stripSize, step, kDeadZone, steps.data(), stripSize);
        restore(steps.data(), step, restored.data(), stripSize);
        cosineInverse(restored.data(), decoded.data(), grid.blocksOfStrip());
        grid.copyOverhang(original, s, decoded.data());
        meter.add(original, decoded.data(), stripSize);
        if (meter.exceeds(limit, total)) return false;
    }
    return true;
}

/// Whether the coefficients' own error, which an orthonormal transform keeps, is already too large.
bool isHopeless(const Transformed& node, std::size_t total, float step, const ErrorLimit& limit) {
    constexpr std::size_t kPiece = 4096;
    constexpr double kRounding = 1.001;
    const ErrorLimit loose{.rms = std::min(limit.rms, limit.largest) * kRounding};
    std::array<std::int32_t, kPiece> steps{};
    std::array<float, kPiece> restored{};
    ErrorMeter meter;
    for (std::size_t at = 0; at < node.coefficients.size(); at += kPiece) {
        const std::size_t count = std::min(kPiece, node.coefficients.size() - at);
        quantiseDeadZone(node.coefficients.data() + at, step, kDeadZone, steps.data(), count);
        restore(steps.data(), step, restored.data(), count);
        meter.add(node.coefficients.data() + at, restored.data(), count);
        if (meter.exceeds(loose, total)) return true;
    }
    return false;
}

}  // namespace

std::optional<Bytes> encodeDct(const Node& node, const ErrorLimit& limit) {
    const BlockGrid grid(node.shape);
    const Transformed transformed = transform(node, grid);
    const std::size_t total = node.shape.count();
    const float largest = largestMagnitude(transformed.coefficients.data(), transformed.coefficients.size());
    const auto tooCoarse = [&](float step) {
        return (grid.fits() && isHopeless(transformed, total, step, limit)) ||
               !keepsTo(transformed, grid, total, step, limit);
    };
    const auto found = coarsestRung(largest, [&](float step) { return !tooCoarse(step); });
    if (!found) return std::nullopt;
    const int rung = *found;

    static const auto kOrder = frequencyOrder();
    const std::size_t stripSize = grid.blocksOfStrip() * kBlockSize;
    std::vector<std::int32_t> steps(stripSize);
    std::vector<std::uint32_t> coded(stripSize);
    std::vector<std::uint32_t> numbers(grid.blocks() * kBlockSize);
    for (std::size_t s = 0; s < grid.strips(); ++s) {
        quantiseDeadZone(transformed.coefficients.data() + s * stripSize, stepOfRung(rung), kDeadZone,
                         steps.data(), stripSize);
        zigzag(steps.data(), coded.data(), stripSize);
        for (std::size_t f = 0; f < kBlockSize; ++f) {
            std::uint32_t* to = numbers.data() + f * grid.blocks() + s * grid.blocksOfStrip();
            const std::uint32_t* from = coded.data() + kOrder[f];
            for (std::size_t b = 0; b < grid.blocksOfStrip(); ++b) to[b] = from[b * kBlockSize];
        }
    }
    Bytes payload;
    NodeWriter(payload).integer(static_cast<std::int16_t>(rung));
    writePlanes(numbers, payload);
    return payload;
}

bool decodeDct(std::span<const std::byte> payload, const NodeShape& shape, float* out) {
    NodeReader reader(payload);
    std::int16_t rung = 0;
    if (!reader.integer(rung) || !isRung(rung)) return false;
    const BlockGrid grid(shape);
    std::vector<std::uint32_t> numbers(grid.blocks() * kBlockSize);
    if (!readPlanes(reader, numbers) || !reader.atEnd()) return false;
    static const auto kOrder = frequencyOrder();
    const std::size_t stripSize = grid.blocksOfStrip() * kBlockSize;
    std::vector<std::uint32_t> coded(stripSize);
    std::vector<std::int32_t> steps(stripSize);
    std::vector<float> coefficients(stripSize);
    std::vector<float> blocks(stripSize);
    for (std::size_t s = 0; s < grid.strips(); ++s) {
        for (std::size_t f = 0; f < kBlockSize; ++f) {
            const std::uint32_t* from = numbers.data() + f * grid.blocks() + s * grid.blocksOfStrip();
            std::uint32_t* to = coded.data() + kOrder[f];
            for (std::size_t b = 0; b < grid.blocksOfStrip(); ++b) to[b * kBlockSize] = from[b];
        }
        unzigzag(coded.data(), steps.data(), stripSize);
        restore(steps.data(), stepOfRung(rung), coefficients.data(), stripSize);
        cosineInverse(coefficients.data(), blocks.data(), grid.blocksOfStrip());
        grid.place(blocks.data(), s, out);
    }
    return true;
}

}  // namespace smidgen::storage
