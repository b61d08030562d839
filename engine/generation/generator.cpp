#include "engine/generation/generator.h"

#include <algorithm>
#include <cmath>
#include <limits>
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
#include "engine/space/binaural.h"

namespace smidgen {
namespace {

using models::Latents;
using models::MelVae;

constexpr double kFadeInSeconds = 0.002;
constexpr double kFadeOutSeconds = 0.030;

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

/// Mono → two ears, with no true peak above the ceiling.
Result<Loudness> placeAroundHead(AudioBuffer& audio, const BinauralRecipe& recipe, double ceilingDb,
                                 const CancelToken& cancel) {
    Result<std::filesystem::path> file =
        recipe.hrtf.empty() ? Hrtf::defaultFile() : Result<std::filesystem::path>(recipe.hrtf);
    if (!file) return propagate(file);
    auto hrtf = Hrtf::load(*file);
    if (!hrtf) return propagate(hrtf);
    auto placed = renderBinaural(audio.channel(0), recipe.way(), *hrtf, cancel);
    if (!placed) return propagate(placed);
    audio = std::move(*placed);
    auto measured = measureLoudness(audio);
    if (!measured || measured->truePeakDb <= ceilingDb) return measured;
    return bringToLoudness(audio, {measured->integratedLufs, ceilingDb});
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

Result<std::unique_ptr<MelDecoder>> decoderFor(const Recipe& recipe) {
    return makeDecoder(recipe.decoder.empty() ? kGriffinLimDecoder : recipe.decoder, recipe.griffinLim);
}

Result<FreeTake> measureFree(const TakeVoices& voices, const Recipe& recipe, const CancelToken& cancel) {
    auto decoder = decoderFor(recipe);
    if (!decoder) return propagate(decoder);
    auto heard = heardFree(voices, recipe, **decoder, cancel);
    if (!heard) return propagate(heard);
    AudioBuffer& mono = *heard;
    FreeTake take{SoundDescriber().describe(mono.channel(0)).attributes, recipe.targetLufs};
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

Result<Steering> steeringFor(const TakeVoices& voices, const Recipe& recipe,
                             const std::optional<FreeTake>& free, const CancelToken& cancel) {
    Steering steering;
    if (!recipe.sliders.anySet()) return steering;
    auto card = steeringCardOf(voices.model, cancel);
    if (!card) return propagate(card);
    Result<FreeTake> from = free ? Result<FreeTake>(*free) : measureFree(voices, recipe, cancel);
    if (!from) return propagate(from);
    SteeringReport report;
    report.ranges = (*card)->ranges;
    report.spread = (*card)->spread;
    report.free = from->attributes;
    report.wanted = targetsOf(recipe.sliders, report.ranges, report.free);
    steering.lufs = from->lufs;
    steering.draw =
        steerDraw(**card, recipe.prior ? voices.prior : nullptr, recipe.sliders, report.wanted, report.free);
    steering.report = report;
    return steering;
}

Result<RenderedTake> renderChecked(const TakeVoices& voices, const Recipe& recipe, const CancelToken& cancel,
                                   const std::function<void(double)>& progress,
                                   const std::optional<FreeTake>& free) {
    const auto report = [&](double fraction) {
        if (progress) progress(fraction);
    };
    auto steering = steeringFor(voices, recipe, free, cancel);
    if (!steering) return propagate(steering);
    auto decoder = decoderFor(recipe);
    if (!decoder) return propagate(decoder);
    auto raw = rawTake(voices, recipe, steering->draw, **decoder, cancel, report);
    if (!raw) return propagate(raw);
    RenderedTake take;
    take.audio = std::move(raw->audio);
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

    const bool binaural = recipe.space == OutputSpace::binaural;
    // A sound to be placed is brought to its loudness before: what direction and distance make of it stays.
    const double ceiling = binaural ? std::numeric_limits<double>::infinity() : recipe.truePeakCeilingDb;
    Result<Loudness> final = steering->report
                                 ? bringToLoudness(take.audio, {steering->lufs, recipe.truePeakCeilingDb})
                                 : gainTo(take.audio, {recipe.targetLufs, ceiling});
    if (!final) return propagate(final);
    if (binaural) final = placeAroundHead(take.audio, recipe.binaural, recipe.truePeakCeilingDb, cancel);
    if (!final) return propagate(final);
    take.loudness = *final;
    take.codes = std::move(raw->codes);
    take.latents = std::move(raw->latents);
    report(1.0);
    return take;
}

tl::unexpected<Error> tooLong() {
    return failure(ErrorCode::outOfMemory,
                   "There is not enough memory for a sound of this length. Choose a shorter duration.");
}

}  // namespace

Result<RenderedTake> renderTake(const TakeVoices& voices, const Recipe& recipe, const CancelToken& cancel,
                                const std::function<void(double)>& progress,
                                const std::optional<FreeTake>& free) {
    if (auto valid = recipe.validate(); !valid) return propagate(valid);
    try {
        return renderChecked(voices, recipe, cancel, progress, free);
    } catch (const std::bad_alloc&) {
        return tooLong();
    }
}

Result<FreeTake> freeTake(const TakeVoices& voices, const Recipe& recipe, const CancelToken& cancel) {
    if (auto valid = recipe.validate(); !valid) return propagate(valid);
    try {
        return measureFree(voices, recipe, cancel);
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
