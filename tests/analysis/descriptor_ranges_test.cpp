#include "engine/analysis/descriptor_ranges.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace smidgen {
namespace {

TEST(DescriptorRangesTest, QuantilesAreThoseOfTheValues) {
    std::vector<Attributes> sounds(201);
    for (std::size_t i = 0; i < sounds.size(); ++i)
        sounds[i][Attribute::brightness] = static_cast<double>((i * 37) % 201) / 10;
    const DescriptorRanges ranges = rangesOf(sounds);
    const AttributeRange& range = ranges[Attribute::brightness];
    EXPECT_EQ(ranges.sounds, 201U);
    const double expected[] = {0.1, 0.4, 10, 19.6, 19.9};
    for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(range.quantiles[i], expected[i], 1e-9);
    EXPECT_NEAR(range.deviation, std::sqrt((201.0 * 201 - 1) / 12) / 10, 1e-9) << "of evenly spread values";
    EXPECT_EQ(ranges[Attribute::pulse], AttributeRange{});
}

TEST(DescriptorRangesTest, ASliderGoesFromTheTwoPerCentQuantileToTheNinetyEighth) {
    AttributeRange range;
    range.quantiles = {-3, -2, 1, 5, 6};
    EXPECT_DOUBLE_EQ(range.valueAt(0), -2);
    EXPECT_DOUBLE_EQ(range.valueAt(0.5), 1);
    EXPECT_DOUBLE_EQ(range.valueAt(0.75), 3);
    EXPECT_DOUBLE_EQ(range.valueAt(1), 5);
    EXPECT_DOUBLE_EQ(range.valueAt(9), 6);
    EXPECT_DOUBLE_EQ(range.valueAt(-9), -3);
    for (double position = -0.25; position <= 1.25; position += 0.05)
        EXPECT_NEAR(range.positionOf(range.valueAt(position)), position, 1e-12);
    EXPECT_DOUBLE_EQ(range.positionOf(100), 1.25);
    EXPECT_DOUBLE_EQ(range.positionOf(-100), -0.25);
}

TEST(DescriptorRangesTest, FewSoundsAreEnough) {
    EXPECT_EQ(rangesOf({}), DescriptorRanges{});
    Attributes only;
    only[Attribute::space] = -1.5;
    const DescriptorRanges one = rangesOf(std::vector{only});
    EXPECT_EQ(one[Attribute::space].median(), -1.5);
    EXPECT_EQ(one[Attribute::space].deviation, 0);
    EXPECT_EQ(one[Attribute::space].positionOf(-1.5), 0.5);
    EXPECT_EQ(one[Attribute::space].positionOf(7), 0.5);
}

}  // namespace
}  // namespace smidgen
