#include "engine/synthesis/sound_synthesizer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <thread>

#include "engine/analysis/metrics.h"

namespace smidgen {
namespace {

double decibels(double ratio) {
    return 20 * std::log10(ratio + 1e-30);
}

/// What the header promises of every sound.
void expectSound(const std::vector<float>& sound, std::size_t samples, const std::string& what) {
    ASSERT_EQ(sound.size(), samples) << what;
    float peak = 0;
    double sum = 0;
    for (const float sample : sound) {
        ASSERT_TRUE(std::isfinite(sample)) << what;
        ASSERT_NE(std::fpclassify(sample), FP_SUBNORMAL) << what;
        peak = std::max(peak, std::abs(sample));
        sum += static_cast<double>(sample);
    }
    EXPECT_GE(decibels(static_cast<double>(peak)), -30.0) << what;
    EXPECT_LE(decibels(static_cast<double>(peak)), -0.5) << what;
    EXPECT_LT(decibels(std::abs(sum / static_cast<double>(samples)) / static_cast<double>(peak)), -40)
        << what;
}

TEST(SoundSynthesizer, GivesTheSameBitsForTheSameSeed) {
    for (const SoundFamilyEntry& entry : soundFamilies()) {
        EXPECT_EQ(synthesizeSound(entry.family, 7, 0.4), synthesizeSound(entry.family, 7, 0.4)) << entry.name;
    }
}

TEST(SoundSynthesizer, GivesTheSameBitsOnSeveralThreadsAtOnce) {
    std::vector<std::vector<float>> sounds(4);
    std::vector<std::thread> threads;
    for (auto& sound : sounds) threads.emplace_back([&sound] { sound = synthesizeSound(3, 0.5); });
    for (std::thread& thread : threads) thread.join();
    for (const auto& sound : sounds) EXPECT_EQ(sound, sounds.front());
}

TEST(SoundSynthesizer, KeepsItsLevelsInEveryFamilyAndLength) {
    for (const SoundFamilyEntry& entry : soundFamilies()) {
        for (const double seconds : {0.05, 0.4}) {
            for (std::uint64_t seed = 0; seed < 4; ++seed) {
                const auto sound = synthesizeSound(entry.family, seed, seconds);
                expectSound(sound, static_cast<std::size_t>(std::lround(seconds * 48000)),
                            std::string(entry.name) + " " + std::to_string(seed));
            }
        }
    }
}

TEST(SoundSynthesizer, MakesLongSounds) {
    for (const SoundFamily family : {SoundFamily::plucked, SoundFamily::beat}) {
        const auto sound = synthesizeSound(family, 11, 30);
        expectSound(sound, 30 * 48000, std::to_string(static_cast<int>(family)));
        // There is still sound in the last ten seconds.
        float late = 0;
        for (std::size_t n = 20 * 48000; n < sound.size(); ++n) late = std::max(late, std::abs(sound[n]));
        EXPECT_GT(late, 1e-3F);
    }
}

TEST(SoundSynthesizer, MakesAtLeastOneSampleAndNeverMoreThanTheLongest) {
    EXPECT_EQ(synthesizeSound(1, 0).size(), 1U);
    EXPECT_EQ(synthesizeSound(1, -5).size(), 1U);
    EXPECT_EQ(synthesizeSound(1, std::nan("")).size(), 1U);
    EXPECT_EQ(synthesizeSound(SoundFamily::impulses, 1, 0.001).size(), 48U);
}

TEST(SoundSynthesizer, MakesDifferentSoundsFromDifferentSeedsAndFamilies) {
    std::vector<std::vector<float>> sounds;
    for (const SoundFamilyEntry& entry : soundFamilies()) {
        for (const std::uint64_t seed : {1U, 2U}) sounds.push_back(synthesizeSound(entry.family, seed, 0.25));
    }
    for (std::size_t a = 0; a < sounds.size(); ++a) {
        for (std::size_t b = a + 1; b < sounds.size(); ++b) {
            // Far more than any two renderings of one sound would.
            EXPECT_GT(melErrorDb(sounds[a], sounds[b]), 3.0) << a << " " << b;
        }
    }
}

TEST(SoundSynthesizer, DrawsFamiliesByTheirWeights) {
    constexpr int kDraws = 20000;
    std::vector<int> counts(soundFamilies().size(), 0);
    for (std::uint64_t seed = 0; seed < kDraws; ++seed) {
        ++counts[static_cast<std::size_t>(soundFamilyOf(seed))];
    }
    double total = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const SoundFamilyEntry& entry = soundFamilies()[i];
        EXPECT_EQ(static_cast<std::size_t>(entry.family), i);
        total += entry.weight;
        const double deviation = std::sqrt(kDraws * entry.weight * (1 - entry.weight));
        EXPECT_NEAR(counts[i], kDraws * entry.weight, 4 * deviation) << entry.name;
    }
    EXPECT_NEAR(total, 1, 1e-9);
    EXPECT_EQ(synthesizeSound(5, 0.2), synthesizeSound(soundFamilyOf(5), 5, 0.2));
}

TEST(SoundSynthesizer, KnowsItsFamiliesByName) {
    std::set<std::string_view> names;
    for (const SoundFamilyEntry& entry : soundFamilies()) {
        EXPECT_EQ(soundFamilyNamed(entry.name), entry.family);
        names.insert(entry.name);
    }
    EXPECT_EQ(names.size(), soundFamilies().size());
    EXPECT_EQ(soundFamilyNamed("theremin"), std::nullopt);
}

}  // namespace
}  // namespace smidgen
