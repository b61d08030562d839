// The cached inference against the network of the training, recomputed in full.
#include "models/code_prior_network.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "code_prior_fixture.h"
#include "models/code_prior_file.h"
#include "models/code_prior_stream.h"
#include "models/torch_support.h"

namespace smidgen::models {
namespace {

/// One sound as a batch of one, as the training would see it: with the last frame's conditions to the end.
struct Reference {
    StoredPrior stored;
    at::Tensor flat;
    PriorWeights<at::Tensor> weights;

    explicit Reference(StoredPrior given) : stored(std::move(given)) {
        useOneThreadHere();
        auto& values = stored.parameters.flat;
        flat = at::from_blob(values.data(), {static_cast<std::int64_t>(values.size())}, at::kFloat);
        viewFlat(stored.parameters.shape, flat, weights);
    }
    [[nodiscard]] CodeBatch batchOf(const CodedSound& sound) const {
        return wholeSoundBatches(stored.parameters.shape, stored.parameters.conditionScale, {&sound, 1},
                                 static_cast<int>(sound.grid.frames().value), 1)
            .front();
    }
    /// steps × levels × codebookSize.
    [[nodiscard]] at::Tensor logits(const CodeBatch& batch) const {
        const at::NoGradGuard noGradients;
        Dropout none;
        const CodePriorShape& shape = stored.parameters.shape;
        return priorLogits(shape, weights, arrange(shape, batch, 0, 1, at::kCPU), none)
            .squeeze(0)
            .contiguous();
    }
};

StoredPrior storedPrior(const CodePriorTrainer& trainer, const std::filesystem::path& file) {
    if (auto saved = saveWeights({}, file); !saved) throw std::runtime_error(saved.error().sentence);
    if (auto made = trainer.exportPrior(file, {}); !made) throw std::runtime_error(made.error().sentence);
    auto loaded = loadPrior(*loadWeights(file), "test");
    if (!loaded) throw std::runtime_error(loaded.error().sentence);
    return std::move(*loaded);
}

class CodePriorNetworkTest : public ::testing::Test {
 protected:
    void SetUp() override {
        CodePriorTrainer trainer = priorTrainer(smallPriorTraining(), markovSounds(4, 60));
        trainSteps(trainer, 12);
        const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
        const auto file = std::filesystem::temp_directory_path() /
                          ("smidgen-prior-" + std::string(info->name()) + std::to_string(::getpid()));
        m_stored = storedPrior(trainer, file);
        std::filesystem::remove(file);
    }
    StoredPrior m_stored;
};

TEST_F(CodePriorNetworkTest, CachedLogitsEqualFullRecomputeFarBeyondTheWindow) {
    const CodedSound sound = markovSound(77, 5 * smallPriorShape().window);
    const Reference reference(m_stored);
    const at::Tensor expected = reference.logits(reference.batchOf(sound));
    const CodePrior prior = CodePrior::fromStored(m_stored);
    const auto logits = prior.logits(sound.grid, wholeSection(sound));
    ASSERT_TRUE(logits) << logits.error().sentence;
    const CodePriorShape& shape = prior.shape();
    double worst = 0, largest = 0;
    for (std::int64_t t = 0; t < sound.grid.frames().value; ++t)
        for (std::int64_t l = 0; l < shape.levels; ++l)
            for (std::int64_t k = 0; k < shape.codebookSize; ++k) {
                const auto place = static_cast<std::size_t>((t * shape.levels + l) * shape.codebookSize + k);
                const double value = expected[t + l][l][k].item<double>();
                worst = std::max(worst, std::abs(value - (*logits)[place]));
                largest = std::max(largest, std::abs(value));
            }
    EXPECT_LT(worst, 2e-5);
    EXPECT_GT(largest, 0.1) << "the prior says nothing: the comparison proves nothing";
}

TEST_F(CodePriorNetworkTest, CachedLogitsWithSurroundingsEqualFullRecompute) {
    const CodedSound sound = markovSound(78, 3 * smallPriorShape().window);
    const Reference reference(m_stored);
    CodeBatch batch = reference.batchOf(sound);
    batch.memory = batch.inputs;
    const CodePriorShape& shape = m_stored.parameters.shape;
    for (std::size_t i = 30; i < 60; ++i) batch.memory[i] = hiddenCode(shape);
    const at::Tensor expected = reference.logits(batch);

    const PriorRuntime runtime(m_stored.parameters);
    const auto sections = wholeSection(sound);
    const ToldRows told(runtime, sections, true);
    CodePriorStream stream(runtime, {&told, 1});
    const std::vector<int> surroundings(batch.memory.begin(), batch.memory.end());
    stream.remember(surroundings);
    double worst = 0;
    const std::int64_t frames = sound.grid.frames().value;
    for (std::int64_t step = 0; step < frames + shape.levels - 1; ++step) {
        std::vector<int> heard(3, absentCode(shape));
        for (std::int64_t l = 0; l < 3; ++l) {
            const std::int64_t frame = step - 1 - l;
            if (frame >= 0 && frame < frames)
                heard[static_cast<std::size_t>(l)] =
                    sound.grid.codes[static_cast<std::size_t>(frame * 3 + l)];
        }
        stream.step(heard, true);
        const auto logits = stream.logits(0);
        for (std::int64_t l = 0; l < shape.levels; ++l)
            for (std::int64_t k = 0; k < shape.codebookSize; ++k)
                worst =
                    std::max(worst, std::abs(expected[step][l][k].item<double>() -
                                             logits[static_cast<std::size_t>(l * shape.codebookSize + k)]));
    }
    EXPECT_LT(worst, 2e-5);
}

TEST_F(CodePriorNetworkTest, SurpriseIsTheMeanOfTheTrainingsLoss) {
    const CodedSound sound = markovSound(79, 50);
    const Reference reference(m_stored);
    const CodeBatch batch = reference.batchOf(sound);
    const CodePriorShape& shape = m_stored.parameters.shape;
    const PriorSurprise expected =
        surpriseOf(reference.logits(batch).unsqueeze(0), arrange(shape, batch, 0, 1, at::kCPU).targets);
    EXPECT_EQ(expected.cells, 150);
    const auto surprise = CodePrior::fromStored(m_stored).surprise(sound.grid, wholeSection(sound));
    ASSERT_TRUE(surprise);
    double mean = 0;
    for (const double value : *surprise) mean += value / 50;
    EXPECT_NEAR(mean, expected.sum.item<double>() / expected.cells, 1e-5);
}

TEST_F(CodePriorNetworkTest, ACodeIsJudgedByWhatStandsBeforeItAlone) {
    const CodePrior prior = CodePrior::fromStored(m_stored);
    const CodedSound sound = markovSound(80, 30);
    const auto before = prior.logits(sound.grid, wholeSection(sound));
    ASSERT_TRUE(before);
    // Level 1 of frame 12 changes: known to level 2 of frame 12 on, and to level 0 of frame 14 on.
    CodedSound other = sound;
    std::uint16_t& cell = other.grid.codes[12 * 3 + 1];
    cell = static_cast<std::uint16_t>((cell + 1) % 12);
    const auto after = prior.logits(other.grid, wholeSection(sound));
    ASSERT_TRUE(after);
    for (int t = 0; t < 30; ++t)
        for (int l = 0; l < 3; ++l) {
            bool same = true;
            for (int k = 0; k < 12; ++k) {
                const auto place = static_cast<std::size_t>((t * 3 + l) * 12 + k);
                same = same && (*before)[place] == (*after)[place];
            }
            const bool later = t + l > 12 + 1;
            EXPECT_EQ(same, !later) << "frame " << t << " level " << l;
            if (t > 16) return;
        }
}

}  // namespace
}  // namespace smidgen::models
