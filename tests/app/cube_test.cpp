// Wavetable cubes by their commands.
#include <gtest/gtest.h>

#include <cmath>
#include <csignal>
#include <numbers>

#include "tests/app/desk.h"
#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

namespace fs = std::filesystem;

TEST(CubeCommands, SoundsAreMorphed) {
    const Scratch scratch;
    const Desk desk(scratch);
    writeBytes(scratch / "low.wav", wavBytes(pluck(220, 0.4)));
    writeBytes(scratch / "high.wav", wavBytes(pluck(1760, 0.8)));
    EXPECT_EQ(0,
              desk.told({"cube", "new", "plucks", "--size", "2x2x1", "--axes", "Pitch,Wood,Air"})["nodes"]);
    const auto filled = desk.told(
        {"cube", "put", "plucks", "0,0,0", scratch.text("low.wav"), "1,1,0", scratch.text("high.wav")});
    EXPECT_EQ(2, filled["nodes"]);
    const auto between =
        desk.told({"cube", "sample", "plucks", "0.5,0.5,0", "--out", scratch.text("between.wav")});
    EXPECT_NEAR(0.6, between["seconds"].get<double>(), 0.001);
    EXPECT_GT(readWav(scratch / "between.wav").peak, 0.01);
    const auto path = desk.told({"cube", "path", "plucks", "0,0,0", "1,0,0", "1,1,0", "--passes", "3",
                                 "--out", scratch.text("walk.flac")});
    EXPECT_GT(path["seconds"].get<double>(), 1.2);
    const auto info = desk.told({"cube", "info", "plucks"});
    ASSERT_EQ(2U, info["placed"].size());
    EXPECT_EQ("low", info["placed"][0]["name"]);
    EXPECT_LE(info["placed"][0]["error"].get<double>(), 0.5);
    EXPECT_GT(info["value_bytes"].get<int>(), 4 * info["stored_bytes"].get<int>());
    EXPECT_EQ(1U, desk.told({"search", "kind:cube"})["items"].size());
    EXPECT_EQ(1, desk.told({"cube", "clear", "plucks", "0,0,0"})["nodes"]);
    EXPECT_EQ(true, desk.told({"store", "verify"})["sound"]);
}

TEST(CubeCommands, ASoundFindsItsPlace) {
    const Scratch scratch;
    const Desk desk(scratch);
    writeBytes(scratch / "low.wav", wavBytes(pluck(220, 0.4)));
    writeBytes(scratch / "high.wav", wavBytes(pluck(1760, 0.8)));
    desk.told({"cube", "new", "plucks", "--size", "3x1x1"});
    desk.told({"cube", "put", "plucks", "0,0,0", scratch.text("low.wav"), "2,0,0", scratch.text("high.wav")});
    const auto found = desk.told({"cube", "match", "plucks", scratch.text("high.wav")});
    EXPECT_NEAR(2, found["place"][0].get<double>(), 0.02);
    EXPECT_EQ("very close", found["words"]);
    EXPECT_LT(found["distance"].get<double>(), 1.0);
    EXPECT_EQ("dB", found["unit"]);
}

TEST(CubeCommands, LatentsOfAModelAreMorphed) {
    const Scratch scratch;
    const Desk desk(scratch);
    writeBytes(scratch / "low.wav", wavBytes(pluck(220, 0.4)));
    writeBytes(scratch / "high.wav", wavBytes(pluck(1760, 0.4)));
    const auto made = desk.told({"cube", "new", "plucks", "--size", "2x1x1", "--model", smallModel()});
    EXPECT_EQ("latents", made["content"]);
    desk.told({"cube", "put", "plucks", "0,0,0", scratch.text("low.wav"), "1,0,0", scratch.text("high.wav")});
    const auto there = desk.told({"cube", "sample", "plucks", "0,0,0", "--decoder", "griffin-lim", "--depth",
                                  "32f", "--out", scratch.text("there.wav")});
    EXPECT_NEAR(0.4, there["seconds"].get<double>(), 0.001);
    desk.told({"cube", "sample", "plucks", "0.5,0,0", "--out", scratch.text("between.wav")});
    EXPECT_GT(readWav(scratch / "between.wav").peak, 0.0001);
}

TEST(CubeCommands, CyclesComeFromPythonAndGoBack) {
    const Scratch scratch;
    const Desk desk(scratch);
    std::vector<float> cycle(2048);
    for (std::size_t i = 0; i < cycle.size(); ++i)
        cycle[i] = static_cast<float>(std::sin(2 * std::numbers::pi * static_cast<double>(i) / 2048));
    writeBytes(scratch / "sine.wav", wavBytes(cycle));
    desk.told({"cube", "new", "table", "--size", "1x1x1", "--content", "cycles"});
    desk.told({"cube", "put", "table", "0,0,0", scratch.text("sine.wav")});
    desk.told({"cube", "export", "table", "--out", scratch.text("table.npz")});
    EXPECT_EQ("cycles", desk.told({"cube", "import", scratch.text("table.npz"), "--content", "cycles",
                                   "--name", "again"})["content"]);
    const auto tone = desk.told({"cube", "sample", "again", "0,0,0", "--pitch", "A3", "--duration", "0.5",
                                 "--out", scratch.text("a.wav")});
    EXPECT_EQ(0.5, tone["seconds"]);
    const auto numbers = desk.told({"cube", "sample", "again", "0,0,0", "--out", scratch.text("cycle.npy")});
    EXPECT_EQ(nlohmann::json({1, 2048, 1}), numbers["shape"]);
    EXPECT_EQ(readBytes(scratch / "cycle.npy").size(), 128U + 4 * 2048);
    // As it is kept, byte for byte.
    desk.told({"cube", "export", "again", "--out", scratch.text("one.cube")});
    desk.told({"cube", "import", scratch.text("one.cube"), "--content", "cycles", "--name", "third"});
    desk.told({"cube", "export", "third", "--out", scratch.text("two.cube")});
    EXPECT_EQ(readBytes(scratch / "one.cube"), readBytes(scratch / "two.cube"));
}

TEST(CubeCommands, ItemsAreRenamedTaggedTrashedAndCopied) {
    const Scratch scratch;
    const Desk desk(scratch), copy(scratch, "copy"), other(scratch, "other");
    desk.told({"cube", "new", "first"});
    desk.told({"cube", "rename", "first", "Bells"});
    desk.told({"cube", "tag", "Bells", "metal", "cold"});
    desk.told({"cube", "tag", "Bells", "--remove", "cold"});
    const auto cubes = desk.told({"cube", "list"})["cubes"];
    ASSERT_EQ(1U, cubes.size());
    EXPECT_EQ("Bells", cubes[0]["name"]);
    EXPECT_EQ(nlohmann::json({"metal"}), cubes[0]["tags"]);
    desk.told({"store", "backup", copy.library()});
    EXPECT_EQ("Bells", copy.told({"cube", "info", "Bells"})["name"]);
    other.told({"store", "sync", desk.library()});
    EXPECT_EQ("Bells", other.told({"cube", "info", "Bells"})["name"]);
    // What a cube was before goes with its file, here and where it is brought or sent to.
    writeBytes(scratch / "low.wav", wavBytes(pluck(220, 0.2)));
    desk.told({"cube", "put", "Bells", "0,0,0", scratch.text("low.wav")});
    other.told({"store", "sync", desk.library()});
    EXPECT_EQ(1, other.told({"cube", "info", "Bells"})["nodes"]);
    desk.told({"cube", "put", "Bells", "1,0,0", scratch.text("low.wav")});
    desk.told({"store", "bridge", other.library(), "Bells"});
    EXPECT_EQ(2, other.told({"cube", "info", "Bells"})["nodes"]);
    EXPECT_TRUE(other.told({"store", "verify"})["leftovers"].empty());
    desk.told({"cube", "delete", "Bells"});
    EXPECT_TRUE(desk.told({"cube", "list"})["cubes"].empty());
    EXPECT_EQ(1U, desk.told({"cube", "list", "--trash"})["cubes"].size());
    desk.told({"cube", "restore", "Bells"});
    desk.told({"cube", "delete", "Bells"});
    desk.told({"cube", "purge", "Bells"});
    EXPECT_TRUE(desk.told({"cube", "list", "--trash"})["cubes"].empty());
    for (const Desk* each : {&desk, &copy, &other}) EXPECT_EQ(true, each->told({"store", "verify"})["sound"]);
}

TEST(CubeCommands, WhatIsWrongIsSaid) {
    const Scratch scratch;
    const Desk desk(scratch);
    writeBytes(scratch / "low.wav", wavBytes(pluck(220, 0.2)));
    writeBytes(scratch / "not.cube", "not a cube");
    writeBytes(scratch / "not.npz", std::string(100, 'x'));
    desk.told({"cube", "new", "c", "--size", "2x1x1"});
    const std::vector<std::pair<int, std::vector<std::string>>> wrong{
        {2, {"cube", "new", "d", "--size", "2x2"}},
        {2, {"cube", "new", "d", "--size", "0x1x1"}},
        {2, {"cube", "new", "d", "--axes", "one,two"}},
        {2, {"cube", "new", "d", "--content", "latents"}},
        {2, {"cube", "put", "c", "0,0,0"}},
        {2, {"cube", "put", "c", "0,0", scratch.text("low.wav")}},
        {2, {"cube", "put", "c", "2,0,0", scratch.text("low.wav")}},
        {1, {"cube", "put", "c", "0,0,0", scratch.text("nowhere.wav")}},
        {4, {"cube", "put", "c", "0,0,0", scratch.text("not.npz")}},
        {1, {"cube", "put", "nobody", "0,0,0", scratch.text("low.wav")}},
        {1, {"cube", "sample", "c", "0,0,0", "--out", scratch.text("x.wav")}},
        {2, {"cube", "path", "c", "0,0,0", "--out", scratch.text("x.wav")}},
        {1, {"cube", "clear", "c", "0,0,0"}},
        {4, {"cube", "import", scratch.text("not.cube")}},
        {4, {"cube", "import", scratch.text("not.npz")}},
        {1, {"cube", "import", scratch.text("nowhere.npz")}},
        {2, {"cube", "export", "c", "--out", scratch.text("x.txt")}},
        {1, {"cube", "purge", "c"}},
    };
    for (const auto& [exitCode, command] : wrong) {
        const Ending ending = desk.run(command);
        std::string text;
        for (const std::string& word : command) text += word + " ";
        EXPECT_EQ(exitCode, ending.exitCode) << text << ending.err;
        EXPECT_TRUE(ending.json().contains("error")) << text;
    }
    EXPECT_FALSE(fs::exists(scratch / "x.wav"));
    desk.told({"cube", "put", "c", "0,0,0", scratch.text("low.wav")});
    EXPECT_EQ(2, desk.run({"cube", "sample", "c", "5,0,0", "--out", scratch.text("x.wav")}).exitCode);
    EXPECT_EQ(
        2,
        desk.run({"cube", "sample", "c", "0,0,0", "--pitch", "H2", "--out", scratch.text("x.wav")}).exitCode);
}

}  // namespace
}  // namespace smidgen::test
