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
    recipe.griffinLim = {17, 0};
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

TEST(Recipe, APlaceAroundTheHeadSurvivesJsonExactlyAndRaisesTheVersion) {
    Recipe recipe = unusualRecipe();
    recipe.space = OutputSpace::binaural;
    recipe.binaural = {{90.5, -30, 0.25}, {{2, {450, 0, 3}}, {4.5, {-90, 89, 100}}}, "/ears/мои.sofa"};
    const std::string text = toJson(recipe);
    EXPECT_NE(std::string::npos, text.find("\"smidgen_recipe\":5"));
    const auto back = recipeFromJson(text);
    ASSERT_TRUE(back) << back.error().detail;
    EXPECT_EQ(recipe, *back);
    EXPECT_TRUE(recipe.validate());
    recipe.binaural.path[1].seconds = 2;
    EXPECT_NE(std::string::npos, recipe.validate().error().sentence.find("times"));
    recipe.binaural = {{0, 0, 0.1}, {}, ""};
    EXPECT_NE(std::string::npos, recipe.validate().error().sentence.find("distance"));
    recipe.space = OutputSpace::stereo;
    EXPECT_TRUE(recipe.validate()) << "nothing to a stereo take";
}

TEST(Recipe, CorrectionsSurviveJsonExactlyAndRaiseTheVersionWhereTheyAreHeard) {
    Recipe recipe = unusualRecipe();
    recipe.griffinLim.rounds = 3;
    const std::string text = toJson(recipe);
    EXPECT_NE(std::string::npos, text.find("\"smidgen_recipe\":8"));
    EXPECT_EQ(recipe, recipeFromJson(text).value());
    recipe.decoder = "standard-1f0c9a77";
    EXPECT_NE(std::string::npos, toJson(recipe).find("\"smidgen_recipe\":1,"));
    EXPECT_EQ(recipe, recipeFromJson(toJson(recipe)).value());
    for (const int rounds : {-1, 101}) {
        recipe.griffinLim.rounds = rounds;
        EXPECT_NE(std::string::npos, recipe.validate().error().sentence.find("corrections"));
    }
    EXPECT_EQ(2, Recipe().griffinLim.rounds) << "of new takes";
}

/// As the first and third versions wrote them, to the byte.
TEST(Recipe, OlderRecipesReadAndWriteTheSameBytes) {
    for (
        const char* text :
        {R"({"smidgen_recipe":1,"model":"0190abc","model_name":"rain","seed":"7","seconds":8.0,"space":"mono",)"
         R"("width":0.7,"variation":1.0,"target_lufs":-16.0,"true_peak_ceiling_db":-1.0,)"
         R"("decoder":"griffin-lim","griffin_lim_iterations":48})",
         R"({"smidgen_recipe":3,"model":"0190abc","model_name":"rain","seed":"7","seconds":2.5,)"
         R"("space":"stereo","width":1.5,"variation":1.0,"target_lufs":-16.0,"true_peak_ceiling_db":-1.0,)"
         R"("decoder":"griffin-lim","griffin_lim_iterations":48,"sliders":{"brightness":0.25},)"
         R"("slider_tools":true})"}) {
        const auto recipe = recipeFromJson(text);
        ASSERT_TRUE(recipe) << recipe.error().detail;
        EXPECT_EQ(text, toJson(*recipe));
    }
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
    text.replace(text.find("\"smidgen_recipe\":1"), 18, "\"smidgen_recipe\":99");
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
    EXPECT_TRUE(refuses([](Recipe& r) { r.griffinLim.iterations = 0; }, "iterations"));
}

}  // namespace
}  // namespace smidgen
