#include "engine/jobs/training_run.h"
#include "tests/jobs/growth_fixture.h"

namespace smidgen {
namespace {

class TrainingEstimateTest : public GrowthFixture {
 protected:
    void SetUp() override {
        GrowthFixture::SetUp();
        std::vector<std::filesystem::path> paths;
        for (int i = 0; i < 5; ++i) paths.push_back(tone("t" + std::to_string(i), 200 + 70 * i));
        m_setup.sounds = scanned(paths);
        m_setup.threads = 1;
        m_setup.request.fromZero = true;
        m_setup.request.batchSize = 2;
    }
    /// On a machine on which everything that is timed takes so many seconds.
    TrainingEstimate estimate(double slowness) {
        const auto made = estimateTraining(*m_library, m_setup, {},
                                           [slowness, now = 0.0]() mutable { return now += slowness; });
        EXPECT_TRUE(made) << made.error().sentence;
        return made ? *made : TrainingEstimate();
    }
    TrainingSetup m_setup;
};

TEST_F(TrainingEstimateTest, FollowsTheMeasuredStep) {
    m_setup.request.steps = 1000;
    const TrainingEstimate quick = estimate(0.01), slow = estimate(0.03);
    EXPECT_NEAR(quick.secondsPerStep, 0.01, 1e-9);
    EXPECT_NEAR(slow.secondsPerStep, 0.03, 1e-9);
    // 1 000 steps, and 17 judgements of 3.5 s of sound, of which 512 frames take as long as a step.
    EXPECT_NEAR(quick.secondsToTrain, 10 + 17 * 0.01 / 512 * 3.5 * 48000 / 512, 0.02);
    EXPECT_NEAR(slow.secondsToTrain, 3 * quick.secondsToTrain, 1e-6);
    EXPECT_EQ(slow.steps, 1000);
    EXPECT_GT(slow.secondsToTrain, quick.secondsToTrain);
    EXPECT_NE(quick.sentence.find("1000 steps"), std::string::npos) << quick.sentence;
    EXPECT_NE(quick.sentence.find("MB of memory"), std::string::npos) << quick.sentence;
    EXPECT_GT(quick.memoryBytes, std::int64_t{25} << 20) << "the crops for a model's start alone are more";
}

TEST_F(TrainingEstimateTest, InAGivenTimeASlowerMachineMakesFewerSteps) {
    m_setup.request.minutes = 1;
    const TrainingEstimate quick = estimate(0.01), slow = estimate(0.03);
    EXPECT_EQ(quick.secondsToTrain, 60);
    EXPECT_EQ(slow.secondsToTrain, 60);
    EXPECT_NEAR(static_cast<double>(quick.steps) / static_cast<double>(slow.steps), 3, 0.1);
    m_setup.request.minutes.reset();
    m_setup.request.mode = TrainingMode::standard;
    EXPECT_EQ(estimate(0.01).secondsToTrain, 600);
}

TEST_F(TrainingEstimateTest, StopsWhenNobodyWaitsForItAnyMore) {
    CancelToken cancel;
    int looked = 0;
    // Cancelled while it measures its second step.
    const auto made = estimateTraining(*m_library, m_setup, cancel, [&] {
        if (++looked == 5) cancel.cancel();
        return 0.01 * looked;
    });
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::cancelled);
    EXPECT_LE(looked, 6) << "no further step is measured";
}

TEST_F(TrainingEstimateTest, SaysWhatIsWrongAsTheTrainingWould) {
    m_setup.sounds.resize(2);
    const auto refused = estimateTraining(*m_library, m_setup);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unusableInput);
}

TEST_F(TrainingEstimateTest, IsLeftOutWhereItWouldCostAsMuchAsTheTraining) {
    TrainingRequest request;
    EXPECT_TRUE(worthEstimating(request));
    request.steps = 6;
    EXPECT_FALSE(worthEstimating(request));
    request.steps = 600;
    EXPECT_TRUE(worthEstimating(request));
    request.resume = true;
    EXPECT_FALSE(worthEstimating(request));
}

}  // namespace
}  // namespace smidgen
