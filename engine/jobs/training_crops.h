// What the steps of a training hear: crops of its sounds and, when sounds are added to a model, as many of
// what the model knows already.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/collections/training_data.h"
#include "engine/foundation/random.h"
#include "engine/foundation/result.h"
#include "engine/jobs/training_material.h"

namespace smidgen {

/// Stateless as CropSampler: crop(step, slot) is always the same. Keeps a reference to the material's kept
/// sounds, which must outlive it. Thread-safe.
class TrainingCrops {
 public:
    TrainingCrops(const TrainingMaterial& material, const CropSettings& settings);
    /// Writes settings.frames × bands log-mel values. With a model to grow, even slots are of new sounds and
    /// odd ones of known sounds: those that are there and what was kept of others, each as likely. Errors:
    /// as CropSampler.
    [[nodiscard]] Status crop(std::uint64_t step, std::uint64_t slot, std::span<float> out) const;

 private:
    /// A clean crop of what a model kept; a shorter sound is repeated.
    void keptCrop(Random& random, std::span<float> out) const;

    std::optional<CropSampler> m_fresh, m_known;
    const std::vector<std::vector<float>>& m_kept;
    double m_keptShare = 0;  ///< of the crops of known sounds
    std::uint64_t m_seed;
};

}  // namespace smidgen
