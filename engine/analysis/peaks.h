// Multi-resolution waveform summaries, so that any zoom of any length paints in constant time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/foundation/units.h"

namespace smidgen {

struct PeakPair {
    float low = 0;
    float high = 0;
};

/// Minimum, maximum and mean square per block of 64 · 4^level samples, one channel (mono mix). Level 0 holds
/// ceil(samples / 64) pairs; levels end when one has ≤ 64 pairs. Immutable once built.
class PeakPyramid {
 public:
    static constexpr int kBaseBlock = 64;
    static constexpr int kFactor = 4;

    PeakPyramid() = default;
    /// Feed blocks in order with append(), then finish(). Memory: length / 64 · 12 bytes · 4/3.
    void append(std::span<const float> mono);
    void finish();

    [[nodiscard]] Samples length() const { return m_length; }
    [[nodiscard]] int levels() const { return static_cast<int>(m_levels.size()); }
    [[nodiscard]] std::span<const PeakPair> level(int index) const {
        return m_levels[static_cast<std::size_t>(index)];
    }
    /// `columns` pairs that cover [start, start + span): the exact extremes at block resolution. Columns
    /// beyond the sound are {0, 0}.
    void columns(double startSample, double spanSamples, std::span<PeakPair> out) const;
    /// Mean squares of the same columns, at block resolution. Beyond the sound 0.
    void powers(double startSample, double spanSamples, std::span<float> out) const;

 private:
    /// visit(column, level, first, end): the blocks of that level which the column touches.
    template <typename Visit>
    void eachColumn(double startSample, double spanSamples, std::size_t count, Visit visit) const;
    [[nodiscard]] double blockLength(std::size_t level, std::size_t index) const;

    Samples m_length;
    std::vector<std::vector<PeakPair>> m_levels;
    std::vector<std::vector<float>> m_powers;  ///< mean squares, one for each pair
    PeakPair m_open;
    double m_openPower = 0;
    int m_openCount = 0;
};

}  // namespace smidgen
