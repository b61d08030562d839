#include "engine/jobs/sound_attributes.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "engine/audio/audio_reader.h"
#include "engine/audio/resampler.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/generation/take_steering.h"
#include "models/weights_file.h"

namespace smidgen {
namespace {

constexpr double kHeardSeconds = 30;
constexpr int kFallBackIterations = 32;  ///< of Griffin-Lim, where no decoder came with the program

std::optional<Attributes> attributesOf(const SoundEntry& sound, SoundDescriber& describer) {
    ReadRange range;
    range.length = Samples(static_cast<std::int64_t>(kHeardSeconds * sound.format.rate));
    auto audio = readAudio(sound.path, range);
    if (!audio) return std::nullopt;
    auto atRate = resample(*audio, kSampleRate);
    if (!atRate) return std::nullopt;
    return describer.describe(toMidSide(*atRate).mid).attributes;
}

}  // namespace

Result<std::vector<std::optional<Attributes>>> attributesOf(std::span<const SoundEntry> sounds, int threads,
                                                            const CancelToken& cancel) {
    std::vector<std::optional<Attributes>> all(sounds.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        SoundDescriber describer;
        for (std::size_t i = next++; i < sounds.size() && !cancel.cancelled(); i = next++)
            all[i] = attributesOf(sounds[i], describer);
    };
    {
        std::vector<std::jthread> others;
        for (int t = 1; t < std::min(threads, static_cast<int>(sounds.size())); ++t)
            others.emplace_back(work);
        work();
    }
    if (cancel.cancelled()) return failure(ErrorCode::cancelled, "The sounds were not listened to.");
    return all;
}

Status addSteeringCard(Library& library, const ModelId& model, std::span<const SoundEntry> sounds,
                       int threads, const CancelToken& cancel) {
    auto heard = attributesOf(sounds, threads, cancel);
    if (!heard) return propagate(heard);
    std::vector<Attributes> known;
    for (const auto& each : *heard)
        if (each) known.push_back(*each);
    const std::filesystem::path file = library.modelFile(model);
    auto trained = models::MelVae::load(file, models::DeviceKind::cpu);
    if (!trained) return propagate(trained);
    auto decoder = makeDecoder(defaultDecoder(), {kFallBackIterations});
    if (!decoder) return propagate(decoder);
    auto card = measureSteeringCard(*trained, **decoder, known, cancel);
    if (!card) return propagate(card);
    auto weights = models::loadWeights(file);
    if (!weights) return propagate(weights);
    weights->metadata[kSteeringMetadata] = toJson(*card);
    if (auto saved = models::saveWeights(*weights, file); !saved) return saved;
    if (auto added = library.addModel(model); !added) return propagate(added);
    return {};
}

}  // namespace smidgen
