#include "engine/collections/preflight.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <thread>

#include "engine/collections/findings.h"
#include "tests/collections/material.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using testing::mono;
using testing::sine;
using testing::strike;

class PreflightTest : public testing::FolderTest {
 protected:
    [[nodiscard]] SoundEntry only(const fs::path& path) const {
        const ScanReport report = scan(path);
        EXPECT_EQ(report.entries.size(), 1U);
        return report.entries.empty() ? SoundEntry() : report.entries.front();
    }
    static void expectSkipped(const SoundEntry& entry, Finding finding, std::string_view word) {
        EXPECT_EQ(entry.verdict, Verdict::skipped) << entry.path;
        EXPECT_EQ(entry.findings, std::vector{finding}) << entry.path << nameOf(entry.findings.front());
        EXPECT_NE(entry.reason.find(word), std::string::npos) << entry.reason;
        EXPECT_NE(entry.reason.find("left out"), std::string::npos) << entry.reason;
    }
};

TEST_F(PreflightTest, GoodSoundIsMeasured) {
    // Full-scale sine of 997 Hz: −3.01 LUFS (BS.1770-4, one channel); here 20 dB lower.
    const SoundEntry entry = only(write("good.wav", mono(sine(997, 2.0, 0.1)), SampleDepth::int24));
    EXPECT_EQ(entry.verdict, Verdict::good);
    EXPECT_TRUE(entry.reason.empty());
    EXPECT_EQ(entry.contentHash.size(), 32U);
    EXPECT_EQ(entry.bytes, static_cast<std::int64_t>(fs::file_size(entry.path)));
    EXPECT_EQ(entry.format.rate, 48000);
    EXPECT_EQ(entry.format.channels, 1);
    EXPECT_EQ(entry.format.length.value, 96000);
    EXPECT_DOUBLE_EQ(entry.seconds, 2.0);
    EXPECT_NEAR(entry.lufs, -23.01, 0.1);
    EXPECT_NEAR(entry.peakDb, -20.0, 0.01);
    EXPECT_EQ(entry.silenceShare, 0.0);
    EXPECT_EQ(entry.thumbnail.size(), 128U);
    EXPECT_NEAR(entry.thumbnail[64].high, 0.1F, 0.001F);
    EXPECT_FALSE(entry.fingerprint.empty());
}

TEST_F(PreflightTest, WhatCannotBeUsedIsSaidOneByOne) {
    expectSkipped(only(writeBytes("zero.wav", "")), Finding::empty, "0 bytes");
    expectSkipped(only(writeBytes("text.wav", "Dear diary, today I renamed a text file.")), Finding::notAudio,
                  "not sound");
    expectSkipped(only(write("short.wav", mono(sine(440, 0.04)))), Finding::tooShort, "40 ms");
    expectSkipped(only(write("one.wav", mono({0.5F}))), Finding::tooShort, "50 ms");
    expectSkipped(only(write("silent.wav", mono(std::vector<float>(48000, 0.0F)))), Finding::silent,
                  "silence");
    expectSkipped(only(write("quiet.wav", mono(sine(440, 1, 5e-5)))), Finding::silent, "-80 dBFS");
    expectSkipped(only(writeBytes("cut.wav", std::string("RIFF\x24\0\0\0WAVEfmt ", 16))), Finding::corrupt,
                  "damaged");
}

TEST_F(PreflightTest, FileWithoutSamplesIsEmpty) {
    std::string header(
        "RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\xbb\0\0\0\x77\x01\0\x02\0\x10\0data\0\0\0\0", 44);
    expectSkipped(only(writeBytes("none.wav", header)), Finding::empty, "0 samples");
}

TEST_F(PreflightTest, SamplesThatAreNoNumbersAreFound) {
    // The writer refuses them, so they are put in afterwards.
    for (const float bad :
         {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
        const fs::path path = write("bad.wav", mono(sine(440, 0.5)));
        std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(-400, std::ios::end);
        file.write(reinterpret_cast<const char*>(&bad), sizeof bad);
        file.close();
        expectSkipped(only(path), Finding::invalidSamples, "not numbers");
    }
}

TEST_F(PreflightTest, TruncatedSoundsAreCorrupt) {
    const fs::path flac =
        write("a.flac", mono(strike(2.0, 1)), {FileFormat::flac, SampleDepth::int16, 48000, true, 0.7});
    fs::resize_file(flac, fs::file_size(flac) / 2);
    expectSkipped(only(flac), Finding::corrupt, "damaged");
    EXPECT_NE(only(flac).reason.find("of 2.00 s"), std::string::npos) << only(flac).reason;
}

TEST_F(PreflightTest, HostileHeadersAreCorruptAndCostNothing) {
    // RF64 whose ds64 chunk claims 2^63 sample frames.
    std::string rf64("RF64\xff\xff\xff\xffWAVEds64\x1c\0\0\0", 20);
    rf64 += std::string("\0\0\0\0\0\0\0\x80", 8) + std::string("\0\0\0\0\0\0\0\x80", 8) +
            std::string("\0\0\0\0\0\0\0\x80", 8) + std::string(4, '\0');
    rf64 +=
        std::string("fmt \x10\0\0\0\x01\0\x01\0\x80\xbb\0\0\0\x77\x01\0\x02\0\x10\0data\xff\xff\xff\xff", 32);
    rf64 += std::string(4000, '\x11');
    const SoundEntry entry = only(writeBytes("hostile.wav", rf64));
    EXPECT_EQ(entry.verdict, Verdict::skipped);
    EXPECT_EQ(entry.findings, std::vector{Finding::corrupt}) << entry.reason;
}

TEST_F(PreflightTest, UnreadableThingsDoNotStopTheScan) {
    write("good.wav", mono(strike(0.3, 1)));
    ASSERT_EQ(::mkfifo((folder / "pipe.wav").c_str(), 0600), 0);
    fs::create_symlink(folder / "nowhere.wav", folder / "dangling.wav");
    fs::create_symlink("loop.wav", folder / "loop.wav");
    const ScanReport report = scanAll();
    ASSERT_EQ(report.entries.size(), 4U);
    expectSkipped(report.entries[0], Finding::missing, "link");
    EXPECT_EQ(report.entries[1].verdict, Verdict::good);
    expectSkipped(report.entries[2], Finding::unreadable, "back to itself");
    expectSkipped(report.entries[3], Finding::unreadable, "pipe");
}

TEST_F(PreflightTest, FilesAndFoldersWithoutPermissionGetALine) {
    write("locked.wav", mono(strike(0.3, 1)));
    fs::create_directory(folder / "closed");
    fs::permissions(folder / "locked.wav", fs::perms::none);
    fs::permissions(folder / "closed", fs::perms::none);
    // The superuser may read anything: look as somebody else.
    const bool super = ::geteuid() == 0;
    if (super) {
        ASSERT_EQ(::seteuid(65534), 0);
    }
    const ScanReport report = scanAll();
    if (super) {
        ASSERT_EQ(::seteuid(0), 0);
    }
    fs::permissions(folder / "closed", fs::perms::owner_all);
    ASSERT_EQ(report.entries.size(), 2U);
    EXPECT_EQ(report.entries[0].findings, std::vector{Finding::unreadable});
    EXPECT_NE(report.entries[0].reason.find("folder"), std::string::npos);
    expectSkipped(report.entries[1], Finding::unreadable, "permission");
}

TEST_F(PreflightTest, ClippingIsAWarningWithItsShare) {
    std::vector<float> signal = sine(100, 1.0, 1.4);
    for (float& x : signal) x = std::clamp(x, -1.0F, 1.0F);
    const SoundEntry entry = only(write("hot.wav", mono(signal), SampleDepth::int16));
    EXPECT_EQ(entry.verdict, Verdict::warning);
    EXPECT_EQ(entry.findings, std::vector{Finding::clipped});
    // Of a sine of amplitude 1.4, the share 1 − 2/π·asin(1/1.4) lies above 1.
    EXPECT_NEAR(entry.clippedShare, 1.0 - 2.0 / std::numbers::pi * std::asin(1.0 / 1.4), 0.01);
    EXPECT_NE(entry.reason.find("clipped"), std::string::npos);
    EXPECT_NE(entry.reason.find("used"), std::string::npos);
}

TEST_F(PreflightTest, CopiesLookAlikesAndRatesAreComparedAcrossFiles) {
    write("a.wav", mono(strike(0.5, 1)), SampleDepth::int16);
    fs::copy_file(folder / "a.wav", folder / "b copy.wav");
    std::vector<float> quieter = strike(0.5, 1);
    for (float& x : quieter) x *= 0.2F;
    write("c.flac", mono(quieter), {FileFormat::flac, SampleDepth::int24, 48000, true, 0.7});
    write("d.wav", mono(strike(0.5, 2)));
    write("e.wav", mono(strike(0.45, 3), 44100));
    const ScanReport report = scanAll();
    ASSERT_EQ(report.entries.size(), 5U);
    EXPECT_EQ(report.entries[0].verdict, Verdict::good);
    expectSkipped(report.entries[1], Finding::duplicate, "'a.wav'");
    EXPECT_EQ(report.entries[2].findings, std::vector{Finding::nearDuplicate});
    EXPECT_NE(report.entries[2].reason.find("'a.wav'"), std::string::npos);
    EXPECT_EQ(report.entries[3].verdict, Verdict::good);
    EXPECT_EQ(report.entries[4].findings, std::vector{Finding::rateMismatch});
    EXPECT_NE(report.entries[4].reason.find("44.1 kHz"), std::string::npos);
    const CollectionTotals& totals = report.totals;
    EXPECT_EQ(totals.files, 5);
    EXPECT_EQ(totals.usable, 4);
    EXPECT_EQ(totals.warned, 2);
    EXPECT_EQ(totals.skipped, 1);
    EXPECT_NEAR(totals.usableSeconds, 1.5 + 0.45 * 48000 / 44100, 1e-3);
    EXPECT_EQ(totals.rates, (std::vector{48000, 44100}));
    EXPECT_EQ(totals.channels, std::vector{1});
}

TEST_F(PreflightTest, FoldersAreWalkedInNaturalOrderPastHiddenAndForeignFiles) {
    fs::create_directories(folder / "Ударные" / "太鼓");
    fs::create_directories(folder / ".hidden");
    fs::create_directories(folder / "song.wav");  // a folder, whatever its name
    write("Ударные/太鼓/größe 10.wav", mono(strike(0.1, 1)));
    write("Ударные/太鼓/größe 9.WAV", mono(strike(0.1, 2)),
          {FileFormat::wav, SampleDepth::int16, 48000, false, 0.7});
    write("song.wav/x.wav", mono(strike(0.1, 3)));
    write(".hidden/y.wav", mono(strike(0.1, 4)));
    write(".z.wav", mono(strike(0.1, 5)));
    write("gr\xf6\xdf.wav", mono(strike(0.1, 6)));  // a name in Latin-1
    writeBytes("notes.txt", "not a sound");
    fs::create_directory_symlink(folder, folder / "Ударные" / "back");
    const ScanReport report = scanAll();
    std::vector<std::string> names;
    for (const SoundEntry& entry : report.entries) {
        names.push_back(fs::relative(entry.path, folder).native());
        EXPECT_EQ(entry.verdict, Verdict::good) << entry.path << entry.reason;
    }
    EXPECT_EQ(names, (std::vector<std::string>{"gr\xf6\xdf.wav", "song.wav/x.wav", "Ударные/太鼓/größe 9.WAV",
                                               "Ударные/太鼓/größe 10.wav"}));
}

TEST_F(PreflightTest, NamedFilesAlwaysGetARowAndTheSameOneOnlyOnce) {
    const fs::path text = writeBytes("notes.txt", "not a sound"),
                   sound = write("a.wav", mono(strike(0.1, 1)));
    const std::vector<fs::path> paths{text, sound, folder / "." / "a.wav", folder};
    const auto report = scanSounds(paths);
    ASSERT_TRUE(report);
    ASSERT_EQ(report->entries.size(), 2U);
    expectSkipped(report->entries[1], Finding::notAudio, "not sound");
}

TEST_F(PreflightTest, NothingThereIsAnErrorNothingInsideIsNot) {
    const std::vector<fs::path> missing{folder / "no such"};
    const auto report = scanSounds(missing);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::notFound);
    EXPECT_NE(report.error().sentence.find("no such"), std::string::npos);
    EXPECT_TRUE(scanAll().entries.empty());
}

TEST_F(PreflightTest, ScanningAgainReadsOnlyWhatChanged) {
    write("a.wav", mono(strike(0.2, 1)));
    write("b.wav", mono(strike(0.2, 2)));
    write("c.wav", mono(strike(0.2, 3)));
    ScanReport first = scanAll();
    // Marks in what is known show whether it was taken over.
    for (SoundEntry& entry : first.entries) entry.lufs = 77;
    write("b.wav", mono(strike(0.3, 4)));
    fs::remove(folder / "c.wav");
    ScanOptions options;
    options.known = first.entries;
    const ScanReport second = scanAll(options);
    ASSERT_EQ(second.entries.size(), 2U);
    EXPECT_EQ(second.entries[0].lufs, 77);
    EXPECT_LT(second.entries[1].lufs, 0);
    EXPECT_NE(second.entries[1].contentHash, first.entries[1].contentHash);

    const std::vector<fs::path> named{folder / "a.wav", folder / "c.wav"};
    const auto third = scanSounds(named, options);
    ASSERT_TRUE(third);
    ASSERT_EQ(third->entries.size(), 2U);
    EXPECT_TRUE(hasFinding(third->entries[1], Finding::missing));
    EXPECT_EQ(third->entries[1].contentHash, first.entries[2].contentHash);
}

TEST_F(PreflightTest, ResultDoesNotDependOnThreadsAndProgressCountsUp) {
    for (int i = 0; i < 12; ++i)
        write("s" + std::to_string(i) + ".wav", mono(strike(0.2, static_cast<std::uint64_t>(i % 9))));
    std::vector<std::string> reasons[2];
    int k = 0;
    for (const int threads : {1, 4}) {
        ScanOptions options;
        options.threads = threads;
        int last = 0;
        std::atomic<int> inside{0};
        options.progress = [&](const ScanProgress& progress) {
            EXPECT_EQ(inside++, 0);
            EXPECT_GE(progress.done, last);
            EXPECT_LE(progress.done, progress.found);
            last = progress.done;
            --inside;
        };
        for (const SoundEntry& entry : scanAll(options).entries)
            reasons[k].push_back(entry.contentHash + entry.reason);
        EXPECT_EQ(last, 12);
        ++k;
    }
    EXPECT_EQ(reasons[0], reasons[1]);
}

TEST_F(PreflightTest, CancellingStopsInTheMiddle) {
    for (int i = 0; i < 6; ++i) write("s" + std::to_string(i) + ".wav", mono(strike(0.2, 1)));
    ScanOptions options;
    options.threads = 1;
    options.progress = [&](const ScanProgress& progress) {
        if (progress.done == 2) options.cancel.cancel();
    };
    const std::vector<fs::path> paths{folder};
    const auto report = scanSounds(paths, options);
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::cancelled);
}

TEST(Trainable, NeedsFiveUsableSoundsUnlessForcedAndNeverNone) {
    std::vector<SoundEntry> entries(6);
    EXPECT_TRUE(checkTrainable(entries, false));
    entries[0].verdict = entries[1].verdict = Verdict::skipped;
    const auto tooFew = checkTrainable(entries, false);
    ASSERT_FALSE(tooFew);
    EXPECT_EQ(tooFew.error().code, ErrorCode::unusableInput);
    EXPECT_NE(tooFew.error().sentence.find("Only 4 sounds"), std::string::npos) << tooFew.error().sentence;
    EXPECT_NE(tooFew.error().sentence.find("2 of 6"), std::string::npos) << tooFew.error().sentence;
    EXPECT_TRUE(checkTrainable(entries, true));
    for (SoundEntry& entry : entries) entry.verdict = Verdict::skipped;
    EXPECT_FALSE(checkTrainable(entries, true));
    EXPECT_FALSE(checkTrainable({}, true));
}

}  // namespace
}  // namespace smidgen
