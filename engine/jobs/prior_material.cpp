#include "engine/jobs/prior_material.h"

#include <algorithm>
#include <iterator>

#include "engine/collections/training_data.h"
#include "engine/foundation/atomic_file.h"
#include "engine/jobs/sound_attributes.h"

namespace smidgen {
namespace {

/// Latent frames from … to of `codes`, as a sound of its own.
models::CodedSound partOf(const models::MelCodes& codes, const std::string& name, std::int64_t from,
                          std::int64_t to) {
    const std::int64_t frames = codes.frames().value;
    const auto place = [&](std::int64_t frame) {
        return codes.codes.begin() + std::clamp<std::int64_t>(frame, 0, frames) * codes.levels;
    };
    models::CodedSound sound;
    sound.name = name;
    sound.conditions.global = codes.g;
    sound.grid.levels = codes.levels;
    if (from < to) sound.grid.codes.assign(place(from), place(to));
    return sound;
}

/// Encodes a whole sound from `shift` on and divides its codes, so that both parts are heard as parts of it.
Status encodeSound(const models::MelVae& model, const FeatureCache::Batch& batch, const FeatureSpan& training,
                   const FeatureSpan* heldOut, std::int64_t shift,
                   const std::optional<Attributes>& attributes, PriorMaterial& material) {
    const auto index = static_cast<std::size_t>(training.sound);
    const FeatureSpan& last = heldOut != nullptr ? *heldOut : training;
    const std::int64_t start = training.start.value + shift;
    const std::int64_t length = last.start.value + last.length.value - start;
    const std::int64_t fold = model.shape().fold;
    if (length < fold) return {};
    std::vector<float> frames(static_cast<std::size_t>(length * kMelBands));
    if (auto read = batch.sounds[index].read(0, 0, Frames(start), frames); !read) return read;
    auto codes = model.encodeCodes(frames);
    if (!codes) return propagate(codes);
    const std::string name = displayName(batch.entries[index].path.filename());
    const std::int64_t all = codes->frames().value;
    const auto describe = [&](models::CodedSound& sound) {
        if (!attributes) return;
        sound.conditions.descriptors.assign(attributes->values.begin(), attributes->values.end());
    };
    const std::int64_t learned = heldOut != nullptr ? (training.length.value - shift) / fold : all;
    auto part = partOf(*codes, name, 0, learned);
    describe(part);
    if (part.grid.frames().value > 0) material.training.push_back(std::move(part));
    if (heldOut == nullptr || shift > 0) return {};
    part = partOf(*codes, name, (heldOut->start.value - start + fold - 1) / fold, all);
    describe(part);
    if (part.grid.frames().value > 0) material.heldOut.push_back(std::move(part));
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
    auto attributes = attributesOf(batch->entries, threads, cancel);
    if (!attributes) return propagate(attributes);
    const Split split = splitSounds(*batch, {heldOutShare, seed, SplitBy::time});
    PriorMaterial material;
    material.sounds = static_cast<int>(batch->sounds.size());
    for (const SoundEntry& entry : batch->entries) material.seconds += entry.seconds;
    for (const FeatureSpan& span : split.training) {
        const auto held = std::ranges::find(split.heldOut, span.sound, &FeatureSpan::sound);
        const FeatureSpan* const rest = held == split.heldOut.end() ? nullptr : &*held;
        for (std::int64_t shift = 0; shift < model.shape().fold; ++shift) {
            if (cancel.cancelled()) return failure(ErrorCode::cancelled, "Stopped.");
            if (auto done = encodeSound(model, *batch, span, rest, shift,
                                        (*attributes)[static_cast<std::size_t>(span.sound)], material);
                !done)
                return propagate(done);
        }
    }
    if (material.training.empty())
        return failure(ErrorCode::unusableInput,
                       "The sounds are too short for a prior: a tenth of a second is the least.");
    return material;
}

}  // namespace smidgen
