#include "engine/steering/tool_chain.h"
#include "engine/steering/slider_ranges.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "engine/foundation/random.h"
#include "engine/steering/closed_loop.h"
#include "engine/steering/steering_card.h"

namespace smidgen {
namespace {

/// Plucked tones on an uneven rhythm over soft noise, four seconds.
AudioBuffer phrase(int channels) {
    AudioBuffer sound(channels, Samples(4 * kSampleRate));
    Random random(7);
    const double starts[] = {0.1, 0.62, 0.95, 1.5, 1.72, 2.4, 2.9, 3.1, 3.6};
    for (std::size_t i = 0; i < sound.channels[0].size(); ++i) {
        const double t = static_cast<double>(i) / kSampleRate;
        double value = 0.003 * random.normal();
        int note = 0;
        for (const double start : starts) {
            ++note;
            if (t < start) continue;
            const double since = t - start, hz = 196 * std::pow(2.0, (note * 5 % 12) / 12.0);
            for (int partial = 1; partial <= 5; ++partial)
                value += 0.2 / partial * std::exp(-6 * since * partial) *
                         std::sin(2 * std::numbers::pi * hz * partial * since);
        }
        for (int c = 0; c < channels; ++c)
            sound.channels[static_cast<std::size_t>(c)][i] = static_cast<float>(c == 0 ? value : 0.5 * value);
    }
    return sound;
}

TEST(ToolChains, AtRestTheSoundIsItselfToTheBit) {
    const AudioBuffer mono = phrase(1);
    EXPECT_EQ(mono.channels, ToolChain(mono).apply({}).channels);
}

TEST(ToolChains, EachToolMovesItsOwnAttributeBothWays) {
    const ToolChain chain(phrase(1));
    SoundDescriber describer;
    const Attributes rest = describer.describe(chain.mid()).attributes;
    for (const Attribute attribute : kAttributes) {
        for (const double amount : {-1.0, 1.0}) {
            ToolAmounts amounts;
            amounts[attribute] = amount;
            const auto changed = chain.applyToMid(amounts);
            ASSERT_EQ(chain.mid().size(), changed.size());
            for (const float x : changed) ASSERT_TRUE(std::isfinite(x));
            const double moved = describer.describe(changed).attributes[attribute] - rest[attribute];
            // What has no pulse can lose none, and single notes are consonant already.
            const bool canMove =
                amount > 0 || (attribute != Attribute::pulse && attribute != Attribute::tension);
            EXPECT_TRUE(!canMove || moved * amount > 0) << wordsFor(attribute).name << " " << amount;
            EXPECT_EQ(changed, chain.applyToMid(amounts)) << "the same again";
        }
    }
}

TEST(ToolChains, AForeignNoteInAChordIsQuietened) {
    AudioBuffer chord(1, Samples(3 * kSampleRate));
    for (std::size_t i = 0; i < chord.channels[0].size(); ++i) {
        const double t = static_cast<double>(i) / kSampleRate;
        double value = 0;
        for (const double hz : {262.0, 327.5, 393.0, 370.0})  // a just triad, and a tritone
            for (int partial = 1; partial <= 4; ++partial)
                value += 0.1 / partial * std::sin(2 * std::numbers::pi * hz * partial * t);
        chord.channels[0][i] = static_cast<float>(value);
    }
    const ToolChain chain(chord);
    SoundDescriber describer;
    ToolAmounts amounts;
    amounts[Attribute::tension] = -1;
    const double before = describer.describe(chain.mid()).attributes[Attribute::tension];
    EXPECT_LT(describer.describe(chain.applyToMid(amounts)).attributes[Attribute::tension], before - 0.05);
}

TEST(ToolChains, APulseIsLostWhenEventsLeaveTheirPlaces) {
    AudioBuffer clicks(1, Samples(6 * kSampleRate));
    Random random(2);
    for (std::size_t i = 0; i < clicks.channels[0].size(); ++i)
        clicks.channels[0][i] =
            static_cast<float>(random.normal() * std::exp(-static_cast<double>(i % 24000) / 1200));
    const ToolChain chain(clicks);
    SoundDescriber describer;
    const double before = describer.describe(chain.mid()).attributes[Attribute::pulse];
    EXPECT_GT(before, 0.6);
    for (const auto& [amount, most] : {std::pair(-0.5, 0.3), std::pair(-1.0, 0.15)}) {
        ToolAmounts amounts;
        amounts[Attribute::pulse] = amount;
        EXPECT_LT(describer.describe(chain.applyToMid(amounts)).attributes[Attribute::pulse], most) << amount;
    }
}

TEST(ToolChains, ADissonantChordComesToRestStepByStep) {
    // Two notes a semitone and a half apart, eight harmonics each, over a little noise.
    AudioBuffer chord(1, Samples(4 * kSampleRate));
    Random random(5);
    for (std::size_t i = 0; i < chord.channels[0].size(); ++i) {
        double sum = 0.02 * random.normal();
        for (const double hz : {220.0, 239.9})
            for (int n = 1; n <= 8; ++n)
                sum += std::sin(2 * std::numbers::pi * hz * n * static_cast<double>(i) / kSampleRate) / n;
        chord.channels[0][i] = static_cast<float>(0.2 * sum);
    }
    const ToolChain chain(chord);
    SoundDescriber describer;
    double before = describer.describe(chain.mid()).attributes[Attribute::tension];
    EXPECT_GT(before, 0.3);
    for (const double amount : {-0.25, -0.5, -1.0}) {
        ToolAmounts amounts;
        amounts[Attribute::tension] = amount;
        const double now = describer.describe(chain.applyToMid(amounts)).attributes[Attribute::tension];
        EXPECT_LT(now, 0.85 * before) << amount;
        before = now;
    }
    EXPECT_LT(before, 0.1);
}

TEST(ToolChains, TwoChannelsAreChangedAlike) {
    const ToolChain chain(phrase(2));
    for (const Attribute attribute : kAttributes) {
        if (attribute == Attribute::space) continue;  // a room has two sides
        ToolAmounts amounts;
        amounts[attribute] = 0.7;
        const AudioBuffer changed = chain.apply(amounts);
        ASSERT_EQ(2, changed.channelCount());
        double difference = 0, power = 0;
        for (std::size_t i = 0; i < changed.channels[0].size(); ++i) {
            const double left = changed.channels[0][i], right = changed.channels[1][i];
            difference += (right - 0.5 * left) * (right - 0.5 * left);
            power += left * left;
        }
        EXPECT_LT(difference, 1e-4 * power) << wordsFor(attribute).name;
    }
}

TEST(ToolChains, AnySoundIsBorne) {
    ToolAmounts low, high;
    low.values.fill(-1);
    high.values.fill(1);
    for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{100}, std::size_t{3000}}) {
        for (const float value : {0.0F, 1.0F}) {
            AudioBuffer sound(1, Samples(static_cast<std::int64_t>(length)));
            for (float& x : sound.channels[0]) x = value;
            for (const ToolAmounts& amounts : {low, high}) {
                const AudioBuffer changed = ToolChain(sound).apply(amounts);
                EXPECT_EQ(sound.length(), changed.length());
                for (const float x : changed.channels[0]) EXPECT_TRUE(std::isfinite(x));
            }
        }
    }
}

TEST(ClosedLoops, WhatIsWantedIsReachedAndTheRestIsHeld) {
    const ToolChain chain(phrase(1));
    SoundDescriber describer;
    const Attributes rest = describer.describe(chain.mid()).attributes;
    SteeringAim aim;
    aim.deviation = {0.8, 1.0, 8.0, 0.15, 0.1, 0.15, 0.2, 1.0};
    aim.weight.fill(0.7);
    aim.wanted = rest;
    aim.wanted[Attribute::brightness] += 0.6;
    aim.weight[static_cast<std::size_t>(Attribute::brightness)] = 1;
    aim.weight[static_cast<std::size_t>(Attribute::warmth)] = 0.2;
    const auto loop = closeLoop(chain, aim, describer, 8);
    ASSERT_TRUE(loop);
    EXPECT_EQ(rest, loop->before);
    EXPECT_NEAR(aim.wanted[Attribute::brightness], loop->reached[Attribute::brightness], 0.15);
    for (const Attribute other :
         {Attribute::density, Attribute::roughness, Attribute::tension, Attribute::pulse})
        EXPECT_NEAR(rest[other], loop->reached[other], 0.4 * aim.deviation[static_cast<std::size_t>(other)])
            << wordsFor(other).name;
    EXPECT_EQ(loop->reached, describer.describe(chain.applyToMid(loop->amounts)).attributes);

    aim.wanted = rest;
    const auto still = closeLoop(chain, aim, describer, 8);
    ASSERT_TRUE(still);
    EXPECT_TRUE(still->amounts.areZero()) << "nothing is wanted, nothing is done";
    CancelToken cancel;
    cancel.cancel();
    aim.wanted[Attribute::brightness] += 1;
    EXPECT_EQ(ErrorCode::cancelled, closeLoop(chain, aim, describer, 8, cancel).error().code);
}

TEST(SliderRanges, NoHalfOfASliderDoesNothing) {
    // Thirty sounds without a pulse and two with some, as a collection of single strokes has them.
    std::vector<Attributes> sounds(32);
    for (std::size_t i = 0; i < sounds.size(); ++i) {
        sounds[i][Attribute::brightness] = 9.0 + 0.01 * static_cast<double>(i);
        sounds[i][Attribute::tension] = static_cast<double>(i) / 31.0;
    }
    sounds[30][Attribute::pulse] = sounds[31][Attribute::pulse] = 0.1;
    const DescriptorRanges raw = rangesOf(sounds), ranges = sliderRanges(raw);
    EXPECT_EQ(raw[Attribute::tension], ranges[Attribute::tension]) << "a wide, even range stays";
    const AttributeRange& pulse = ranges[Attribute::pulse];
    EXPECT_DOUBLE_EQ(0, pulse.valueAt(0));
    EXPECT_NEAR(0.6, pulse.valueAt(1), 1e-9);
    EXPECT_NEAR(0.18, pulse.valueAt(0.5), 1e-9) << "three tenths of the way";
    const AttributeRange& brightness = ranges[Attribute::brightness];
    EXPECT_NEAR(2.0, brightness.valueAt(1) - brightness.valueAt(0), 1e-9);
    EXPECT_NEAR(9.155, brightness.valueAt(0.5), 0.02);
    EXPECT_EQ(raw[Attribute::brightness].deviation, brightness.deviation);
    EXPECT_EQ(ranges, sliderRanges(ranges)) << "once is enough";
    EXPECT_EQ(DescriptorRanges(), sliderRanges({})) << "of no sounds, nothing is known";
}

TEST(SteeringCards, TravelAsTextAndRefuseWhatIsNone) {
    SteeringCard card;
    std::vector<Attributes> sounds(5);
    for (std::size_t i = 0; i < sounds.size(); ++i)
        for (std::size_t a = 0; a < kAttributeCount; ++a)
            sounds[i].values[a] = static_cast<double>(i) * 0.25 + static_cast<double>(a);
    card.ranges = sliderRanges(rangesOf(sounds));
    card.anchors = sounds;
    const auto back = steeringCardFromJson(toJson(card));
    ASSERT_TRUE(back) << back.error().detail;
    EXPECT_EQ(card, *back);
    card.spread = sounds[1];
    EXPECT_EQ(card, steeringCardFromJson(toJson(card)).value());
    card.spread->values[0] = -1;
    EXPECT_FALSE(steeringCardFromJson(toJson(card)));
    card.spread.reset();
    std::string text = toJson(card);
    for (const char* bad : {"", "{}", "[]", "{\"version\":2}", "null"})
        EXPECT_EQ(ErrorCode::unusableInput, steeringCardFromJson(bad).error().code);
    text.replace(text.find("\"deviation\":") + 12, 1, "-1");
    EXPECT_FALSE(steeringCardFromJson(text));

    SliderPositions positions;
    positions[Attribute::brightness] = 0.5;
    const Attributes wanted = targetsOf(positions, card.ranges, sounds[0]);
    EXPECT_DOUBLE_EQ(card.ranges[Attribute::brightness].median(), wanted[Attribute::brightness]);
    EXPECT_DOUBLE_EQ(sounds[0][Attribute::space], wanted[Attribute::space]);
}

}  // namespace
}  // namespace smidgen
