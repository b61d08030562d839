#include "engine/jobs/training_plan.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace smidgen {
namespace {

namespace fs = std::filesystem;

/// Resources of its own, with a base for one kind only.
class TrainingPlanTest : public ::testing::Test {
 protected:
    void SetUp() override {
        m_folder = fs::temp_directory_path() / "smidgen-training-plan";
        fs::create_directories(m_folder / "base");
        std::ofstream(m_folder / "base" / "vae.safetensors") << "weights";
        ::setenv("SMIDGEN_RESOURCES", m_folder.c_str(), 1);
    }
    void TearDown() override {
        ::unsetenv("SMIDGEN_RESOURCES");
        fs::remove_all(m_folder);
    }
    fs::path m_folder;
};

TEST_F(TrainingPlanTest, ShippedBaseIsTakenUnlessAnotherOrNoneIsAskedFor) {
    TrainingRequest request;
    EXPECT_EQ(planTraining(request, 100)->base, m_folder / "base" / "vae.safetensors");
    const double gentle = planTraining(request, 100)->training.learningRate;
    request.fromZero = true;
    EXPECT_TRUE(planTraining(request, 100)->base.empty());
    EXPECT_LT(gentle, planTraining(request, 100)->training.learningRate);
    request.base = "/tmp/mine.safetensors";
    EXPECT_FALSE(planTraining(request, 100));
    request.fromZero = false;
    EXPECT_EQ(planTraining(request, 100)->base, "/tmp/mine.safetensors");
    request.base.reset();
    request.kind = ModelKind::rvq;
    EXPECT_TRUE(planTraining(request, 100)->base.empty());
}

TEST_F(TrainingPlanTest, CodebookSizeFollowsTheSoundUnlessGiven) {
    TrainingRequest request;
    EXPECT_FALSE(planTraining(request, 100)->training.shape.quantised());
    request.kind = ModelKind::rvq;
    // 46.875 latent frames a second: 1 000 are 21.3 s, 2 000 are 42.7 s, 6 000 are 128 s.
    EXPECT_EQ(planTraining(request, 21)->training.shape.codebookSize, 32);
    EXPECT_EQ(planTraining(request, 42)->training.shape.codebookSize, 64);
    EXPECT_EQ(planTraining(request, 43)->training.shape.codebookSize, 128);
    EXPECT_EQ(planTraining(request, 127)->training.shape.codebookSize, 128);
    EXPECT_EQ(planTraining(request, 129)->training.shape.codebookSize, 256);
    request.codebookSize = 32;
    request.levels = 3;
    request.commitment = 0.5;
    const auto plan = planTraining(request, 1000);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->training.shape.codebookSize, 32);
    EXPECT_EQ(plan->training.shape.levels, 3);
    EXPECT_EQ(plan->training.commitmentWeight, 0.5);
}

TEST_F(TrainingPlanTest, StudioModeFromZeroMakesALargerNetwork) {
    TrainingRequest request;
    request.mode = TrainingMode::studio;
    const models::MelVaeShape usual;
    EXPECT_EQ(planTraining(request, 100)->training.shape.width, usual.width) << "a base has its own size";
    request.fromZero = true;
    const auto plan = planTraining(request, 100);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->training.shape.width, 384);
    EXPECT_EQ(plan->training.shape.encoderBlocks, 4);
    EXPECT_EQ(plan->training.shape.decoderBlocks, 6);
    request.mode = TrainingMode::standard;
    EXPECT_EQ(planTraining(request, 100)->training.shape.width, usual.width);
}

TEST_F(TrainingPlanTest, SettingsThatMakeNoSenseAreRefused) {
    TrainingRequest request;
    request.levels = 4;
    EXPECT_FALSE(planTraining(request, 100));
    request.kind = ModelKind::rvq;
    EXPECT_TRUE(planTraining(request, 100));
    request.levels = 1;
    EXPECT_FALSE(planTraining(request, 100));
    request.levels = 4;
    request.codebookSize = 4;
    EXPECT_FALSE(planTraining(request, 100));
    request.codebookSize = 64;
    request.commitment = -1;
    EXPECT_FALSE(planTraining(request, 100));
}

}  // namespace
}  // namespace smidgen
