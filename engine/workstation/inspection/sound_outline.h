// What is known so far of a sound's waveform: chunks of peaks, each immutable.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/analysis/peaks.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// An immutable value; shared between threads. Grows by being replaced with a longer one.
struct SoundOutline {
    static constexpr std::int64_t kChunk = std::int64_t{1}
                                           << 22;  ///< samples a chunk; the last may be shorter

    int rate = kSampleRate;
    int channels = 0;
    Samples length;              ///< of the whole sound, as its header says; corrected when complete
    Samples known;               ///< peaks reach so far
    bool complete = false;       ///< everything was read, or reading ended with `error`
    std::optional<Error> error;  ///< what was read until then stays shown
    std::vector<std::shared_ptr<const PeakPyramid>> chunks;

    [[nodiscard]] Seconds duration() const { return toSeconds(length, rate); }
    [[nodiscard]] double fraction() const {
        return complete || length.value == 0
                   ? 1.0
                   : static_cast<double>(known.value) / static_cast<double>(length.value);
    }
    /// Extremes of the mono mix, as PeakPyramid::columns over the whole sound; {0, 0} where nothing is known.
    void columns(double startSample, double spanSamples, std::span<PeakPair> out) const;
    /// Mean squares of the mono mix, as PeakPyramid::powers over the whole sound; 0 where nothing is known.
    void powers(double startSample, double spanSamples, std::span<float> out) const;

 private:
    /// visit(chunk, first column, end column, start of the first column in the chunk, its width in samples).
    template <typename Visit>
    void eachChunk(double startSample, double spanSamples, std::size_t columns, Visit visit) const;
    /// The part of a column that lies in a chunk, in samples; 0 when it is rounding, not sound.
    [[nodiscard]] double overlap(std::size_t chunk, double columnStart, double width) const;
};

}  // namespace smidgen
