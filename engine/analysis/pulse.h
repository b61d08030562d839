// Pulse and tempo: whether onsets come round, and how often.
#pragma once

#include <vector>

#include "engine/analysis/descriptors.h"
#include "engine/analysis/sound_frames.h"

namespace smidgen {

struct PulseEstimate {
    double strength = 0;  ///< 0 … 1
    TempoEstimate tempo;
};

/// From the autocorrelation (Brown 1993; Ellis 2007) of the onset curve, and of a slower one that hears
/// swells: the share of loudness (Σ power^¼ over ERB bands) that was not there 85 ms before. From each its
/// running mean is taken, and each lag goes over the frames it has, for 30 … 300 beats a minute as far as the
/// sound holds two periods. The stronger curve holds; for tempo the onsets, unless the swells are stronger by
/// half.
///   strength: highest mean of the correlation at one and two periods, less the median over lags, less what
///             chance gives in a sound of this length (2 / √(0.4 · frames)); times σ / (σ + 0.02) of the
///             curve, so that the ripple of a drone is no pulse.
///   tempo:    the lag with the highest sum of correlation at one, two and four periods, weighted by a normal
///             over log2 tempo about 120 with σ = 1 octave (Ellis 2007; 0.9 there), which chooses between
///             octaves: of 60 and 120 the latter; refined by parabolas at the multiples of the period.
[[nodiscard]] PulseEstimate pulseOf(const SoundFrames& frames, const std::vector<double>& onsets);

}  // namespace smidgen
