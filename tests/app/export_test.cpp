// Takes as files: by `generate` and out of the history, with profiles, names, levels and space.
#include <gtest/gtest.h>

#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <iostream>
#include <memory>
#include <thread>

#include "tests/app/desk.h"

namespace smidgen::test {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// A library with three takes of a small model, made once and copied for each test.
class Export : public ::testing::Test {
 protected:
    static void SetUpTestSuite() {
        made = std::make_unique<Scratch>();
        Desk(*made).told({"generate", "--model", smallModel(), "--duration", "1", "--count", "3", "--seed",
                          "5", "--threads", "1", "--out", made->text("first"), "--depth", "32f"});
    }
    static void TearDownTestSuite() { made.reset(); }
    void SetUp() override { fs::copy((*made) / "library", scratch / "library", fs::copy_options::recursive); }
    static Words with(Words words, const Words& more) {
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }
    [[nodiscard]] Words names(const nlohmann::json& told) const {
        Words found;
        for (const auto& file : told["files"])
            found.push_back(fs::path(file["file"].get<std::string>()).filename());
        return found;
    }
    [[nodiscard]] static std::size_t filesIn(const fs::path& folder) {
        return fs::exists(folder)
                   ? static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}))
                   : 0;
    }
    static std::unique_ptr<Scratch> made;
    Scratch scratch;
    Desk desk{scratch};
};
std::unique_ptr<Scratch> Export::made;

TEST_F(Export, TheWholeHistoryGoesToAFolderUnderATemplate) {
    const auto told = desk.told({"history", "export", "--all", "--out", scratch.text("album"), "--format",
                                 "flac", "--name-template", "{number}-{seed} {space} {lufs}", "--target-lufs",
                                 "-20", "--tag", "artist=Ann", "--sidecar"});
    EXPECT_EQ(names(told),
              (Words{"1-7 mono -20.0LUFS.flac", "2-6 mono -20.0LUFS.flac", "3-5 mono -20.0LUFS.flac"}))
        << "newest first, as the history lists them";
    for (const auto& file : told["files"]) {
        EXPECT_NEAR(file["lufs"].get<double>(), -20, 0.1);
        EXPECT_EQ(file["remark"], "");
        EXPECT_TRUE(nlohmann::json::accept(readBytes(file["file"].get<std::string>() + ".json")));
        EXPECT_NE(readBytes(file["file"].get<std::string>()).find("ARTIST=Ann"), std::string::npos);
    }
    // Again: numbered, unless it may replace.
    const auto again = desk.told({"history", "export", "--all", "--out", scratch.text("album"), "--format",
                                  "flac", "--name-template", "x"});
    EXPECT_EQ(names(again), (Words{"x.flac", "x (2).flac", "x (3).flac"}));
    const auto replaced = desk.told({"history", "export", "--all", "--out", scratch.text("album"), "--format",
                                     "flac", "--name-template", "x", "--replace"});
    EXPECT_EQ(names(replaced), (Words{"x.flac", "x (2).flac", "x (3).flac"})) << "not one over another";
}

TEST_F(Export, AProfileIsSavedRecalledChangedRenamedAndDeleted) {
    desk.told({"profile", "save", "sampler", "--format", "aiff", "--depth", "16", "--rate", "44100", "--peak",
               "-1", "--trim-silence", "-70", "--fade-out", "0.1", "--loop", "whole", "--name-template",
               "s {seed}"});
    EXPECT_EQ(desk.run({"profile", "save", "sampler"}).exitCode, 2) << "a taken name";
    const auto told =
        desk.told({"history", "export", "--all", "--out", scratch.text("s"), "--profile", "sampler"});
    EXPECT_EQ(names(told), (Words{"s 7.aiff", "s 6.aiff", "s 5.aiff"}));
    EXPECT_NE(readBytes(scratch / "s" / "s 7.aiff").find("INST"), std::string::npos);
    desk.told({"profile", "rename", "sampler", "pads"});
    const Ending old = desk.run({"profile", "show", "sampler"});
    EXPECT_EQ(old.exitCode, 1);
    desk.told({"profile", "save", "pads", "--profile", "pads", "--format", "wav", "--replace"});
    const auto list = desk.told({"profile", "list"})["profiles"];
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0]["name"], "pads");
    EXPECT_EQ(list[0]["settings"]["format"], "wav");
    EXPECT_EQ(list[0]["settings"]["rate"], 44100);
    const Ending near =
        desk.run({"history", "export", "--all", "--out", scratch.text("s"), "--profile", "pad"});
    EXPECT_EQ(near.exitCode, 1);
    EXPECT_NE(near.err.find("'pads'"), std::string::npos) << near.err;
    desk.told({"profile", "delete", "pads"});
    EXPECT_TRUE(desk.told({"profile", "list"})["profiles"].empty());
    desk.told({"profile", "restore", "pads"});
    EXPECT_EQ(desk.told({"profile", "list"})["profiles"].size(), 1U);
}

TEST_F(Export, WhatMakesNoSenseIsRefusedBeforeAnythingIsWritten) {
    const fs::path out = scratch / "none";
    const std::vector<std::pair<Words, std::string>> bad{
        {{"--name-template", "{sed}"}, "'seed'"},
        {{"--name-template", "{seed"}, "'}'"},
        {{"--target-lufs", "-16", "--peak", "-1"}, "leave one out"},
        {{"--format", "opus", "--rate", "44100"}, "48000"},
        {{"--format", "mp3", "--rate", "96000"}, "48000"},
        {{"--format", "mp3", "--loop", "whole"}, "WAV"},
        {{"--loop", "0.5"}, "0.5:2.5"},
        {{"--fade-shape", "smoth"}, "smooth"},
        {{"--tag", "artist"}, "artist=Ann"},
        {{"--ceiling", "3"}, "-20"}};
    for (const auto& [words, hint] : bad) {
        const Ending ending = desk.run(with({"history", "export", "--all", "--out", out.string()}, words));
        EXPECT_EQ(ending.exitCode, 2) << words.front() << ending.err;
        EXPECT_NE(ending.err.find(hint), std::string::npos) << ending.err;
        EXPECT_EQ(filesIn(out), 0U) << words.front();
    }
    EXPECT_EQ(desk.run({"history", "export", "--all", "--out", scratch.text("a.wav")}).exitCode, 2);
    EXPECT_EQ(desk.run({"history", "export", "--starred", "--out", scratch.text("a.wav")}).exitCode, 1);
    EXPECT_EQ(filesIn(out), 0U);
}

TEST_F(Export, OneTakeThatCannotBeDoesNotKeepTheOthers) {
    desk.told({"generate", "--model", smallModel(), "--duration", "0.1", "--seed", "99", "--threads", "1",
               "--out", scratch.text("short.wav")});
    const Ending ending =
        desk.run({"history", "export", "--all", "--out", scratch.text("faded"), "--fade-in", "0.5"});
    EXPECT_EQ(ending.exitCode, 2) << ending.err;
    EXPECT_NE(ending.err.find("1 of 4 takes"), std::string::npos) << ending.err;
    EXPECT_EQ(filesIn(scratch / "faded"), 3U);
}

TEST_F(Export, AFullDiskLeavesOnlyWholeFiles) {
    const fs::path disk = scratch / "disk";
    Running::Setting setting;
    // One take of 1 s as 24-bit WAV is 144 kB: the second does not fit.
    setting.environment = {{"LD_PRELOAD", std::string(SMIDGEN_BIN_DIR) + "/full_disk.so"},
                           {"FULL_DISK_FOLDER", disk.string()},
                           {"FULL_DISK_BYTES", "200000"}};
    const Ending ending = smidgen({"history", "export", "--all", "--out", disk.string(), "--target-lufs",
                                   "-18", "--sidecar", "--library", desk.library()},
                                  setting);
    EXPECT_EQ(ending.exitCode, 1) << ending.err;
    EXPECT_NE(ending.err.find("space"), std::string::npos) << ending.err;
    ASSERT_EQ(filesIn(disk), 2U) << "the first and its recipe";
    for (const auto& entry : fs::directory_iterator(disk))
        if (entry.path().extension() == ".wav") {
            EXPECT_EQ(readWav(entry.path()).frames, 48000);
        }
}

TEST_F(Export, AStoppedBatchLeavesOnlyWholeFiles) {
    desk.told({"generate", "--model", smallModel(), "--duration", "60", "--seed", "40", "--threads", "1",
               "--out", scratch.text("long.wav")});
    const fs::path out = scratch / "stopped";
    Running running({"history", "export", "--all", "--library", desk.library(), "--out", out.string(),
                     "--format", "mp3", "--target-lufs", "-9", "--rate", "44100"},
                    {});
    // A part file: the first, longest take is being written.
    while (!running.ended() && filesIn(out) == 0) std::this_thread::yield();
    running.send(SIGINT);
    const Ending ending = running.wait();
    EXPECT_EQ(ending.exitCode, 3) << ending.err;
    EXPECT_LT(filesIn(out), 4U);
    for (const auto& entry : fs::directory_iterator(out))
        EXPECT_EQ(entry.path().extension(), ".mp3") << "a part was left";
}

TEST_F(Export, GenerateExportsAsItIsTold) {
    const auto told = desk.told({"generate",
                                 "--model",
                                 smallModel(),
                                 "--duration",
                                 "1",
                                 "--seed",
                                 "8",
                                 "--threads",
                                 "1",
                                 "--out",
                                 scratch.text("loud.wav"),
                                 "--channels",
                                 "stereo",
                                 "--rate",
                                 "96000",
                                 "--depth",
                                 "16",
                                 "--target-lufs",
                                 "-12",
                                 "--ceiling",
                                 "-2",
                                 "--fade-in",
                                 "0.2"});
    const auto& file = told["takes"][0]["exported"];
    EXPECT_NEAR(file["lufs"].get<double>(), -12, 0.1);
    EXPECT_LE(file["true_peak_db"].get<double>(), -2);
    const WavFacts facts = readWav(scratch / "loud.wav");
    EXPECT_EQ(facts.channels, 2);
    EXPECT_EQ(facts.rate, 96000);
    EXPECT_EQ(facts.bits, 16);
    EXPECT_EQ(facts.frames, 96000);
}

TEST_F(Export, ABinauralTakeComesFromItsSideAndItsRecipeMakesItAgain) {
    const Words base{"generate",  "--model", smallModel(), "--duration", "1",       "--seed",  "3",
                     "--threads", "1",       "--depth",    "32f",        "--space", "binaural"};
    const auto told =
        desk.told(with(base, {"--azimuth", "90", "--move", "1:80,10,2", "--out", scratch.text("l.wav")}));
    EXPECT_EQ(told["takes"][0]["channels"], 2);
    EXPECT_LE(told["takes"][0]["true_peak_db"].get<double>(), -0.99);
    desk.told({"generate", "--recipe", scratch.text("l.wav"), "--threads", "1", "--depth", "32f", "--out",
               scratch.text("again.wav")});
    EXPECT_TRUE(readBytes(scratch / "l.wav") == readBytes(scratch / "again.wav"));
    const std::string id = told["takes"][0]["id"];
    EXPECT_EQ(desk.told({"history", "rebuild", id})["identical"], true);
    const Ending width = desk.run(with(base, {"--width", "1", "--out", scratch.text("x.wav")}));
    EXPECT_EQ(width.exitCode, 2) << width.err;
    const Ending ears = desk.run(with(base, {"--hrtf", smallModel(), "--out", scratch.text("x.wav")}));
    EXPECT_EQ(ears.exitCode, 4) << ears.err;
    EXPECT_NE(ears.err.find("SOFA"), std::string::npos);
    EXPECT_FALSE(fs::exists(scratch / "x.wav"));
    const Ending mono =
        desk.run({"generate", "--model", smallModel(), "--azimuth", "9", "--out", scratch.text("x.wav")});
    EXPECT_EQ(mono.exitCode, 2);
    EXPECT_NE(mono.err.find("--space binaural"), std::string::npos) << mono.err;
}

/// (Left + right) / 2 of a 32-bit float WAV, read byte by byte here; of mono, itself.
std::vector<double> monoSum(const fs::path& file) {
    const std::string bytes = readBytes(file);
    const int channels = readWav(file).channels;
    const std::size_t data = bytes.find("data");
    std::uint32_t size = 0;
    std::memcpy(&size, bytes.data() + data + 4, 4);
    std::vector<float> samples(size / 4);
    std::memcpy(samples.data(), bytes.data() + data + 8, size);
    std::vector<double> sum;
    for (std::size_t i = 0; i + 1 < samples.size() + (channels == 1 ? 1 : 0);
         i += static_cast<std::size_t>(channels))
        sum.push_back(channels == 1 ? samples[i] : 0.5 * (samples[i] + samples[i + 1]));
    return sum;
}

TEST_F(Export, StereoOfAnyWidthIsTheSameInMono) {
    const auto take = [&](const std::string& name, const Words& space) {
        desk.told(with({"generate", "--model", smallModel(), "--duration", "1", "--seed", "3", "--threads",
                        "1", "--depth", "32f", "--out", scratch.text(name)},
                       space));
        return monoSum(scratch / name);
    };
    const std::vector<double> mono = take("mono.wav", {});
    for (const char* width : {"0", "1", "1.5"}) {
        const std::vector<double> sum = take("wide.wav", {"--space", "stereo", "--width", width});
        ASSERT_EQ(sum.size(), mono.size());
        // Each take is brought to its loudness by one gain: the best gain between them leaves nothing.
        double both = 0, square = 0, left = 0;
        for (std::size_t i = 0; i < mono.size(); ++i) both += mono[i] * sum[i], square += mono[i] * mono[i];
        for (std::size_t i = 0; i < mono.size(); ++i) left += std::pow(sum[i] - both / square * mono[i], 2);
        const double residue = 10 * std::log10(left / (both * both / square));
        EXPECT_LT(residue, -120) << "width " << width;
        std::cout << "width " << width << ": mono sum differs by " << residue << " dB\n";
    }
}

}  // namespace
}  // namespace smidgen::test
