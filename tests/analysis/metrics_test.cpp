#include "engine/analysis/metrics.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/analysis/test_signals.h"

namespace smidgen {
namespace {

TEST(Metrics, AgreeWithScipy) {
    for (const auto& wanted : testVectors().at("metrics")) {
        SCOPED_TRACE(wanted["first"].get<std::string>() + " and " + wanted["second"].get<std::string>());
        const ReconstructionMetrics got = compareSignals(testSignal(wanted["first"], wanted["count"]),
                                                         testSignal(wanted["second"], wanted["count"]));
        const auto expectClose = [&](double value, const char* name) {
            EXPECT_NEAR(value / wanted[name].get<double>(), 1.0, 1e-4) << name;
        };
        expectClose(got.melL1, "melL1");
        expectClose(got.melErrorDb / 20.0, "melL1");
        expectClose(got.lsd, "lsd");
        expectClose(got.lsdShort, "lsdShort");
        expectClose(got.melDistance, "melDistance");
        expectClose(got.mrStft, "mrStft");
    }
}

TEST(Metrics, ATenfoldGainIsOneDecadeEverywhere) {
    const std::vector<float> quiet = testSignal("noise", 10000);
    std::vector<float> loud = quiet;
    for (float& sample : loud) sample *= 10.0F;
    const ReconstructionMetrics got = compareSignals(quiet, loud);
    EXPECT_NEAR(got.melL1, 1.0, 1e-5);
    EXPECT_NEAR(got.melErrorDb, 20.0, 1e-4);
    EXPECT_NEAR(got.lsd, 1.0, 1e-5);
    EXPECT_NEAR(got.lsdShort, 1.0, 1e-5);
    EXPECT_NEAR(got.melDistance, 7.0, 1e-4);
    EXPECT_NEAR(got.mrStft, 9.0 + std::log(10.0), 1e-4);
}

TEST(Metrics, EqualSignalsDifferByNothing) {
    const std::vector<float> signal = testSignal("rich", 5000);
    const ReconstructionMetrics got = compareSignals(signal, signal);
    EXPECT_EQ(got.melL1, 0.0);
    EXPECT_EQ(got.lsd, 0.0);
    EXPECT_EQ(got.lsdShort, 0.0);
    EXPECT_EQ(got.melDistance, 0.0);
    EXPECT_EQ(got.mrStft, 0.0);
}

TEST(Metrics, OnlyTheCommonLengthCounts) {
    const std::vector<float> longer = testSignal("chirp", 9000);
    const std::vector<float> shorter(longer.begin(), longer.begin() + 6000);
    EXPECT_EQ(logSpectralDistance(longer, shorter), 0.0);
    EXPECT_EQ(melL1(shorter, longer), 0.0);
}

TEST(Metrics, SilenceAndNothingAreComparable) {
    const std::vector<float> silence(3000, 0.0F);
    const std::vector<float> click{0.5F};
    EXPECT_EQ(compareSignals(silence, silence).mrStft, 0.0);
    EXPECT_EQ(compareSignals({}, click).lsd, 0.0);
    EXPECT_EQ(compareSignals({}, {}).mrStft, 0.0);
    EXPECT_TRUE(std::isfinite(multiResolutionStft(silence, testSignal("noise", 3000))));
    EXPECT_EQ(logSpectralDistance(click, click), 0.0);
}

TEST(Metrics, NotANumberIsNotHidden) {
    std::vector<float> broken = testSignal("noise", 3000);
    broken[1500] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_TRUE(std::isnan(logSpectralDistance(testSignal("noise", 3000), broken)));
    EXPECT_TRUE(std::isnan(melL1(testSignal("noise", 3000), broken)));
}

}  // namespace
}  // namespace smidgen
