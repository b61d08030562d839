#include "engine/generation/generator.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <new>
#include <numbers>
#include <optional>

#include "engine/analysis/mel.h"
#include "engine/audio/limiter.h"
#include "engine/audio/resampler.h"
#include "engine/foundation/random.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/generation/latent_path.h"
#include "engine/generation/mel_decoder.h"
#include "engine/generation/prior_path.h"

namespace smidgen {
namespace {

using models::Latents;
using models::MelVae;

constexpr double kDefaultSideLevelDb = -8.0;
constexpr double kFadeInSeconds = 0.002;
constexpr double kFadeOutSeconds = 0.030;

/// How far the side channel lies below mid in the sounds the model was trained on.
double sideLevelDb(const MelVae& model) {
    const auto found = model.metadata().find(kSideLevelMetadata);
    if (found == model.metadata().end()) return kDefaultSideLevelDb;
    double value = kDefaultSideLevelDb;
    std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
    return std::clamp(value, -40.0, 0.0);
}

Result<std::vector<float>> decodeLatents(const MelVae& model, MelDecoder& decoder, const Latents& latents,
                                         float logGain, Samples length, std::uint64_t seed,
                                         const CancelToken& cancel) {
    auto values = model.decode(latents);
    if (!values) return propagate(values);
    LogMel mel{model.shape().melBands, std::move(*values)};
    for (float& value : mel.values) value = std::max(value + logGain, kLogMelFloor);
    return decoder.decode({&mel, length, seed, cancel});
}

/// A path between sounds leaves the codes; a quantising model takes it back to the nearest ones.
Result<Latents> onTheModelsGround(const MelVae& model, Latents path) {
    if (!model.shape().quantised() || path.z.empty()) return path;
    auto codes = model.codesOf(path);
    if (!codes) return propagate(codes);
    return model.latentsOf(*codes);
}

/// Sine-squared fades: a take starts and ends at silence, whatever it is cut from.
void fadeEnds(std::span<float> signal) {
    const auto ramp = [&](double seconds) {
        return std::min(static_cast<std::size_t>(seconds * kSampleRate), signal.size() / 2);
    };
    const auto gain = [](std::size_t i, std::size_t n) {
        const double s = std::sin(0.5 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(n));
        return static_cast<float>(s * s);
    };
    const std::size_t in = ramp(kFadeInSeconds), out = ramp(kFadeOutSeconds);
    for (std::size_t i = 0; i < in; ++i) signal[i] *= gain(i, in);
    for (std::size_t i = 0; i < out; ++i) signal[signal.size() - 1 - i] *= gain(i, out);
}

/// By gain alone.
Result<Loudness> gainTo(AudioBuffer& audio, const LoudnessTarget& target) {
    auto measured = measureLoudness(audio);
    if (!measured) return measured;
    const double gain = gainForTarget(*measured, target);
    for (auto& channel : audio.channels)
        for (float& sample : channel) sample *= static_cast<float>(gain);
    return measureLoudness(audio);
}

/// One channel's log-mel → sound of `length`.
using ChannelRoad =
    std::function<Result<std::vector<float>>(const LogMel& mel, Samples length, std::uint64_t seed)>;

Result<std::vector<float>> sendChannel(const ChannelRoad& road, std::span<const float> signal,
                                       std::uint64_t seed) {
    const auto length = Samples(static_cast<std::int64_t>(signal.size()));
    const auto silent = [](float x) { return std::abs(x) < 1e-6F; };
    if (std::ranges::all_of(signal, silent)) return std::vector<float>(signal.size());
    MelAnalyzer analyzer;
    return road(analyzer.analyze(signal), length, seed);
}

/// Mid and side each down the road, at 48 kHz and back to the input's rate.
Result<AudioBuffer> sendChannels(const ChannelRoad& road, const AudioBuffer& input) {
    auto atRate = resample(input, kSampleRate);
    if (!atRate) return propagate(atRate);
    const MidSide parts = toMidSide(*atRate);
    auto mid = sendChannel(road, parts.mid, 1);
    if (!mid) return propagate(mid);
    if (parts.side.empty()) {
        AudioBuffer mono(0, Samples(0));
        mono.channels.push_back(std::move(*mid));
        return resample(mono, input.rate);
    }
    auto side = sendChannel(road, parts.side, 2);
    if (!side) return propagate(side);
    return resample(fromMidSide(*mid, *side), input.rate);
}

/// The ways mid and side go through latent space.
double latentFramesPerSecond(const MelVae& model) {
    return static_cast<double>(kSampleRate) / MelShape().stft.hop / static_cast<double>(model.shape().fold);
}

struct TakePath {
    Latents mid;
    std::optional<Latents> side;
    models::MelCodes codes;
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

Result<FreeTake> measureFree(const MelVae& model, const models::CodePrior* prior, const Recipe& recipe,
                             const CancelToken& cancel) {
    Recipe free = recipe;
    free.space = OutputSpace::mono;
    auto path = pathOf(model, prior, free, {}, cancel, [](double) {});
    if (!path) return propagate(path);
    auto decoder = makeDecoder(recipe.decoder.empty() ? kGriffinLimDecoder : recipe.decoder,
                               recipe.griffinLimIterations);
    if (!decoder) return propagate(decoder);
    auto mid = decodeLatents(model, **decoder, path->mid, 0.0F, toSamples(Seconds(recipe.seconds)),
                             mixSeed(recipe.seed, 12), cancel);
    if (!mid) return propagate(mid);
    FreeTake take{SoundDescriber().describe(*mid).attributes, recipe.targetLufs};
    AudioBuffer mono(0, Samples(0));
    mono.channels.push_back(std::move(*mid));
    fadeEnds(mono.channel(0));
    auto measured = measureLoudness(mono);
    if (!measured) return propagate(measured);
    const double gain = gainForTarget(*measured, {recipe.targetLufs, recipe.truePeakCeilingDb});
    if (std::isfinite(measured->integratedLufs)) take.lufs = measured->integratedLufs + 20 * std::log10(gain);
    return take;
}

/// What the sliders ask for, and the draw that comes nearest to it.
struct Steering {
    std::optional<SteeringReport> report;  ///< none: no slider is set
    SteeredDraw draw;
    double lufs = 0;  ///< of the take without sliders
};

Result<Steering> steeringFor(const MelVae& model, const models::CodePrior* prior, const Recipe& recipe,
                             const std::optional<FreeTake>& free, const CancelToken& cancel) {
    Steering steering;
    if (!recipe.sliders.anySet()) return steering;
    auto card = steeringCardOf(model, cancel);
    if (!card) return propagate(card);
    Result<FreeTake> from = free ? Result<FreeTake>(*free) : measureFree(model, prior, recipe, cancel);
    if (!from) return propagate(from);
    SteeringReport report;
    report.ranges = (*card)->ranges;
    report.free = from->attributes;
    report.wanted = targetsOf(recipe.sliders, report.ranges, report.free);
    steering.lufs = from->lufs;
    steering.draw =
        steerDraw(**card, recipe.prior ? prior : nullptr, recipe.sliders, report.wanted, report.free);
    steering.report = report;
    return steering;
}

Result<RenderedTake> renderChecked(const MelVae& model, const models::CodePrior* prior, const Recipe& recipe,
                                   const CancelToken& cancel, const std::function<void(double)>& progress,
                                   const std::optional<FreeTake>& free) {
    const auto report = [&](double fraction) {
        if (progress) progress(fraction);
    };
    const Samples length = toSamples(Seconds(recipe.seconds));
    auto steering = steeringFor(model, prior, recipe, free, cancel);
    if (!steering) return propagate(steering);
    auto path = pathOf(model, prior, recipe, steering->draw, cancel, report);
    if (!path) return propagate(path);
    if (!recipe.prior) report(0.05);
    auto decoder = makeDecoder(recipe.decoder.empty() ? kGriffinLimDecoder : recipe.decoder,
                               recipe.griffinLimIterations);
    if (!decoder) return propagate(decoder);
    auto mid = decodeLatents(model, **decoder, path->mid, 0.0F, length, mixSeed(recipe.seed, 12), cancel);
    if (!mid) return propagate(mid);
    RenderedTake take;
    if (recipe.space == OutputSpace::mono) {
        take.audio = AudioBuffer(0, Samples(0));
        take.audio.channels.push_back(std::move(*mid));
    } else {
        report(0.5);
        const auto gain = static_cast<float>(sideLevelDb(model) / 20.0 * std::numbers::ln10);
        auto side =
            decodeLatents(model, **decoder, *path->side, gain, length, mixSeed(recipe.seed, 14), cancel);
        if (!side) return propagate(side);
        for (float& sample : *side) sample *= static_cast<float>(recipe.width);
        take.audio = fromMidSide(*mid, *side);
    }
    if (steering->report) {
        report(0.7);
        if (recipe.sliderTools) {
            auto steered = steerSound(std::move(take.audio), recipe.sliders, *steering->report, cancel);
            if (!steered) return propagate(steered);
            take.audio = std::move(*steered);
        } else {
            steering->report->model = SoundDescriber().describe(toMidSide(take.audio).mid).attributes;
            steering->report->reached = steering->report->model;
        }
        take.steering = steering->report;
    }
    for (auto& channel : take.audio.channels) fadeEnds(channel);

    Result<Loudness> final = steering->report
                                 ? bringToLoudness(take.audio, {steering->lufs, recipe.truePeakCeilingDb})
                                 : gainTo(take.audio, {recipe.targetLufs, recipe.truePeakCeilingDb});
    if (!final) return propagate(final);
    take.loudness = *final;
    if (recipe.prior) {
        take.codes = std::move(path->codes);
        take.latents = std::move(path->mid);
    }
    report(1.0);
    return take;
}

tl::unexpected<Error> tooLong() {
    return failure(ErrorCode::outOfMemory,
                   "There is not enough memory for a sound of this length. Choose a shorter duration.");
}

}  // namespace

Frames pathFrames(const models::MelVae& model, double seconds) {
    return Frames(static_cast<std::int64_t>(std::ceil(seconds * latentFramesPerSecond(model))) + 1);
}

Result<RenderedTake> renderTake(const MelVae& model, const Recipe& recipe, const CancelToken& cancel,
                                const std::function<void(double)>& progress, const models::CodePrior* prior,
                                const std::optional<FreeTake>& free) {
    if (auto valid = recipe.validate(); !valid) return propagate(valid);
    try {
        return renderChecked(model, prior, recipe, cancel, progress, free);
    } catch (const std::bad_alloc&) {
        return tooLong();
    }
}

Result<FreeTake> freeTake(const MelVae& model, const Recipe& recipe, const models::CodePrior* prior,
                          const CancelToken& cancel) {
    if (auto valid = recipe.validate(); !valid) return propagate(valid);
    try {
        return measureFree(model, prior, recipe, cancel);
    } catch (const std::bad_alloc&) {
        return tooLong();
    }
}

Result<AudioBuffer> reconstruct(const MelVae& model, MelDecoder& decoder, const AudioBuffer& input,
                                const CancelToken& cancel) {
    try {
        return sendChannels(
            [&](const LogMel& mel, Samples length, std::uint64_t seed) -> Result<std::vector<float>> {
                auto latents = model.encode(mel.values);
                if (!latents) return propagate(latents);
                return decodeLatents(model, decoder, *latents, 0.0F, length, seed, cancel);
            },
            input);
    } catch (const std::bad_alloc&) {
        return tooLong();
    }
}

Result<AudioBuffer> vocode(MelDecoder& decoder, const AudioBuffer& input, const CancelToken& cancel) {
    try {
        return sendChannels(
            [&](const LogMel& mel, Samples length, std::uint64_t seed) {
                return decoder.decode({&mel, length, seed, cancel});
            },
            input);
    } catch (const std::bad_alloc&) {
        return tooLong();
    }
}

}  // namespace smidgen
