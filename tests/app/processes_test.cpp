// Several programs train one model over the loopback interface.
#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"
#include "tests/free_port.h"

namespace smidgen::test {
namespace {

Running::Setting placed(int rank, int port) {
    return {{{"RANK", std::to_string(rank)},
             {"WORLD_SIZE", "2"},
             {"MASTER_ADDR", "localhost"},
             {"MASTER_PORT", std::to_string(port)}},
            false};
}

/// Every program has a library of its own, as on a machine of its own.
std::vector<std::string> training(const Scratch& scratch, const std::string& kind, const std::string& library,
                                  int batch, int steps) {
    return {"train",     scratch.text("drums"),
            "--kind",    kind,
            "--batch",   std::to_string(batch),
            "--steps",   std::to_string(steps),
            "--seed",    "5",
            "--name",    "drums",
            "--threads", "1",
            "--library", scratch.text(library),
            "--out",     scratch.text(library + ".safetensors"),
            "--json"};
}

/// Waits, while the program runs, until a file of this name lies somewhere in `folder`.
bool appears(Running& program, const std::filesystem::path& folder, const std::string& name) {
    while (!program.ended()) {
        std::error_code problem;
        for (std::filesystem::recursive_directory_iterator it(folder, problem), end; !problem && it != end;
             it.increment(problem)) {
            if (it->path().filename() == name) return true;
        }
        std::this_thread::yield();
    }
    return false;
}

class Processes : public testing::TestWithParam<const char*> {};

// The sums of two processes are those that one process with twice the batch makes of its halves: to the bit.
TEST_P(Processes, TwoLearnWhatOneLearnsWithTheDoubledBatch) {
    constexpr int kSteps = 6;
    const Scratch scratch;
    copyDrums(scratch / "drums", 5);
    const Ending alone = smidgen(training(scratch, GetParam(), "alone", 16, kSteps));
    ASSERT_EQ(0, alone.exitCode) << alone.err;
    const int port = freePort();
    Running second(training(scratch, GetParam(), "second", 8, kSteps), placed(1, port));
    Running first(training(scratch, GetParam(), "first", 8, kSteps), placed(0, port));
    const Ending firstEnd = first.wait(), secondEnd = second.wait();
    ASSERT_EQ(0, firstEnd.exitCode) << firstEnd.err;
    ASSERT_EQ(0, secondEnd.exitCode) << secondEnd.err;

    const std::string expected = tensorsOf(scratch / "alone.safetensors");
    ASSERT_FALSE(expected.empty());
    EXPECT_TRUE(expected == tensorsOf(scratch / "first.safetensors"));
    const auto curve = alone.json()["curve"], same = firstEnd.json()["curve"];
    ASSERT_EQ(static_cast<std::size_t>(kSteps), curve.size());
    ASSERT_EQ(curve.size(), same.size());
    for (std::size_t i = 0; i < curve.size(); ++i) {
        EXPECT_EQ(curve[i]["training"], same[i]["training"]) << i;
        EXPECT_EQ(curve[i]["held_out"], same[i]["held_out"]) << i;
    }
    EXPECT_EQ(2, firstEnd.json()["processes"]);
    EXPECT_TRUE(secondEnd.json()["model"].is_null());
    EXPECT_FALSE(std::filesystem::exists(scratch / "second.safetensors"));
}

INSTANTIATE_TEST_SUITE_P(BothKinds, Processes, testing::Values("vae", "rvq"));

TEST(ProcessTrouble, WrongVariablesAreRefusedAtOnce) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 5);
    Running::Setting setting = placed(2, 29500);
    const Ending outside = smidgen(training(scratch, "vae", "library", 8, 1), setting);
    EXPECT_EQ(2, outside.exitCode);
    EXPECT_NE(std::string::npos, outside.err.find("ranks go from 0 to 1")) << outside.err;
    setting.environment.erase("MASTER_ADDR");
    const Ending missing = smidgen(training(scratch, "vae", "library", 8, 1), setting);
    EXPECT_EQ(2, missing.exitCode);
    EXPECT_NE(std::string::npos, missing.err.find("MASTER_ADDR is not")) << missing.err;
}

TEST(ProcessTrouble, OtherSoundsAreRefused) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 5);
    copyDrums(scratch / "more", 6);
    const int port = freePort();
    auto other = training(scratch, "vae", "second", 8, 4);
    other[1] = scratch.text("more");
    Running second(other, placed(1, port));
    Running first(training(scratch, "vae", "first", 8, 4), placed(0, port));
    for (Running* program : {&first, &second}) {
        const Ending ending = program->wait();
        EXPECT_EQ(4, ending.exitCode);
        EXPECT_NE(std::string::npos, ending.err.find("other sounds or settings")) << ending.err;
    }
}

TEST(ProcessTrouble, AKilledProcessLosesNothing) {
    constexpr int kMany = 100000;
    const Scratch scratch;
    copyDrums(scratch / "drums", 5);
    const int port = freePort();
    Running second(training(scratch, "rvq", "second", 8, kMany), placed(1, port));
    Running first(training(scratch, "rvq", "first", 8, kMany), placed(0, port));
    ASSERT_TRUE(appears(first, scratch / "first" / "trainings", "checkpoint.safetensors"))
        << first.wait().err;
    second.send(SIGKILL);
    const Ending lost = first.wait();
    EXPECT_EQ(1, lost.exitCode);
    EXPECT_NE(std::string::npos, lost.err.find("Another process of this training has stopped")) << lost.err;
    EXPECT_NE(std::string::npos, lost.err.find("--resume")) << lost.err;
    EXPECT_EQ(0, smidgen({"generate", "--model", "drums", "--duration", "0.5", "--out", scratch.text("t.wav"),
                          "--library", scratch.text("first")})
                     .exitCode);
    // Both again, from the first one's checkpoint; then stopped through the second one.
    const int again = freePort();
    auto resumed = training(scratch, "rvq", "first", 8, kMany);
    resumed.emplace_back("--resume");
    Running helper(training(scratch, "rvq", "second", 8, kMany), placed(1, again));
    Running leader(resumed, placed(0, again));
    while (!helper.ended() && helper.errorsSoFar().find("Learning") == std::string::npos)
        std::this_thread::yield();
    helper.send(SIGINT);
    const Ending leaderEnd = leader.wait(), helperEnd = helper.wait();
    EXPECT_EQ(3, leaderEnd.exitCode) << leaderEnd.err;
    EXPECT_EQ(3, helperEnd.exitCode) << helperEnd.err;
    EXPECT_GT(leaderEnd.json()["step"], 0);
}

}  // namespace
}  // namespace smidgen::test
