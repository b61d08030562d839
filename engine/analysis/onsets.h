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

/// log2(1 + events per second), 0 … 6. Events that stand apart are counted, those that do not are estimated;
/// of the two rates the fourth-power mean is taken, which is nearly the greater.
///   counted    local maxima within ± 32 ms of the onset curve; each counts x⁴ / (x⁴ + 0.15⁴), x its height
///   above
///              the median of ± 0.4 s: a stroke one, a ripple nothing, and in between there is no step.
///              Seconds are those of the sound without silence at its ends, at least one.
///   estimated  as for shot noise (Campbell 1909; Rice 1944): mean² / ∫ autocovariance of the envelope (Σ
///   √power
///              over ERB bands; up to the first zero), halved, at most 60 a second. Independent layers add up
///              in it, and a room, which smooths the envelope, leaves it. It counts as far as the sound is
///              percussive, s⁴ / (s⁴ + 0.4⁴) of the percussive share s: rain is dense, a drone is not.
[[nodiscard]] double densityOf(const SoundFrames& frames, const std::vector<double>& onsets);

/// Percussive share of the sound (FitzGerald 2010), 0 … 1: mean over frames by loudness.
[[nodiscard]] double percussiveShare(const SoundFrames& frames);

/// 0 (a drone) … 1 (strokes): half the percussive share and half the unrest σ / (σ + 0.1) of the onset curve.
[[nodiscard]] double rhythmOf(const SoundFrames& frames, const std::vector<double>& onsets);

}  // namespace smidgen
