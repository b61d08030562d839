#include "engine/jobs/job_runner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include <atomic>
#include <future>

namespace smidgen {
namespace {

JobSnapshot ofKind(JobKind kind) {
    JobSnapshot snapshot;
    snapshot.kind = kind;
    return snapshot;
}

TEST(JobRunner, FinishedJobTellsItsLastSentence) {
    std::atomic<int> changes{0};
    JobRunner runner([&](JobId) { ++changes; });
    const JobId id = runner.submit(ofKind(JobKind::generate), [](JobContext& job) -> Status {
        job.say(0.5, "Half", 3.0);
        job.say(1, "All of it");
        return {};
    });
    const JobSnapshot end = runner.wait(id, {});
    EXPECT_EQ(end.phase, JobPhase::finished);
    EXPECT_EQ(end.sentence, "All of it");
    EXPECT_EQ(end.fraction, 1);
    EXPECT_FALSE(end.etaSeconds);
    EXPECT_GE(changes, 4);
}

TEST(JobRunner, FailureCarriesItsError) {
    JobRunner runner([](JobId) {});
    const JobId id = runner.submit(ofKind(JobKind::scan), [](JobContext&) -> Status {
        return failure(ErrorCode::io, "The disk said no.");
    });
    const JobSnapshot end = runner.wait(id, {});
    EXPECT_EQ(end.phase, JobPhase::failed);
    ASSERT_TRUE(end.error);
    EXPECT_EQ(end.error->code, ErrorCode::io);
}

TEST(JobRunner, AThrownExceptionEndsTheJobNotTheProgram) {
    JobRunner runner([](JobId) {});
    const JobId bad =
        runner.submit(ofKind(JobKind::scan), [](JobContext&) -> Status { throw std::runtime_error("oops"); });
    EXPECT_EQ(runner.wait(bad, {}).phase, JobPhase::failed);
    const JobId memory =
        runner.submit(ofKind(JobKind::scan), [](JobContext&) -> Status { throw std::bad_alloc(); });
    EXPECT_EQ(runner.wait(memory, {}).error->code, ErrorCode::outOfMemory);
    const JobId good = runner.submit(ofKind(JobKind::scan), [](JobContext&) -> Status { return {}; });
    EXPECT_EQ(runner.wait(good, {}).phase, JobPhase::finished);
}

TEST(JobRunner, ATakeIsMadeWhileATrainingRuns) {
    JobRunner runner([](JobId) {});
    std::promise<void> release;
    const auto gate = release.get_future().share();
    const JobId training = runner.submit(ofKind(JobKind::train), [gate](JobContext&) -> Status {
        gate.wait();
        return {};
    });
    const JobId take = runner.submit(ofKind(JobKind::generate), [](JobContext&) -> Status { return {}; });
    EXPECT_EQ(runner.wait(take, {}).phase, JobPhase::finished);
    EXPECT_FALSE(runner.job(training)->ended());
    release.set_value();
    EXPECT_EQ(runner.wait(training, {}).phase, JobPhase::finished);
}

TEST(JobRunner, TrainingsWaitForOneAnother) {
    JobRunner runner([](JobId) {});
    std::atomic<int> running{0}, most{0};
    const auto body = [&](JobContext&) -> Status {
        most = std::max(most.load(), ++running);
        --running;
        return {};
    };
    JobId last = 0;
    for (int i = 0; i < 20; ++i) last = runner.submit(ofKind(JobKind::train), body);
    runner.wait(last, {});
    EXPECT_EQ(most, 1);
}

TEST(JobRunner, CancelledWhileWaitingNeverRuns) {
    JobRunner runner([](JobId) {});
    std::promise<void> release;
    const auto gate = release.get_future().share();
    const JobId first = runner.submit(ofKind(JobKind::train), [gate](JobContext&) -> Status {
        gate.wait();
        return {};
    });
    bool ran = false;
    const JobId second = runner.submit(ofKind(JobKind::train), [&](JobContext&) -> Status {
        ran = true;
        return {};
    });
    runner.cancel(second);
    release.set_value();
    EXPECT_EQ(runner.wait(second, {}).phase, JobPhase::cancelled);
    EXPECT_FALSE(ran);
    EXPECT_EQ(runner.wait(first, {}).phase, JobPhase::finished);
}

TEST(JobRunner, PauseHoldsATrainingUntilItIsResumed) {
    std::promise<void> paused;
    std::atomic<bool> told{false};
    JobRunner* at = nullptr;
    JobRunner runner([&](JobId id) {
        if (!at) return;
        const auto job = at->job(id);
        if (job && job->phase == JobPhase::paused && !told.exchange(true)) paused.set_value();
    });
    at = &runner;
    const JobId id = runner.submit(ofKind(JobKind::train), [](JobContext& job) -> Status {
        while (!job.pauseWanted()) {
        }
        job.waitWhilePaused();
        return {};
    });
    runner.pause(id);
    paused.get_future().wait();
    EXPECT_EQ(runner.job(id)->phase, JobPhase::paused);
    runner.resume(id);
    EXPECT_EQ(runner.wait(id, {}).phase, JobPhase::finished);
}

TEST(JobRunner, WaitingWithATokenCancelsTheJob) {
    JobRunner runner([](JobId) {});
    const JobId id = runner.submit(ofKind(JobKind::generate), [](JobContext& job) -> Status {
        while (!job.cancel().cancelled()) {
        }
        return failure(ErrorCode::cancelled, "Stopped.");
    });
    const CancelToken token;
    token.cancel();
    EXPECT_EQ(runner.wait(id, token).phase, JobPhase::cancelled);
}

TEST(JobRunner, DestructionCancelsWhatRuns) {
    std::atomic<bool> ended{false};
    {
        JobRunner runner([](JobId) {});
        std::promise<void> begun;
        runner.submit(ofKind(JobKind::generate), [&](JobContext& job) -> Status {
            begun.set_value();
            while (!job.cancel().cancelled()) {
            }
            ended = true;
            return failure(ErrorCode::cancelled, "Stopped.");
        });
        begun.get_future().wait();
    }
    EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace smidgen
