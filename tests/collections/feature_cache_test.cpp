#include <gtest/gtest.h>

#include <algorithm>

#include "engine/audio/audio_reader.h"
#include "engine/audio/resampler.h"
#include "tests/collections/cached.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using testing::augmented;
using testing::mono;
using testing::strike;

class FeatureCacheTest : public testing::CachedTest {};

TEST_F(FeatureCacheTest, CleanFramesAreThoseOfTheWholeSoundAcrossSegments) {
    // 41 s: three segments, the last of one second.
    std::vector<float> signal = testing::whiteNoise(41.0, 1, 0.1);
    for (std::size_t i = 0; i < signal.size(); ++i)
        signal[i] *= static_cast<float>(1.0 + std::sin(static_cast<double>(i) * 1e-4));
    const SoundFeatures sound = features(this->sound("long.wav", mono(signal)));
    const LogMel whole = MelAnalyzer().analyze(signal);
    ASSERT_EQ(sound.frames(0, 0), whole.frames());
    expectNear(all(sound), whole.values);
}

TEST_F(FeatureCacheTest, EdgesAndExactMultiplesMatchTheWholeSound) {
    for (const std::size_t length : {2400UL, 2401UL, 20UL * 48000, 20UL * 48000 + 1}) {
        std::vector<float> signal = testing::whiteNoise(static_cast<double>(length) / 48000.0, 2);
        signal.resize(length);
        const SoundFeatures sound = features(this->sound("edge.wav", mono(signal)));
        expectNear(all(sound), MelAnalyzer().analyze(signal).values);
    }
}

TEST_F(FeatureCacheTest, StereoAtAnotherRateGivesMidAndSide) {
    AudioBuffer buffer = testing::stereo(strike(1.0, 1), strike(1.0, 2));
    buffer.rate = 44100;
    const SoundEntry entry = sound("stereo.wav", buffer);
    const SoundFeatures made = features(entry);
    ASSERT_EQ(made.channels(), 2);
    const MidSide expected = toMidSide(*resample(buffer, kSampleRate));
    // Mixed before or after the conversion: the same down to the rounding of single precision.
    expectNear(all(made, 0), MelAnalyzer().analyze(expected.mid).values, -6.0F);
    expectNear(all(made, 1), MelAnalyzer().analyze(expected.side).values, -6.0F);
}

TEST_F(FeatureCacheTest, SideIsKeptOnlyWhereThereIsOne) {
    const std::vector<float> left = strike(0.5, 1);
    std::vector<float> almost = left, silent(left.size(), 0.0F);
    for (float& x : almost) x *= 1.0005F;  // side 72 dB below mid
    EXPECT_EQ(features(sound("same.wav", testing::stereo(left, left))).channels(), 1);
    EXPECT_EQ(features(sound("almost.wav", testing::stereo(left, almost))).channels(), 1);
    EXPECT_EQ(features(sound("left.wav", testing::stereo(left, silent))).channels(), 2);
    EXPECT_EQ(features(sound("mono.wav", mono(left))).channels(), 1);
}

TEST_F(FeatureCacheTest, CropsAreTheFramesAskedForWithTheFloorOutside) {
    const SoundFeatures made = features(sound("a.wav", mono(strike(3.0, 3))));
    const std::vector<float> whole = all(made);
    const std::int64_t frames = made.frames(0, 0).value;
    Random random(3);
    for (int i = 0; i < 200; ++i) {
        const auto start =
            static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(frames) + 40)) - 20;
        const auto count = 1 + static_cast<std::int64_t>(random.below(150));
        std::vector<float> crop(static_cast<std::size_t>(count) * kMelBands);
        ASSERT_TRUE(made.read(0, 0, Frames(start), crop));
        for (std::int64_t t = 0; t < count; ++t) {
            const std::int64_t from = start + t;
            for (std::size_t b = 0; b < kMelBands; ++b) {
                const float expected = from >= 0 && from < frames
                                           ? whole[static_cast<std::size_t>(from) * kMelBands + b]
                                           : kLogMelFloor;
                ASSERT_EQ(crop[static_cast<std::size_t>(t) * kMelBands + b], expected);
            }
        }
    }
    for (const float x : whole) ASSERT_GE(x, kLogMelFloor);
}

TEST_F(FeatureCacheTest, ActiveFramesAreTheLoudOnesInOrder) {
    std::vector<float> signal(96000, 0.0F);
    const std::vector<float> burst = testing::whiteNoise(0.25, 4);
    std::copy(burst.begin(), burst.end(), signal.begin() + 24000);
    std::copy(burst.begin(), burst.end(), signal.begin() + 72000);
    const SoundFeatures made = features(sound("bursts.wav", mono(signal)), augmented(3));
    const std::int64_t count = made.activeFrames(0, 0);
    EXPECT_NEAR(made.activeShare(), static_cast<double>(count) / 188.0, 1e-12);
    EXPECT_NEAR(made.activeShare(), 0.25, 0.05);
    std::int64_t before = -1;
    for (std::int64_t n = 0; n < count; ++n) {
        const std::int64_t frame = made.activeFrame(0, 0, n).value;
        EXPECT_GT(frame, before);
        EXPECT_EQ(made.activeFramesBefore(0, Frames(frame)), n);
        EXPECT_TRUE((frame >= 44 && frame <= 73) || (frame >= 138 && frame <= 167)) << frame;
        before = frame;
    }
    EXPECT_EQ(made.activeFramesBefore(0, made.frames(0, 0)), count);
    for (int variant = 1; variant <= 3; ++variant) {
        const double stretch = made.amounts()[static_cast<std::size_t>(variant)].stretch;
        EXPECT_EQ(made.activeFrames(0, variant), count);
        EXPECT_NEAR(static_cast<double>(made.activeFrame(0, variant, 0).value),
                    stretch * static_cast<double>(made.activeFrame(0, 0, 0).value), 1.5);
    }
}

TEST_F(FeatureCacheTest, VariantsDifferPerSeedVariantChannelAndSegment) {
    AudioBuffer buffer = testing::stereo(testing::whiteNoise(41.0, 1), testing::whiteNoise(41.0, 2));
    const SoundEntry entry = sound("a.wav", buffer);
    FeatureSettings settings = augmented(2);
    settings.augmentation = AugmentationSettings::none();
    settings.augmentation.gainDb = {true, -12, 3};
    settings.augmentation.probability = 1;
    const SoundFeatures made = features(entry, settings);
    ASSERT_EQ(made.variants(), 3);
    // Gain alone: the difference to the clean frames is the drawn gain, constant within a segment of 1875
    // frames.
    std::vector<double> gains;
    for (int channel = 0; channel < 2; ++channel) {
        const std::vector<float> clean = all(made, channel, 0);
        for (int variant = 1; variant < 3; ++variant) {
            const std::vector<float> changed = all(made, channel, variant);
            ASSERT_EQ(changed.size(), clean.size());
            for (const std::size_t segment : {0UL, 1UL, 2UL}) {
                const std::size_t from = segment * 1875,
                                  to = std::min<std::size_t>(from + 1875, clean.size() / kMelBands);
                double sum = 0, worst = 0;
                for (std::size_t i = from * kMelBands; i < to * kMelBands; ++i)
                    sum += static_cast<double>(changed[i] - clean[i]);
                const double mean = sum / static_cast<double>((to - from) * kMelBands);
                for (std::size_t i = from * kMelBands; i < to * kMelBands; ++i)
                    worst = std::max(worst, std::abs(static_cast<double>(changed[i] - clean[i]) - mean));
                EXPECT_LT(worst, 0.01);
                gains.push_back(mean * 20.0 / std::numbers::ln10);
            }
        }
    }
    EXPECT_NEAR(gains[0], made.amounts()[1].gainDb, 0.01);
    EXPECT_NEAR(gains[3], made.amounts()[2].gainDb, 0.01);
    std::sort(gains.begin(), gains.end());
    for (std::size_t i = 1; i < gains.size(); ++i) EXPECT_GT(gains[i] - gains[i - 1], 1e-4);
    FeatureSettings other = settings;
    other.seed = 6;
    EXPECT_NE(features(entry, other).amounts()[1].gainDb, made.amounts()[1].gainDb);
}

TEST_F(FeatureCacheTest, StretchedVariantHasThatManyFramesAndItsPlaces) {
    const SoundEntry entry = sound("a.wav", mono(testing::whiteNoise(45.0, 1)));
    FeatureSettings settings = augmented(1);
    settings.augmentation = AugmentationSettings::none();
    settings.augmentation.stretch = {true, 1.1, 1.1};
    settings.augmentation.probability = 1;
    const SoundFeatures made = features(entry, settings);
    EXPECT_NEAR(static_cast<double>(made.frames(0, 1).value), 1.1 * 45 * 93.75, 3);
    for (const std::int64_t frame : {0, 500, 1875, 3000, 4000})
        EXPECT_NEAR(static_cast<double>(made.place(0, 1, Frames(frame)).value),
                    1.1 * static_cast<double>(frame), 2.0);
    EXPECT_EQ(made.place(0, 1, made.frames(0, 0)), made.frames(0, 1));
    // Stationary noise stays stationary over the joins.
    const std::vector<float> values = all(made, 0, 1);
    const auto level = [&](std::int64_t frame) {
        double sum = 0;
        for (std::size_t b = 0; b < kMelBands; ++b)
            sum += static_cast<double>(values[static_cast<std::size_t>(frame) * kMelBands + b]) / kMelBands;
        return sum;
    };
    const std::int64_t join = made.place(0, 1, Frames(1875)).value;
    double mean = 0, square = 0;
    for (std::int64_t t = 100; t < 1100; ++t) {
        mean += level(t) / 1000;
        square += level(t) * level(t) / 1000;
    }
    const double deviation = std::sqrt(square - mean * mean);
    for (std::int64_t t = join - 4; t < join + 4; ++t) EXPECT_NEAR(level(t), mean, 5 * deviation) << t;
}

TEST_F(FeatureCacheTest, PitchedVariantKeepsItsTimeInEverySegment) {
    // A tone, and a burst in the second segment.
    std::vector<float> signal = testing::sine(1000, 32.0, 0.2);
    const std::vector<float> burst = testing::whiteNoise(0.02, 1, 0.9);
    for (std::size_t i = 0; i < burst.size(); ++i) signal[48000 * 26 + i] += burst[i];
    FeatureSettings settings = augmented(1);
    settings.augmentation = AugmentationSettings::none();
    settings.augmentation.pitchSemitones = {true, 2, 2};
    settings.augmentation.probability = 1;
    const SoundFeatures made = features(sound("a.wav", mono(signal)), settings);
    EXPECT_EQ(made.frames(0, 1), made.frames(0, 0));
    const std::vector<float> clean = all(made, 0, 0), higher = all(made, 0, 1);
    const auto at = [](const std::vector<float>& values, std::size_t frame, std::size_t band) {
        return values[frame * kMelBands + band];
    };
    const auto strongest = [&](const std::vector<float>& values, std::size_t frame) {
        std::size_t best = 0;
        for (std::size_t b = 1; b < kMelBands; ++b)
            if (at(values, frame, b) > at(values, frame, best)) best = b;
        return static_cast<double>(best);
    };
    const auto melOf = [](double hz) { return 2595.0 * std::log10(1.0 + hz / 700.0); };
    const double melStep = melOf(24000) / 129;
    for (const std::size_t frame : {100UL, 1870UL, 1880UL, 2800UL}) {
        EXPECT_NEAR(strongest(clean, frame), melOf(1000) / melStep - 1, 1.0);
        EXPECT_NEAR(strongest(higher, frame), melOf(1000 * std::exp2(2.0 / 12)) / melStep - 1, 1.0);
    }
    const auto burstFrame = [&](const std::vector<float>& values) {
        std::size_t best = 0;
        for (std::size_t t = 0; t < values.size() / kMelBands; ++t)
            if (at(values, t, 110) > at(values, best, 110)) best = t;
        return static_cast<double>(best);
    };
    EXPECT_NEAR(burstFrame(clean), 26.01 * 93.75, 1.0);
    EXPECT_NEAR(burstFrame(higher), burstFrame(clean), 1.0);
}

}  // namespace
}  // namespace smidgen
