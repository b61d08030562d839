#include "engine/analysis/sound_embedding.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

constexpr double kRate = 48000;

/// A struck tone: partials of `hz`, falling by `decay` nepers a second after `attack` seconds, from 0.1 s on.
std::vector<float> struck(double hz, double decay, double attack, double seconds = 1.0) {
    std::vector<float> signal(static_cast<std::size_t>(seconds * kRate));
    for (std::size_t i = 0; i < signal.size(); ++i) {
        const double t = static_cast<double>(i) / kRate - 0.1;
        if (t < 0) continue;
        const double level = t < attack ? t / attack : std::exp(-decay * (t - attack));
        for (int partial = 1; partial <= 5; ++partial)
            signal[i] +=
                static_cast<float>(0.1 * level / partial * std::sin(2 * std::numbers::pi * hz * partial * t));
    }
    return signal;
}

std::vector<float> noise(std::uint64_t seed, double level, double seconds = 1.0) {
    Random random(seed);
    std::vector<float> signal(static_cast<std::size_t>(seconds * kRate));
    for (float& value : signal) value = static_cast<float>(level * random.normal());
    return signal;
}

SoundEmbedding numbersOf(const std::vector<float>& signal) {
    return describeSound(MelAnalyzer().analyze(signal));
}

double distance(const std::vector<float>& a, const std::vector<float>& b) {
    const SoundEmbedding x = embedSound(MelAnalyzer().analyze(a)), y = embedSound(MelAnalyzer().analyze(b));
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += std::pow(static_cast<double>(x[i] - y[i]), 2);
    return std::sqrt(sum);
}

TEST(SoundEmbeddingTest, NumbersSayWhatWasPutIn) {
    const SoundEmbedding slow = numbersOf(struck(220, 5, 0.2)), fast = numbersOf(struck(220, 5, 0.002));
    EXPECT_NEAR(std::exp(slow[32]), 0.16, 0.04) << "10 to 90 % of a straight rise of 0.2 s";
    EXPECT_LT(fast[32], slow[32] - 1);
    EXPECT_NEAR(numbersOf(struck(220, 12, 0.002))[36], 12, 1.5);
    EXPECT_NEAR(numbersOf(struck(220, 4, 0.002, 2.0))[36], 4, 0.5);
    const SoundEmbedding hiss = numbersOf(noise(1, 0.1));
    EXPECT_GT(hiss[26], fast[26] + 20) << "centroid";
    EXPECT_GT(hiss[28], fast[28] + 1) << "flatness";
    EXPECT_NEAR(hiss[34], 0.0, 0.05) << "ln of one second";
    EXPECT_NEAR(hiss[33], 0.5, 0.02);
    EXPECT_GT(numbersOf(struck(60, 5, 0.002))[30], 0.5) << "below 150 Hz";
    std::vector<float> clicks(static_cast<std::size_t>(2 * kRate));
    for (std::size_t i = 4800; i < clicks.size(); i += 12000)
        for (std::size_t k = 0; k < 200; ++k) clicks[i + k] = k % 2 == 0 ? 0.5F : -0.5F;
    EXPECT_NEAR(numbersOf(clicks)[37], 4.0, 0.6) << "four onsets a second";
}

TEST(SoundEmbeddingTest, LikeSoundsAreNearerAndLoudnessDoesNotCount) {
    const auto kick = struck(55, 14, 0.002), deeperKick = struck(48, 11, 0.003), hiss = noise(1, 0.1);
    EXPECT_LT(distance(kick, deeperKick), 0.5 * distance(kick, hiss));
    EXPECT_LT(distance(hiss, noise(2, 0.1)), 0.2 * distance(kick, hiss));
    EXPECT_LT(distance(hiss, noise(1, 0.03)), 0.1 * distance(kick, hiss));
}

TEST(SoundEmbeddingTest, NothingToDescribeGivesZerosAndNothingBreaks) {
    for (const auto& signal : {std::vector<float>{}, std::vector<float>(100), std::vector<float>(96000)})
        EXPECT_EQ(embedSound(MelAnalyzer().analyze(signal)), SoundEmbedding{});
    for (const auto& signal : {std::vector<float>{1.0F}, noise(1, 1e30), noise(1, 1e-9)})
        for (const float value : embedSound(MelAnalyzer().analyze(signal)))
            EXPECT_TRUE(std::isfinite(value) && std::abs(value) <= 3.0F);
}

}  // namespace
}  // namespace smidgen
