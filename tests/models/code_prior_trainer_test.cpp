#include "models/code_prior_trainer.h"

#include <gtest/gtest.h>

#include "code_prior_fixture.h"
#include "mel_vae_fixture.h"
#include "models/code_crops.h"

namespace smidgen::models {
namespace {

class CodePriorTrainerTest : public ModelFilesTest {
 protected:
    static CodePriorTraining training() {
        CodePriorTraining training = smallPriorTraining();
        training.dropout = 0.1;
        training.inputNoise = 0.1;
        return training;
    }
    static void run(CodePriorTrainer& trainer, int from, int to) {
        for (int step = from; step < to; ++step) {
            const auto report = trainer.trainStep(step / 20.0);
            ASSERT_TRUE(report) << report.error().sentence << report.error().detail;
            EXPECT_EQ(report->step, step + 1);
            EXPECT_TRUE(report->finite);
        }
    }
    [[nodiscard]] std::string checkpointOf(const CodePriorTrainer& trainer) const {
        EXPECT_TRUE(trainer.saveCheckpoint(m_folder / "bytes", {}));
        return bytesOf(m_folder / "bytes");
    }
    const std::vector<CodedSound> m_sounds = markovSounds(5, 50);
};

TEST_F(CodePriorTrainerTest, ResumedTrainingIsTheSameByteForByte) {
    CodePriorTrainer straight = priorTrainer(training(), m_sounds);
    run(straight, 0, 12);
    CodePriorTrainer begun = priorTrainer(training(), m_sounds);
    run(begun, 0, 5);
    ASSERT_TRUE(begun.saveCheckpoint(m_folder / "checkpoint", {{"words", "kept"}}));
    auto resumed = CodePriorTrainer::resume(m_folder / "checkpoint", DeviceKind::cpu, m_sounds);
    ASSERT_TRUE(resumed) << resumed.error().sentence;
    EXPECT_EQ(resumed->step(), 5);
    run(*resumed, 5, 12);
    EXPECT_EQ(checkpointOf(straight), checkpointOf(*resumed));
}

TEST_F(CodePriorTrainerTest, NumberOfThreadsAndTuningDoNotChangeTheWeights) {
    CodePriorTraining three = training();
    three.shards = 3;
    CodePriorTrainer one = priorTrainer(three, m_sounds, 1);
    CodePriorTrainer two = priorTrainer(three, m_sounds, 2);
    run(one, 0, 6);
    run(two, 0, 3);
    EXPECT_GE(two.tuneThreads(2), 1);
    run(two, 3, 6);
    EXPECT_EQ(checkpointOf(one), checkpointOf(two));
}

TEST_F(CodePriorTrainerTest, OtherSeedsGiveOtherWeights) {
    CodePriorTraining other = training();
    other.seed = 6;
    EXPECT_NE(checkpointOf(priorTrainer(training(), m_sounds)), checkpointOf(priorTrainer(other, m_sounds)));
}

TEST_F(CodePriorTrainerTest, CheckpointOfOtherSoundsIsRefused) {
    const CodePriorTrainer trainer = priorTrainer(training(), m_sounds);
    ASSERT_TRUE(trainer.saveCheckpoint(m_folder / "checkpoint", {}));
    auto others = m_sounds;
    others[2].grid.codes[7] = static_cast<std::uint16_t>((others[2].grid.codes[7] + 1) % 12);
    const auto resumed = CodePriorTrainer::resume(m_folder / "checkpoint", DeviceKind::cpu, others);
    ASSERT_FALSE(resumed);
    EXPECT_EQ(resumed.error().code, ErrorCode::unusableInput);
    EXPECT_NE(resumed.error().sentence.find("other sounds"), std::string::npos);
}

TEST_F(CodePriorTrainerTest, SoundsAndSettingsThatDoNotFitAreNamed) {
    const auto sentence = [&](const CodePriorTraining& settings, const std::vector<CodedSound>& sounds,
                              const std::vector<std::vector<float>>& codebooks = {}) {
        auto made = CodePriorTrainer::create(settings, DeviceKind::cpu, sounds, codebooks);
        return made ? std::string() : made.error().sentence;
    };
    EXPECT_EQ(sentence(training(), m_sounds), "");
    EXPECT_NE(sentence(training(), {}), "");
    auto wrong = m_sounds;
    wrong[1].grid.codes[4] = 12;
    EXPECT_NE(sentence(training(), wrong).find(wrong[1].name), std::string::npos);
    wrong = m_sounds;
    wrong[0].grid.codes.clear();
    EXPECT_NE(sentence(training(), wrong).find(wrong[0].name), std::string::npos);
    wrong = m_sounds;
    wrong[0].conditions.global = {1.0F};
    EXPECT_NE(sentence(training(), wrong).find(wrong[0].name), std::string::npos);
    CodePriorTraining settings = training();
    settings.dropout = 1.5;
    EXPECT_NE(sentence(settings, m_sounds).find("dropout"), std::string::npos);
    settings = training();
    settings.shape.heads = 3;
    EXPECT_NE(sentence(settings, m_sounds).find("width"), std::string::npos);
    EXPECT_NE(sentence(training(), m_sounds, {{1.0F, 2.0F}}).find("codebooks"), std::string::npos);
}

TEST_F(CodePriorTrainerTest, CodebooksPutLikeCodesNearEachOtherFromTheStart) {
    // Codes 0…5 lie together, 6…11 far off: hearing 0 or 1 must make less of a difference than 0 or 6.
    std::vector<std::vector<float>> codebooks(3);
    for (auto& codebook : codebooks)
        for (int code = 0; code < 12; ++code) {
            codebook.push_back(code < 6 ? 1.0F : -1.0F);
            codebook.push_back(0.01F * static_cast<float>(code));
        }
    auto trainer = CodePriorTrainer::create(training(), DeviceKind::cpu, m_sounds, codebooks);
    ASSERT_TRUE(trainer);
    const auto prior = trainer->prior();
    ASSERT_TRUE(prior);
    const auto logitsAfter = [&](std::uint16_t code) {
        const CodedSound sound{"", {3, {code, code, code, 0, 0, 0}, {}}, {}};
        const auto all = *prior->logits(sound.grid, wholeSection(sound));
        return std::vector<float>(all.begin() + 36, all.begin() + 48);
    };
    const auto distance = [](const std::vector<float>& a, const std::vector<float>& b) {
        double sum = 0;
        for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]);
        return sum;
    };
    EXPECT_LT(10 * distance(logitsAfter(0), logitsAfter(1)), distance(logitsAfter(0), logitsAfter(6)));
}

TEST_F(CodePriorTrainerTest, CropsStringSoundsTogetherAndDropConditionsAsOftenAsAsked) {
    CodeCropSettings settings;
    settings.frames = 30;
    settings.batchSize = 40;
    settings.inputNoise = 0;
    const CodePriorShape shape = smallPriorShape();
    const ConditionScale scale = conditionScaleOf(shape, m_sounds);
    const CodeCrops crops(shape, scale, m_sounds, settings);
    double present[kConditionParts] = {};
    int filling = 0;
    constexpr int kSteps = 60;
    for (std::uint64_t step = 0; step < kSteps; ++step) {
        const CodeBatch batch = crops.batch(step);
        ASSERT_EQ(batch.inputs.size(), 40U * 30U * 3U);
        for (std::size_t part = 0; part < kConditionParts; ++part)
            for (std::size_t slot = 0; slot < 40; ++slot)
                present[part] += batch.present[slot * 30 * kConditionParts + part] / (40.0 * kSteps);
        for (std::size_t i = 0; i < batch.inputs.size(); ++i) {
            ASSERT_LT(batch.inputs[i], shape.codebookSize);
            if (batch.memory.empty()) {
                ASSERT_EQ(batch.targets[i], batch.inputs[i]);
            } else {
                // What is asked for is hidden in the surroundings, what is shown is not asked for.
                ASSERT_EQ(batch.memory[i] == hiddenCode(shape), batch.targets[i] >= 0);
            }
        }
        if (!batch.memory.empty()) ++filling;
    }
    // Told: neither dropped alone nor with all others.
    for (const double share : present) EXPECT_NEAR(share, 0.85 * 0.85, 0.03);
    EXPECT_NEAR(filling / static_cast<double>(kSteps), 1.0 / 3, 0.2);
}

}  // namespace
}  // namespace smidgen::models
