#include "engine/jobs/prior_training.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/audio/audio_writer.h"
#include "engine/foundation/random.h"
#include "engine/jobs/take_evaluation.h"
#include "engine/jobs/take_making.h"
#include "models/code_prior.h"
#include "models/mel_vae_trainer.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

/// Three struck tones and a small model with codes that has heard noise alone.
class PriorTrainingTest : public testing::Test {
 protected:
    void SetUp() override {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        m_folder = fs::temp_directory_path() /
                   ("smidgen-prior-" + std::string(info->name()) + std::to_string(::getpid()));
        fs::create_directories(m_folder / "sounds");
        for (int file = 0; file < 3; ++file) {
            AudioBuffer sound(1, Samples(36000));
            for (std::size_t i = 0; i < 36000; ++i)
                sound.channels[0][i] =
                    static_cast<float>(0.4 * std::sin(0.02 * (file + 1) * static_cast<double>(i)) *
                                       std::exp(-1e-4 * static_cast<double>(i % 12000)));
            ASSERT_TRUE(
                writeAudio(sound, m_folder / "sounds" / ("tone" + std::to_string(file) + ".wav"), {}));
        }
        makeModel(2);
        auto library = Library::open(m_folder / "library");
        ASSERT_TRUE(library);
        m_library = std::move(*library);
        m_request.model = m_model.string();
        m_request.paths = {m_folder / "sounds"};
        m_request.steps = 2;
        m_request.stopEarly = false;
    }
    void TearDown() override {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
        fs::remove(m_model, ignored);
    }
    void makeModel(int levels) {
        models::MelVaeTraining training;
        training.shape.width = 16;
        training.shape.encoderBlocks = training.shape.decoderBlocks = 1;
        training.shape.latentDims = training.shape.globalDims = 8;
        training.shape.levels = levels;
        training.shape.codebookSize = levels > 0 ? 8 : 0;
        std::vector<float> sample;
        Random random(3);
        for (int i = 0; i < 128 * 200; ++i) sample.push_back(static_cast<float>(random.uniform(-9, -1)));
        auto trainer = models::MelVaeTrainer::create(training, models::DeviceKind::cpu, sample);
        ASSERT_TRUE(trainer) << trainer.error().sentence;
        ASSERT_TRUE(trainer->exportModel(m_model, {{"kind", "rvq"}, {"name", "toy"}}, {}));
    }
    /// Runs the job; with `stopAfter`, cancels it once it has told of so many steps.
    JobSnapshot run(const PriorTrainingRequest& request, std::int64_t stopAfter = 0) {
        JobRunner runner([](JobId) {});
        const JobId id = runner.submit({}, [&](JobContext& job) -> Status {
            auto setup = setUpPriorTraining(*m_library, request, models::DeviceKind::cpu, 1, job);
            if (!setup) return propagate(setup);
            return runPriorTraining(*m_library, *setup, job, [&](const TrainingSnapshot& snapshot) {
                if (stopAfter > 0 && snapshot.step >= stopAfter) job.cancel().cancel();
            });
        });
        return runner.wait(id, {});
    }
    [[nodiscard]] std::string bytes() const {
        std::ifstream in(m_model, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    fs::path m_folder;
    fs::path m_model = fs::temp_directory_path() / ("smidgen-prior-model-" + std::to_string(::getpid()));
    std::unique_ptr<Library> m_library;
    PriorTrainingRequest m_request;
};

TEST_F(PriorTrainingTest, StoppedAndResumedItEndsInTheSameFile) {
    ASSERT_EQ(run(m_request).phase, JobPhase::finished);
    const std::string straight = bytes();
    makeModel(2);
    const JobSnapshot stopped = run(m_request, 1);
    EXPECT_EQ(stopped.phase, JobPhase::cancelled);
    EXPECT_TRUE(models::CodePrior::load(m_model)) << "what was learned until then can be used";
    m_request.resume = true;
    const JobSnapshot resumed = run(m_request);
    EXPECT_EQ(resumed.phase, JobPhase::finished) << resumed.error->sentence;
    EXPECT_EQ(bytes(), straight);
    EXPECT_EQ(run(m_request).error->code, ErrorCode::notFound) << "nothing is left to resume";
}

TEST_F(PriorTrainingTest, TakesOfThePriorAreJudgedSortedAndRebuilt) {
    ASSERT_EQ(run(m_request).phase, JobPhase::finished);
    auto model = models::MelVae::load(m_model, models::DeviceKind::cpu);
    ASSERT_TRUE(model);
    auto prior = models::CodePrior::load(m_model);
    ASSERT_TRUE(prior) << prior.error().sentence;
    EXPECT_EQ(prior->metadata().at(prior_metadata::kSounds), "3");
    auto card = readModelRecord(m_model);
    ASSERT_TRUE(card && (*card).prior);
    EXPECT_EQ(card->prior->sounds, 3);
    EXPECT_EQ(card->prior->steps, 2);
    EXPECT_NEAR(card->prior->heldOutNats, std::stod(prior->metadata().at(prior_metadata::kHeldOutNats)),
                1e-9);
    TakeVoice voice;
    voice.model = std::make_shared<const models::MelVae>(std::move(*model));
    auto judge = TakeJudge::create(voice.model, std::make_shared<const models::CodePrior>(std::move(*prior)));
    ASSERT_TRUE(judge) << judge.error().sentence;
    voice.judge = std::make_shared<const TakeJudge>(std::move(*judge));

    Recipe recipe;
    recipe.seconds = 1;
    recipe.space = OutputSpace::stereo;
    recipe.decoder = "griffin-lim";
    recipe.griffinLim.iterations = 2;
    recipe.prior.emplace();
    JobRunner runner([](JobId) {});
    const JobId id = runner.submit({}, [&](JobContext& job) {
        return makeTakes(*m_library, voice, recipe, 3, job, [](const TakeId&) {});
    });
    const JobSnapshot end = runner.wait(id, {});
    ASSERT_EQ(end.phase, JobPhase::finished) << end.error->sentence << end.error->detail;
    ASSERT_EQ(end.takes.size(), 3U);
    double last = 1e9;
    for (const TakeId& take : end.takes) {
        const auto record = m_library->take(take);
        ASSERT_TRUE(record->novelty);
        EXPECT_LE(record->novelty->novelty, last);
        last = record->novelty->novelty;
        EXPECT_TRUE(record->novelty->closest.starts_with("tone")) << record->novelty->closest;
        EXPECT_EQ(takeFromJson(toJson(*record))->novelty, record->novelty);
        EXPECT_EQ(record->channels, 2);
    }

    // Without rendering them, the same takes are as new.
    const auto evaluation = evaluateTakes(voice, recipe, 3, {});
    ASSERT_TRUE(evaluation) << evaluation.error().sentence;
    ASSERT_EQ(evaluation->takes.size(), 3U);
    double sum = 0;
    int copies = 0;
    for (const TakeId& take : end.takes) {
        const auto record = m_library->take(take);
        EXPECT_EQ(record->novelty, evaluation->takes[record->recipe.seed - recipe.seed]);
        sum += record->novelty->novelty;
        copies += record->novelty->copied ? 1 : 0;
    }
    EXPECT_NEAR(evaluation->novelty, sum / 3, 1e-12);
    EXPECT_EQ(evaluation->copied, copies);
    EXPECT_GT(evaluation->diversity, 0);
    EXPECT_EQ(evaluateTakes(voice, recipe, 0, {}).error().code, ErrorCode::invalidArgument);
    voice.judge.reset();
    EXPECT_EQ(evaluateTakes(voice, recipe, 1, {}).error().code, ErrorCode::unusableInput);
}

TEST_F(PriorTrainingTest, StudioModeMakesALargerPrior) {
    m_request.mode = TrainingMode::studio;
    m_request.steps = 1;
    ASSERT_EQ(run(m_request).phase, JobPhase::finished);
    const auto prior = models::CodePrior::load(m_model);
    ASSERT_TRUE(prior);
    EXPECT_EQ(prior->shape().layers, 6);
    EXPECT_EQ(prior->shape().width, 256);
    EXPECT_GT(priorMinutes(TrainingMode::studio), priorMinutes(TrainingMode::standard));
}

TEST_F(PriorTrainingTest, ModelWithoutCodesIsRefusedAndStaysAsItWas) {
    makeModel(0);
    const std::string before = bytes();
    const JobSnapshot end = run(m_request);
    EXPECT_EQ(end.phase, JobPhase::failed);
    EXPECT_EQ(end.error->code, ErrorCode::unusableInput);
    EXPECT_NE(end.error->sentence.find("--kind rvq"), std::string::npos);
    EXPECT_EQ(bytes(), before);
}

}  // namespace
}  // namespace smidgen
