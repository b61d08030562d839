#include "engine/generation/take_steering.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "engine/analysis/mel.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/generation/model_memory.h"
#include "engine/generation/take_sound.h"
#include "engine/steering/closed_loop.h"
#include "engine/steering/slider_ranges.h"
#include "engine/steering/tilted_draw.h"

namespace smidgen {
namespace {

constexpr int kRounds = 9;
constexpr int kFallBackIterations = 32;  ///< of Griffin-Lim, where no decoder came with the program
constexpr double kTiedWeight = 0.35;     ///< of what moves along by its nature; all else is to stay
constexpr double kStays = 1.3;           ///< times the spread of free takes: what then counts as one σ
constexpr double kLeastStays = 0.1;      ///< of the collection's σ
constexpr int kFreeTakes = 12;           ///< of so many seconds each, to know their spread
constexpr double kFreeSeconds = 4;
/// Tools are set on the middle of a take longer than this.
constexpr auto kLongestHeard = static_cast<std::size_t>(kHeardSeconds * kSampleRate);
constexpr double kMostPace = 1.5;     ///< octaves
constexpr double kWholePulse = 0.25;  ///< of strength wanted: gestures as regular, or irregular, as can be

/// Attributes that move together by what they are: of one spectrum; of one envelope, whose strokes, closer
/// together, become beats and then roughness, and whose gaps reverberation fills; of partials that rub.
bool areTied(Attribute a, Attribute b) {
    const auto among = [&](std::initializer_list<Attribute> group) {
        return std::ranges::find(group, a) != group.end() && std::ranges::find(group, b) != group.end();
    };
    return among({Attribute::brightness, Attribute::warmth}) ||
           among({Attribute::density, Attribute::rhythm, Attribute::pulse, Attribute::space,
                  Attribute::roughness}) ||
           among({Attribute::roughness, Attribute::tension});
}

SteeringAim aimOf(const SliderPositions& positions, const SteeringReport& report) {
    SteeringAim aim;
    aim.wanted = report.wanted;
    for (const Attribute attribute : kAttributes) {
        const auto a = static_cast<std::size_t>(attribute);
        const AttributeRange& range = report.ranges[attribute];
        // Where all sounds of a collection are alike, what is to stay may move as far as can hardly be heard.
        aim.deviation[a] = std::max(range.deviation, 0.25 * (range.quantiles[3] - range.quantiles[1]));
        aim.weight[a] = 1.0;
        if (const auto& position = positions[attribute]) {
            // Where most of a collection is alike but for a few sounds, σ is theirs: half a slider's way
            // counts for two.
            const double half =
                *position < 0.5 ? range.median() - range.quantiles[1] : range.quantiles[3] - range.median();
            if (half > 0) aim.deviation[a] = 0.5 * half;
        }
        if (positions[attribute]) continue;
        const bool tied = std::ranges::any_of(
            kAttributes, [&](Attribute other) { return positions[other] && areTied(attribute, other); });
        if (tied)
            aim.weight[a] = kTiedWeight;
        else if (report.spread)
            // A drift is heard beside what one take differs from the next by, however much sounds differ.
            aim.deviation[a] = std::clamp(kStays * report.spread->values[a], kLeastStays * aim.deviation[a],
                                          aim.deviation[a]);
    }
    return aim;
}

/// Standard deviation by the mean distance from the median, which one odd take does not stretch: of normal
/// values both are the same.
double robustDeviation(std::vector<double> values) {
    std::ranges::sort(values);
    const double median = values[values.size() / 2];
    double sum = 0;
    for (const double value : values) sum += std::abs(value - median);
    return sum / static_cast<double>(values.size()) * std::sqrt(0.5 * std::numbers::pi);
}

/// Among free takes of the model's anchors.
Result<Attributes> measureSpread(const models::MelVae& model, MelDecoder& decoder, SoundDescriber& describer,
                                 const CancelToken& cancel) {
    std::array<std::vector<double>, kAttributeCount> found;
    Recipe recipe;
    recipe.seconds = kFreeSeconds;
    for (int take = 1; take <= kFreeTakes; ++take) {
        recipe.seed = static_cast<std::uint64_t>(take);
        auto heard = heardFree({model}, recipe, decoder, cancel);
        if (!heard) return propagate(heard);
        const Attributes attributes = describer.describe(heard->channel(0)).attributes;
        for (std::size_t a = 0; a < kAttributeCount; ++a) found[a].push_back(attributes.values[a]);
    }
    Attributes spread;
    for (std::size_t a = 0; a < kAttributeCount; ++a) spread.values[a] = robustDeviation(found[a]);
    return spread;
}

}  // namespace

std::vector<SliderOutcome> outcomesOf(const SteeringReport& report, const SliderPositions& positions) {
    std::vector<SliderOutcome> outcomes;
    for (const Attribute attribute : kAttributes) {
        const AttributeRange& range = report.ranges[attribute];
        outcomes.push_back({attribute, positions[attribute], range.positionOf(report.free[attribute]),
                            range.positionOf(report.model[attribute]),
                            range.positionOf(report.reached[attribute])});
    }
    return outcomes;
}

Result<SteeringCard> measureSteeringCard(const models::MelVae& model, MelDecoder& decoder,
                                         std::span<const Attributes> sounds, const CancelToken& cancel) {
    SteeringCard card;
    SoundDescriber describer;
    for (const models::Latents& anchor : model.anchors()) {
        auto heard = attributesOf(model, decoder, describer, anchor, cancel);
        if (!heard) return propagate(heard);
        card.anchors.push_back(*heard);
    }
    card.ranges = sliderRanges(rangesOf(sounds.empty() ? std::span<const Attributes>(card.anchors) : sounds));
    if (card.anchors.empty()) return card;
    auto spread = measureSpread(model, decoder, describer, cancel);
    if (!spread) return propagate(spread);
    card.spread = *spread;
    return card;
}

Result<std::shared_ptr<const SteeringCard>> steeringCardOf(const models::MelVae& model,
                                                           const CancelToken& cancel) {
    static ModelMemory<SteeringCard> memory;
    const auto& metadata = model.metadata();
    if (const auto found = metadata.find(kSteeringMetadata); found != metadata.end()) {
        auto card = steeringCardFromJson(found->second);
        if (card && card->anchors.size() == model.anchors().size())
            return std::make_shared<const SteeringCard>(std::move(*card));
    }
    return memory.get(model, [&]() -> Result<SteeringCard> {
        auto decoder = makeDecoder(defaultDecoder(), {kFallBackIterations});
        if (!decoder) return propagate(decoder);
        return measureSteeringCard(model, **decoder, {}, cancel);
    });
}

/// How gestures follow one another, from how many more events, and how much more of a pulse, is wanted.
WalkRhythm walkRhythm(const SliderPositions& positions, const Attributes& wanted, const Attributes& free) {
    WalkRhythm rhythm;
    const auto missing = [&](Attribute attribute) {
        return positions[attribute] ? wanted[attribute] - free[attribute] : 0.0;
    };
    rhythm.pace = std::exp2(std::clamp(missing(Attribute::density), -kMostPace, kMostPace));
    rhythm.regularity = std::clamp(missing(Attribute::pulse) / kWholePulse, -1.0, 1.0);
    return rhythm;
}

SteeredDraw steerDraw(const SteeringCard& card, const models::CodePrior* prior,
                      const SliderPositions& positions, const Attributes& wanted, const Attributes& free) {
    const auto tilted = [&](std::span<const Attributes> items, const std::vector<double>& shares) {
        DrawTarget target;
        double whole = 0;
        for (const double share : shares) whole += share;
        for (const Attribute attribute : kAttributes) {
            const auto a = static_cast<std::size_t>(attribute);
            target.deviation[a] = card.ranges[attribute].deviation;
            if (!positions[attribute]) continue;
            double mean = 0;
            for (std::size_t i = 0; i < items.size(); ++i) mean += shares[i] / whole * items[i].values[a];
            target.wanted[a] = mean + wanted.values[a] - free.values[a];
        }
        return tiltedShares(items, shares, target);
    };
    SteeredDraw draw;
    draw.rhythm = walkRhythm(positions, wanted, free);
    if (!card.anchors.empty())
        draw.anchors = tilted(card.anchors, std::vector<double>(card.anchors.size(), 1.0));
    if (prior == nullptr) return draw;
    draw.prior.set = positions;
    draw.prior.wanted = wanted;
    std::vector<Attributes> sources;
    for (const models::CodedSound& sound : prior->sources()) {
        if (sound.conditions.descriptors.size() != kAttributeCount) return draw;
        std::ranges::copy(sound.conditions.descriptors, sources.emplace_back().values.begin());
    }
    if (!sources.empty()) draw.prior.shares = tilted(sources, usualShares(*prior));
    return draw;
}

Result<AudioBuffer> steerSound(AudioBuffer sound, const SliderPositions& positions, SteeringReport& report,
                               const CancelToken& cancel) {
    SoundDescriber describer;
    const ToolChain chain(std::move(sound));
    const std::size_t length = chain.mid().size();
    Result<ClosedLoopResult> loop;
    if (length > kLongestHeard) {
        const std::size_t start = (length - kLongestHeard) / 2;
        AudioBuffer middle(0, Samples(0));
        middle.channels.emplace_back(
            chain.mid().begin() + static_cast<std::ptrdiff_t>(start),
            chain.mid().begin() + static_cast<std::ptrdiff_t>(start + kLongestHeard));
        loop = closeLoop(ToolChain(std::move(middle)), aimOf(positions, report), describer, kRounds, cancel);
    } else {
        loop = closeLoop(chain, aimOf(positions, report), describer, kRounds, cancel);
    }
    if (!loop) return propagate(loop);
    report.model = loop->before;
    report.reached = loop->reached;
    report.tools = loop->amounts;
    return chain.apply(loop->amounts);
}

}  // namespace smidgen
