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
    EXPECT_TRUE(TakeFilter::parse("  ")->wantsAll());
    EXPECT_FALSE(TakeFilter::parse("x")->wantsAll());
    EXPECT_FALSE(TakeFilter::parse("weight<3"));
}

}  // namespace
}  // namespace smidgen
