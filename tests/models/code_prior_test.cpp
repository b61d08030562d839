#include "models/code_prior.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "code_prior_fixture.h"

namespace smidgen::models {
namespace {

PriorRequest requestOf(std::int64_t frames, std::uint64_t seed = 3) {
    PriorRequest request;
    request.sections = {{frames, markovSound(1, 10).conditions}};
    request.sampling.seed = seed;
    return request;
}

/// One prior that knows the Markov language, shared by the tests that listen to what it says.
class TrainedPriorTest : public ::testing::Test {
 protected:
    static void SetUpTestSuite() {
        CodePriorTraining training = smallPriorTraining();
        training.learningRate = 8e-3;
        training.batchSize = 8;
        CodePriorTrainer trainer = priorTrainer(training, markovSounds(200, 70));
        trainSteps(trainer, 300);
        s_heldOut = *trainer.evaluate(markovSounds(6, 70, 9000));
        s_prior = new CodePrior(std::move(*trainer.prior()));
    }
    static void TearDownTestSuite() { delete s_prior; }

    /// Shares of the steps of level 0, and how often the finer levels follow the rule.
    struct Grammar {
        double shares[3] = {};
        double lawful = 0, finer = 0, shifted = 0;
    };
    static Grammar grammarOf(const MelCodes& grid, std::int64_t from = 1) {
        Grammar grammar;
        const std::int64_t frames = grid.frames().value;
        const auto code = [&](std::int64_t t, std::int64_t l) {
            return static_cast<int>(grid.codes[static_cast<std::size_t>(t * 3 + l)]);
        };
        const double one = 1.0 / static_cast<double>(frames - from);
        for (std::int64_t t = from; t < frames; ++t) {
            const int step = (code(t, 0) - code(t - 1, 0) + 12) % 12;
            for (int i = 0; i < 3; ++i)
                if (step == kMarkovSteps[i]) {
                    grammar.shares[i] += one;
                    grammar.lawful += one;
                }
            if (code(t, 2) == 2 * code(t, 0) % 12) grammar.finer += one;
            if (code(t, 1) == (code(t, 0) + 3) % 12) grammar.shifted += one;
        }
        return grammar;
    }
    static inline CodePrior* s_prior = nullptr;
    static inline double s_heldOut = 0;
};

TEST_F(TrainedPriorTest, LearnsTheLanguageDownToItsEntropy) {
    EXPECT_GT(s_heldOut, 0.95 * markovEntropy());
    // Each of the two pieces of a held-out sound begins with a code that follows from nothing: ln 12 each.
    EXPECT_LT(s_heldOut, 1.15 * markovEntropy() + 2 * std::log(12.0) / (70 * 3));
}

TEST_F(TrainedPriorTest, SpeaksTheLanguageForTwentyTimesTheTrainingsLength) {
    const auto grid = s_prior->sample(requestOf(20 * 40));
    ASSERT_TRUE(grid) << grid.error().sentence;
    ASSERT_EQ(grid->frames().value, 800);
    const Grammar whole = grammarOf(*grid);
    for (int i = 0; i < 3; ++i) EXPECT_NEAR(whole.shares[i], kMarkovShares[i], 0.1) << i;
    const Grammar end = grammarOf(*grid, 600);
    EXPECT_GT(end.lawful, 0.95);
    EXPECT_GT(end.finer, 0.95);
    EXPECT_GT(end.shifted, 0.95);
    // Its own surprise does not drift: the last quarter is as likely as the second.
    const auto surprise = s_prior->surprise(*grid, requestOf(800).sections);
    ASSERT_TRUE(surprise);
    const auto mean = [&](std::size_t from, std::size_t to) {
        double sum = 0;
        for (std::size_t t = from; t < to; ++t) sum += (*surprise)[t];
        return sum / static_cast<double>(to - from);
    };
    EXPECT_NEAR(mean(600, 790), mean(200, 400), 0.1);
}

TEST_F(TrainedPriorTest, SameRequestGivesTheSameCodesOnEveryThread) {
    const auto once = s_prior->sample(requestOf(60));
    auto here = std::async(std::launch::async, [] { return s_prior->sample(requestOf(60)); });
    auto there = std::async(std::launch::async, [] { return s_prior->sample(requestOf(60)); });
    EXPECT_EQ(*once, *here.get());
    EXPECT_EQ(*once, *there.get());
    EXPECT_NE(*once, *s_prior->sample(requestOf(60, 4)));
}

TEST_F(TrainedPriorTest, ContinuesWhatIsThere) {
    PriorRequest request = requestOf(80);
    request.given = markovSound(555, 30).grid;
    const auto grid = s_prior->sample(request);
    ASSERT_TRUE(grid) << grid.error().sentence;
    EXPECT_TRUE(std::equal(request.given.codes.begin(), request.given.codes.end(), grid->codes.begin()));
    const Grammar rest = grammarOf(*grid, 30);
    EXPECT_GT(rest.lawful, 0.95);
    EXPECT_GT(rest.shifted, 0.95);
}

TEST_F(TrainedPriorTest, ConditionsSayWhichWordsAreUsed) {
    PriorRequest request = requestOf(120);
    const auto shifted = [&](double guidance, float sign) {
        request.sections.front().conditions = markovSound(1, 10, sign).conditions;
        request.sampling.guidance = guidance;
        return grammarOf(*s_prior->sample(request)).shifted;
    };
    EXPECT_GT(shifted(1, 1), 0.9);
    EXPECT_LT(shifted(1, -1), 0.1);
    EXPECT_GT(shifted(2, 1), 0.9);
    EXPECT_LT(shifted(2, -1), 0.1);
    // Without guidance the condition is not heard.
    EXPECT_DOUBLE_EQ(shifted(0, 1), shifted(0, -1));
}

TEST_F(TrainedPriorTest, TemperatureOfZeroAlwaysTakesTheLikeliestStep) {
    PriorRequest request = requestOf(60);
    request.sampling.temperature = 0;
    const Grammar grammar = grammarOf(*s_prior->sample(request));
    EXPECT_GT(grammar.shares[0], 0.97);
}

TEST_F(TrainedPriorTest, RequestsThatMakeNoSenseAreRefused) {
    EXPECT_EQ(s_prior->sample({}).error().code, ErrorCode::invalidArgument);
    PriorRequest request = requestOf(20);
    request.given = markovSound(1, 21).grid;
    EXPECT_EQ(s_prior->sample(request).error().code, ErrorCode::invalidArgument);
    request = requestOf(20);
    request.given.levels = 3;
    request.given.codes.assign(9, 12);
    EXPECT_EQ(s_prior->sample(request).error().code, ErrorCode::invalidArgument);
    request = requestOf(20);
    request.open.assign(60, 1);
    EXPECT_EQ(s_prior->sample(request).error().code, ErrorCode::invalidArgument);
    request = requestOf(20);
    request.sampling.topP = 0;
    EXPECT_EQ(s_prior->sample(request).error().code, ErrorCode::invalidArgument);
    CancelToken cancel;
    cancel.cancel();
    EXPECT_EQ(s_prior->sample(requestOf(20), cancel).error().code, ErrorCode::cancelled);
}

/// Level 0 is drawn freely, level 1 says what level 0 will be two frames later: only who knows the future can
/// fill in level 1.
CodedSound foretellingSound(std::uint64_t seed, int frames) {
    Random random(seed);
    std::vector<std::uint16_t> drawn;
    for (int t = 0; t < frames + 2; ++t) drawn.push_back(static_cast<std::uint16_t>(random.below(4)));
    CodedSound sound{"foretelling " + std::to_string(seed), {2, {}, {}}, {}};
    for (std::size_t t = 0; t < static_cast<std::size_t>(frames); ++t) {
        sound.grid.codes.push_back(drawn[t]);
        sound.grid.codes.push_back(drawn[t + 2]);
    }
    return sound;
}

TEST(CodePriorFillTest, FillsInWhatOnlyTheFutureTells) {
    CodePriorTraining training = smallPriorTraining();
    training.shape.levels = 2;
    training.shape.codebookSize = 4;
    training.cropFrames = 20;
    training.batchSize = 10;
    training.learningRate = 1e-2;
    training.fillShare = 1;
    std::vector<CodedSound> sounds;
    for (std::uint64_t i = 0; i < 200; ++i) sounds.push_back(foretellingSound(i, 40));
    CodePriorTrainer trainer = priorTrainer(training, sounds);
    trainSteps(trainer, 250);
    const auto prior = trainer.prior();
    ASSERT_TRUE(prior);

    int right = 0, asked = 0;
    for (std::uint64_t seed = 1000; seed < 1020; ++seed) {
        const CodedSound sound = foretellingSound(seed, 20);
        PriorRequest request;
        request.sections = wholeSection(sound);
        request.given = sound.grid;
        request.sampling.seed = seed;
        request.open.assign(40, 0);
        for (const std::size_t frame : {4U, 7U, 12U}) {
            request.open[2 * frame + 1] = 1;
            request.given.codes[2 * frame + 1] = 0;  // what stands in an open cell is not looked at
        }
        const auto filled = prior->sample(request);
        ASSERT_TRUE(filled) << filled.error().sentence;
        for (std::size_t i = 0; i < 40; ++i) {
            if (request.open[i] == 0) {
                EXPECT_EQ(filled->codes[i], sound.grid.codes[i]);
                continue;
            }
            ++asked;
            if (filled->codes[i] == sound.grid.codes[i]) ++right;
        }
    }
    EXPECT_GT(right, 0.9 * asked);
}

}  // namespace
}  // namespace smidgen::models
