// Sliders by their commands.
#include <gtest/gtest.h>

#include "tests/app/desk.h"
#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

TEST(SliderCommands, ASliderMovesTheTakeAndIsRemembered) {
    const Scratch scratch;
    const Desk desk(scratch);
    const auto take = [&](const std::vector<std::string>& more) {
        std::vector<std::string> command{"generate", "--model", smallModel(), "--out", scratch.text("t.wav"),
                                         "--seed",   "5",       "--duration", "1.5",   "--threads",
                                         "1"};
        command.insert(command.end(), more.begin(), more.end());
        return desk.told(command)["takes"][0];
    };
    const auto dark = take({"--set", "brightness=0"}), bright = take({"--set", "brightness=1"});
    const auto slider = [](const nlohmann::json& one) { return one["sliders"]["brightness"]; };
    EXPECT_EQ(0, slider(dark)["asked"]);
    EXPECT_EQ(slider(dark)["free"], slider(bright)["free"]) << "the same take without";
    EXPECT_LT(slider(dark)["reached"].get<double>(), slider(bright)["reached"].get<double>());
    EXPECT_TRUE(bright["sliders"]["space"]["asked"].is_null());
    EXPECT_NEAR(dark["lufs"].get<double>(), bright["lufs"].get<double>(), 1.0);
    EXPECT_LE(bright["true_peak_db"].get<double>(), -0.99);
    EXPECT_EQ(1.0, bright["recipe"]["sliders"]["brightness"]);
    EXPECT_FALSE(take({})["recipe"].contains("sliders"));

    const std::string id = bright["id"];
    EXPECT_EQ(slider(bright), slider(desk.told({"history", "show", id})));
    EXPECT_EQ(true, desk.told({"history", "rebuild", id, "--threads", "1"})["identical"]);
    // From the take's own recipe, with the slider let go.
    const auto again = desk.told({"generate", "--recipe", scratch.text("t.wav"), "--out",
                                  scratch.text("u.wav"), "--set", "warmth=free", "--threads", "1"});
    EXPECT_FALSE(again["takes"][0]["recipe"].contains("sliders"));
    const auto bare = take({"--set", "brightness=1", "--no-tools"});
    EXPECT_EQ(slider(bare)["model"], slider(bare)["reached"]);
}

TEST(SliderCommands, OfALongTakeTheMiddleIsHeardAndTheWholeIsMoved) {
    const Scratch scratch;
    const Desk desk(scratch);
    const auto take = [&](const char* brightness) {
        return desk.told({"generate", "--model", smallModel(), "--out", scratch.text("long.wav"),
                          "--duration", "14", "--set", std::string("brightness=") + brightness, "--threads",
                          "1"})["takes"][0];
    };
    const auto dark = take("0.1"), bright = take("0.9");
    EXPECT_NEAR(14, bright["seconds"].get<double>(), 0.01);
    const auto slider = [](const nlohmann::json& one) { return one["sliders"]["brightness"]; };
    EXPECT_EQ(slider(dark)["free"], slider(bright)["free"]);
    EXPECT_LT(slider(dark)["reached"].get<double>() + 0.3, slider(bright)["reached"].get<double>());
    EXPECT_EQ(true, desk.told({"history", "rebuild", bright["id"], "--threads", "1"})["identical"]);
}

TEST(SliderCommands, ATrainingWritesWhatTheSlidersMeanIntoTheModelsFile) {
    const std::string header = readBytes(smallModel()).substr(0, 1 << 20);
    EXPECT_NE(std::string::npos, header.find("\"steering\":\"{"));
}

TEST(SliderCommands, TheMatrixIsPrinted) {
    const Scratch scratch;
    const Desk desk(scratch);
    const auto told =
        desk.told({"evaluate", "--model", smallModel(), "--sliders", "--slider", "brightness", "--slider",
                   "warmth", "--positions", "3", "--seeds", "2", "--duration", "1"});
    ASSERT_EQ(2U, told["sliders"].size());
    const auto& row = told["sliders"][0];
    EXPECT_EQ("brightness", row["slider"]);
    EXPECT_GT(row["spearman_by_seed"]["brightness"].get<double>(), 0.4);
    EXPECT_LT(row["spearman"]["warmth"].get<double>(), 0.5);
    EXPECT_GT(row["moved"]["brightness"].get<double>(), 0.3);
    EXPECT_LT(row["loudness_drift_lu"].get<double>(), 3.0);
}

TEST(SliderCommands, WhatIsWrongIsSaid) {
    const Scratch scratch;
    const Desk desk(scratch);
    for (const char* wrong : {"brightnes=1", "brightness", "brightness=", "brightness=very", "brightness=2",
                              "space=-1", "=1", "brightness=nan"}) {
        const Ending ending =
            desk.run({"generate", "--model", smallModel(), "--out", scratch.text("x.wav"), "--set", wrong});
        EXPECT_EQ(2, ending.exitCode) << wrong << ending.err;
    }
    const Ending near = desk.run(
        {"generate", "--model", smallModel(), "--out", scratch.text("x.wav"), "--set", "brightnes=1"});
    EXPECT_NE(std::string::npos, near.err.find("brightness")) << near.err;
    EXPECT_EQ(2, desk.run({"evaluate", "--model", smallModel(), "--sliders", "--takes", "2"}).exitCode);
}

}  // namespace
}  // namespace smidgen::test
