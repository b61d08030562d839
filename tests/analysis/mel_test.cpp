#include "engine/analysis/mel.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

#include "tests/analysis/test_signals.h"

namespace smidgen {
namespace {

MelShape shapeOf(int size, int bands) {
    MelShape shape;
    shape.stft = {size, size / 4};
    shape.bands = bands;
    return shape;
}

TEST(MelBank, WeightsAgreeWithScipy) {
    for (const auto& wanted : testVectors().at("banks")) {
        SCOPED_TRACE(wanted["bands"].dump() + " bands, size " + wanted["size"].dump() + ", scale " +
                     wanted["scale"].dump());
        const MelBank bank(shapeOf(wanted["size"], wanted["bands"]), wanted["scale"]);
        const auto bins = static_cast<std::size_t>(bank.shape().stft.bins());
        const std::vector<float> dense = bank.dense();
        for (std::size_t b = 0; b < wanted["rowSums"].size(); ++b) {
            const auto row = dense.begin() + static_cast<std::ptrdiff_t>(b * bins);
            EXPECT_NEAR(std::accumulate(row, row + static_cast<std::ptrdiff_t>(bins), 0.0),
                        wanted["rowSums"][b].get<double>(), 1e-4);
        }
        for (std::size_t i = 0; i < wanted["places"].size(); ++i) {
            const auto& place = wanted["places"][i];
            EXPECT_NEAR(dense[place[0].get<std::size_t>() * bins + place[1].get<std::size_t>()],
                        wanted["weights"][i].get<double>(), 1e-5);
        }
    }
}

TEST(MelBank, ApplyIsTheDenseProductAndItsTransposeTheTransposed) {
    for (const double scale : {1.0, 1.7}) {
        const MelBank bank(shapeOf(2048, 320), scale);
        const std::vector<float> dense = bank.dense();
        const std::vector<double> noise = congruentialNoise(1025, 7);
        std::vector<float> row(noise.begin(), noise.end());
        std::vector<float> mel(320);
        bank.apply(row, mel);
        std::vector<float> back(1025);
        bank.applyTransposed(mel, back);
        for (std::size_t b = 0; b < 320; ++b)
            EXPECT_NEAR(mel[b], std::inner_product(row.begin(), row.end(), &dense[b * 1025], 0.0), 1e-4);
        for (std::size_t k = 0; k < 1025; ++k) {
            double sum = 0;
            for (std::size_t b = 0; b < 320; ++b) sum += static_cast<double>(mel[b] * dense[b * 1025 + k]);
            EXPECT_NEAR(back[k], sum, 1e-4);
        }
    }
}

TEST(MelBank, EveryBandOfTheDefaultBankSeesSomethingAtAnyPitch) {
    for (const double scale : {1.0, 1.2, 1.5, 2.0, 4.0}) {
        const MelBank bank(MelShape{}, scale);
        std::vector<float> ones(1025, 1.0F);
        std::vector<float> mel(128);
        bank.apply(ones, mel);
        EXPECT_GT(*std::min_element(mel.begin(), mel.end()), 0.1F) << scale;
    }
}

TEST(MelBank, BandsAboveHalfTheRateAreEmpty) {
    const MelBank bank(MelShape{}, 0.5);
    std::vector<float> ones(1025, 1.0F);
    std::vector<float> mel(128);
    bank.apply(ones, mel);
    EXPECT_EQ(mel.back(), 0.0F);
    EXPECT_GT(mel[64], 0.0F);
}

TEST(MelBank, WarpedBankSeesAShiftedToneWhereThePlainOneSawTheOriginal) {
    const auto loudestBand = [](double hz, double scale) {
        std::vector<float> signal(8192);
        for (std::size_t n = 0; n < signal.size(); ++n)
            signal[n] =
                static_cast<float>(std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(n) / 48000.0));
        MelAnalyzer analyzer;
        std::vector<float> row(128);
        analyzer.analyzeFrame(signal, 4096, MelBank(MelShape{}, scale), row);
        return std::max_element(row.begin(), row.end()) - row.begin();
    };
    // Played at pitch factor 1.5, 2000 Hz sounds at 3000 Hz; the original through the bank of scale 1.5 says
    // so.
    EXPECT_EQ(loudestBand(2000.0, 1.5), loudestBand(3000.0, 1.0));
    EXPECT_EQ(loudestBand(2000.0, 0.75), loudestBand(1500.0, 1.0));
}

TEST(MelAnalyzer, LogMelsAgreeWithScipy) {
    MelAnalyzer analyzer;
    for (const auto& wanted : testVectors().at("logMels")) {
        const LogMel mel = analyzer.analyze(testSignal(wanted["kind"], wanted["count"]));
        ASSERT_EQ(mel.frames().value, wanted["frames"].get<std::int64_t>());
        std::size_t at = 0;
        for (const std::int64_t row : wanted["rows"])
            for (const float value : mel.frame(row))
                EXPECT_NEAR(value, wanted["values"][at++].get<double>(), 2e-4);
    }
}

TEST(MelAnalyzer, EmptyAndSingleSampleSignalsAreOneFrame) {
    MelAnalyzer analyzer;
    const LogMel empty = analyzer.analyze({});
    EXPECT_EQ(empty.values, std::vector<float>(128, kLogMelFloor));
    const std::vector<float> one{0.5F};
    EXPECT_EQ(analyzer.analyze(one).frames().value, 1);
    EXPECT_GT(analyzer.analyze(one).values[64], 0.0F);
}

TEST(MelAnalyzer, NotANumberCountsAsTheFloor) {
    std::vector<float> signal(3000, std::numeric_limits<float>::quiet_NaN());
    for (const float value : MelAnalyzer().analyze(signal).values) EXPECT_EQ(value, kLogMelFloor);
}

TEST(LogMel, LinearAndBackKeepsValuesAndTurnsTheFloorIntoNothing) {
    std::vector<float> values{2.0F, 0.5F, 1e-5F, 0.0F, -1.0F};
    toLogMel(values);
    EXPECT_NEAR(values[0], std::log(2.0F), 1e-6F);
    EXPECT_EQ(values[4], kLogMelFloor);
    const std::vector<float> linear = fromLogMel(values);
    EXPECT_NEAR(linear[1], 0.5F, 1e-6F);
    EXPECT_EQ(linear[3], 0.0F);
}

TEST(InvertMel, MelOfTheInversionIsTheMel) {
    const std::vector<float> signal = testSignal("rich", 12000);
    MelAnalyzer analyzer;
    const std::vector<float> wanted = fromLogMel(analyzer.analyze(signal).values);
    const std::vector<float> magnitudes = invertMel(analyzer.bank(), wanted);
    std::vector<float> got(wanted.size());
    analyzer.bank().apply(magnitudes, got);
    double error = 0;
    for (std::size_t i = 0; i < got.size(); ++i)
        error += std::abs(std::log10(static_cast<double>(got[i]) / static_cast<double>(wanted[i])));
    EXPECT_LT(error / static_cast<double>(got.size()), 0.003);
    EXPECT_GE(*std::min_element(magnitudes.begin(), magnitudes.end()), 0.0F);
}

TEST(InvertMel, FlatSpectrumStaysFlat) {
    const MelBank bank;
    const std::vector<float> flat(1025, 3.0F);
    std::vector<float> mel(128);
    bank.apply(flat, mel);
    for (const float value : invertMel(bank, mel)) EXPECT_NEAR(value, 3.0F, 1e-3F);
}

TEST(InvertMel, FramesDoNotDependOnTheirNeighbours) {
    MelAnalyzer analyzer;
    const std::vector<float> mel = fromLogMel(analyzer.analyze(testSignal("rich", 12000)).values);
    const std::vector<float> together = invertMel(analyzer.bank(), mel);
    const std::vector<float> alone = invertMel(analyzer.bank(), std::span(mel).subspan(11 * 128, 128));
    EXPECT_TRUE(std::equal(alone.begin(), alone.end(), together.begin() + 11 * 1025));
}

TEST(InvertMel, SilenceNothingAndNonsenseGiveSilence) {
    const MelBank bank;
    EXPECT_TRUE(invertMel(bank, {}).empty());
    for (const float value : {0.0F, -1.0F, std::numeric_limits<float>::quiet_NaN()})
        for (const float magnitude : invertMel(bank, std::vector<float>(128, value)))
            EXPECT_EQ(magnitude, 0.0F);
}

}  // namespace
}  // namespace smidgen
