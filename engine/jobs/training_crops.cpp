#include "engine/jobs/training_crops.h"

#include <algorithm>

namespace smidgen {
namespace {

constexpr std::uint64_t kKnownStream = 0x6b6e6f776eULL;

}  // namespace

TrainingCrops::TrainingCrops(const TrainingMaterial& material, const CropSettings& settings)
    : m_kept(material.kept.mels), m_seed(settings.seed) {
    std::vector<FeatureSpan> fresh, known;
    for (const FeatureSpan& span : material.split.training)
        (span.sound < material.knownSounds ? known : fresh).push_back(span);
    m_fresh.emplace(material.batch, std::move(fresh), settings);
    const auto there = static_cast<double>(known.size()), kept = static_cast<double>(m_kept.size());
    if (there + kept > 0) m_keptShare = kept / (there + kept);
    if (!known.empty()) m_known.emplace(material.batch, std::move(known), settings);
}

Status TrainingCrops::crop(std::uint64_t step, std::uint64_t slot, std::span<float> out) const {
    const bool knows = m_known || !m_kept.empty();
    if (!knows || slot % 2 == 0) return m_fresh->crop(step, slot, out);
    Random random(mixSeed(m_seed, kKnownStream, step, slot));
    if (m_known && random.uniform() >= m_keptShare) return m_known->crop(step, slot, out);
    keptCrop(random, out);
    return {};
}

void TrainingCrops::keptCrop(Random& random, std::span<float> out) const {
    const std::vector<float>& mel = m_kept[random.below(m_kept.size())];
    const auto wanted = static_cast<std::int64_t>(out.size()) / kMelBands;
    const auto frames = static_cast<std::int64_t>(mel.size()) / kMelBands;
    const std::int64_t start =
        frames > wanted
            ? static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(frames - wanted + 1)))
            : 0;
    for (std::int64_t i = 0; i < wanted; ++i) {
        const auto from = mel.begin() + (start + i) % frames * kMelBands;
        std::copy(from, from + kMelBands, out.begin() + i * kMelBands);
    }
}

}  // namespace smidgen
