// Sounds from nothing: as many as asked, the same for the same seed, and nothing overwritten.
#include <gtest/gtest.h>

#include <set>

#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

namespace fs = std::filesystem;

TEST(Synthesize, WritesAsManySoundsAsAskedAndTellsWhich) {
    const Scratch scratch;
    const Ending ending =
        smidgen({"synthesize", "--out", scratch.text("toys"), "--count", "6", "--seconds", "0.5", "--json"});
    ASSERT_EQ(0, ending.exitCode) << ending.err;
    const auto json = ending.json();
    ASSERT_EQ(6U, json["sounds"].size()) << ending.out;
    std::set<std::string> contents;
    for (const auto& sound : json["sounds"]) {
        const fs::path file = sound["file"].get<std::string>();
        EXPECT_TRUE(file.filename().string().starts_with(sound["family"].get<std::string>() + "-"));
        const WavFacts facts = readWav(file);
        EXPECT_EQ(1, facts.channels);
        EXPECT_EQ(48000, facts.rate);
        EXPECT_EQ(24, facts.bits);
        EXPECT_EQ(24000, facts.frames);
        EXPECT_GT(facts.peak, 0.03);
        EXPECT_LT(facts.peak, 0.95);
        contents.insert(readBytes(file));
    }
    EXPECT_EQ(6U, contents.size());
}

TEST(Synthesize, MakesTheSameSoundFromTheSameSeed) {
    const Scratch scratch;
    for (const std::string folder : {"a", "b"}) {
        const Ending ending = smidgen({"synthesize", "--out", scratch.text(folder), "--count", "2", "--seed",
                                       "9", "--seconds", "0.3", "--family", "plucked", "--format", "flac"});
        ASSERT_EQ(0, ending.exitCode) << ending.err;
    }
    for (const std::string file : {"plucked-9.flac", "plucked-10.flac"}) {
        EXPECT_EQ(readBytes(scratch / "a" / file), readBytes(scratch / "b" / file)) << file;
        EXPECT_NE("", readBytes(scratch / "a" / file)) << file;
    }
}

TEST(Synthesize, OverwritesNothing) {
    const Scratch scratch;
    fs::create_directory(scratch / "mine");
    writeBytes(scratch / "mine" / "drum-2.wav", "precious");
    const Ending ending = smidgen({"synthesize", "--out", scratch.text("mine"), "--count", "3", "--seconds",
                                   "0.1", "--family", "drum"});
    EXPECT_EQ(2, ending.exitCode);
    EXPECT_NE(std::string::npos, ending.err.find("exists already")) << ending.err;
    EXPECT_EQ("precious", readBytes(scratch / "mine" / "drum-2.wav"));
    EXPECT_FALSE(fs::exists(scratch / "mine" / "drum-1.wav"));
}

TEST(Synthesize, SaysWhenTheFolderCannotBeMade) {
    const Scratch scratch;
    writeBytes(scratch / "file", "x");
    const Ending ending = smidgen({"synthesize", "--out", scratch.text("file/in"), "--count", "1"});
    EXPECT_EQ(1, ending.exitCode);
    EXPECT_NE(std::string::npos, ending.err.find("file")) << ending.err;
}

}  // namespace
}  // namespace smidgen::test
