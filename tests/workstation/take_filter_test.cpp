#include "engine/workstation/take_filter.h"

#include <gtest/gtest.h>

namespace smidgen {
namespace {

bool matches(const std::string& text, const TakeSnapshot& take) {
    auto filter = TakeFilter::parse(text);
    EXPECT_TRUE(filter) << text;
    return filter && filter->matches(take);
}

TEST(TakeFilter, WordsStandAnywhereAndFiltersHoldTogether) {
    TakeSnapshot take;
    take.name = "Forest 7";
    take.recipe.modelName = "Old Forest";
    take.tags = {"wet"};
    take.seconds = 4;
    take.lufs = -16;
    take.channels = 2;
    for (const char* text : {"", "forest", "FOR old", "wet", "tag:wet", "seconds<5 lufs>=-16", "channels>1",
                             "kind:take", "model:\"old forest\" 7", "kind:take kind:sound"})
        EXPECT_TRUE(matches(text, take)) << text;
    for (const char* text : {"city", "forest city", "tag:dry", "seconds<4", "lufs>-16", "is:starred",
                             "kind:model", "model:forest", "novelty<9"})
        EXPECT_FALSE(matches(text, take)) << text;
    take.starred = true;
    take.novelty.emplace().novelty = 0.5;
    EXPECT_TRUE(matches("is:starred novelty<=0.5", take));
    EXPECT_FALSE(matches("novelty>0.5", take));
    EXPECT_FALSE(matches("brightness>0", take)) << "a take that does not say";
    take.sliders = {{Attribute::brightness, 0.9, 0.4, 0.6, 0.8}, {Attribute::space, {}, 0.2, 0.2, 0.2}};
    EXPECT_TRUE(matches("brightness>0.7 space<0.3 seconds<5", take));
    EXPECT_FALSE(matches("brightness>0.8", take));
    EXPECT_TRUE(matches("brightness>=0.8", take));
    EXPECT_FALSE(matches("pulse<2", take));
    EXPECT_TRUE(TakeFilter::parse("  ")->wantsAll());
    EXPECT_FALSE(TakeFilter::parse("x")->wantsAll());
    EXPECT_FALSE(TakeFilter::parse("weight<3"));
}

}  // namespace
}  // namespace smidgen
