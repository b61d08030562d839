#include "engine/library/find_query.h"

#include <gtest/gtest.h>

namespace smidgen {
namespace {

TEST(FindQueryTest, WordsAndFiltersStandInAnyOrder) {
    const auto query = parseFindQuery(
        R"(rain seconds<2 kind:take tag:wet "tin roof" model:"old forest" is:starred lufs>=-20.5 kinds:no)");
    ASSERT_TRUE(query) << query.error().sentence;
    EXPECT_EQ(query->words, "rain \"tin roof\" kinds:no");
    EXPECT_EQ(query->kinds, std::vector<ItemKind>{ItemKind::take});
    EXPECT_EQ(query->tags, std::vector<std::string>{"wet"});
    EXPECT_EQ(query->model, "old forest");
    EXPECT_TRUE(query->starred);
    ASSERT_EQ(query->numbers.size(), 2U);
    EXPECT_EQ(query->numbers[0].number, ItemNumber::seconds);
    EXPECT_TRUE(query->numbers[0].less);
    EXPECT_FALSE(query->numbers[0].orEqual);
    EXPECT_EQ(query->numbers[0].limit, 2.0);
    EXPECT_EQ(query->numbers[1].number, ItemNumber::lufs);
    EXPECT_FALSE(query->numbers[1].less);
    EXPECT_TRUE(query->numbers[1].orEqual);
    EXPECT_EQ(query->numbers[1].limit, -20.5);
}

TEST(FindQueryTest, WhatIsNoFilterIsAWord) {
    for (const char* text : {"<3", "a:b", "\"seconds<2\"", ":", "http://x", "*", "-"}) {
        const auto query = parseFindQuery(text);
        ASSERT_TRUE(query) << text;
        EXPECT_EQ(query->words, text);
        EXPECT_TRUE(query->numbers.empty() && query->kinds.empty());
    }
    EXPECT_EQ(parseFindQuery("  \t ")->words, "");
}

TEST(FindQueryTest, WhatIsWrongIsNamedWithWhatThereIs) {
    const auto says = [](const std::string& text, const std::string& expected) {
        const auto query = parseFindQuery(text);
        ASSERT_FALSE(query) << text;
        EXPECT_EQ(query.error().code, ErrorCode::invalidArgument);
        EXPECT_NE(query.error().sentence.find(expected), std::string::npos) << query.error().sentence;
    };
    says("kind:tkae", "sound, take, model");
    says("weight<2", "seconds, lufs, channels, novelty");
    says("seconds<two", "'two', which is no number");
    says("seconds<", "which is no number");
    says("tag:", "followed by nothing");
    says("is:loud", "is:starred");
}

TEST(FindQueryTest, EveryKindIsFoundByItsName) {
    for (const ItemKind kind : kItemKinds) EXPECT_EQ(itemKindOf(nameOf(kind)), kind);
    EXPECT_EQ(itemKindOf("takes"), ItemKind::take);
    EXPECT_FALSE(itemKindOf("x"));
}

}  // namespace
}  // namespace smidgen
