#include "engine/jobs/training_state.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "engine/jobs/training_budget.h"
#include "engine/jobs/training_words.h"

namespace smidgen {
namespace {

TEST(TrainingState, SurvivesJson) {
    TrainingState state;
    state.model = "abc";
    state.elapsedSeconds = 12.5;
    state.cpuSeconds = 20.25;
    state.smoothedTraining = 0.3;
    state.bestHeldOut = 0.21;
    state.bestStep = 40;
    state.curve = {{1, 0.5, 0.9, {}}, {2, 1.0, 0.8, 0.85}};
    state.warnings = {"Vorsicht: „x“"};
    state.batchSize = 8;
    const auto back = trainingStateFromJson(toJson(state));
    ASSERT_TRUE(back) << back.error().detail;
    EXPECT_EQ(back->model, state.model);
    EXPECT_EQ(back->elapsedSeconds, state.elapsedSeconds);
    EXPECT_EQ(back->cpuSeconds, state.cpuSeconds);
    EXPECT_EQ(back->bestHeldOut, state.bestHeldOut);
    EXPECT_EQ(back->bestStep, state.bestStep);
    ASSERT_EQ(back->curve.size(), 2U);
    EXPECT_FALSE(back->curve[0].heldOut);
    EXPECT_EQ(back->curve[1].heldOut, 0.85);
    EXPECT_EQ(back->warnings, state.warnings);
    EXPECT_EQ(back->batchSize, 8);
}

TEST(TrainingState, DamagedRecordIsASentence) {
    for (const char* text : {"", "{}", "[1,2]", R"({"model":1})"}) {
        EXPECT_FALSE(trainingStateFromJson(text)) << text;
        EXPECT_FALSE(trainingRequestFromJson(text)) << text;
    }
}

TEST(TrainingState, RequestSurvivesJson) {
    TrainingRequest request;
    request.paths = {"/tmp/звук/a.wav", "/tmp/b"};
    request.name = "Rain";
    request.mode = TrainingMode::studio;
    request.minutes = 3.5;
    request.steps = 77;
    request.seed = 18446744073709551615ULL;
    request.heldOutShare = 0.3;
    request.force = true;
    request.kind = ModelKind::rvq;
    request.codebookSize = 96;
    request.levels = 5;
    request.commitment = 0.125;
    request.base = "/tmp/базис.safetensors";
    const auto back = trainingRequestFromJson(toJson(request));
    ASSERT_TRUE(back) << back.error().detail;
    EXPECT_EQ(back->paths, request.paths);
    EXPECT_EQ(back->mode, request.mode);
    EXPECT_EQ(back->minutes, request.minutes);
    EXPECT_EQ(back->steps, request.steps);
    EXPECT_EQ(back->cpuSeconds, request.cpuSeconds);
    EXPECT_EQ(back->seed, request.seed);
    EXPECT_EQ(back->heldOutShare, request.heldOutShare);
    EXPECT_TRUE(back->force);
    EXPECT_EQ(back->kind, request.kind);
    EXPECT_EQ(back->codebookSize, request.codebookSize);
    EXPECT_EQ(back->levels, request.levels);
    EXPECT_EQ(back->commitment, request.commitment);
    EXPECT_EQ(back->base, request.base);
    EXPECT_FALSE(back->fromZero);
}

TEST(TrainingState, KeyDependsOnSoundsAndSeedButNotOnOrderOrBudget) {
    std::vector<SoundEntry> sounds(2);
    sounds[0].contentHash = "aa";
    sounds[1].contentHash = "bb";
    TrainingRequest request;
    const std::string key = trainingKey(request, sounds);
    std::swap(sounds[0], sounds[1]);
    request.minutes = 99;
    EXPECT_EQ(trainingKey(request, sounds), key);
    request.seed = 2;
    EXPECT_NE(trainingKey(request, sounds), key);
    request.seed = 1;
    sounds[0].contentHash = "cc";
    EXPECT_NE(trainingKey(request, sounds), key);
}

TEST(TrainingState, ThinnedCurveKeepsHeldOutPointsAndTheNewest) {
    std::vector<CurvePoint> curve;
    for (int i = 0; i < 5000; ++i) {
        CurvePoint point{i, 0.0, 1.0, {}};
        if (i % 101 == 1) point.heldOut = 0.5;
        curve.push_back(point);
        thinCurve(curve, 200);
        ASSERT_LE(curve.size(), 200U);
    }
    EXPECT_EQ(curve.back().step, 4999);
    EXPECT_EQ(std::ranges::count_if(curve, [](const CurvePoint& p) { return p.heldOut.has_value(); }), 50);
    EXPECT_TRUE(std::ranges::is_sorted(curve, {}, &CurvePoint::step));
}

TEST(TrainingBudget, StepsBeatTimeAndFallOnFixedEvaluations) {
    TrainingRequest request;
    request.steps = 160;
    request.minutes = 1;
    const TrainingBudget budget(request);
    EXPECT_DOUBLE_EQ(budget.progress(80, 1e6, 1e6), 0.5);
    EXPECT_TRUE(budget.evaluationDue(10, 0, 0));
    EXPECT_FALSE(budget.evaluationDue(11, 0.9, 0));
    EXPECT_DOUBLE_EQ(budget.progress(500, 0, 0), 1.0);
}

TEST(TrainingBudget, TimeIsMeasuredOnTheAskedClock) {
    TrainingRequest request;
    request.minutes = 2;
    EXPECT_DOUBLE_EQ(TrainingBudget(request).progress(0, 60, 999), 0.5);
    request.cpuSeconds = 100;
    EXPECT_DOUBLE_EQ(TrainingBudget(request).progress(0, 1, 25), 0.25);
}

TEST(TrainingWords, APriorThatKnowsItsSoundsByHeartIsRemarkedOn) {
    EXPECT_EQ(priorRemark(2.0, 2.9), "");
    const std::string remark = priorRemark(1.0, 3.0);
    EXPECT_NE(remark.find("by heart"), std::string::npos);
    EXPECT_NE(remark.find("3.0"), std::string::npos);
}

TEST(TrainingWords, DurationsReadAsPeopleSayThem) {
    EXPECT_EQ(roughDuration(1), "about 5 s");
    EXPECT_EQ(roughDuration(42), "about 45 s");
    EXPECT_EQ(roughDuration(60), "about 1 min");
    EXPECT_EQ(roughDuration(245), "about 4 min");
    EXPECT_EQ(roughDuration(7800), "about 2 h 10 min");
    EXPECT_EQ(trainingSentence(0.38, 240.0), "Learning timbre, 38 %, about 4 min left");
    EXPECT_EQ(trainingSentence(3.51, std::nullopt), "Polishing, 99 %") << "a step longer than the budget";
}

}  // namespace
}  // namespace smidgen
