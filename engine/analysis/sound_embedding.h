// What a sound is like, in few numbers: sounds that are alike lie near each other.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "engine/analysis/mel.h"

namespace smidgen {

/// Euclidean. The name belongs to the formulas: what is stored under it can be compared with it for good.
inline constexpr std::string_view kSoundSpace = "sound-1";
inline constexpr int kSoundDims = 40;
using SoundEmbedding = std::array<float, kSoundDims>;

/// The numbers before they are scaled, in this order:
///   0–12   timbre: cosine coefficients 1–13 of the log-mel frames, mean over frames weighted by energy
///   13–25  how far they wander: weighted standard deviations
///   26     centroid (mel bands), 27 spread (bands), 28 flatness (ln of geometric over arithmetic mean), 29
///          change from frame to frame (nepers), 30 share of energy below 150 Hz, 31 above 5 kHz
///   32     ln of the attack in seconds (10 to 90 % of the highest level), 33 centre of energy in time (share
///          of the length), 34 ln of the seconds that sound, 35 crest (nepers from mean to highest level), 36
///          decay after the highest level (nepers a second, up to 40), 37 onsets a second, 38 unrest of the
///          level (standard deviation, nepers), 39 share of silence
/// Does not depend on loudness. A silent or empty sound gives zeros.
[[nodiscard]] SoundEmbedding describeSound(const LogMel& mel, const MelShape& shape = {});

/// Each number less its mean over many sounds, by its deviation there, held within ± 3, and weighted: what
/// distances are taken of.
[[nodiscard]] SoundEmbedding embedSound(const LogMel& mel, const MelShape& shape = {});

}  // namespace smidgen
