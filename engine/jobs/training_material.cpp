#include "engine/jobs/training_material.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "engine/jobs/training_plan.h"

namespace smidgen {
namespace {

/// Crops for a model's start: so many clean ones, and as many as they are trained on. The latter keep what is
/// found (components, codebooks) from fitting a small collection only: on 40 sounds, codes found with them
/// rebuild sounds kept back at 0.207 instead of 0.237 log10 mel.
constexpr std::size_t kSampleCrops = 384;
/// No step of a training draws the same crops.
constexpr std::uint64_t kSampleStep = ~std::uint64_t{0};
/// Sounds a model is judged by are heard as a user hears them, from their beginning on and whole; these
/// bounds keep judging cheap.
constexpr std::size_t kMostJudgedSounds = 64;
constexpr std::int64_t kMostJudgedFrames = 12000;
constexpr std::int64_t kFewestJudgedFrames = 128;
/// Of what a model kept, every so manieth sound is judged by when nothing else is left to judge by.
constexpr std::size_t kKeptPerJudged = 4;
constexpr std::int64_t kPartFrames = 24000;
constexpr std::int64_t kFewestPartFrames = 48;
constexpr std::int64_t kLongestPartFrames = 960;

/// Clean mid crops spread evenly over `spans`. A crop never reaches beyond its span, where held-out frames
/// may begin: one too short is repeated.
Result<std::vector<float>> evenCrops(const FeatureCache::Batch& batch, std::span<const FeatureSpan> spans,
                                     int cropFrames, std::size_t limit) {
    struct Place {
        int sound;
        std::int64_t start;
        std::int64_t length;
    };
    std::vector<Place> places;
    for (const FeatureSpan& span : spans) {
        const std::int64_t length = std::min<std::int64_t>(span.length.value, cropFrames);
        const std::int64_t crops =
            std::max<std::int64_t>(1, (span.length.value + cropFrames / 2) / cropFrames);
        for (std::int64_t i = 0; i < crops; ++i) {
            const std::int64_t start = std::min(i * cropFrames, span.length.value - length);
            places.push_back({span.sound, span.start.value + start, length});
        }
    }
    const std::size_t count = std::min(limit, places.size());
    const std::size_t size = static_cast<std::size_t>(cropFrames) * kMelBands;
    std::vector<float> crops(count * size);
    for (std::size_t i = 0; i < count; ++i) {
        const Place& place = places[i * places.size() / count];
        const auto crop = std::span(crops).subspan(i * size, size);
        const auto values = static_cast<std::size_t>(place.length * kMelBands);
        const auto& sound = batch.sounds[static_cast<std::size_t>(place.sound)];
        if (auto read = sound.read(0, 0, Frames(place.start), crop.first(values)); !read)
            return propagate(read);
        for (std::size_t at = values; at < size; ++at) crop[at] = crop[at - values];
    }
    return crops;
}

Result<std::vector<std::vector<float>>> judgedSounds(const FeatureCache::Batch& batch,
                                                     std::span<const FeatureSpan> spans) {
    const std::size_t count = std::min(kMostJudgedSounds, spans.size());
    const std::int64_t most = std::max(
        kFewestJudgedFrames, kMostJudgedFrames / static_cast<std::int64_t>(std::max<std::size_t>(count, 1)));
    std::vector<std::vector<float>> sounds;
    for (std::size_t i = 0; i < count; ++i) {
        const FeatureSpan& span = spans[i * spans.size() / count];
        std::vector<float> frames(static_cast<std::size_t>(std::min(span.length.value, most) * kMelBands));
        const auto& sound = batch.sounds[static_cast<std::size_t>(span.sound)];
        if (auto read = sound.read(0, 0, span.start, frames); !read) return propagate(read);
        if (!frames.empty()) sounds.push_back(std::move(frames));
    }
    return sounds;
}

/// Mean difference of side and mid log-mel over the sounding part of stereo sounds, in dB.
std::optional<double> measureSideLevel(const FeatureCache::Batch& batch) {
    double sum = 0;
    std::int64_t count = 0;
    std::vector<float> mid(64 * kMelBands), side(64 * kMelBands);
    for (const SoundFeatures& sound : batch.sounds) {
        if (sound.channels() < 2 || sound.activeFrames(0, 0) == 0) continue;
        const Frames start = sound.activeFrame(0, 0, sound.activeFrames(0, 0) / 2);
        if (!sound.read(0, 0, start, mid) || !sound.read(1, 0, start, side)) continue;
        for (std::size_t i = 0; i < mid.size(); ++i) {
            if (mid[i] < kLogMelFloor + 2) continue;
            sum += side[i] - mid[i];
            ++count;
        }
    }
    if (count == 0) return {};
    return sum / static_cast<double>(count) * 20 / std::numbers::ln10;
}

/// The sounding part of a training span: from just before its first active frame to just after its last.
FeatureSpan activePart(const SoundFeatures& sound, const FeatureSpan& span) {
    const std::int64_t count = sound.activeFrames(0, 0);
    if (count == 0) return span;
    const std::int64_t first = sound.activeFrame(0, 0, 0).value - 2;
    const std::int64_t last = sound.activeFrame(0, 0, count - 1).value + 12;
    const std::int64_t spanEnd = span.start.value + span.length.value;
    const std::int64_t start = std::clamp(first, span.start.value, spanEnd - 1);
    const std::int64_t end = std::clamp(last, start + 1, spanEnd);
    return {span.sound, Frames(start), Frames(end - start)};
}

}  // namespace

FeatureSettings featureSettingsFor(const TrainingRequest& request, std::span<const SoundEntry> usable) {
    double seconds = 0;
    for (const SoundEntry& sound : usable) seconds += sound.seconds;
    FeatureSettings settings;
    settings.augmentation = AugmentationSettings::forDuration(seconds, static_cast<int>(usable.size()));
    settings.variants = AugmentationSettings::variantsFor(seconds);
    settings.seed = request.seed;
    return settings;
}

Result<TrainingMaterial> TrainingMaterial::prepare(const std::filesystem::path& cacheFolder,
                                                   std::span<const SoundEntry> usable,
                                                   const TrainingRequest& request,
                                                   const std::optional<ModelGrowth>& growth, int cropFrames,
                                                   int threads, const CancelToken& cancel,
                                                   const std::function<void(int, int)>& progress) {
    auto cache = FeatureCache::open(cacheFolder);
    if (!cache) return propagate(cache);
    std::vector<SoundEntry> all;
    if (growth) all = growth->known.entries;
    all.insert(all.end(), usable.begin(), usable.end());
    // New sounds that resemble known ones are not held back.
    if (growth) compareSounds(all);
    auto batch = cache->prepare(all, featureSettingsFor(request, all), threads, cancel, progress);
    if (!batch) return propagate(batch);
    TrainingMaterial material;
    material.batch = std::move(*batch);
    material.divide(request, growth);
    const auto isFresh = [&](const FeatureSpan& span) { return span.sound >= material.knownSounds; };
    if (std::ranges::none_of(material.split.training, isFresh)) {
        return failure(ErrorCode::unusableInput, "None of the sounds could be read for training. " +
                                                     (material.batch.failures.empty()
                                                          ? std::string("Check the collection.")
                                                          : material.batch.failures.front().error.sentence));
    }
    if (growth) {
        auto kept = growth->keptSounds();
        if (!kept) return propagate(kept);
        material.kept = std::move(*kept);
    }
    if (auto read = material.readJudgedSounds(growth); !read) return propagate(read);
    auto clean = evenCrops(material.batch, material.split.training, cropFrames, kSampleCrops);
    if (!clean) return propagate(clean);
    const std::size_t cropSize = static_cast<std::size_t>(cropFrames) * kMelBands;
    for (std::size_t i = 0; i < kSampleCrops; ++i) {
        const auto crop = std::span(*clean).subspan(i * cropSize % clean->size(), cropSize);
        material.sample.insert(material.sample.end(), crop.begin(), crop.end());
    }
    const CropSampler sampler(material.batch, material.split.training, cropSettingsFor(request, cropFrames));
    for (std::size_t i = 0; i < kSampleCrops; ++i) {
        const std::size_t old = material.sample.size();
        material.sample.resize(old + cropSize);
        if (auto read = sampler.crop(kSampleStep, i, std::span(material.sample).subspan(old)); !read)
            return propagate(read);
    }
    material.sideLevelDb = measureSideLevel(material.batch);
    return material;
}

/// Known sounds as they were divided before, new ones by the request.
void TrainingMaterial::divide(const TrainingRequest& request, const std::optional<ModelGrowth>& growth) {
    FeatureCache::Batch fresh;
    for (std::size_t i = 0; i < batch.sounds.size(); ++i) {
        const SoundReference* known = nullptr;
        if (growth)
            for (const SoundReference& sound : growth->known.found)
                if (sound.contentHash == batch.entries[i].contentHash) known = &sound;
        if (known == nullptr) {
            fresh.sounds.push_back(batch.sounds[i]);
            fresh.entries.push_back(batch.entries[i]);
            continue;
        }
        const std::int64_t frames = batch.sounds[i].frames(0, 0).value;
        const int index = knownSounds++;
        if (const std::int64_t learned = std::min(known->learnedFrames, frames); learned > 0)
            split.training.push_back({index, Frames(0), Frames(learned)});
        if (known->heldBackFrom >= 0 && known->heldBackFrom < frames)
            split.heldOut.push_back(
                {index, Frames(known->heldBackFrom), Frames(frames - known->heldBackFrom)});
    }
    const Split divided = splitSounds(fresh, {request.heldOutShare, request.seed});
    const auto shifted = [&](FeatureSpan span) {
        span.sound += knownSounds;
        return span;
    };
    for (const FeatureSpan& span : divided.training) split.training.push_back(shifted(span));
    for (const FeatureSpan& span : divided.heldOut) split.heldOut.push_back(shifted(span));
    split.byFile = divided.byFile;
}

Status TrainingMaterial::readJudgedSounds(const std::optional<ModelGrowth>& growth) {
    std::vector<FeatureSpan> fresh, known;
    for (const FeatureSpan& span : split.heldOut) (span.sound < knownSounds ? known : fresh).push_back(span);
    auto heldOut = judgedSounds(batch, fresh);
    if (!heldOut) return propagate(heldOut);
    heldOutSounds = std::move(*heldOut);
    auto training = judgedSounds(batch, split.training);
    if (!training) return propagate(training);
    trainingSounds = std::move(*training);
    auto remembered = judgedSounds(batch, known);
    if (!remembered) return propagate(remembered);
    heldOutKnown = std::move(*remembered);
    if (!growth || !heldOutKnown.empty()) return {};
    // Nothing that was held back is there any more: some of what the model kept has to do.
    HashedMels learned;
    for (std::size_t i = 0; i < kept.mels.size(); ++i) {
        if (i % kKeptPerJudged == kKeptPerJudged - 1)
            heldOutKnown.push_back(std::move(kept.mels[i]));
        else
            learned.add(std::move(kept.mels[i]), std::move(kept.hashes[i]));
    }
    kept = std::move(learned);
    return {};
}

Result<HashedMels> TrainingMaterial::soundingParts() const {
    const auto sounds = static_cast<std::int64_t>(split.training.size() + kept.mels.size());
    const std::int64_t share =
        std::clamp(kPartFrames / std::max<std::int64_t>(sounds, 1), kFewestPartFrames, kLongestPartFrames);
    std::int64_t left = kPartFrames;
    HashedMels parts;
    // With more sounds than fit, every n-th is taken.
    const std::int64_t stride = std::max<std::int64_t>(1, sounds * kFewestPartFrames / kPartFrames);
    for (std::int64_t i = 0; i < sounds && left > 0; i += stride) {
        const auto index = static_cast<std::size_t>(i);
        if (index >= split.training.size()) {
            const std::size_t at = index - split.training.size();
            std::vector<float> frames = kept.mels[at];
            const std::int64_t length =
                std::min({static_cast<std::int64_t>(frames.size()) / kMelBands, share, left});
            frames.resize(static_cast<std::size_t>(length * kMelBands));
            parts.add(std::move(frames), kept.hashes[at]);
            left -= length;
            continue;
        }
        const FeatureSpan& span = split.training[index];
        const auto& sound = batch.sounds[static_cast<std::size_t>(span.sound)];
        const FeatureSpan part = activePart(sound, span);
        const std::int64_t length = std::min({part.length.value, share, left});
        std::vector<float> frames(static_cast<std::size_t>(length * kMelBands));
        if (auto read = sound.read(0, 0, part.start, frames); !read) return propagate(read);
        parts.add(std::move(frames), sound.contentHash());
        left -= length;
    }
    return parts;
}

std::vector<SoundReference> TrainingMaterial::references(const std::optional<ModelGrowth>& growth,
                                                         std::span<const std::string> anchors) const {
    std::vector<SoundReference> all;
    for (const SoundEntry& entry : batch.entries) {
        SoundReference& sound = all.emplace_back();
        sound.path = entry.path;
        sound.contentHash = entry.contentHash;
        sound.seconds = entry.seconds;
    }
    for (const FeatureSpan& span : split.training)
        all[static_cast<std::size_t>(span.sound)].learnedFrames = span.length.value;
    for (const FeatureSpan& span : split.heldOut)
        all[static_cast<std::size_t>(span.sound)].heldBackFrom = span.start.value;
    if (growth) all.insert(all.end(), growth->known.gone.begin(), growth->known.gone.end());
    for (SoundReference& sound : all) {
        const auto anchor = std::ranges::find(anchors, sound.contentHash);
        sound.anchor = anchor == anchors.end() ? -1 : static_cast<int>(anchor - anchors.begin());
    }
    return all;
}

double TrainingMaterial::judgedFrames(double frames) {
    // A selection of what is learned from, and at most as much of what is held back.
    return std::min(frames, static_cast<double>(2 * kMostJudgedFrames));
}

std::int64_t TrainingMaterial::memoryBytes(double frames) {
    constexpr double kFrameBytes = kMelBands * sizeof(float);
    const double sample = 2.0 * kSampleCrops * models::MelVaeTraining().cropFrames;
    const double parts = std::min(frames, static_cast<double>(kPartFrames));
    return static_cast<std::int64_t>(kFrameBytes * (sample + parts + judgedFrames(frames)));
}

double TrainingMaterial::trainingSeconds() const {
    std::int64_t frames = 0;
    for (const FeatureSpan& span : split.training) frames += span.length.value;
    return static_cast<double>(frames) * MelShape().stft.hop / kSampleRate;
}

}  // namespace smidgen
