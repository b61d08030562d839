#include "engine/collections/fingerprint.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/audio/audio_reader.h"
#include "engine/audio/resampler.h"
#include "engine/collections/comparison.h"
#include "engine/collections/findings.h"
#include "tests/collections/material.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

const fs::path kSamples = "/usr/share/sonic-pi/samples";

class FingerprintTest : public testing::FolderTest {};

TEST_F(FingerprintTest, TheSameSoundAtAnotherGainRateOrFormatIsFound) {
    for (const char* name :
         {"bd_haus", "drum_snare_hard", "drum_cymbal_open", "guit_e_fifths", "perc_bell"}) {
        const fs::path original = kSamples / (std::string(name) + ".flac");
        AudioBuffer buffer = *readAudio(original);
        for (auto& channel : buffer.channels)
            for (float& x : channel) x *= 0.35F;
        const std::string stem = std::string(name) + "-";
        const fs::path copies[] = {write(stem + "quiet.wav", buffer, SampleDepth::int16),
                                   write(stem + "vorbis.ogg", buffer,
                                         {FileFormat::vorbis, SampleDepth::int16, buffer.rate, false, 0.5}),
                                   write(stem + "layer3.mp3", buffer,
                                         {FileFormat::mp3, SampleDepth::int16, buffer.rate, false, 0.7}),
                                   write(stem + "rate.wav", *resample(buffer, 96000), SampleDepth::int24)};
        const SoundEntry first = scan(original).entries.front();
        for (const fs::path& copy : copies) {
            const SoundEntry second = scan(copy).entries.front();
            EXPECT_LT(fingerprintDistance(first.fingerprint, second.fingerprint), kNearDuplicateDb) << copy;
        }
    }
}

TEST_F(FingerprintTest, DifferentSoundsOfAKitAreNot) {
    const ScanReport report = scan(kSamples);
    ASSERT_GT(report.totals.usable, 100);
    for (const SoundEntry& entry : report.entries) {
        const std::string name = entry.path.stem().string();
        if (name == "tabla_tun3") continue;  // two takes of one stroke
        EXPECT_FALSE(hasFinding(entry, Finding::nearDuplicate)) << entry.reason;
    }
}

TEST_F(FingerprintTest, SilenceAroundASoundDoesNotMatterItsLengthDoes) {
    std::vector<float> sound = testing::strike(0.8, 5);
    std::vector<float> padded(9600, 0.0F), cut(sound.begin(), sound.begin() + 9600);
    padded.insert(padded.end(), sound.begin(), sound.end());
    padded.resize(padded.size() + 30000, 0.0F);
    const auto print = [&](const char* name, const std::vector<float>& signal) {
        return scan(write(name, testing::mono(signal))).entries.front().fingerprint;
    };
    const auto original = print("a.wav", sound);
    EXPECT_LT(fingerprintDistance(original, print("b.wav", padded)), kNearDuplicateDb);
    EXPECT_EQ(fingerprintDistance(original, print("c.wav", cut)), std::numeric_limits<double>::infinity());
}

TEST(Fingerprint, MemoryIsBoundedAndLongSoundsCompareToo) {
    // Ten minutes with two different halves, fed in blocks; the second time 6 dB lower and in other blocks.
    const auto print = [](float gain, std::size_t block) {
        FingerprintBuilder builder(8000, Samples(8000 * 600));
        Random random(4);
        std::vector<float> part(block);
        std::int64_t left = 8000 * 600;
        double low = 0;
        while (left > 0) {
            part.resize(
                static_cast<std::size_t>(std::min<std::int64_t>(left, static_cast<std::int64_t>(block))));
            for (float& x : part) {
                const double noise = random.uniform(-1, 1);
                low += 0.05 * (noise - low);
                x = gain * static_cast<float>(left-- > 8000 * 300 ? low : noise);
            }
            builder.append(part);
        }
        return builder.finish();
    };
    const auto first = print(0.5F, 5000), second = print(0.25F, 1 << 16);
    ASSERT_EQ(first.size(), kFingerprintSize);
    EXPECT_NEAR(std::exp(first[0]), 600.0F, 1.0F);
    EXPECT_LT(fingerprintDistance(first, second), 0.05);
    // The dull half and the bright half, by their top band.
    EXPECT_LT(first[1 + 2 * kFingerprintBands + 20] + 5, first[1 + 20 * kFingerprintBands + 20]);
}

TEST(Fingerprint, SilenceAndForeignLengthsAreFarFromEverything) {
    FingerprintBuilder builder(48000, Samples(4800));
    builder.append(std::vector<float>(4800, 0.0F));
    const auto silent = builder.finish();
    EXPECT_TRUE(silent.empty());
    const std::vector<float> some(kFingerprintSize, 1.0F);
    EXPECT_TRUE(std::isinf(fingerprintDistance(silent, some)));
    EXPECT_TRUE(std::isinf(fingerprintDistance(std::vector<float>(3, 1.0F), some)));
    EXPECT_EQ(fingerprintDistance(some, some), 0.0);
}

TEST(NearDuplicates, PairsAreThoseOfAllComparisons) {
    Random random(8);
    std::vector<SoundEntry> entries(60);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        entries[i].fingerprint.resize(kFingerprintSize);
        entries[i].fingerprint[0] = static_cast<float>(random.uniform(-3.0, 0.0));
        for (std::size_t k = 1; k < kFingerprintSize; ++k)
            entries[i].fingerprint[k] = static_cast<float>(random.uniform(10, 14));
        if (i % 7 == 3) entries[i].findings = {Finding::silent};
        if (i % 7 == 3) entries[i].verdict = Verdict::skipped;
    }
    std::vector<std::pair<std::size_t, std::size_t>> expected;
    for (std::size_t i = 0; i < entries.size(); ++i)
        for (std::size_t j = i + 1; j < entries.size(); ++j)
            if (entries[i].usable() && entries[j].usable() &&
                fingerprintDistance(entries[i].fingerprint, entries[j].fingerprint) < kNearDuplicateDb)
                expected.emplace_back(i, j);
    ASSERT_GT(expected.size(), 5U);
    EXPECT_EQ(nearDuplicatePairs(entries), expected);
}

}  // namespace
}  // namespace smidgen
