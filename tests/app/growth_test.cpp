// Adding sounds to a model, and what a training foretells, command by command.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

TEST(TrainAddTo, MakesANewModelThatKnowsOldAndNewSounds) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 8);
    std::filesystem::create_directories(scratch / "plucks");
    writeBytes(scratch / "plucks" / "low.wav", wavBytes(pluck(220, 0.8)));
    writeBytes(scratch / "plucks" / "high.wav", wavBytes(pluck(880, 0.8)));
    const std::vector<std::string> shared{
        "--steps", "2", "--batch", "4", "--threads", "1", "--library", scratch.text("library"), "--json"};
    const auto run = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), shared.begin(), shared.end());
        return smidgen(arguments);
    };
    const Ending first = run({"train", scratch.text("drums"), "--name", "drummer"});
    ASSERT_EQ(0, first.exitCode) << first.err;
    EXPECT_TRUE(first.json()["estimate"].is_null()) << "two steps are over before they are foretold";
    const Ending second = run({"train", scratch.text("plucks"), "--add-to", "drummer"});
    ASSERT_EQ(0, second.exitCode) << second.err;
    const auto json = second.json();
    EXPECT_EQ("drummer", json["model"]["name"]);
    EXPECT_NE(first.json()["model"]["id"], json["model"]["id"]);
    EXPECT_EQ(10, json["model"]["sounds"]);
    EXPECT_EQ(8, json["growth"]["replayed"]);
    EXPECT_EQ(0, json["growth"]["reminded"]);
    EXPECT_LE(json["growth"]["known"].get<double>(), json["growth"]["known_before"].get<double>());
    EXPECT_LE(json["growth"]["new"].get<double>(), json["growth"]["new_before"].get<double>());

    const Ending again = run({"train", scratch.text("plucks"), "--add-to", "drummer"});
    EXPECT_EQ(4, again.exitCode);
    EXPECT_NE(std::string::npos, again.err.find("'drummer' knows all of these sounds")) << again.err;
    EXPECT_EQ(1, run({"train", scratch.text("plucks"), "--add-to", "nobody"}).exitCode);
    EXPECT_EQ(4, run({"train", "--add-to", "drummer", "--starred"}).exitCode) << "no take is starred";
}

TEST(Train, ForetellsItsTimeAndMemoryFromRealSteps) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 5);
    const Ending trained = smidgen({"train", scratch.text("drums"), "--minutes", "0.05", "--batch", "4",
                                    "--threads", "1", "--library", scratch.text("library"), "--json"});
    ASSERT_EQ(0, trained.exitCode) << trained.err;
    const auto estimate = trained.json()["estimate"];
    ASSERT_TRUE(estimate.is_object());
    EXPECT_GT(estimate["seconds_per_step"].get<double>(), 0);
    EXPECT_NEAR(3, estimate["seconds_to_train"].get<double>(), 1e-9);
    EXPECT_GT(estimate["memory_bytes"].get<std::int64_t>(), 50 << 20);
    EXPECT_NE(std::string::npos, trained.err.find("MB of memory")) << trained.err;
}

}  // namespace
}  // namespace smidgen::test
