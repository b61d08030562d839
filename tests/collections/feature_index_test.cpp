#include <gtest/gtest.h>

#include "engine/collections/feature_file.h"
#include "engine/foundation/random.h"

namespace smidgen {
namespace {

constexpr std::uint64_t kDataEnd = 16 + (130 + 70 + 110 + 60) * 2 * 8;

/// Two renderings of two segments each, eight bands; the last segment lies at the floor.
FeatureIndex example() {
    FeatureIndex index;
    index.contentHash = std::string(32, 'a');
    index.settingsHash = std::string(32, 'b');
    index.bands = 8;
    index.channels = 1;
    index.variants = 2;
    std::uint64_t offset = 16;
    for (const std::int64_t frames : {130, 110}) {
        FeatureRendering rendering;
        rendering.amounts.pitchSemitones = -1.5;
        rendering.amounts.flipPolarity = true;
        rendering.amounts.noiseSeed = 0xfedcba9876543210ULL;
        FeatureSegment first{0, 0, frames, offset, std::vector<std::uint64_t>((frames + 63) / 64, 7)};
        offset += static_cast<std::uint64_t>(frames) * 16;
        FeatureSegment second{130, frames, 70, frames == 130 ? offset : 0, {}};
        if (frames == 130) second.checksums = {8, 9};
        if (frames == 130) offset += 70 * 16;
        rendering.frames = frames + 70;
        rendering.segments = {first, second};
        index.renderings.push_back(rendering);
    }
    index.active = {{1, 2, 3, 0x80}};
    return index;
}

TEST(FeatureIndex, BytesReadBack) {
    const FeatureIndex index = example();
    const std::string bytes = toBytes(index);
    const auto read = indexFromBytes(bytes, kDataEnd);
    ASSERT_TRUE(read);
    EXPECT_EQ(toBytes(*read), bytes);
    EXPECT_EQ(read->rendering(0, 1).segments[1].start, 110);
    EXPECT_EQ(read->rendering(0, 1).segments[1].offset, 0U);
    EXPECT_EQ(read->rendering(0, 0).amounts.noiseSeed, 0xfedcba9876543210ULL);
}

TEST(FeatureIndex, SegmentsThatDoNotFitAreRefused) {
    const auto refused = [](auto change) {
        FeatureIndex index = example();
        change(index);
        return !indexFromBytes(toBytes(index), kDataEnd);
    };
    EXPECT_TRUE(refused([](FeatureIndex& i) { i.renderings[0].segments[0].offset = kDataEnd; }));
    EXPECT_TRUE(refused([](FeatureIndex& i) { i.renderings[0].segments[0].offset = ~0ULL; }));
    EXPECT_TRUE(refused([](FeatureIndex& i) { i.renderings[0].segments[1].start = 131; }));
    EXPECT_TRUE(refused([](FeatureIndex& i) { i.renderings[0].segments[1].cleanStart = 0; }));
    EXPECT_TRUE(refused([](FeatureIndex& i) { i.renderings[1].frames = 181; }));
    EXPECT_TRUE(refused([](FeatureIndex& i) { i.renderings[1].segments.clear(); }));
    EXPECT_TRUE(refused([](FeatureIndex& i) { i.active[0].pop_back(); }));
    EXPECT_TRUE(refused([](FeatureIndex& i) { i.active[0].back() = 0x100; }));  // beyond frame 199
    EXPECT_TRUE(refused([](FeatureIndex& i) { i.bands = 0; }));
    EXPECT_TRUE(refused([](FeatureIndex& i) { i.channels = 3; }));
    EXPECT_FALSE(refused([](FeatureIndex&) {}));
    EXPECT_FALSE(indexFromBytes(toBytes(example()) + "x", kDataEnd));
    EXPECT_FALSE(indexFromBytes("", kDataEnd));
}

TEST(FeatureIndex, WhateverIsReadStaysInsideTheData) {
    const std::string good = toBytes(example());
    Random random(5);
    int accepted = 0;
    for (int i = 0; i < 20000; ++i) {
        std::string bytes = good;
        for (std::uint64_t n = 1 + random.below(3); n > 0; --n)
            bytes[random.below(bytes.size())] = static_cast<char>(random.bits());
        if (random.below(4) == 0) bytes.resize(random.below(bytes.size()));
        const auto index = indexFromBytes(bytes, kDataEnd);
        if (!index) continue;
        ++accepted;
        for (const FeatureRendering& rendering : index->renderings) {
            for (const FeatureSegment& segment : rendering.segments) {
                if (segment.offset == 0) continue;
                ASSERT_LE(segment.offset + static_cast<std::uint64_t>(segment.frames) * index->bands * 2,
                          kDataEnd);
                ASSERT_EQ(segment.checksums.size(), static_cast<std::size_t>((segment.frames + 63) / 64));
            }
        }
    }
    EXPECT_GT(accepted, 1000);  // amounts, hashes and checksums may hold anything
}

}  // namespace
}  // namespace smidgen
