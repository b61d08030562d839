#include "engine/generation/recipe.h"

#include <gtest/gtest.h>

#include <cmath>

namespace smidgen {
namespace {

Recipe unusualRecipe() {
    Recipe recipe;
    recipe.modelId = "0190abc";
    recipe.modelName = "Дождь \"на\" жести";
    recipe.seed = 18446744073709551615ULL;
    recipe.seconds = 12.3456789;
    recipe.space = OutputSpace::stereo;
    recipe.width = 1.25;
    recipe.variation = 0.1;
    recipe.targetLufs = -23;
    recipe.truePeakCeilingDb = -0.5;
    recipe.griffinLimIterations = 17;
    return recipe;
}

TEST(Recipe, SurvivesJsonExactly) {
    const Recipe recipe = unusualRecipe();
    const auto back = recipeFromJson(toJson(recipe));
    ASSERT_TRUE(back) << back.error().detail;
    EXPECT_EQ(*back, recipe);
}

TEST(Recipe, PriorSettingsSurviveJsonExactlyAndRaiseTheVersion) {
    Recipe recipe = unusualRecipe();
    EXPECT_NE(toJson(recipe).find("\"smidgen_recipe\":1"), std::string::npos);
    recipe.prior = PriorRecipe{0.7, 12, 0.95, 2.5, "лай.wav"};
    EXPECT_NE(toJson(recipe).find("\"smidgen_recipe\":2"), std::string::npos);
    const auto back = recipeFromJson(toJson(recipe));
    ASSERT_TRUE(back) << back.error().detail;
    EXPECT_EQ(*back, recipe);
    recipe.prior->topP = 0;
    EXPECT_NE(recipe.validate().error().sentence.find("Top-p"), std::string::npos);
}

TEST(Recipe, SlidersSurviveJsonExactlyAndRaiseTheVersion) {
    Recipe recipe = unusualRecipe();
    EXPECT_EQ(std::string::npos, toJson(recipe).find("sliders")) << "none set, none written";
    recipe.sliders[Attribute::brightness] = 0.1;
    recipe.sliders[Attribute::space] = 1.25;
    recipe.sliderTools = false;
    const std::string text = toJson(recipe);
    EXPECT_NE(std::string::npos, text.find("\"smidgen_recipe\":3"));
    const auto back = recipeFromJson(text);
    ASSERT_TRUE(back);
    EXPECT_EQ(recipe, *back);
    EXPECT_FALSE(back->sliders[Attribute::warmth]);
    std::string unknown = text;
    unknown.replace(unknown.find("brightness"), 10, "shininess!");
    ASSERT_FALSE(recipeFromJson(unknown));
    EXPECT_NE(std::string::npos, recipeFromJson(unknown).error().sentence.find("shininess"));
    recipe.sliders[Attribute::space] = 1.3;
    EXPECT_NE(std::string::npos, recipe.validate().error().sentence.find("space"));
}

TEST(Recipe, DamagedAndForeignTextIsRefusedWithASentence) {
    for (const char* text : {"", "{", "[]", "{}", "null", R"({"smidgen_recipe":1})",
                             R"({"smidgen_recipe":1,"model":5,"seed":"x"})"}) {
        const auto recipe = recipeFromJson(text);
        ASSERT_FALSE(recipe) << text;
        EXPECT_EQ(recipe.error().code, ErrorCode::unusableInput);
        EXPECT_FALSE(recipe.error().sentence.empty());
    }
}

TEST(Recipe, NewerVersionIsRefused) {
    std::string text = toJson(unusualRecipe());
    text.replace(text.find("\"smidgen_recipe\":1"), 18, "\"smidgen_recipe\":4");
    const auto recipe = recipeFromJson(text);
    ASSERT_FALSE(recipe);
    EXPECT_NE(recipe.error().sentence.find("newer"), std::string::npos);
}

TEST(Recipe, EveryRangeIsChecked) {
    EXPECT_TRUE(unusualRecipe().validate());
    const auto refuses = [](auto change, const char* word) {
        Recipe recipe = unusualRecipe();
        change(recipe);
        const auto valid = recipe.validate();
        return !valid && valid.error().sentence.find(word) != std::string::npos;
    };
    EXPECT_TRUE(refuses([](Recipe& r) { r.seconds = 0; }, "duration"));
    EXPECT_TRUE(refuses([](Recipe& r) { r.seconds = 1e9; }, "duration"));
    EXPECT_TRUE(refuses([](Recipe& r) { r.seconds = std::nan(""); }, "duration"));
    EXPECT_TRUE(refuses([](Recipe& r) { r.width = 1.51; }, "width"));
    EXPECT_TRUE(refuses([](Recipe& r) { r.variation = -0.1; }, "variation"));
    EXPECT_TRUE(refuses([](Recipe& r) { r.targetLufs = 3; }, "loudness"));
    EXPECT_TRUE(refuses([](Recipe& r) { r.griffinLimIterations = 0; }, "iterations"));
}

}  // namespace
}  // namespace smidgen
