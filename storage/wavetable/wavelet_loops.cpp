#include "storage/wavetable/wavelet_loops.h"

#include <algorithm>
#include <array>
#include <vector>

#include "storage/wavetable/processor_versions.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kShortestSide = 8;
constexpr std::size_t kMostLevels = 5;
/// Predict, update, predict, update; then the low half times kLow, the high half over it.
constexpr std::array<float, 4> kLifting{-1.586134342F, -0.05298011854F, 0.8829110762F, 0.4435068522F};
constexpr float kLow = 1.149604398F;

/// target += factor · (before + after), over whole rows.
SMIDGEN_EACH_PROCESSOR
void lift(float* __restrict target, const float* before, const float* after, float factor,
          std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) target[i] += factor * (before[i] + after[i]);
}

SMIDGEN_EACH_PROCESSOR
void scaled(const float* __restrict from, float factor, float* __restrict to, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) to[i] = from[i] * factor;
}

/// Lines of `width` values, line i at lines + i · pitch; `count` ≥ 2 of them. Lines beyond the ends are
/// mirrored.
void liftLines(float* lines, std::size_t pitch, std::size_t count, std::size_t width, std::size_t first,
               float factor) {
    for (std::size_t i = first; i < count; i += 2) {
        const std::size_t before = i > 0 ? i - 1 : 1;
        const std::size_t after = i + 1 < count ? i + 1 : i - 1;
        lift(lines + i * pitch, lines + before * pitch, lines + after * pitch, factor, width);
    }
}

/// Splits `count` lines into a low and a high half. `spare` has room for all of them, tightly.
void splitLines(float* lines, std::size_t pitch, std::size_t count, std::size_t width, float* spare) {
    for (std::size_t s = 0; s < kLifting.size(); ++s)
        liftLines(lines, pitch, count, width, s % 2 == 0 ? 1 : 0, kLifting[s]);
    const std::size_t low = (count + 1) / 2;
    for (std::size_t i = 0; i < count; ++i)
        scaled(lines + i * pitch, i % 2 == 0 ? kLow : 1 / kLow,
               spare + ((i % 2 == 0 ? 0 : low) + i / 2) * width, width);
    for (std::size_t i = 0; i < count; ++i) std::copy_n(spare + i * width, width, lines + i * pitch);
}

void joinLines(float* lines, std::size_t pitch, std::size_t count, std::size_t width, float* spare) {
    const std::size_t low = (count + 1) / 2;
    for (std::size_t i = 0; i < count; ++i) std::copy_n(lines + i * pitch, width, spare + i * width);
    for (std::size_t i = 0; i < count; ++i)
        scaled(spare + ((i % 2 == 0 ? 0 : low) + i / 2) * width, i % 2 == 0 ? 1 / kLow : kLow,
               lines + i * pitch, width);
    for (std::size_t s = kLifting.size(); s-- > 0;)
        liftLines(lines, pitch, count, width, s % 2 == 0 ? 1 : 0, -kLifting[s]);
}

void transpose(const float* from, std::size_t pitch, std::size_t rows, std::size_t columns, float* to,
               std::size_t toPitch) {
    constexpr std::size_t kTile = 16;
    for (std::size_t r0 = 0; r0 < rows; r0 += kTile) {
        for (std::size_t c0 = 0; c0 < columns; c0 += kTile) {
            for (std::size_t r = r0; r < std::min(rows, r0 + kTile); ++r) {
                for (std::size_t c = c0; c < std::min(columns, c0 + kTile); ++c)
                    to[c * toPitch + r] = from[r * pitch + c];
            }
        }
    }
}

/// Along each row: as lines, after turning the plane on its side.
template <typename Step>
void alongRows(float* plane, std::size_t pitch, std::size_t rows, std::size_t columns,
               std::vector<float>& turned, std::vector<float>& spare, const Step& step) {
    turned.resize(rows * columns);
    transpose(plane, pitch, rows, columns, turned.data(), rows);
    step(turned.data(), rows, columns, rows, spare.data());
    transpose(turned.data(), rows, columns, rows, plane, pitch);
}

std::size_t sideAt(std::size_t side, std::size_t level) {
    for (std::size_t l = 0; l < level; ++l) side = (side + 1) / 2;
    return side;
}

}  // namespace

std::size_t waveletLevels(std::size_t rows, std::size_t columns) {
    std::size_t levels = 0;
    while (levels < kMostLevels &&
           std::min(sideAt(rows, levels + 1), sideAt(columns, levels + 1)) >= kShortestSide)
        ++levels;
    return levels;
}

void waveletForward(std::span<float> plane, std::size_t rows, std::size_t columns) {
    std::vector<float> turned;
    std::vector<float> spare(rows * columns);
    for (std::size_t level = 0; level < waveletLevels(rows, columns); ++level) {
        const std::size_t r = sideAt(rows, level);
        const std::size_t c = sideAt(columns, level);
        splitLines(plane.data(), columns, r, c, spare.data());
        alongRows(plane.data(), columns, r, c, turned, spare, splitLines);
    }
}

void waveletInverse(std::span<float> plane, std::size_t rows, std::size_t columns) {
    std::vector<float> turned;
    std::vector<float> spare(rows * columns);
    for (std::size_t level = waveletLevels(rows, columns); level-- > 0;) {
        const std::size_t r = sideAt(rows, level);
        const std::size_t c = sideAt(columns, level);
        alongRows(plane.data(), columns, r, c, turned, spare, joinLines);
        joinLines(plane.data(), columns, r, c, spare.data());
    }
}

}  // namespace smidgen::storage
