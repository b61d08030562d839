#include "engine/playback/sample_feed.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <numbers>

#include "renderer_rig.h"
#include "sounds.h"

namespace smidgen::testing {
namespace {

struct Stereo {
    std::vector<float> left, right;
};

/// Reads [start, start + frames) in pieces of `piece`, and what comes back of it.
Stereo read(SampleFeed& feed, std::int64_t start, int frames, int piece) {
    Stereo read{std::vector<float>(static_cast<std::size_t>(frames)),
                std::vector<float>(static_cast<std::size_t>(frames))};
    int done = 0;
    while (done < frames) {
        const auto count = feed.read(start + done, read.left.data() + done, read.right.data() + done,
                                     std::min(piece, frames - done));
        EXPECT_TRUE(count);
        if (!count || *count == 0) break;
        done += *count;
    }
    read.left.resize(static_cast<std::size_t>(done));
    read.right.resize(static_cast<std::size_t>(done));
    return read;
}

std::shared_ptr<const AudioBuffer> sine(double hertz, int rate, std::int64_t length) {
    auto sound = std::make_shared<AudioBuffer>(1, Samples(length), rate);
    for (std::size_t i = 0; i < sound->channels[0].size(); ++i)
        sound->channels[0][i] =
            static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * hertz * static_cast<double>(i) / rate));
    return sound;
}

TEST(SampleFeed, FileGivesItsSamplesFromAnyStart) {
    const Folder folder;
    const auto sound = noise(2, 30000, 71);
    writeWav(folder / "a.wav", *sound);
    auto feed = openFileFeed(folder / "a.wav");
    ASSERT_TRUE(feed) << feed.error().sentence;
    EXPECT_EQ((*feed)->length(), 30000);
    EXPECT_EQ((*feed)->rate(), 48000);
    for (const int start : {0, 17000, 3, 29990}) {
        const int frames = std::min(5000, 30000 - start);
        const auto samples = read(**feed, start, frames, 777);
        const auto from = static_cast<std::size_t>(start);
        EXPECT_EQ(samples.left, slice(sound->channels[0], from, from + static_cast<std::size_t>(frames)));
        EXPECT_EQ(samples.right, slice(sound->channels[1], from, from + static_cast<std::size_t>(frames)));
    }
}

TEST(SampleFeed, AFileThatIsWholeAgainIsReadFromWhereItIsAsked) {
    const Folder folder;
    const auto sound = noise(2, 30000, 74);
    const auto path = folder / "a.wav";
    writeWav(path, *sound);
    const auto whole = std::filesystem::file_size(path);
    auto feed = openFileFeed(path);
    ASSERT_TRUE(feed) << feed.error().sentence;
    std::vector<float> left(2000), right(2000);
    for (const std::uintmax_t frames : {1000, 0}) {
        std::filesystem::resize_file(path, whole - 8 * (30000 - frames));
        const auto broken = (*feed)->read(0, left.data(), right.data(), 2000);
        ASSERT_FALSE(broken);
        EXPECT_EQ(broken.error().code, ErrorCode::unusableInput);
        writeWav(path, *sound);
        const auto again = read(**feed, 0, 2000, 2000);
        EXPECT_EQ(again.left, slice(sound->channels[0], 0, 2000));
        EXPECT_EQ(again.right, slice(sound->channels[1], 0, 2000));
    }
}

TEST(SampleFeed, OfManyChannelsTheFirstTwoAreHeardAndOfOneBothSides) {
    const Folder folder;
    for (const int channels : {1, 6}) {
        const auto sound = noise(channels, 3000, 72);
        writeWav(folder / "a.wav", *sound);
        auto feed = openFileFeed(folder / "a.wav");
        ASSERT_TRUE(feed) << feed.error().sentence;
        const auto samples = read(**feed, 0, 3000, 1000);
        EXPECT_EQ(samples.left, sound->channels[0]);
        EXPECT_EQ(samples.right, sound->channels[channels > 1 ? 1 : 0]);
    }
}

TEST(SampleFeed, WhatIsNoSoundIsASentence) {
    const Folder folder;
    std::ofstream(folder / "a.wav") << "not a sound at all";
    const auto feed = openFileFeed(folder / "a.wav");
    ASSERT_FALSE(feed);
    EXPECT_EQ(feed.error().code, ErrorCode::unusableInput);
    EXPECT_NE(feed.error().sentence.find("a.wav"), std::string::npos);
}

TEST(SampleFeed, ASineAtAnotherRateIsTheSameSine) {
    for (const int rate : {8000, 22050, 44100, 88200, 96000}) {
        const auto feed = makeFeedAtRate(makeBufferFeed(sine(997, rate, rate)), 48000);
        EXPECT_EQ(feed->rate(), 48000);
        EXPECT_EQ(feed->length(), 48000);
        const auto samples = read(*feed, 0, 50000, 2048);
        ASSERT_EQ(samples.left.size(), 48000U);
        const auto ideal = sine(997, 48000, 48000);
        for (std::size_t i = 4800; i < 43200; ++i)
            ASSERT_NEAR(samples.left[i], ideal->channels[0][i], 2e-5F) << rate << " Hz, " << i;
    }
}

TEST(SampleFeed, AnyStartGivesTheSamplesOfARunFromZero) {
    for (const int rate : {22050, 44100, 44056, 96000}) {
        const auto sound = noise(2, 3 * rate + 11, 73, rate);
        const auto whole = makeFeedAtRate(makeBufferFeed(sound), 48000);
        const auto all = read(*whole, 0, static_cast<int>(whole->length()), 2048);
        ASSERT_EQ(static_cast<std::int64_t>(all.left.size()), whole->length());
        const auto jumping = makeFeedAtRate(makeBufferFeed(sound), 48000);
        for (const int start : {100001, 5, 144000, 48000, 47999}) {
            const auto some = read(*jumping, start, 4000, 2048);
            const auto from = static_cast<std::size_t>(start);
            ASSERT_EQ(some.left.size(), std::min<std::size_t>(4000, all.left.size() - from));
            for (std::size_t i = 0; i < some.left.size(); ++i) {
                ASSERT_NEAR(some.left[i], all.left[from + i], 1e-5F) << rate << " Hz, " << start << '+' << i;
                ASSERT_NEAR(some.right[i], all.right[from + i], 1e-5F);
            }
        }
    }
}

}  // namespace
}  // namespace smidgen::testing
