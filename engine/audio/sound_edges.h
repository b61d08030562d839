// Where a sound begins and ends: what is cut off, and how it comes in and goes out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// The gain over a fade-in from t = 0 to 1; a fade-out is its mirror.
enum class FadeShape {
    linear,      ///< t
    equalPower,  ///< sin(πt/2): steady power where two uncorrelated sounds are cross-faded
    smooth,      ///< sin²(πt/2): steady amplitude where a sound is cross-faded with itself; no corners
    exponential  ///< as straight in decibels as may be: (1000^t − 1) / 999
};
inline constexpr FadeShape kFadeShapes[] = {FadeShape::linear, FadeShape::equalPower, FadeShape::smooth,
                                            FadeShape::exponential};
/// "linear", "equal-power", "smooth", "exponential".
[[nodiscard]] std::string_view nameOf(FadeShape shape);
[[nodiscard]] std::optional<FadeShape> fadeShapeNamed(std::string_view name);
/// t from 0 to 1.
[[nodiscard]] double fadeGain(FadeShape shape, double t);

inline constexpr double kLongestEdge = 3600;        ///< seconds
inline constexpr double kLowestSilenceDb = -120.0;  ///< dBFS
inline constexpr double kHighestSilenceDb = -20.0;

/// Done in this order: cut, silence, fades.
struct SoundEdges {
    double cutStart = 0;  ///< seconds taken off the start, 0 … kLongestEdge; likewise below
    double cutEnd = 0;
    /// What lies below at either end, in all channels, is taken off, but for 5 ms; dBFS,
    /// kLowestSilenceDb … kHighestSilenceDb.
    std::optional<double> silenceDb;
    double fadeIn = 0;
    double fadeOut = 0;
    FadeShape shapeIn = FadeShape::smooth;
    FadeShape shapeOut = FadeShape::smooth;

    /// Errors: invalidArgument naming the field and its range.
    [[nodiscard]] Status validate() const;
    bool operator==(const SoundEdges&) const = default;
};

/// In place. Errors: as validate(); invalidArgument when nothing would be left, or the fades are longer than
/// what is left. `name`: of the sound, for the sentence.
[[nodiscard]] Status shapeEdges(AudioBuffer& buffer, const SoundEdges& edges, const std::string& name);

}  // namespace smidgen
