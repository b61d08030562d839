#include "engine/generation/take_sound.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

#include "engine/analysis/mel.h"
#include "engine/audio/loudness.h"
#include "engine/foundation/random.h"
#include "engine/generation/latent_directions.h"
#include "engine/generation/latent_path.h"
#include "engine/generation/prior_path.h"

namespace smidgen {
namespace {

using models::Latents;
using models::MelVae;

/// Blended sounds are brought to it first, so that their ratios are what is heard.
constexpr double kEvenLufs = -23;
constexpr double kDefaultSideLevelDb = -8.0;

/// How far the side channel lies below mid in the sounds the model was trained on.
double sideLevelDb(const MelVae& model) {
    const auto found = model.metadata().find(kSideLevelMetadata);
    if (found == model.metadata().end()) return kDefaultSideLevelDb;
    double value = kDefaultSideLevelDb;
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
    return std::clamp(value, -40.0, 0.0);
}

/// A path between sounds leaves the codes; a quantising model takes it back to the nearest ones.
Result<Latents> onTheModelsGround(const MelVae& model, Latents path) {
    if (!model.shape().quantised() || path.z.empty()) return path;
    auto codes = model.codesOf(path);
    if (!codes) return propagate(codes);
    return model.latentsOf(*codes);
}

/// The ways mid and side go through latent space.
double latentFramesPerSecond(const MelVae& model) {
    return static_cast<double>(kSampleRate) / MelShape().stft.hop / static_cast<double>(model.shape().fold);
}

struct TakePath {
    Latents mid;
    std::optional<Latents> side;
    models::MelCodes codes;
    Latents sampled{};  ///< of a take from a prior: mid before anything is blended into it
};

Result<TakePath> pathOf(const MelVae& model, const models::CodePrior* prior, const Recipe& recipe,
                        const SteeredDraw& draw, const CancelToken& cancel,
                        const std::function<void(double)>& report) {
    const Frames frames = pathFrames(model, recipe.seconds);
    const bool stereo = recipe.space == OutputSpace::stereo;
    if (recipe.prior) {
        if (prior == nullptr)
            return failure(ErrorCode::unusableInput, "The model '" + recipe.modelName +
                                                         "' has no prior. Train one with 'smidgen "
                                                         "train-prior'.");
        auto sampled = samplePriorPath(
            model, *prior, recipe, frames, stereo, cancel, [&](double share) { report(0.3 * share); },
            draw.prior);
        if (!sampled) return propagate(sampled);
        return TakePath{std::move(sampled->mid), std::move(sampled->side), std::move(sampled->codes)};
    }
    LatentPathSettings settings{frames,
                                latentFramesPerSecond(model),
                                recipe.variation,
                                mixSeed(recipe.seed, 10),
                                mixSeed(recipe.seed, 11),
                                draw.anchors,
                                draw.rhythm};
    auto mid = onTheModelsGround(model, walkLatents(model.anchors(), model.latentStd(), settings));
    if (!mid) return propagate(mid);
    TakePath path{std::move(*mid), {}, {}};
    if (path.mid.z.empty()) {
        return failure(
            ErrorCode::unusableInput,
            "The model '" + recipe.modelName + "' holds no training latents to walk along. Train it again.");
    }
    if (!stereo) return path;
    settings.noiseSeed = mixSeed(recipe.seed, 13);
    auto side = onTheModelsGround(model, walkLatents(model.anchors(), model.latentStd(), settings));
    if (!side) return propagate(side);
    path.side = std::move(*side);
    return path;
}

/// Along the model's own directions. Codes stay what they are: of models that have them g alone is moved.
Status explore(const MelVae& model, const Recipe& recipe, TakePath& path) {
    if (recipe.explore.empty()) return {};
    auto found = latentDirections(model);
    if (!found) return propagate(found);
    const std::vector<LatentDirection>& directions = **found;
    if (directions.size() < recipe.explore.size())
        return failure(ErrorCode::invalidArgument, "The model '" + recipe.modelName + "' has " +
                                                       std::to_string(directions.size()) +
                                                       " directions of its own; the recipe goes along " +
                                                       std::to_string(recipe.explore.size()) + ".");
    moveAlong(directions, recipe.explore, path.mid);
    if (path.side) moveAlong(directions, recipe.explore, *path.side);
    if (path.codes.g.empty()) return {};
    Latents whole{model.shape().latentDims, {}, path.codes.g};
    moveAlong(directions, recipe.explore, whole);
    path.codes.g = std::move(whole.g);
    return {};
}

/// Mid, and side where the path has one, as sound.
Result<AudioBuffer> soundOf(const MelVae& model, const TakePath& path, const Recipe& recipe,
                            MelDecoder& decoder, const CancelToken& cancel,
                            const std::function<void(double)>& report) {
    const Samples length = toSamples(Seconds(recipe.seconds));
    auto mid = decodeLatents(model, decoder, path.mid, 0.0F, length, mixSeed(recipe.seed, 12), cancel);
    if (!mid) return propagate(mid);
    if (!path.side) {
        AudioBuffer mono(0, Samples(0));
        mono.channels.push_back(std::move(*mid));
        return mono;
    }
    report(0.5);
    const auto gain = static_cast<float>(sideLevelDb(model) / 20.0 * std::numbers::ln10);
    auto side = decodeLatents(model, decoder, *path.side, gain, length, mixSeed(recipe.seed, 14), cancel);
    if (!side) return propagate(side);
    for (float& sample : *side) sample *= static_cast<float>(recipe.width);
    return fromMidSide(*mid, *side);
}

/// Another model walks by itself, with the same seed.
Result<TakePath> pathOf(const BlendVoice& voice, const Recipe& recipe, const CancelToken& cancel) {
    Recipe own = recipe;
    if (voice.prior == nullptr) own.prior.reset();
    if (own.prior) own.prior->continueFrom.clear();
    own.explore.clear();
    return pathOf(*voice.model, voice.prior, own, {}, cancel, [](double) {});
}

Status blendLatents(const TakeVoices& voices, TakePath& path, const Recipe& recipe,
                    const CancelToken& cancel) {
    const auto globals = static_cast<std::size_t>(voices.model.shape().globalDims);
    double sum = 1;
    for (const BlendVoice& voice : voices.blend) sum -= voice.ratio;
    for (const BlendVoice& voice : voices.blend) {
        if (!(voice.ratio > 0)) continue;
        sum += voice.ratio;
        auto other = pathOf(voice, recipe, cancel);
        if (!other) return propagate(other);
        auto mid = exchangeLatents(*voice.model, voices.model, other->mid);
        if (!mid) return propagate(mid);
        blendInto(path.mid, *mid, globals, voice.ratio / sum);
        if (!path.side || !other->side) continue;
        auto side = exchangeLatents(*voice.model, voices.model, *other->side);
        if (!side) return propagate(side);
        blendInto(*path.side, *side, globals, voice.ratio / sum);
    }
    // Between the codes of a quantising model there is nothing.
    auto mid = onTheModelsGround(voices.model, std::move(path.mid));
    if (!mid) return propagate(mid);
    path.mid = std::move(*mid);
    if (!path.side) return {};
    auto side = onTheModelsGround(voices.model, std::move(*path.side));
    if (!side) return propagate(side);
    path.side = std::move(*side);
    return {};
}

/// The first model's path, along its own directions, with the others blended into it where latents blend.
Result<TakePath> wholePath(const TakeVoices& voices, const Recipe& recipe, const SteeredDraw& draw,
                           const CancelToken& cancel, const std::function<void(double)>& report) {
    if (voices.blend.size() != recipe.blend.size())
        return failure(ErrorCode::invalidArgument, "The models of this blend were not loaded.");
    auto path = pathOf(voices.model, voices.prior, recipe, draw, cancel, report);
    if (!path) return path;
    if (auto moved = explore(voices.model, recipe, *path); !moved) return propagate(moved);
    if (recipe.prior)
        path->sampled = path->mid;
    else
        report(0.05);
    if (!voices.blend.empty() && recipe.blendKind == BlendKind::latents)
        if (auto done = blendLatents(voices, *path, recipe, cancel); !done) return propagate(done);
    return path;
}

/// By gain, as loud as all others in a blend; silence stays.
Status makeEven(AudioBuffer& audio) {
    auto measured = measureLoudness(audio);
    if (!measured) return propagate(measured);
    if (!std::isfinite(measured->integratedLufs)) return {};
    const auto gain = static_cast<float>(std::pow(10.0, (kEvenLufs - measured->integratedLufs) / 20));
    for (auto& channel : audio.channels)
        for (float& sample : channel) sample *= gain;
    return {};
}

Status blendAudio(const TakeVoices& voices, AudioBuffer& audio, const Recipe& recipe, MelDecoder& decoder,
                  const CancelToken& cancel) {
    double primary = 1;
    for (const BlendVoice& voice : voices.blend) primary -= voice.ratio;
    if (auto even = makeEven(audio); !even) return even;
    for (auto& channel : audio.channels)
        for (float& sample : channel) sample *= static_cast<float>(primary);
    for (const BlendVoice& voice : voices.blend) {
        auto path = pathOf(voice, recipe, cancel);
        if (!path) return propagate(path);
        auto other = soundOf(*voice.model, *path, recipe, decoder, cancel, [](double) {});
        if (!other) return propagate(other);
        if (auto even = makeEven(*other); !even) return even;
        const auto ratio = static_cast<float>(voice.ratio);
        for (std::size_t c = 0; c < audio.channels.size(); ++c) {
            auto& to = audio.channels[c];
            const auto& from = other->channels[std::min(c, other->channels.size() - 1)];
            for (std::size_t i = 0; i < std::min(to.size(), from.size()); ++i) to[i] += ratio * from[i];
        }
    }
    return {};
}

}  // namespace

Result<std::vector<float>> decodeLatents(const MelVae& model, MelDecoder& decoder, const Latents& latents,
                                         float logGain, Samples length, std::uint64_t seed,
                                         const CancelToken& cancel) {
    auto values = model.decode(latents);
    if (!values) return propagate(values);
    LogMel mel{model.shape().melBands, std::move(*values)};
    for (float& value : mel.values) value = std::max(value + logGain, kLogMelFloor);
    return decoder.decode({&mel, length, seed, cancel});
}

Result<Attributes> attributesOf(const MelVae& model, MelDecoder& decoder, SoundDescriber& describer,
                                const Latents& latents, const CancelToken& cancel) {
    const Samples length(latents.frames().value * model.shape().fold * MelShape().stft.hop);
    auto signal = decodeLatents(model, decoder, latents, 0, length, 1, cancel);
    if (!signal) return propagate(signal);
    return describer.describe(*signal).attributes;
}

Frames pathFrames(const models::MelVae& model, double seconds) {
    return Frames(static_cast<std::int64_t>(std::ceil(seconds * latentFramesPerSecond(model))) + 1);
}

Result<AudioBuffer> heardFree(const TakeVoices& voices, const Recipe& recipe, MelDecoder& decoder,
                              const CancelToken& cancel) {
    Recipe mono = recipe;
    mono.space = OutputSpace::mono;
    const bool mixes = !voices.blend.empty() && recipe.blendKind == BlendKind::audio;
    if (recipe.seconds <= kHeardSeconds || mixes) {
        auto raw = rawTake(voices, mono, {}, decoder, cancel, [](double) {});
        if (!raw) return propagate(raw);
        return std::move(raw->audio);
    }
    auto path = wholePath(voices, mono, {}, cancel, [](double) {});
    if (!path) return propagate(path);
    const std::int64_t frames = path->mid.frames().value;
    const std::int64_t wanted = std::min(frames, pathFrames(voices.model, kHeardSeconds).value);
    // Both have so many values a frame, or g is one for the whole.
    const auto cut = [&](std::vector<float>& values, std::int64_t width) {
        if (static_cast<std::int64_t>(values.size()) != frames * width) return;
        const auto begin = values.begin() + (frames - wanted) / 2 * width;
        values = std::vector<float>(begin, begin + wanted * width);
    };
    cut(path->mid.z, path->mid.latentDims);
    cut(path->mid.g, voices.model.shape().globalDims);
    mono.seconds = kHeardSeconds;
    return soundOf(voices.model, *path, mono, decoder, cancel, [](double) {});
}

Result<RawTake> rawTake(const TakeVoices& voices, const Recipe& recipe, const SteeredDraw& draw,
                        MelDecoder& decoder, const CancelToken& cancel,
                        const std::function<void(double)>& report) {
    auto path = wholePath(voices, recipe, draw, cancel, report);
    if (!path) return propagate(path);
    RawTake take;
    if (recipe.prior) {
        take.codes = std::move(path->codes);
        take.latents = std::move(path->sampled);
    }
    auto audio = soundOf(voices.model, *path, recipe, decoder, cancel, report);
    if (!audio) return propagate(audio);
    take.audio = std::move(*audio);
    if (!voices.blend.empty() && recipe.blendKind == BlendKind::audio)
        if (auto done = blendAudio(voices, take.audio, recipe, decoder, cancel); !done)
            return propagate(done);
    return take;
}

}  // namespace smidgen
