#include "engine/analysis/mel_correction.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/analysis/metrics.h"
#include "engine/foundation/random.h"

namespace smidgen {
namespace {

std::vector<float> noise(std::size_t count, std::uint64_t seed) {
    std::vector<float> x(count);
    Random random(seed);
    for (std::size_t i = 0; i < count; ++i)
        x[i] = static_cast<float>(0.1 * (1.2 + std::sin(static_cast<double>(i) / 3000)) * random.normal());
    return x;
}

TEST(MelCorrection, BringsAWrongSoundToTheMelAskedFor) {
    const MelBank bank;
    const std::vector<float> wanted = noise(48000, 1);
    std::vector<float> signal = noise(48000, 2);
    for (float& value : signal) value *= 3.0F;
    const double before = melL1(wanted, signal);
    const std::vector<float> mel = fromLogMel(MelAnalyzer().analyze(wanted).values);
    MelCorrection correction(bank);
    correction.apply(mel, 2, 3, signal);
    EXPECT_EQ(signal.size(), wanted.size());
    EXPECT_LT(melL1(wanted, signal), 0.25 * before);
    EXPECT_LT(melL1(wanted, signal), 0.065);
}

TEST(MelCorrection, WhatIsFarAwayDoesNotMatter) {
    const MelBank bank;
    const std::vector<float> wanted = noise(512 * 60, 1);
    std::vector<float> mel = fromLogMel(MelAnalyzer().analyze(wanted).values);
    std::vector<float> a = noise(512 * 60, 2);
    std::vector<float> b = a;
    MelCorrection correction(bank);
    correction.apply(mel, 2, 3, a);
    for (std::size_t t = 40; t < 61; ++t)
        for (std::size_t i = 0; i < 128; ++i) mel[t * 128 + i] *= 5.0F;
    correction.apply(mel, 2, 3, b);
    for (std::size_t i = 0; i < (40 - 2 * kCorrectionReach) * 512; ++i) ASSERT_EQ(a[i], b[i]) << i;
    EXPECT_NE(a, b);
}

TEST(MelCorrection, SilenceStaysSilent) {
    const MelBank bank;
    std::vector<float> signal(9000, 0.0F);
    MelCorrection(bank).apply(std::vector<float>(18 * 128, 1.0F), 2, 3, signal);
    for (const float value : signal) EXPECT_EQ(value, 0.0F);
}

TEST(EnvelopeLimit, TakesAwayWhatCameBeforeTheAttackAndNothingElse) {
    std::vector<float> before(24000, 0.0F);
    for (std::size_t i = 12000; i < before.size(); ++i)
        before[i] = static_cast<float>(0.5 * std::exp(-1e-4 * static_cast<double>(i - 12000)) *
                                       std::sin(0.3 * static_cast<double>(i)));
    std::vector<float> after = before;
    for (float& value : after) value *= 1.4F;
    for (std::size_t i = 11500; i < 12000; ++i) after[i] = 0.05F;
    const std::vector<float> smeared = after;
    EnvelopeLimit(before).apply(after);
    for (std::size_t i = 11500; i < 11700; ++i) EXPECT_LT(std::abs(after[i]), 0.001F) << i;
    for (std::size_t i = 12300; i < after.size(); ++i) ASSERT_NEAR(after[i], smeared[i], 1e-6F) << i;
    std::vector<float> none;
    EnvelopeLimit({}).apply(none);
}

TEST(EnvelopeLimit, LeavesALowToneAlone) {
    std::vector<float> before(24000), after(24000);
    for (std::size_t i = 0; i < before.size(); ++i) {
        before[i] = static_cast<float>(0.5 * std::sin(2.0 * M_PI * 40.0 * static_cast<double>(i) / 48000.0));
        // Another phase: hop by hop the energies differ much.
        after[i] = static_cast<float>(0.6 * std::cos(2.0 * M_PI * 40.0 * static_cast<double>(i) / 48000.0));
    }
    const std::vector<float> as = after;
    EnvelopeLimit(before).apply(after);
    EXPECT_EQ(after, as);
}

}  // namespace
}  // namespace smidgen
