// Presets by their commands.
#include <gtest/gtest.h>

#include "tests/app/desk.h"
#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

TEST(PresetCommands, SettingsAreKeptUsedChangedAndTakenAway) {
    const Scratch scratch;
    const Desk desk(scratch);
    const auto saved =
        desk.told({"preset", "save", "Caves / Dark room", "--set", "brightness=0.1", "--set", "space=0.9"});
    EXPECT_EQ("Caves/Dark room", saved["name"]);
    EXPECT_EQ(1, desk.run({"preset", "save", "Caves/Dark room", "--set", "brightness=0.2"}).exitCode)
        << "nothing is written over unasked";
    EXPECT_EQ(0.1, desk.told({"preset", "show", "Caves/Dark room"})["recipe"]["sliders"]["brightness"]);

    // A take of it, from the whole name and from its last part.
    const auto made =
        desk.told({"generate", "--model", smallModel(), "--preset", "Caves/Dark room", "--duration", "0.5",
                   "--set", "space=free", "--out", scratch.text("room.wav")});
    const auto sliders = made["takes"][0]["recipe"]["sliders"];
    EXPECT_EQ(0.1, sliders["brightness"]);
    EXPECT_FALSE(sliders.contains("space")) << "options change what the preset says";
    // One that came with the program is for any model.
    const Ending without = desk.run({"generate", "--preset", "Rust", "--out", scratch.text("rust.wav")});
    EXPECT_EQ(2, without.exitCode) << without.err;
    const auto rust = desk.told({"generate", "--model", smallModel(), "--preset", "Rust", "--duration", "0.5",
                                 "--no-tools", "--out", scratch.text("rust.wav")});
    EXPECT_EQ(0.95, rust["takes"][0]["recipe"]["sliders"]["roughness"]);

    // Its last part is enough, although one that came with the program ends so, too.
    EXPECT_EQ("Caves/Dark room", desk.told({"preset", "show", "Dark room"})["name"]);

    // From a take, with its model and seed: the same sound again.
    const std::string take = made["takes"][0]["id"];
    desk.told({"preset", "save", "Caves/Dark room", "--take", take, "--replace"});
    const auto again =
        desk.told({"generate", "--preset", "Caves/Dark room", "--out", scratch.text("again.wav")});
    EXPECT_EQ(made["takes"][0]["recipe"], again["takes"][0]["recipe"]);

    // It is like that take, and is found by what is like it.
    EXPECT_EQ(take, desk.told({"search", "--like", "Caves/Dark room"})["items"][0]["id"]);
    const auto like = desk.told({"search", "--like", scratch.text("room.wav"), "kind:preset"});
    ASSERT_EQ(1U, like["items"].size());
    EXPECT_EQ("Caves/Dark room", like["items"][0]["name"]);
    EXPECT_LT(like["items"][0]["distance"].get<double>(), 0.1) << "but for what the file rounds off";

    desk.told({"preset", "rename", "Caves/Dark room", "Rooms/Cellar"});
    desk.told({"preset", "tag", "Cellar", "wet"});
    EXPECT_EQ(1U, desk.told({"preset", "list", "Rooms"})["presets"].size());
    EXPECT_EQ("wet", desk.told({"preset", "show", "Rooms/Cellar"})["tags"][0]);
    EXPECT_EQ(1U, desk.told({"search", "kind:preset"})["items"].size());
    desk.told({"preset", "delete", "Rooms/Cellar"});
    EXPECT_TRUE(desk.told({"preset", "list", "Rooms"})["presets"].empty());
    EXPECT_EQ(1U, desk.told({"preset", "list", "--trash"})["presets"].size());
    desk.told({"preset", "restore", "Rooms/Cellar"});
    EXPECT_EQ(0.1, desk.told({"preset", "show", "Rooms/Cellar"})["recipe"]["sliders"]["brightness"]);
    desk.told({"preset", "delete", "Rooms/Cellar"});
    desk.told({"preset", "save", "Rooms/Cellar", "--take", take});
    EXPECT_NE(0, desk.run({"preset", "restore", "Rooms/Cellar"}).exitCode) << "there is another by now";
    desk.told({"preset", "rename", "Rooms/Cellar", "Rooms/Attic"});
    desk.told({"preset", "restore", "Rooms/Cellar"});
    EXPECT_EQ(2U, desk.told({"preset", "list", "Rooms"})["presets"].size());
    desk.told({"preset", "delete", "Rooms/Cellar"});
    desk.told({"preset", "purge", "Rooms/Cellar"});
    EXPECT_TRUE(desk.told({"preset", "list", "--trash"})["presets"].empty());
    EXPECT_EQ(true, desk.told({"store", "verify"})["sound"]);
}

TEST(PresetCommands, WhatIsWrongIsSaidAndChangesNothing) {
    const Scratch scratch;
    const Desk desk(scratch);
    for (const std::string& name :
         std::vector<std::string>{"", " ", "a//b", "/a", "line\nbreak", std::string(201, 'x')})
        EXPECT_NE(0, desk.run({"preset", "save", name, "--set", "space=0.5"}).exitCode) << name;
    EXPECT_EQ(2, desk.run({"preset", "save", "nothing"}).exitCode);
    EXPECT_EQ(2, desk.run({"preset", "save", "x", "--set", "loudness=1"}).exitCode);
    const Ending missing = desk.run({"preset", "show", "Darkroom"});
    EXPECT_EQ(1, missing.exitCode);
    EXPECT_NE(std::string::npos, missing.err.find("Smidgen/Dark room")) << missing.err;
    const Ending factory = desk.run({"preset", "delete", "Smidgen/Rust"});
    EXPECT_EQ(2, factory.exitCode);
    EXPECT_NE(std::string::npos, factory.err.find("came with the program")) << factory.err;
    EXPECT_EQ(1, desk.run({"generate", "--model", smallModel(), "--preset", "nowhere", "--out",
                           scratch.text("x.wav")})
                     .exitCode);
    for (const auto& preset : desk.told({"preset", "list"})["presets"])
        EXPECT_TRUE(preset["name"].get<std::string>().starts_with("Smidgen/"));
}

}  // namespace
}  // namespace smidgen::test
