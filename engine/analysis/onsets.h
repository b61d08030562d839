// Onsets: where something begins, how much of it there is, and how struck it sounds.
#pragma once

#include <vector>

#include "engine/analysis/sound_frames.h"

namespace smidgen {

/// For each frame the share of its loudness that was not there two frames (21 ms) before, 0 … 1: with N =
/// power^¼ in ERB bands (specific loudness after Zwicker & Fastl 1999), Σ max(0, N_b(t) − max(N_b−1, N_b,
/// N_b+1)(t − 2)) / (Σ N_b(t) + a quarter of its mean). The maximum over neighbours keeps vibrato out (Böck
/// & Widmer 2013); the share, rather than a sum, makes a stroke over a loud ground count by what is heard of
/// it.
[[nodiscard]] std::vector<double> onsetCurve(const SoundFrames& frames);

/// log2(1 + events per second), 0 … 6. Where events run together fewer can be counted than there are: their
/// number is that of those counted times 1 + 8 · filled².
///   counted  local maxima within ± 32 ms of the onset curve; each counts x⁴ / (x⁴ + 0.1⁴), x its height
///   above
///            the median of ± 0.4 s: a stroke one, a ripple nothing, and in between there is no step. Seconds
///            are those of the sound without silence at its ends, at least one.
///   filled   the share of the time that is filled: of each ERB band mean² over mean square of its power (the
///            inverse participation ratio; for shot noise it grows with the rate of events, Rice 1944), mean
///            over bands by specific loudness. A stroke fills some 40 ms, a drone everything. (The factor was
///            chosen by descriptor_matrix, so that layers raise the density of loops.)
[[nodiscard]] double densityOf(const SoundFrames& frames, const std::vector<double>& onsets);

/// 0 (a drone) … 1 (strokes): half the percussive share (harmonic_percussive.h) and half the unrest
/// σ / (σ + 0.1) of an onset curve for which every ERB band is as loud, on average, as all others (but for
/// countsAtLevel()): a filter changes neither. Attacks of less than 20 ms are all alike to it.
[[nodiscard]] double rhythmOf(const SoundFrames& frames);

}  // namespace smidgen
