#include "engine/audio/resampler.h"

#include <algorithm>

#include "tests/audio/sounds.h"

namespace smidgen {
namespace {

/// How a sine came out at the new rate; edges left out.
struct SineResult {
    double gainDecibels = 0;
    double phaseDegrees = 0;
    double residueDecibels = 0;  ///< everything that is not the sine, below it
};

SineResult convertSine(double hertz, int from, int to, ResampleQuality quality) {
    const auto output = resample(makeSine(hertz, 0.5, 1.0, from), to, quality);
    EXPECT_TRUE(output);
    const auto samples = output->channel(0);
    const auto edge = static_cast<std::size_t>(to / 10);
    const double step = 2.0 * std::numbers::pi * hertz / to;
    // Least squares on sine and cosine.
    double ss = 0, sc = 0, cc = 0, xs = 0, xc = 0, xx = 0;
    for (std::size_t i = edge; i + edge < samples.size(); ++i) {
        const double sine = std::sin(step * static_cast<double>(i));
        const double cosine = std::cos(step * static_cast<double>(i));
        ss += sine * sine;
        sc += sine * cosine;
        cc += cosine * cosine;
        xs += samples[i] * sine;
        xc += samples[i] * cosine;
        xx += static_cast<double>(samples[i]) * samples[i];
    }
    const double determinant = ss * cc - sc * sc;
    const double a = (xs * cc - xc * sc) / determinant;
    const double b = (xc * ss - xs * sc) / determinant;
    double residue = 0;
    for (std::size_t i = edge; i + edge < samples.size(); ++i) {
        const double angle = step * static_cast<double>(i);
        const double rest = samples[i] - a * std::sin(angle) - b * std::cos(angle);
        residue += rest * rest;
    }
    return {20.0 * std::log10(std::hypot(a, b) / 0.5), std::atan2(b, a) * 180.0 / std::numbers::pi,
            10.0 * std::log10(residue / xx)};
}

double levelDecibels(const AudioBuffer& buffer) {
    const auto samples = buffer.channel(0);
    const std::size_t edge = samples.size() / 10;
    double sum = 0;
    for (const float x : samples.subspan(edge, samples.size() - 2 * edge)) sum += static_cast<double>(x) * x;
    return 10.0 * std::log10(2.0 * sum / static_cast<double>(samples.size() - 2 * edge) + 1e-30);
}

TEST(Resampler, BestKeepsLevelAndPhaseOfASineAndAddsNothing) {
    constexpr std::pair<int, int> kRates[] = {
        {44100, 48000}, {48000, 44100}, {96000, 48000}, {48000, 192000}};
    for (const auto& [from, to] : kRates) {
        for (const double hertz : {50.0, 997.0, 10000.0, 19000.0}) {
            const SineResult sine = convertSine(hertz, from, to, ResampleQuality::best);
            EXPECT_NEAR(sine.gainDecibels, 0, 0.01) << from << " " << to << " " << hertz;
            EXPECT_NEAR(sine.phaseDegrees, 0, 0.01) << from << " " << to << " " << hertz;
            EXPECT_LT(sine.residueDecibels, -135) << from << " " << to << " " << hertz;
        }
    }
}

TEST(Resampler, QuickIsCleanToFifteenBits) {
    for (const int to : {50854, 45306}) {
        for (const double hertz : {50.0, 997.0, 8000.0, 14000.0}) {
            const SineResult sine = convertSine(hertz, 48000, to, ResampleQuality::quick);
            EXPECT_NEAR(sine.gainDecibels, 0, hertz > 10000 ? 0.5 : 0.02) << to << " " << hertz;
            EXPECT_NEAR(sine.phaseDegrees, 0, 0.1) << to << " " << hertz;
            EXPECT_LT(sine.residueDecibels, -90) << to << " " << hertz;
        }
    }
}

TEST(Resampler, WhatLiesAboveTheNewBandIsGone) {
    for (const double hertz : {25000.0, 30000.0, 47000.0}) {
        const auto best = resample(makeSine(hertz, 1.0, 0.5, 96000), 48000);
        EXPECT_LT(levelDecibels(*best), -120) << hertz;
        const auto quick =
            resample(makeSine(hertz + 4000, 1.0, 0.5, 96000 + 8000), 48000, ResampleQuality::quick);
        EXPECT_LT(levelDecibels(*quick), -80) << hertz;
    }
}

TEST(Resampler, LengthsAreExactForEveryPairOfRates) {
    for (const int from : {8000, 11025, 44100, 48000, 96000, 192000}) {
        for (const int to : {8000, 22050, 44100, 48000, 192000}) {
            for (const std::int64_t length : {0LL, 1LL, 2LL, 999LL, 12345LL}) {
                const auto output = resample(makeSound(2, length, from), to);
                ASSERT_TRUE(output);
                EXPECT_EQ(output->rate, to);
                const auto expected = static_cast<std::int64_t>(
                    std::llround(static_cast<long double>(length) * to / static_cast<long double>(from)));
                EXPECT_EQ(output->length().value, expected) << from << " " << to << " " << length;
                EXPECT_EQ(output->channels[0].size(), output->channels[1].size());
            }
        }
    }
    // Where a product of samples and rate leaves 64 bits.
    EXPECT_EQ(resampledLength(Samples(1LL << 50), 44100, 88200).value, 1LL << 51);
}

TEST(Resampler, EqualRatesCopy) {
    const AudioBuffer sound = makeSound(2, 1000);
    EXPECT_TRUE(resample(sound, kSampleRate)->channels == sound.channels);
}

TEST(Resampler, AnImpulseStaysAtItsPlace) {
    AudioBuffer impulse(1, Samples(9600));
    impulse.channel(0)[4800] = 1.0F;
    const auto output = resample(impulse, 96000);
    const auto peak = std::ranges::max_element(output->channels[0]);
    EXPECT_EQ(peak - output->channels[0].begin(), 9600);
    // Linear phase: the same before and after.
    for (std::ptrdiff_t i = 1; i < 100; ++i) EXPECT_NEAR(*(peak - i), *(peak + i), 1e-6);
}

TEST(Resampler, AFreeRatioShiftsThePitchAndHasTheExactLength) {
    const AudioBuffer sine = makeSine(1000, 0.5, 1.0, 48000);
    for (const double ratio : {0.5, 1.0 / 1.0594630943592953, 1.0, 1.0594630943592953, 1.7}) {
        for (const auto quality : {ResampleQuality::quick, ResampleQuality::best}) {
            const auto output = resampleByRatio(sine.channel(0), ratio, quality);
            ASSERT_TRUE(output);
            ASSERT_EQ(static_cast<std::int64_t>(output->size()), std::llround(48000 * ratio));
            double error = 0;
            for (std::size_t i = 5000; i + 5000 < output->size(); ++i)
                error = std::max(
                    error, std::abs((*output)[i] - 0.5 * std::sin(2.0 * std::numbers::pi * 1000.0 *
                                                                  static_cast<double>(i) / ratio / 48000)));
            EXPECT_LT(error, quality == ResampleQuality::best ? 1e-6 : 5e-5) << ratio;
        }
    }
}

TEST(Resampler, ImpossibleRatiosAndRatesAreRefused) {
    const std::vector<float> x(100);
    for (const double ratio : {0.0, -1.0, 1e9, std::nan("")})
        EXPECT_EQ(resampleByRatio(x, ratio, ResampleQuality::quick).error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(resample(makeSound(1, 10), 0).error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(StreamResampler::create(48000, -1, 1).error().code, ErrorCode::invalidArgument);
    EXPECT_EQ(StreamResampler::create(48000, 44100, 0).error().code, ErrorCode::invalidArgument);
}

TEST(Resampler, BlocksGiveTheSameAsTheWhole) {
    const AudioBuffer sound = makeSound(2, 30000, 44100);
    const auto whole = resample(sound, kSampleRate);
    std::vector<float> interleaved;
    for (std::size_t i = 0; i < 30000; ++i)
        for (const auto& channel : sound.channels) interleaved.push_back(channel[i]);
    for (const std::size_t block : {1UL, 333UL, 20000UL}) {
        auto stream = StreamResampler::create(44100, kSampleRate, 2);
        ASSERT_TRUE(stream);
        std::vector<float> output;
        for (std::size_t at = 0; at < 30000; at += block) {
            const std::size_t frames = std::min(block, 30000 - at);
            ASSERT_TRUE(stream->process(std::span(interleaved).subspan(2 * at, 2 * frames), output));
        }
        ASSERT_TRUE(stream->finish(output));
        ASSERT_EQ(output.size(), 2 * whole->channels[0].size());
        bool same = true;
        for (std::size_t i = 0; i < whole->channels[0].size(); ++i)
            same =
                same && output[2 * i] == whole->channels[0][i] && output[2 * i + 1] == whole->channels[1][i];
        EXPECT_TRUE(same) << block;
    }
}

}  // namespace
}  // namespace smidgen
