// Stopped by a person or killed by the system: nothing is lost, and a resumed training ends where an
// undisturbed one does.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "tests/app/scratch.h"
#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

namespace fs = std::filesystem;

/// Training of `steps` steps on the drums of `scratch` in a library of its own.
std::vector<std::string> training(const Scratch& scratch, const std::string& library, int steps) {
    return {"train",     scratch.text("drums"),
            "--steps",   std::to_string(steps),
            "--seed",    "9",
            "--name",    "drums",
            "--library", scratch.text(library),
            "--threads", "1",
            "--out",     scratch.text(library + ".safetensors")};
}

/// Waits, while the program runs, until a file with this name lies somewhere in `folder`.
bool appears(Running& program, const fs::path& folder, const std::string& name) {
    while (!program.ended()) {
        std::error_code problem;
        for (fs::recursive_directory_iterator it(folder, problem), end; !problem && it != end;
             it.increment(problem)) {
            if (it->path().filename() == name) return true;
        }
        std::this_thread::yield();
    }
    return false;
}

TEST(Interruption, CtrlCKeepsACheckpointAndAUsableModel) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 5);
    Running program(training(scratch, "library", 100000), {});
    ASSERT_TRUE(appears(program, scratch / "library" / "trainings", "request.json")) << program.wait().err;
    program.send(SIGINT);
    const Ending stopped = program.wait();
    EXPECT_EQ(3, stopped.exitCode) << stopped.err;
    EXPECT_NE(std::string::npos, stopped.err.find("--resume")) << stopped.err;
    const Ending made = smidgen({"generate", "--model", "drums", "--duration", "0.5", "--out",
                                 scratch.text("t.wav"), "--library", scratch.text("library")});
    EXPECT_EQ(0, made.exitCode) << made.err;
}

TEST(Interruption, ASecondCtrlCQuitsAtOnce) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 5);
    Running program(training(scratch, "library", 100000), {});
    ASSERT_TRUE(appears(program, scratch / "library" / "trainings", "request.json")) << program.wait().err;
    program.send(SIGINT);
    program.send(SIGTERM);
    const Ending ending = program.wait();
    EXPECT_EQ(3, ending.exitCode) << ending.err;
    EXPECT_EQ(std::string::npos, ending.err.find("--resume")) << "it took the time to stop cleanly";
}

TEST(Interruption, ResumingAfterCtrlCOrKillEndsInTheSameWeights) {
    const Scratch scratch;
    copyDrums(scratch / "drums", 5);
    constexpr int kSteps = 32;
    ASSERT_EQ(0, smidgen(training(scratch, "undisturbed", kSteps)).exitCode);
    const std::string expected = tensorsOf(scratch / "undisturbed.safetensors");
    ASSERT_FALSE(expected.empty());
    for (const int signal : {SIGINT, SIGKILL}) {
        const std::string library = "disturbed-" + std::to_string(signal);
        Running program(training(scratch, library, kSteps), {});
        ASSERT_TRUE(appears(program, scratch / library / "trainings", "checkpoint.safetensors"))
            << "it ended without a checkpoint: " << program.wait().err;
        program.send(signal);
        const Ending stopped = program.wait();
        EXPECT_TRUE(stopped.exitCode == 3 || stopped.signal == SIGKILL) << stopped.err;
        auto again = training(scratch, library, kSteps);
        again.emplace_back("--resume");
        const Ending resumed = smidgen(again);
        ASSERT_EQ(0, resumed.exitCode) << resumed.err;
        EXPECT_TRUE(expected == tensorsOf(scratch / (library + ".safetensors"))) << "after signal " << signal;
    }
}

}  // namespace
}  // namespace smidgen::test
