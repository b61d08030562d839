// How much of a take is copied from training sounds code by code.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "models/coded_sound.h"

namespace smidgen {

/// From this length on, a shared run counts as copied.
inline constexpr double kCopiedRunSeconds = 0.5;

/// The longest stretch of a take that a training sound also holds, code for code.
struct SharedRun {
    double seconds = 0;
    std::string source;      ///< the training sound; empty: nothing is shared
    double takeStart = 0;    ///< seconds
    double sourceStart = 0;  ///< seconds
    [[nodiscard]] bool copied() const { return seconds >= kCopiedRunSeconds; }
};

/// Frames are equal when their codes of the first `levels` levels are: the coarse levels carry what is
/// recognised, the fine ones differ even between two encodings of one sound. A frame that repeats the one
/// before it lengthens a run in time but says nothing, so a run counts its changing frames alone: silence and
/// held tones, which everything shares, are no copies. O(frames of the take × frames of all sources).
[[nodiscard]] SharedRun longestSharedRun(const models::MelCodes& take,
                                         std::span<const models::CodedSound> sources, int levels,
                                         double framesPerSecond);

}  // namespace smidgen
