#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numbers>
#include <set>
#include <thread>

#include "tests/collections/prepared.h"

namespace smidgen {
namespace {

using testing::mono;
using testing::strike;

class CropSamplerTest : public testing::PreparedTest {};

/// Which of the tones 500·2^i Hz is the loudest in the frame; −1 for the floor.
int toneIn(std::span<const float> frame, const MelBank& bank) {
    const auto loudest = std::max_element(frame.begin(), frame.end());
    if (*loudest < kLogMelFloor + 0.01F) return -1;
    const std::vector<float> dense = bank.dense();
    const auto row = static_cast<std::size_t>(loudest - frame.begin()) * 1025;
    const auto bin = std::max_element(dense.begin() + static_cast<std::ptrdiff_t>(row),
                                      dense.begin() + static_cast<std::ptrdiff_t>(row + 1025)) -
                     dense.begin() - static_cast<std::ptrdiff_t>(row);
    return static_cast<int>(std::lround(std::log2(static_cast<double>(bin) * 48000 / 2048 / 500)));
}

TEST_F(CropSamplerTest, CropsDependOnStepAndSlotAlone) {
    FeatureSettings settings;
    settings.variants = 2;
    const auto batch = prepared({mono(strike(2.0, 1)), mono(strike(1.0, 2)), mono(strike(0.1, 3))}, settings);
    CropSettings crops;
    crops.mixupProbability = 0.3;
    crops.gainLowDb = -9;
    crops.gainHighDb = 3;
    crops.seed = 4;
    const Split split = splitSounds(batch, {0.0, 1});
    const CropSampler sampler(batch, split.training, crops);
    constexpr std::size_t kSize = 64 * kMelBands;
    std::vector<std::vector<float>> inOrder(60, std::vector<float>(kSize)), threaded = inOrder;
    for (std::size_t i = 0; i < 60; ++i) ASSERT_TRUE(sampler.crop(i / 4, i % 4, inOrder[i]));
    const CropSampler again(batch, split.training, crops);
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < 3; ++t)
        threads.emplace_back([&, t] {
            for (std::size_t i = 60; i-- > 0;)
                if (i % 3 == t && !again.crop(i / 4, i % 4, threaded[i])) threaded[i].clear();
        });
    threads.clear();
    EXPECT_EQ(threaded, inOrder);
    std::set<std::vector<float>> distinct(inOrder.begin(), inOrder.end());
    EXPECT_GT(distinct.size(), 55U);
    crops.seed = 5;
    std::vector<float> other(kSize);
    ASSERT_TRUE(CropSampler(batch, split.training, crops).crop(0, 0, other));
    EXPECT_NE(other, inOrder[0]);
}

TEST_F(CropSamplerTest, SoundsAreDrawnByTheRootOfTheirDuration) {
    const auto batch = prepared({tone(500, 0.7), tone(2000, 2.8), tone(8000, 11.2)});
    const CropSampler sampler(batch, splitSounds(batch, {0.0, 1}).training, {});
    const MelBank bank;
    std::map<int, int> counts;
    std::vector<float> crop(64 * kMelBands);
    const int draws = 2100;
    for (int i = 0; i < draws; ++i) {
        ASSERT_TRUE(sampler.crop(static_cast<std::uint64_t>(i), 0, crop));
        ++counts[toneIn(std::span(crop).subspan(32 * kMelBands, kMelBands), bank)];
    }
    // Durations 1 : 4 : 16, roots 1 : 2 : 4; five standard deviations of the binomial.
    EXPECT_NEAR(counts[0], 300, 5 * 16);
    EXPECT_NEAR(counts[2], 600, 5 * 21);
    EXPECT_NEAR(counts[4], 1200, 5 * 23);
}

TEST_F(CropSamplerTest, MostCropsHoldSound) {
    std::vector<float> signal(48000 * 20, 0.0F);
    const std::vector<float> burst = testing::sine(1000, 0.3);
    std::copy(burst.begin(), burst.end(), signal.begin() + 48000 * 9);
    const auto batch = prepared({mono(signal)});
    const CropSampler sampler(batch, splitSounds(batch, {0.0, 1}).training, {});
    std::vector<float> crop(64 * kMelBands);
    int sounding = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        ASSERT_TRUE(sampler.crop(i, 0, crop));
        sounding += *std::max_element(crop.begin(), crop.end()) > -2.0F ? 1 : 0;
    }
    // 70 % by intent and 5 % of the rest by chance (92 of 1813 places): 714 ± five standard deviations.
    EXPECT_NEAR(sounding, 714, 72);
}

TEST_F(CropSamplerTest, SideIsDrawnAQuarterAsOftenAsMid) {
    const std::vector<float> mid = testing::sine(500, 2.0, 0.3), side = testing::sine(4000, 2.0, 0.3);
    std::vector<float> left(mid.size()), right(mid.size());
    for (std::size_t i = 0; i < mid.size(); ++i) {
        left[i] = mid[i] + side[i];
        right[i] = mid[i] - side[i];
    }
    const auto batch = prepared({testing::stereo(left, right)});
    const CropSampler sampler(batch, splitSounds(batch, {0.0, 1}).training, {});
    const MelBank bank;
    std::vector<float> crop(64 * kMelBands);
    int sides = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        ASSERT_TRUE(sampler.crop(i, 0, crop));
        sides += toneIn(std::span(crop).subspan(32 * kMelBands, kMelBands), bank) == 3 ? 1 : 0;
    }
    EXPECT_NEAR(sides, 200, 64);
}

TEST_F(CropSamplerTest, NothingOutsideASpanIsSeenWhateverTheVariant) {
    // The last half second is another tone, and held out.
    std::vector<float> signal = testing::sine(500, 4.0, 0.3);
    const std::vector<float> secret = testing::sine(8000, 0.5, 0.3);
    std::copy(secret.begin(), secret.end(), signal.end() - 24000);
    FeatureSettings settings;
    settings.variants = 6;
    settings.augmentation = AugmentationSettings::none();
    settings.augmentation.stretch = {true, 0.9, 1.1};
    settings.augmentation.probability = 1;
    const auto batch = prepared({mono(signal)}, settings);
    const Split split = splitSounds(batch, {0.2, 1});
    ASSERT_EQ(split.heldOut.size(), 1U);
    const CropSampler sampler(batch, split.training, {});
    const MelBank bank;
    std::vector<float> crop(64 * kMelBands);
    for (std::uint64_t i = 0; i < 300; ++i) {
        ASSERT_TRUE(sampler.crop(i, 0, crop));
        for (std::size_t t = 0; t < 64; t += 9)
            ASSERT_LE(toneIn(std::span(crop).subspan(t * kMelBands, kMelBands), bank), 0);
    }
}

TEST_F(CropSamplerTest, ShortSoundsLieWholeAmidTheFloor) {
    const auto batch = prepared({tone(1000, 0.1)});
    const CropSampler sampler(batch, splitSounds(batch, {0.0, 1}).training, {});
    const std::int64_t frames = batch.sounds[0].frames(0, 0).value;
    std::vector<float> whole(static_cast<std::size_t>(frames) * kMelBands), crop(64 * kMelBands);
    ASSERT_TRUE(batch.sounds[0].read(0, 0, Frames(0), whole));
    std::set<std::size_t> places;
    for (std::uint64_t i = 0; i < 400; ++i) {
        ASSERT_TRUE(sampler.crop(i, 0, crop));
        const auto at = std::search(crop.begin(), crop.end(), whole.begin(), whole.end());
        ASSERT_NE(at, crop.end());
        places.insert(static_cast<std::size_t>(at - crop.begin()) / kMelBands);
        const auto floored = std::count(crop.begin(), crop.end(), kLogMelFloor);
        EXPECT_GE(floored, static_cast<std::int64_t>(crop.size() - whole.size()));
    }
    EXPECT_EQ(*places.begin(), 0U);
    EXPECT_EQ(*places.rbegin(), static_cast<std::size_t>(64 - frames));
}

TEST_F(CropSamplerTest, GainShiftsTheWholeCrop) {
    const auto batch = prepared({mono(strike(3.0, 1)), mono(testing::whiteNoise(3.0, 2))});
    const auto spans = splitSounds(batch, {0.0, 1}).training;
    CropSettings plain;
    plain.seed = 6;
    CropSettings louder = plain;
    louder.gainLowDb = louder.gainHighDb = -6;
    std::vector<float> clean(64 * kMelBands), changed(clean.size());
    for (std::uint64_t i = 0; i < 20; ++i) {
        ASSERT_TRUE(CropSampler(batch, spans, plain).crop(i, 3, clean));
        ASSERT_TRUE(CropSampler(batch, spans, louder).crop(i, 3, changed));
        for (std::size_t k = 0; k < clean.size(); ++k)
            ASSERT_NEAR(changed[k],
                        std::max(clean[k] - 6.0F * std::numbers::ln10_v<float> / 20.0F, kLogMelFloor), 1e-5F);
    }
}

TEST_F(CropSamplerTest, CleanCropsAreStretchesOfTheSoundItself) {
    FeatureSettings features;
    features.variants = 2;
    const auto batch = prepared({mono(strike(3.0, 1))}, features);
    const auto spans = splitSounds(batch, {0.0, 1}).training;
    CropSettings settings;
    settings.mixupProbability = settings.colourProbability = 1;
    settings.colourDb = 4;
    settings.gainLowDb = settings.gainHighDb = -6;
    settings.cleanShare = 0.5;
    const CropSampler sampler(batch, spans, settings);
    std::vector<float> whole(static_cast<std::size_t>(spans[0].length.value) * kMelBands);
    ASSERT_TRUE(batch.sounds[0].read(0, 0, Frames(0), whole));
    std::vector<float> crop(64 * kMelBands);
    int found = 0;
    for (std::uint64_t i = 0; i < 60; ++i) {
        ASSERT_TRUE(sampler.crop(i, 0, crop));
        for (std::size_t at = 0; at + crop.size() <= whole.size(); at += kMelBands)
            if (std::equal(crop.begin(), crop.end(), whole.begin() + static_cast<std::ptrdiff_t>(at))) {
                ++found;
                break;
            }
    }
    EXPECT_NEAR(found, 30, 15);
}

TEST_F(CropSamplerTest, ShortSoundsMayFillACropByRepetition) {
    const auto batch = prepared({mono(strike(0.3, 1))});
    const auto spans = splitSounds(batch, {0.0, 1}).training;
    const auto frames = static_cast<std::size_t>(spans[0].length.value);
    ASSERT_LT(frames, 32U);
    CropSettings settings;
    settings.repeatShare = 1;
    std::vector<float> crop(64 * kMelBands), whole(frames * kMelBands);
    ASSERT_TRUE(batch.sounds[0].read(0, 0, Frames(0), whole));
    std::set<std::size_t> phases;
    for (std::uint64_t i = 0; i < 100; ++i) {
        ASSERT_TRUE(CropSampler(batch, spans, settings).crop(i, 0, crop));
        const auto first = std::search(crop.begin(), crop.end(), whole.begin(), whole.end());
        ASSERT_NE(first, crop.end());
        phases.insert(static_cast<std::size_t>(first - crop.begin()) / kMelBands);
        for (std::size_t k = whole.size(); k < crop.size(); ++k) ASSERT_EQ(crop[k], crop[k - whole.size()]);
    }
    EXPECT_EQ(*phases.begin(), 0U);
    EXPECT_GT(phases.size(), frames / 2);
}

TEST_F(CropSamplerTest, ColourIsOneSmoothGainOverTheBandsOfAllFrames) {
    const auto batch = prepared({mono(testing::whiteNoise(3.0, 2))});
    const auto spans = splitSounds(batch, {0.0, 1}).training;
    CropSettings plain;
    plain.seed = 6;
    CropSettings coloured = plain;
    coloured.colourProbability = 1;
    coloured.colourDb = 4;
    std::vector<float> clean(64 * kMelBands), changed(clean.size());
    double square = 0;
    for (std::uint64_t i = 0; i < 40; ++i) {
        ASSERT_TRUE(CropSampler(batch, spans, plain).crop(i, 3, clean));
        ASSERT_TRUE(CropSampler(batch, spans, coloured).crop(i, 3, changed));
        std::vector<float> gains(kMelBands);
        for (std::size_t k = 0; k < clean.size(); ++k) {
            const std::size_t band = k % kMelBands;
            if (k < kMelBands) gains[band] = changed[k] - clean[k];
            ASSERT_NEAR(changed[k] - clean[k], gains[band], 1e-4F);
        }
        for (std::size_t band = 0; band < kMelBands; ++band) {
            square += static_cast<double>(gains[band]) * gains[band] / kMelBands / 40;
            if (band > 0) {
                ASSERT_LT(std::abs(gains[band] - gains[band - 1]), 0.25F);
            }
        }
    }
    // Five waves of a drawn height each, over 40 crops: 200 numbers behind this variance.
    EXPECT_NEAR(std::sqrt(square) * 20 / std::numbers::ln10, 4, 1);
}

TEST_F(CropSamplerTest, BandsShiftUpAndDownAndSilenceStaysSilent) {
    const auto batch = prepared({tone(1000, 0.3)});
    const auto spans = splitSounds(batch, {0.0, 1}).training;
    CropSettings plain;
    CropSettings shifted = plain;
    shifted.colourProbability = 1;
    shifted.mostBandShift = 3;
    std::set<std::ptrdiff_t> shifts;
    std::vector<float> clean(64 * kMelBands), changed(clean.size());
    for (std::uint64_t i = 0; i < 60; ++i) {
        ASSERT_TRUE(CropSampler(batch, spans, plain).crop(i, 0, clean));
        ASSERT_TRUE(CropSampler(batch, spans, shifted).crop(i, 0, changed));
        const auto loudest = std::max_element(clean.begin(), clean.end());
        const auto frame = (loudest - clean.begin()) / static_cast<std::ptrdiff_t>(kMelBands);
        const auto first = changed.begin() + frame * static_cast<std::ptrdiff_t>(kMelBands);
        const auto there = std::max_element(first, first + kMelBands);
        EXPECT_EQ(*there, *loudest);
        shifts.insert((there - changed.begin()) - (loudest - clean.begin()));
        for (std::size_t t = 0; t < 64; ++t) {
            const auto row = std::span(clean).subspan(t * kMelBands, kMelBands);
            const bool silent = std::ranges::all_of(row, [](float v) { return v == kLogMelFloor; });
            const auto after = std::span(changed).subspan(t * kMelBands, kMelBands);
            if (silent) {
                EXPECT_TRUE(std::ranges::all_of(after, [](float v) { return v == kLogMelFloor; }));
            }
        }
    }
    EXPECT_EQ(shifts, (std::set<std::ptrdiff_t>{-3, -2, -1, 0, 1, 2, 3}));
}

TEST_F(CropSamplerTest, MixupAddsPowers) {
    // Two sounds of exactly one crop: every mix is one of four.
    const auto batch =
        prepared({mono(strike(63.0 * 512 / 48000, 1)), mono(testing::whiteNoise(63.0 * 512 / 48000, 2))});
    CropSettings mixing;
    mixing.mixupProbability = 1;
    mixing.mixupLow = mixing.mixupHigh = 0.3;
    const CropSampler sampler(batch, splitSounds(batch, {0.0, 1}).training, mixing);
    std::vector<float> sounds[2], crop(64 * kMelBands);
    for (int s = 0; s < 2; ++s) {
        sounds[s].resize(crop.size());
        ASSERT_TRUE(batch.sounds[static_cast<std::size_t>(s)].read(0, 0, Frames(0), sounds[s]));
    }
    const auto error = [&](const std::vector<float>& first, const std::vector<float>& second) {
        double worst = 0;
        for (std::size_t k = 0; k < crop.size(); ++k) {
            const double a = static_cast<double>(first[k]), b = static_cast<double>(second[k]);
            const double expected = std::max(0.5 * std::log(0.7 * std::exp(2 * a) + 0.3 * std::exp(2 * b)),
                                             static_cast<double>(kLogMelFloor));
            worst = std::max(worst, std::abs(static_cast<double>(crop[k]) - expected));
        }
        return worst;
    };
    std::set<int> met;
    for (std::uint64_t i = 0; i < 60; ++i) {
        ASSERT_TRUE(sampler.crop(i, 0, crop));
        int matches = 0;
        for (int pair = 0; pair < 4; ++pair) {
            if (error(sounds[pair / 2], sounds[pair % 2]) > 2e-4) continue;
            met.insert(pair);
            ++matches;
        }
        ASSERT_EQ(matches, 1);
    }
    EXPECT_EQ(met.size(), 4U);
}

TEST_F(CropSamplerTest, WithoutSpansThereIsASentence) {
    const auto batch = prepared({tone(500, 1.0)});
    std::vector<float> crop(64 * kMelBands);
    const auto read = CropSampler(batch, {}, {}).crop(0, 0, crop);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::invalidArgument);
}

}  // namespace
}  // namespace smidgen
