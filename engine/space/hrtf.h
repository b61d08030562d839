// Head-related transfer functions: what a head and its ears do to a sound, from SOFA files (AES69).
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "engine/foundation/result.h"

namespace smidgen {

/// One ear's filter: an impulse response whose onset lies at kHrtfOnset, and the delay that belongs before
/// it.
struct EarFilter {
    std::vector<float> response;  ///< at kSampleRate
    double delay = 0;             ///< samples, 0 or more; 0 is the earliest ear of the whole set
};
inline constexpr int kHrtfOnset = 16;          ///< samples
inline constexpr double kMostEqualising = 30;  ///< dB

enum class Ear { left, right };

/// A measured set at kSampleRate. Its delays are taken out of the responses, so that what lies between
/// measured directions is interpolated without comb filtering. Not thread-safe.
class Hrtf {
 public:
    /// Errors: notFound, unusableInput (no SOFA file, no free-field HRTFs, two ears not there, or a response
    /// above 1 s), outOfMemory.
    [[nodiscard]] static Result<Hrtf> load(const std::filesystem::path& file);
    /// The set that comes with libmysofa (MIT KEMAR), or of that name among the resources ("default.sofa").
    /// Errors: notFound.
    [[nodiscard]] static Result<std::filesystem::path> defaultFile();

    Hrtf(Hrtf&&) noexcept;
    Hrtf& operator=(Hrtf&&) noexcept;
    ~Hrtf();

    /// Directions in degrees as SourcePosition; where none was measured, the nearest.
    [[nodiscard]] EarFilter filter(Ear ear, double azimuth, double elevation) const;
    /// What all directions have in common is the loudspeaker, the room's and the ear canal's, and belongs to
    /// no place: this filter takes it off (diffuse-field equalisation, Møller 1992), so that over all
    /// directions both ears together hear the power there was, at every frequency from 60 Hz to 18 kHz,
    /// within kMostEqualising. Minimum phase, at kSampleRate.
    [[nodiscard]] std::span<const float> equaliser() const;
    [[nodiscard]] int responseLength() const;
    [[nodiscard]] double radius() const;  ///< metres at which it was measured
    [[nodiscard]] int directions() const;

 private:
    struct Impl;
    explicit Hrtf(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
