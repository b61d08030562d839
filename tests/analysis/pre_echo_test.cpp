#include "engine/analysis/pre_echo.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace smidgen {
namespace {

/// Two decaying tones that begin at 0.25 s and 0.75 s.
std::vector<float> hits() {
    std::vector<float> x(48000, 0.0F);
    for (const std::size_t start : {12000U, 36000U})
        for (std::size_t i = start; i < x.size(); ++i) {
            const double t = static_cast<double>(i - start) / 48000.0;
            x[i] += static_cast<float>(0.5 * std::exp(-40.0 * t) * std::cos(2.0 * M_PI * 1000.0 * t));
        }
    return x;
}

TEST(PreEcho, FindsAttacksWhereTheyAre) {
    const std::vector<std::int64_t> attacks = findAttacks(hits());
    ASSERT_EQ(attacks.size(), 2U);
    EXPECT_NEAR(static_cast<double>(attacks[0]), 12000, 48);
    EXPECT_NEAR(static_cast<double>(attacks[1]), 36000, 48);
    EXPECT_TRUE(findAttacks(std::vector<float>(48000, 0.3F)).empty());
    EXPECT_TRUE(findAttacks({}).empty());
}

TEST(PreEcho, IsTheEnergyBeforeOverTheEnergyAfter) {
    const std::vector<float> clean = hits();
    int attacks = 0;
    EXPECT_EQ(preEchoDb(clean, clean, &attacks), -std::numeric_limits<double>::infinity());
    EXPECT_EQ(attacks, 2);
    std::vector<float> smeared = clean;
    for (const std::size_t start : {12000U, 36000U})
        for (std::size_t i = start - 960; i < start; ++i)
            smeared[i] += 0.01F * (i % 2 == 0 ? 1.0F : -1.0F);  // mean square 1e-4
    // After an attack: 0.25 · ½ · the mean of e^(−80 t) over 5 ms.
    const double after = 0.125 * (1.0 - std::exp(-0.4)) / 0.4;
    EXPECT_NEAR(preEchoDb(clean, smeared), 10.0 * std::log10(1e-4 / after), 0.3);
}

}  // namespace
}  // namespace smidgen
