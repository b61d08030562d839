#include "engine/jobs/prior_material.h"

#include <algorithm>
#include <iterator>

#include "engine/collections/training_data.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

/// Frames of a span from `shift` on, as codes; nothing when too few are left.
Status encodeSpan(const models::MelVae& model, const FeatureCache::Batch& batch, const FeatureSpan& span,
                  std::int64_t shift, std::vector<models::CodedSound>& out) {
    const std::int64_t length = span.length.value - shift;
    if (length < model.shape().fold) return {};
    const auto index = static_cast<std::size_t>(span.sound);
    std::vector<float> frames(static_cast<std::size_t>(length * kMelBands));
    if (auto read = batch.sounds[index].read(0, 0, Frames(span.start.value + shift), frames); !read)
        return read;
    auto codes = model.encodeCodes(frames);
    if (!codes) return propagate(codes);
    models::CodedSound sound;
    sound.name = displayName(batch.entries[index].path.filename());
    sound.conditions.global = codes->g;
    sound.grid = std::move(*codes);
    sound.grid.g.clear();
    out.push_back(std::move(sound));
    return {};
}

}  // namespace

Result<PriorMaterial> preparePriorMaterial(const models::MelVae& model,
                                           const std::filesystem::path& cacheFolder,
                                           std::span<const SoundEntry> sounds, double heldOutShare,
                                           std::uint64_t seed, int threads, const CancelToken& cancel,
                                           const std::function<void(int, int)>& progress) {
    if (!model.shape().quantised())
        return failure(ErrorCode::unusableInput,
                       "This model has no codes for a prior to learn. Train one with 'smidgen train --kind "
                       "rvq'.");
    std::vector<SoundEntry> usable;
    std::ranges::copy_if(sounds, std::back_inserter(usable), &SoundEntry::usable);
    if (usable.empty())
        return failure(ErrorCode::unusableInput,
                       "None of the sounds can be used. 'smidgen dataset scan' tells why.");
    auto cache = FeatureCache::open(cacheFolder);
    if (!cache) return propagate(cache);
    FeatureSettings settings;
    settings.augmentation = AugmentationSettings::none();
    auto batch = cache->prepare(usable, settings, threads, cancel, progress);
    if (!batch) return propagate(batch);
    if (batch->sounds.empty()) return failure(ErrorCode::unusableInput, "None of the sounds could be read.");
    const Split split = splitSounds(*batch, {heldOutShare, seed});
    PriorMaterial material;
    material.sounds = static_cast<int>(batch->sounds.size());
    for (const SoundEntry& entry : batch->entries) material.seconds += entry.seconds;
    for (const FeatureSpan& span : split.training)
        for (std::int64_t shift = 0; shift < model.shape().fold; ++shift) {
            if (cancel.cancelled()) return failure(ErrorCode::cancelled, "Stopped.");
            if (auto done = encodeSpan(model, *batch, span, shift, material.training); !done)
                return propagate(done);
        }
    for (const FeatureSpan& span : split.heldOut)
        if (auto done = encodeSpan(model, *batch, span, 0, material.heldOut); !done) return propagate(done);
    if (material.training.empty())
        return failure(ErrorCode::unusableInput,
                       "The sounds are too short for a prior: a tenth of a second is the least.");
    return material;
}

}  // namespace smidgen
