#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "tests/collections/cached.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using testing::augmented;
using testing::mono;
using testing::strike;

class FeatureCacheKeyTest : public testing::CachedTest {};

TEST_F(FeatureCacheKeyTest, SecondTimeNothingIsDecoded) {
    const SoundEntry entry = sound("a.wav", mono(strike(0.5, 1)));
    const std::vector<float> first = all(features(entry, augmented(2)), 0, 2);
    fs::remove(entry.path);
    const std::vector<SoundEntry> entries{entry};
    const auto batch = cache().prepare(entries, augmented(2), 1, {}, {});
    ASSERT_TRUE(batch);
    EXPECT_EQ(batch->madeNow, 0);
    ASSERT_EQ(batch->sounds.size(), 1U);
    EXPECT_EQ(all(batch->sounds[0], 0, 2), first);
}

TEST_F(FeatureCacheKeyTest, KeyCoversEverySettingThatMatters) {
    const SoundEntry entry = sound("a.wav", mono(strike(0.3, 1)));
    std::vector<FeatureSettings> different{augmented(0), augmented(1), augmented(2), augmented(1, 9)};
    const auto add = [&](auto change) {
        different.push_back(augmented(1));
        change(different.back());
    };
    add([](FeatureSettings& s) { s.mel.stft.hop = 256; });
    add([](FeatureSettings& s) { s.mel.bands = 64; });
    add([](FeatureSettings& s) { s.mel.lowHz = 20; });
    add([](FeatureSettings& s) { s.augmentation.probability = 0.4; });
    add([](FeatureSettings& s) { s.augmentation.roomSeconds.high = 0.7; });
    add([](FeatureSettings& s) { s.augmentation.noiseSnrDb.enabled = false; });
    for (const FeatureSettings& settings : different) (void)features(entry, settings);
    EXPECT_EQ(cacheFiles().size(), different.size());
    // Without variants, seeds and ranges change nothing; mixup never does.
    FeatureSettings same = augmented(0, 77);
    same.augmentation.probability = 1;
    (void)features(entry, same);
    same = augmented(1);
    same.augmentation.mixupShare.high = 0.2;
    (void)features(entry, same);
    EXPECT_EQ(cacheFiles().size(), different.size());
}

TEST_F(FeatureCacheKeyTest, ImpossibleSettingsAreRefused) {
    const SoundEntry entry = sound("a.wav", mono(strike(0.3, 1)));
    FeatureSettings settings;
    settings.mel.rate = 44100;
    EXPECT_EQ(cache().features(entry, settings).error().code, ErrorCode::invalidArgument);
    settings = {};
    settings.variants = -1;
    EXPECT_EQ(cache().features(entry, settings).error().code, ErrorCode::invalidArgument);
}

TEST_F(FeatureCacheKeyTest, ChangedOrMissingSoundIsASentence) {
    const SoundEntry entry = sound("a.wav", mono(strike(0.3, 1)));
    const SoundEntry other = sound("b.wav", mono(strike(0.3, 2)));
    const SoundEntry gone = sound("c.wav", mono(strike(0.3, 3)));
    write("sounds/a.wav", mono(strike(0.3, 9)));
    fs::remove(gone.path);
    fs::last_write_time(other.path, fs::last_write_time(other.path) + std::chrono::hours(1));  // same bytes
    SoundEntry skipped = other;
    skipped.verdict = Verdict::skipped;
    const std::vector<SoundEntry> entries{entry, skipped, other, gone};
    std::vector<int> seen;
    const auto batch = cache().prepare(entries, {}, 2, {}, [&](int done, int total) {
        EXPECT_EQ(total, 3);
        seen.push_back(done);
    });
    ASSERT_TRUE(batch);
    EXPECT_EQ(seen, (std::vector{1, 2, 3}));
    ASSERT_EQ(batch->sounds.size(), 1U);
    EXPECT_EQ(batch->entries[0].path, other.path);
    EXPECT_EQ(batch->sounds[0].contentHash(), other.contentHash);
    ASSERT_EQ(batch->failures.size(), 2U);
    EXPECT_EQ(batch->failures[0].path, entry.path);
    EXPECT_NE(batch->failures[0].error.sentence.find("has changed"), std::string::npos);
    EXPECT_EQ(batch->failures[1].error.code, ErrorCode::notFound);
}

TEST_F(FeatureCacheKeyTest, CancellingLeavesNoHalfFiles) {
    const SoundEntry entry = sound("a.wav", mono(strike(0.3, 1)));
    CancelToken cancel;
    cancel.cancel();
    const std::vector<SoundEntry> entries{entry};
    const auto batch = cache().prepare(entries, augmented(2), 1, cancel, {});
    ASSERT_FALSE(batch);
    EXPECT_EQ(batch.error().code, ErrorCode::cancelled);
    EXPECT_TRUE(cacheFiles().empty());
}

}  // namespace
}  // namespace smidgen
