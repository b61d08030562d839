// A model's own directions, by the command line.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/app/desk.h"
#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

TEST(ExploreCommands, DirectionsSayWhatTheyChangeAndChangeIt) {
    const Scratch scratch;
    const Desk desk(scratch);
    const auto told = desk.told({"model", "explore", smallModel()});
    const auto& directions = told["directions"];
    ASSERT_GE(directions.size(), 2U);
    std::set<std::string> names;
    double whole = 0, before = 1;
    for (const auto& direction : directions) {
        EXPECT_TRUE(names.insert(direction["high"]).second) << direction["high"];
        const double share = direction["share"];
        EXPECT_LE(share, before);
        before = share;
        whole += share;
    }
    EXPECT_LE(whole, 1.0 + 1e-6);
    EXPECT_GT(whole, 0.3) << "the widest directions hold much of what differs";

    // What the first moves most, it moves in takes, too, and to the side that it says.
    std::string most;
    double strongest = 0;
    for (const auto& [name, moved] : directions[0]["moves"].items())
        if (std::abs(moved.get<double>()) > std::abs(strongest)) most = name, strongest = moved;
    ASSERT_GT(std::abs(strongest), 0.1);
    const auto take = [&](const std::string& seed, const std::vector<std::string>& more) {
        std::vector<std::string> words{
            "generate",  "--model",   smallModel(), "--out",     scratch.text("t.wav"),
            "--seed",    seed,        "--duration", "1",         "--set",
            "pulse=0.5", "--decoder", "draft",      "--threads", "1"};
        words.insert(words.end(), more.begin(), more.end());
        return desk.told(words)["takes"][0];
    };
    const auto near = take("1", {"--explore", "1=-3"}), last = take("1", {"--explore", "1=3"});
    const double moved =
        last["sliders"][most]["free"].get<double>() - near["sliders"][most]["free"].get<double>();
    EXPECT_GT(moved * strongest, 0) << most << " by " << moved << " where " << strongest << " was said";
    EXPECT_EQ(nlohmann::json::array({3.0}), last["recipe"]["explore"]);
    EXPECT_EQ(7, last["recipe"]["smidgen_recipe"]);
    const std::string id = last["id"];
    EXPECT_EQ(true, desk.told({"history", "rebuild", id, "--threads", "1"})["identical"]);
}

TEST(ExploreCommands, WhatIsWrongIsSaid) {
    const Scratch scratch;
    const Desk desk(scratch);
    for (const char* wrong : {"0=1", "7=1", "1", "1=", "1=3.5", "one=1", "1=nan"}) {
        const Ending ending = desk.run(
            {"generate", "--model", smallModel(), "--out", scratch.text("x.wav"), "--explore", wrong});
        EXPECT_EQ(2, ending.exitCode) << wrong << ending.err;
    }
    EXPECT_EQ(1, desk.run({"model", "explore", "nobody"}).exitCode);
}

}  // namespace
}  // namespace smidgen::test
