// What the trainer is fed: a split, and crops that are a pure function of (seed, step, slot).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/collections/feature_cache.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// A stretch of one sound's features.
struct FeatureSpan {
    int sound = 0;  ///< index into the batch
    Frames start;
    Frames length;
};

struct SplitSettings {
    double heldOutShare = 0.1;  ///< 0…0.5
    std::uint64_t seed = 0;
};

/// By file when there are ≥ 8 sounds, by time below that (the last part of each sound, at least 0.25 s where
/// the sound is long enough). `training` and `heldOut` never overlap. Near-duplicates of a training file
/// (entry finding) are never held out.
struct Split {
    bool byFile = true;
    std::vector<FeatureSpan> training;
    std::vector<FeatureSpan> heldOut;
};
[[nodiscard]] Split splitSounds(const FeatureCache::Batch& batch, const SplitSettings& settings);

struct CropSettings {
    int frames = 64;                       ///< per crop; even
    double activeShare = 0.7;              ///< of crops that must start in or before non-silence
    double mixupProbability = 0.0;         ///< power mix of two crops
    double gainLowDb = 0, gainHighDb = 0;  ///< uniform shift of the whole crop, floored again
    std::uint64_t seed = 0;
};

/// √duration sampling over sounds, then channel (side a quarter as often as mid), variant, place. Stateless:
/// crop(step, slot) is always the same, whichever thread asks and in whatever order, so a resumed training
/// sees the same data.
class CropSampler {
 public:
    CropSampler(const FeatureCache::Batch& batch, std::vector<FeatureSpan> spans, CropSettings settings);
    /// Writes frames × kMelBands log-mel values. Sounds shorter than a crop are padded with the floor.
    /// Thread-safe.
    [[nodiscard]] Status crop(std::uint64_t step, std::uint64_t slot, std::span<float> out) const;

 private:
    std::vector<SoundFeatures> m_sounds;
    std::vector<FeatureSpan> m_spans;
    std::vector<double> m_cumulative;
    CropSettings m_settings;
};

}  // namespace smidgen
