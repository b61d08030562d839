#include "models/mel_vae_trainer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "mel_vae_fixture.h"

namespace smidgen::models {
namespace {

constexpr int kSteps = 20;

class TrainerTest : public ModelFilesTest {
 protected:
    static MelVaeTrainer fresh(const MelVaeTraining& training, int threads = 1) {
        auto trainer = MelVaeTrainer::create(training, DeviceKind::cpu, madeUpSample(training.shape));
        if (!trainer) throw std::runtime_error(trainer.error().sentence);
        trainer->setThreads(threads);
        return std::move(*trainer);
    }
    static void run(MelVaeTrainer& trainer, int from, int to) {
        for (int step = from; step < to; ++step) {
            const auto batch = madeUpBatch(trainer.training(), static_cast<std::uint64_t>(step),
                                           trainer.training().batchSize);
            const auto report = trainer.trainStep(batch, static_cast<double>(step) / kSteps);
            ASSERT_TRUE(report) << report.error().sentence << report.error().detail;
            EXPECT_EQ(report->step, step + 1);
            EXPECT_TRUE(report->finite);
        }
    }
    [[nodiscard]] std::string exported(const MelVaeTrainer& trainer) const {
        EXPECT_TRUE(trainer.exportModel(m_folder / "model", {{"name", "test"}}, {}));
        return bytesOf(m_folder / "model");
    }
};

TEST_F(TrainerTest, ResumedTrainingGivesTheSameModelByteForByte) {
    const MelVaeTraining training = smallTraining();
    MelVaeTrainer straight = fresh(training);
    run(straight, 0, kSteps);

    MelVaeTrainer begun = fresh(training);
    run(begun, 0, 7);
    ASSERT_TRUE(begun.saveCheckpoint(m_folder / "checkpoint", {{"crops", "7"}}));
    auto resumed = MelVaeTrainer::resume(m_folder / "checkpoint", DeviceKind::cpu);
    ASSERT_TRUE(resumed) << resumed.error().sentence;
    EXPECT_EQ(resumed->step(), 7);
    run(*resumed, 7, kSteps);
    EXPECT_EQ(exported(straight), exported(*resumed));
    EXPECT_EQ(checkpointMetadata(m_folder / "checkpoint")->at("crops"), "7");
}

TEST_F(TrainerTest, NumberOfThreadsDoesNotChangeTheModel) {
    MelVaeTraining training = smallTraining();
    training.shards = 3;
    MelVaeTrainer one = fresh(training, 1);
    MelVaeTrainer two = fresh(training, 2);
    run(one, 0, kSteps);
    run(two, 0, kSteps);
    EXPECT_EQ(exported(one), exported(two));
}

TEST_F(TrainerTest, TuningThreadsLeavesTheTrainingAsItWas) {
    const MelVaeTraining training = smallTraining();
    MelVaeTrainer plain = fresh(training);
    MelVaeTrainer tuned = fresh(training);
    run(plain, 0, 3);
    run(tuned, 0, 3);
    const int threads = tuned.tuneThreads(madeUpBatch(training, 99, training.batchSize), 2);
    EXPECT_GE(threads, 1);
    EXPECT_LE(threads, 2);
    run(plain, 3, 6);
    run(tuned, 3, 6);
    EXPECT_EQ(exported(plain), exported(tuned));
}

TEST_F(TrainerTest, LearnsMoreThanThePrincipalComponentsItStartsFrom) {
    const MelVaeTraining training = smallTraining();
    const auto heldOut = madeUpBatch(training, 1'000'000, 24);
    MelVaeTrainer trainer = fresh(training);
    const double before = rebuildingError(trainer, heldOut);
    for (int step = 0; step < 200; ++step) {
        const auto batch = madeUpBatch(training, static_cast<std::uint64_t>(step), training.batchSize);
        ASSERT_TRUE(trainer.trainStep(batch, step / 200.0));
    }
    const double after = rebuildingError(trainer, heldOut);
    EXPECT_LT(after, 0.85 * before);
}

TEST_F(TrainerTest, BatchThatIsNotFiniteIsSkippedAndLeavesTheWeights) {
    const MelVaeTraining training = smallTraining();
    MelVaeTrainer trainer = fresh(training);
    run(trainer, 0, 3);
    const std::string before = exported(trainer);
    auto batch = madeUpBatch(training, 3, training.batchSize);
    batch[17] = std::nanf("");
    const auto report = trainer.trainStep(batch, 0.5);
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->finite);
    EXPECT_EQ(report->step, 4);
    EXPECT_EQ(exported(trainer), before);
}

TEST_F(TrainerTest, BatchSizeMayShrinkInTheMiddle) {
    const MelVaeTraining training = smallTraining();
    MelVaeTrainer trainer = fresh(training);
    run(trainer, 0, 2);
    trainer.setBatchSize(1);
    run(trainer, 2, 4);
    EXPECT_FALSE(trainer.trainStep(madeUpBatch(training, 9, 5), 0.5));
}

TEST_F(TrainerTest, ImpossibleSettingsAreNamed) {
    MelVaeTraining training = smallTraining();
    training.cropFrames = 15;
    const auto odd = MelVaeTrainer::create(training, DeviceKind::cpu, madeUpSample(training.shape));
    ASSERT_FALSE(odd);
    EXPECT_NE(odd.error().sentence.find("cropFrames"), std::string::npos);
    training = smallTraining();
    training.learningRate = std::nan("");
    const auto rate = MelVaeTrainer::create(training, DeviceKind::cpu, madeUpSample(training.shape));
    ASSERT_FALSE(rate);
    EXPECT_EQ(rate.error().code, ErrorCode::invalidArgument);
    training = smallTraining();
    training.shape.width = 1 << 30;
    EXPECT_FALSE(MelVaeTrainer::create(training, DeviceKind::cpu, madeUpSample(smallShape())));
    EXPECT_FALSE(MelVaeTrainer::create(smallTraining(), DeviceKind::cpu, {}));
}

TEST_F(TrainerTest, ModelIsNotACheckpointAndDamageIsSaidInWords) {
    const MelVaeTraining training = smallTraining();
    const MelVaeTrainer trainer = fresh(training);
    ASSERT_TRUE(trainer.exportModel(m_folder / "model", {}, {}));
    const auto notACheckpoint = MelVaeTrainer::resume(m_folder / "model", DeviceKind::cpu);
    ASSERT_FALSE(notACheckpoint);
    EXPECT_EQ(notACheckpoint.error().code, ErrorCode::unusableInput);
    EXPECT_EQ(MelVaeTrainer::resume(m_folder / "nothing", DeviceKind::cpu).error().code, ErrorCode::notFound);
}

}  // namespace
}  // namespace smidgen::models
