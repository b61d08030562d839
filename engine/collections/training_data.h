// What the trainer is fed: a split, and crops that are a pure function of (seed, step, slot).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/collections/feature_cache.h"
#include "engine/foundation/random.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// A stretch of one sound's features, in frames of the clean mid rendering.
struct FeatureSpan {
    int sound = 0;  ///< index into the batch
    Frames start;
    Frames length;
};

enum class SplitBy { files, time };

struct SplitSettings {
    double heldOutShare = 0.1;  ///< 0…0.5
    std::uint64_t seed = 0;
    SplitBy by = SplitBy::files;
};

/// By file when there are ≥ 8 sounds, by time below that or when asked for (the last part of each sound, at
/// least 0.25 s where the sound is long enough; sounds under 0.5 s give nothing). `training` and `heldOut`
/// never overlap, and by time they lie three frames apart, so that no window reaches from one into the other.
/// A sound with a near-duplicate in the batch is never held out, neither the earlier nor the later one; when
/// that leaves none to hold out, or with a share of 0 or a single file, `heldOut` is empty. By file at least
/// one is held out.
struct Split {
    bool byFile = true;
    std::vector<FeatureSpan> training;
    std::vector<FeatureSpan> heldOut;
};
[[nodiscard]] Split splitSounds(const FeatureCache::Batch& batch, const SplitSettings& settings);

struct CropSettings {
    int frames = 64;                         ///< per crop; even
    double activeShare = 0.7;                ///< of crops that must start in or before non-silence
    double repeatShare = 0.0;                ///< of sounds shorter than a crop that fill it by repetition
    double cleanShare = 0.0;                 ///< of crops taken as they are: no variant, no change below
    double mixupProbability = 0.0;           ///< power mix of two crops: ½ ln((1−s)·e^2a + s·e^2b)
    double mixupLow = 0.1, mixupHigh = 0.4;  ///< share s of the second one's power
    double gainLowDb = 0, gainHighDb = 0;    ///< uniform shift of the whole crop, floored again
    double colourProbability = 0;            ///< of another colour: a smooth equaliser and a shift of bands
    double colourDb = 0;                     ///< standard deviation of the equaliser's gain over bands
    int mostBandShift = 0;                   ///< up or down; rows beyond the edge repeat the outermost
    std::uint64_t seed = 0;
};

/// √duration sampling over spans, then channel (side a quarter as often as mid), variant, place. Stateless:
/// crop(step, slot) is always the same, whichever thread asks and in whatever order, so a resumed training
/// sees the same data.
class CropSampler {
 public:
    CropSampler(const FeatureCache::Batch& batch, std::vector<FeatureSpan> spans, CropSettings settings);
    /// Writes frames × bands log-mel values. Nothing outside a span is read: one shorter than a crop lies at
    /// a drawn place in it, with the floor around. Values at the floor stay there whatever the gain.
    /// Thread-safe. Errors: io; invalidArgument without any span.
    [[nodiscard]] Status crop(std::uint64_t step, std::uint64_t slot, std::span<float> out) const;

 private:
    [[nodiscard]] Status single(Random& random, bool clean, std::span<float> out) const;
    [[nodiscard]] std::int64_t startOf(const SoundFeatures& sound, int channel, int variant,
                                       const FeatureSpan& span, std::int64_t first, std::int64_t length,
                                       Random& random) const;

    std::vector<SoundFeatures> m_sounds;
    std::vector<FeatureSpan> m_spans;
    std::vector<double> m_cumulative;
    CropSettings m_settings;
};

}  // namespace smidgen
