#include "models/code_sampling.h"

#include <gtest/gtest.h>

#include <cmath>

namespace smidgen::models {
namespace {

const std::vector<float> kLogits{1.0F, 3.0F, 2.0F, -1.0F, 3.0F};
constexpr int kDraws = 20000;

std::vector<double> sharesOf(const SamplingSettings& settings, const std::vector<float>& logits = kLogits) {
    Random random(settings.seed);
    std::vector<double> shares(logits.size());
    for (int i = 0; i < kDraws; ++i)
        shares[static_cast<std::size_t>(drawCode(logits, settings, random))] += 1.0 / kDraws;
    return shares;
}

std::vector<double> softmax(const std::vector<float>& logits, double temperature,
                            const std::vector<bool>& kept) {
    double sum = 0;
    std::vector<double> shares;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        shares.push_back(kept[i] ? std::exp(logits[i] / temperature) : 0.0);
        sum += shares.back();
    }
    for (double& share : shares) share /= sum;
    return shares;
}

void expectShares(const SamplingSettings& settings, const std::vector<double>& expected) {
    const auto shares = sharesOf(settings);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        // Four standard deviations of a share of this many draws.
        const double bound = 4 * std::sqrt(expected[i] * (1 - expected[i]) / kDraws);
        EXPECT_NEAR(shares[i], expected[i], bound + 1e-12) << "code " << i;
    }
}

TEST(CodeSamplingTest, CodesAreDrawnInProportionToTheSoftmaxAtTheTemperature) {
    SamplingSettings settings;
    const std::vector<bool> all(5, true);
    expectShares(settings, softmax(kLogits, 1.0, all));
    settings.temperature = 2.0;
    expectShares(settings, softmax(kLogits, 2.0, all));
}

TEST(CodeSamplingTest, TopKKeepsTheLikeliestOnes) {
    SamplingSettings settings;
    settings.topK = 3;
    expectShares(settings, softmax(kLogits, 1.0, {false, true, true, false, true}));
}

TEST(CodeSamplingTest, TopPKeepsTheFewestThatHoldTheShare) {
    // The two likeliest together hold 0.80 of the softmax, one alone 0.40.
    SamplingSettings settings;
    settings.topP = 0.75;
    expectShares(settings, softmax(kLogits, 1.0, {false, true, false, false, true}));
    settings.topP = 0.3;
    expectShares(settings, {0, 1, 0, 0, 0});
}

TEST(CodeSamplingTest, TemperatureOfZeroTakesTheLikeliestWhateverTheSeed) {
    SamplingSettings settings;
    settings.temperature = 0;
    for (settings.seed = 0; settings.seed < 20; ++settings.seed) {
        Random random(settings.seed);
        EXPECT_EQ(drawCode(kLogits, settings, random), 1);
    }
}

TEST(CodeSamplingTest, EveryDrawTakesOneNumberFromTheStream) {
    for (const double temperature : {0.0, 1.0}) {
        SamplingSettings settings;
        settings.temperature = temperature;
        Random random(9), plain(9);
        (void)drawCode(kLogits, settings, random);
        (void)plain.uniform();
        EXPECT_EQ(random.bits(), plain.bits());
    }
}

TEST(CodeSamplingTest, LogProbabilitiesSumToOneAndKeepDifferences) {
    const auto values = logProbabilities(kLogits);
    double sum = 0;
    for (const double value : values) sum += std::exp(value);
    EXPECT_NEAR(sum, 1, 1e-12);
    EXPECT_NEAR(values[1] - values[0], 2, 1e-12);
}

TEST(CodeSamplingTest, SettingsOutOfRangeAreNamed) {
    const auto sentence = [](SamplingSettings settings) {
        const auto valid = settings.validate();
        return valid ? std::string() : valid.error().sentence;
    };
    EXPECT_EQ(sentence({}), "");
    SamplingSettings settings;
    settings.temperature = std::nan("");
    EXPECT_NE(sentence(settings).find("temperature"), std::string::npos);
    settings = {};
    settings.topP = 0;
    EXPECT_NE(sentence(settings).find("Top-p"), std::string::npos);
    settings = {};
    settings.topK = -1;
    EXPECT_NE(sentence(settings).find("Top-k"), std::string::npos);
    settings = {};
    settings.guidance = 11;
    EXPECT_NE(sentence(settings).find("guidance"), std::string::npos);
}

}  // namespace
}  // namespace smidgen::models
