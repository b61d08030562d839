#include "engine/jobs/model_growth.h"

#include <algorithm>
#include <span>

#include "engine/jobs/training_crops.h"
#include "engine/jobs/training_plan.h"
#include "tests/jobs/growth_fixture.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

class ModelGrowthTest : public GrowthFixture {};

/// The band in which a crop is loudest.
int loudestBand(std::span<const float> crop) {
    std::vector<double> bands(kMelBands);
    for (std::size_t i = 0; i < crop.size(); ++i) bands[i % kMelBands] += crop[i];
    return static_cast<int>(std::ranges::max_element(bands) - bands.begin());
}

TEST_F(ModelGrowthTest, SoundsThatChangedOrWentAreGoneAndMovedOnesAreFoundThroughACollection) {
    const auto entries = scanned({tone("a", 200), tone("b", 300), tone("c", 400), tone("d", 500)});
    ASSERT_EQ(entries.size(), 4U);
    std::vector<SoundReference> references;
    for (const SoundEntry& entry : entries) references.push_back(referenceTo(entry));
    fs::remove(entries[1].path);
    tone("c", 450);
    fs::rename(entries[3].path, m_folder / "moved.wav");
    Collection collection;
    collection.id = "one";
    collection.name = "One";
    collection.entries = scanned({m_folder / "moved.wav"});
    ASSERT_TRUE(m_library->putCollection(collection));

    const auto remembered = findRememberedSounds(*m_library, references);
    ASSERT_TRUE(remembered);
    ASSERT_EQ(remembered->found.size(), 2U);
    EXPECT_EQ(remembered->entries[0].path, entries[0].path);
    EXPECT_EQ(remembered->entries[1].path, m_folder / "moved.wav");
    EXPECT_EQ(remembered->found[1].path, m_folder / "moved.wav");
    ASSERT_EQ(remembered->gone.size(), 2U);
    EXPECT_EQ(remembered->gone[0].path, entries[1].path);
    EXPECT_EQ(remembered->gone[1].path, entries[2].path);
    EXPECT_TRUE(remembered->knows(entries[2].contentHash));
    EXPECT_FALSE(remembered->knows("other"));
    EXPECT_EQ(soundReferencesFromJson(toJson(references)), references);
    EXPECT_TRUE(soundReferencesFromJson("{]").empty());
}

TEST_F(ModelGrowthTest, KnownSoundsAreDividedAsTheyWereAndNewOnesAnew) {
    const auto known = scanned({tone("a", 200), tone("b", 300)});
    auto learned = referenceTo(known[0]), heldBack = referenceTo(known[1]);
    learned.heldBackFrom = 45;
    heldBack.learnedFrames = 0;
    heldBack.heldBackFrom = 0;
    const auto record = makeModel({learned, heldBack});
    const auto grown = growth(*record);
    EXPECT_TRUE(grown.remark().empty());
    const auto fresh = scanned({tone("new", 2000, 1.5)});
    const auto made = material(fresh, grown);
    ASSERT_TRUE(made) << made.error().sentence;
    EXPECT_EQ(made->knownSounds, 2);
    EXPECT_TRUE(made->kept.mels.empty());
    EXPECT_EQ(made->heldOutKnown.size(), 2U);
    EXPECT_EQ(made->heldOutSounds.size(), 1U);
    const auto references = made->references(grown, std::vector<std::string>{fresh[0].contentHash});
    ASSERT_EQ(references.size(), 3U);
    EXPECT_EQ(references[0].learnedFrames, 40);
    EXPECT_EQ(references[0].heldBackFrom, 45);
    EXPECT_EQ(references[1].learnedFrames, 0);
    EXPECT_EQ(references[1].heldBackFrom, 0);
    EXPECT_EQ(references[2].anchor, 0);
    EXPECT_GT(references[2].learnedFrames, 64);
    EXPECT_GT(references[2].heldBackFrom, references[2].learnedFrames);
}

TEST_F(ModelGrowthTest, HalfOfAStepIsOfKnownSoundsAndOfWhatWasKeptOfThem) {
    const auto known = scanned({tone("a", 200), tone("b", 300)});
    const auto record = makeModel({referenceTo(known[0]), referenceTo(known[1])});
    fs::remove(known[1].path);
    const auto grown = growth(*record);
    EXPECT_NE(grown.remark().find("1 of the 2 sounds"), std::string::npos) << grown.remark();
    const auto fresh = scanned({tone("new", 3000)});
    const auto made = material(fresh, grown);
    ASSERT_TRUE(made) << made.error().sentence;
    ASSERT_EQ(made->kept.mels.size(), 1U);
    EXPECT_EQ(made->kept.hashes.front(), known[1].contentHash);
    EXPECT_EQ(made->kept.mels.front(), *grown.model->decode(grown.model->anchors()[1]));

    CropSettings settings;
    settings.repeatShare = 1;
    const TrainingCrops crops(*made, settings);
    std::vector<float> crop(64 * kMelBands);
    // Renderings differ in pitch by a little; 3 kHz lies near band 60, 300 Hz near 14.
    constexpr int kMiddleBand = 37;
    int kept = 0, replayed = 0;
    for (std::uint64_t slot = 0; slot < 40; ++slot) {
        ASSERT_TRUE(crops.crop(3, slot, crop));
        if (slot % 2 == 0) {
            EXPECT_GT(loudestBand(crop), kMiddleBand);
            continue;
        }
        const auto& mel = made->kept.mels.front();
        if (std::equal(mel.begin(), mel.begin() + kMelBands, crop.begin()))
            ++kept;
        else
            replayed += loudestBand(crop) < kMiddleBand ? 1 : 0;
        std::vector<float> again(crop.size());
        ASSERT_TRUE(crops.crop(3, slot, again));
        EXPECT_EQ(again, crop);
    }
    EXPECT_EQ(kept + replayed, 20);
    EXPECT_GE(kept, 4);
    EXPECT_GE(replayed, 4);
}

TEST_F(ModelGrowthTest, WhenEverythingIsGoneSomeOfWhatWasKeptIsLeftToJudgeBy) {
    std::vector<SoundReference> references;
    for (int i = 0; i < 9; ++i)
        references.push_back({m_folder / "nowhere.wav", std::to_string(i), 1, 40, -1, -1});
    const auto grown = growth(*makeModel(references));
    const auto made = material(scanned({tone("new", 3000)}), grown);
    ASSERT_TRUE(made) << made.error().sentence;
    EXPECT_EQ(made->knownSounds, 0);
    EXPECT_EQ(made->kept.mels.size(), 7U);
    EXPECT_EQ(made->heldOutKnown.size(), 2U);
    const auto kept = made->references(grown, made->kept.hashes);
    ASSERT_EQ(kept.size(), 10U);
    EXPECT_EQ(kept[1].contentHash, "0");
    EXPECT_EQ(kept[1].anchor, 0);
}

TEST_F(ModelGrowthTest, WhatTheModelKnowsIsNotAddedAgain) {
    const auto known = scanned({tone("a", 200), tone("b", 300)});
    const auto grown = growth(*makeModel({referenceTo(known[0]), referenceTo(known[1])}));
    auto sounds = scanned({known[0].path, tone("new", 900)});
    ASSERT_TRUE(leaveOutKnown(grown, sounds));
    EXPECT_FALSE(sounds[0].usable());
    EXPECT_TRUE(sounds[1].usable());
    auto nothingNew = scanned({known[0].path, known[1].path});
    const auto refused = leaveOutKnown(grown, nothingNew);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::unusableInput);
    EXPECT_NE(refused.error().sentence.find("'toy' knows all"), std::string::npos);
}

TEST_F(ModelGrowthTest, SizesAndCodesAreThoseOfTheModel) {
    const auto known = scanned({tone("a", 200)});
    const std::optional<ModelGrowth> grown = growth(*makeModel({referenceTo(known[0])}, 2));
    TrainingRequest request;
    request.kind = ModelKind::rvq;
    const auto plan = planTraining(request, 1000, grown);
    ASSERT_TRUE(plan) << plan.error().sentence;
    EXPECT_EQ(plan->base, m_folder / "model");
    EXPECT_EQ(plan->training.shape.levels, 2);
    EXPECT_EQ(plan->training.shape.codebookSize, 8);
    EXPECT_EQ(plan->training.shape.width, 16);
    EXPECT_TRUE(plan->training.keepCodes);
    EXPECT_EQ(plan->baseCodebooks, models::BaseCodebooks::keep);
    request.codebookSize = 16;
    EXPECT_FALSE(planTraining(request, 1000, grown));
    request.codebookSize.reset();
    request.fromZero = true;
    EXPECT_FALSE(planTraining(request, 1000, grown));
}

TEST(GrowthFiguresTest, NothingMayGetWorseForAnotherToGetBetter) {
    const GrowthFigures before{0.20, 0.10}, best{0.18, 0.10};
    EXPECT_TRUE(isProgress({0.17, 0.10}, best, before));
    EXPECT_TRUE(isProgress({0.19, 0.08}, best, before));
    EXPECT_FALSE(isProgress({0.10, 0.11}, best, before)) << "forgets";
    EXPECT_FALSE(isProgress({0.21, 0.02}, best, before)) << "does not learn";
    EXPECT_FALSE(isProgress({0.18, 0.10}, best, before)) << "no better than the best";
    EXPECT_TRUE(isProgress({0.17, 0}, {0.18, 0}, {0.20, 0})) << "nothing known to judge by";

    const std::string better = growthSentence({before, best, 20, 0}, "toy");
    EXPECT_NE(better.find("0.1800 instead of 0.2000"), std::string::npos) << better;
    EXPECT_NE(better.find("0.1000 instead of 0.1000"), std::string::npos) << better;
    const std::string same = growthSentence({before, before, 20, 0}, "toy");
    EXPECT_NE(same.find("stay as they are"), std::string::npos) << same;
}

}  // namespace
}  // namespace smidgen
