#include "engine/library/library.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "engine/analysis/sound_embedding.h"
#include "engine/audio/audio_reader.h"
#include "engine/foundation/atomic_file.h"
#include "models/weights_file.h"
#include "storage/blocks/block_store.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

class LibraryTest : public ::testing::Test {
 protected:
    void SetUp() override {
        m_folder = fs::temp_directory_path() / ("smidgen-library-" + std::to_string(::getpid()));
        fs::remove_all(m_folder);
        reopen();
    }
    void TearDown() override { fs::remove_all(m_folder); }
    void reopen() {
        auto opened = Library::open(m_folder);
        ASSERT_TRUE(opened) << opened.error().sentence;
        m_library = std::move(*opened);
    }
    [[nodiscard]] bool isWhole() const {
        const auto check = m_library->verify();
        return check && check->problems.empty() && check->leftovers.empty();
    }
    static AudioBuffer ramp() {
        AudioBuffer audio(2, Samples(4800));
        for (int c = 0; c < 2; ++c) {
            for (std::size_t i = 0; i < 4800; ++i) {
                audio.channel(c)[i] = static_cast<float>(i) / 4800.0F * (c == 0 ? 1.0F : -0.5F);
            }
        }
        return audio;
    }
    TakeId addTake(std::uint64_t seed) {
        Recipe recipe;
        recipe.modelName = "Rain";
        recipe.seed = seed;
        auto take = m_library->addTake(ramp(), {-20, -1, -1}, recipe);
        EXPECT_TRUE(take) << take.error().sentence;
        return (*take)->id;
    }
    ModelId addModel(const std::string& name) {
        const ModelId id = Library::newId();
        models::WeightsFile weights;
        weights.metadata = {{"kind", "vae"}, {model_metadata::kName, name}, {model_metadata::kSteps, "12"}};
        weights.tensors["w"] = {models::ElementType::f32, {1}, std::vector<std::byte>(4)};
        EXPECT_TRUE(models::saveWeights(weights, m_library->modelFile(id)));
        EXPECT_TRUE(m_library->addModel(id));
        return id;
    }
    fs::path m_folder;
    std::unique_ptr<Library> m_library;
};

TEST_F(LibraryTest, ATakeIsThereAfterReopeningSampleForSample) {
    const TakeId id = addTake(42);
    reopen();
    const auto take = m_library->take(id);
    ASSERT_TRUE(take);
    EXPECT_EQ(take->recipe.seed, 42U);
    EXPECT_EQ(take->channels, 2);
    EXPECT_EQ(take->thumbnail.size(), 128U);
    const auto audio = readAudio(take->file);
    ASSERT_TRUE(audio);
    EXPECT_EQ(audio->channels, ramp().channels);
}

TEST_F(LibraryTest, TakesAreListedNewestFirstAndTrashIsApart) {
    const TakeId first = addTake(1);
    const TakeId second = addTake(2);
    ASSERT_EQ(m_library->takes().front()->id, second);
    ASSERT_TRUE(m_library->changeTake(second, [](TakeRecord& take) { take.trashed = true; }));
    ASSERT_EQ(m_library->takes().size(), 1U);
    EXPECT_EQ(m_library->takes().front()->id, first);
    reopen();
    ASSERT_EQ(m_library->takes(true).size(), 1U);
    EXPECT_EQ(m_library->takes(true).front()->id, second);
}

TEST_F(LibraryTest, ChangingATakeNeverTouchesItsSamples) {
    const TakeId id = addTake(1);
    const auto before = readWholeFile(m_library->take(id)->file, 1 << 20);
    ASSERT_TRUE(m_library->changeTake(id, [](TakeRecord& take) {
        take.name = "Gutter";
        take.starred = true;
    }));
    reopen();
    EXPECT_EQ(m_library->take(id)->name, "Gutter");
    EXPECT_TRUE(m_library->take(id)->starred);
    EXPECT_EQ(*readWholeFile(m_library->take(id)->file, 1 << 20), *before);
}

TEST_F(LibraryTest, OneDamagedFileHurtsNoOtherAndIsNamed) {
    const ModelId good = addModel("Rain");
    std::ofstream(m_folder / "models" / "y.safetensors") << "not weights";
    reopen();
    ASSERT_EQ(m_library->models().size(), 1U);
    EXPECT_EQ(m_library->models().front()->id, good);
    ASSERT_EQ(m_library->problems().size(), 1U);
    EXPECT_NE(m_library->problems().front().find("y.safetensors"), std::string::npos);
    EXPECT_TRUE(fs::exists(m_folder / "models" / "y.safetensors")) << "damaged files are left alone";
}

TEST_F(LibraryTest, LeftoverPartFilesAreNoItems) {
    std::ofstream(m_folder / "takes" / ".x.wav.1-2.part") << "{";
    std::ofstream(m_folder / "models" / ".hidden.safetensors") << "{";
    reopen();
    EXPECT_TRUE(m_library->models().empty());
    EXPECT_TRUE(m_library->problems().empty());
    EXPECT_TRUE(isWhole());
}

TEST_F(LibraryTest, AModelFileThatWasPutThereIsTakenIn) {
    const ModelId id = addModel("Rain");
    fs::copy_file(m_library->modelFile(id), m_folder / "models" / "from-a-friend.safetensors");
    reopen();
    ASSERT_EQ(m_library->models().size(), 2U);
    EXPECT_TRUE(m_library->findModel("from-a-friend"));
    EXPECT_TRUE(isWhole());
}

TEST_F(LibraryTest, TagsStayAndAreOneEach) {
    const TakeId take = addTake(1);
    const ModelId model = addModel("Rain");
    ASSERT_TRUE(m_library->changeTake(take, [](TakeRecord& record) {
        record.tags = {"wet", "loud", "wet"};
        record.starred = true;
    }));
    ASSERT_TRUE(m_library->changeModel(model, [](ModelRecord& record) { record.tags = {"roof"}; }));
    reopen();
    EXPECT_EQ(m_library->take(take)->tags, (std::vector<std::string>{"loud", "wet"}));
    EXPECT_TRUE(m_library->take(take)->starred);
    EXPECT_EQ(m_library->models().front()->tags, std::vector<std::string>{"roof"});
    EXPECT_EQ(m_library->models().front()->name, "Rain");
}

TEST_F(LibraryTest, OnlyTheTrashIsPurgedAndThenForGood) {
    const TakeId take = addTake(1);
    const ModelId model = addModel("Rain");
    const fs::path samples = m_library->take(take)->file, weights = m_library->modelFile(model);
    EXPECT_FALSE(m_library->purgeTake(take));
    EXPECT_FALSE(m_library->purgeModel(model));
    ASSERT_TRUE(fs::exists(samples) && fs::exists(weights));
    ASSERT_TRUE(m_library->changeTake(take, [](TakeRecord& record) { record.trashed = true; }));
    ASSERT_TRUE(m_library->removeModel(model));
    ASSERT_TRUE(m_library->purgeTake(take));
    ASSERT_TRUE(m_library->purgeModel(model));
    EXPECT_FALSE(fs::exists(samples) || fs::exists(weights));
    EXPECT_TRUE(m_library->takes(true).empty());
    reopen();
    EXPECT_TRUE(m_library->takes(true).empty());
    EXPECT_TRUE(m_library->models(true).empty());
    EXPECT_TRUE(isWhole());
}

TEST_F(LibraryTest, TwoProgramsSeeEachOthersChanges) {
    auto other = Library::open(m_folder);
    ASSERT_TRUE(other) << other.error().sentence;
    const TakeId id = addTake(1);
    ASSERT_TRUE((*other)->take(id));
    ASSERT_TRUE((*other)->changeTake(id, [](TakeRecord& take) { take.name = "Gutter"; }));
    ASSERT_TRUE(m_library->changeTake(id, [](TakeRecord& take) { take.starred = true; }));
    EXPECT_EQ(m_library->take(id)->name, "Gutter");
    EXPECT_TRUE((*other)->take(id)->starred);
    ASSERT_TRUE((*other)->changeTake(id, [](TakeRecord& take) { take.trashed = true; }));
    EXPECT_TRUE(m_library->takes().empty());
    ASSERT_TRUE(m_library->purgeTake(id));
    EXPECT_FALSE((*other)->take(id));
}

TEST_F(LibraryTest, AModelWithoutItsFileCanStillBeTakenAway) {
    const ModelId id = addModel("Rain");
    fs::remove(m_library->modelFile(id));
    reopen();
    ASSERT_EQ(m_library->models().size(), 1U);
    EXPECT_EQ(m_library->models().front()->name, "Rain");
    EXPECT_EQ(m_library->problems().size(), 1U);
    ASSERT_TRUE(m_library->removeModel(id));
    ASSERT_TRUE(m_library->purgeModel(id));
    EXPECT_TRUE(isWhole());
}

TEST_F(LibraryTest, ABlockThatNamesAnotherFileOfTheLibraryHarmsNothing) {
    const TakeId id = addTake(1);
    auto page = m_library->store().list({"smidgen", "library"}, {});
    ASSERT_TRUE(page);
    for (const char* place : {"store/store.db", "library.json", "../x", "/etc/passwd",
                              "takes/../library.json", "takes/.hidden", "takes"}) {
        storage::BlockEdit edit;
        edit.metadata = R"({"id":")" + id + R"(","file":")" + place + R"("})";
        ASSERT_TRUE(m_library->store().edit({"smidgen", "library"}, page->blocks[0].id, 0, edit));
        const auto check = m_library->verify();
        EXPECT_EQ(check->problems.size(), 1U) << place;
        EXPECT_EQ(check->leftovers.size(), 1U) << "its own file, which nothing names now";
    }
    ASSERT_TRUE(m_library->changeTake(id, [](TakeRecord& take) { take.trashed = true; }));
    ASSERT_TRUE(m_library->purgeTake(id));
    EXPECT_TRUE(fs::exists(m_folder / "library.json") && fs::exists(m_folder / "store" / "store.db"));
}

TEST_F(LibraryTest, DamageAndWhatBelongsToNothingAreFound) {
    const TakeId id = addTake(1);
    const ModelId model = addModel("Rain");
    EXPECT_TRUE(isWhole());
    std::fstream(m_library->take(id)->file, std::ios::in | std::ios::out | std::ios::binary)
        .seekp(9000)
        .put('x');
    fs::remove(m_library->modelFile(model));
    std::ofstream(m_folder / "takes" / "stray.wav") << "x";
    const auto complaints = m_library->verify();
    ASSERT_TRUE(complaints);
    ASSERT_EQ(complaints->problems.size(), 2U);
    ASSERT_EQ(complaints->leftovers.size(), 1U);
    EXPECT_NE(complaints->leftovers.front().find("stray.wav"), std::string::npos);
    const auto says = [&](const std::string& text) {
        return std::ranges::any_of(complaints->problems, [&](const std::string& each) {
            return each.find(text) != std::string::npos;
        });
    };
    EXPECT_TRUE(says("is not what was kept"));
    EXPECT_TRUE(says("'Rain' cannot be read"));
}

TEST_F(LibraryTest, ATakeIsFoundByWhatItIsLike) {
    const TakeId id = addTake(1);
    const auto all = m_library->store().list({"smidgen", "library"}, {});
    ASSERT_TRUE(all);
    ASSERT_EQ(all->blocks.size(), 1U);
    const auto block = m_library->store().get({"smidgen", "library"}, all->blocks[0].id);
    ASSERT_TRUE(block);
    ASSERT_EQ(block->vectors.size(), 1U);
    EXPECT_EQ(block->vectors[0].space, kSoundSpace);
    const auto expected = embedSound(MelAnalyzer().analyze(toMidSide(ramp()).mid));
    EXPECT_TRUE(std::ranges::equal(block->vectors[0].values, expected));
    EXPECT_EQ(block->name, m_library->take(id)->name);
}

TEST_F(LibraryTest, ALibraryOfFormat1IsTakenOver) {
    const TakeId kept = addTake(1), trashed = addTake(2);
    const ModelId model = addModel("Rain"), trashedModel = addModel("Hail");
    ASSERT_TRUE(m_library->changeTake(trashed, [](TakeRecord& take) { take.trashed = true; }));
    ASSERT_TRUE(m_library->changeTake(kept, [](TakeRecord& take) { take.starred = true; }));
    // The same as the first format had it.
    fs::create_directories(m_folder / "collections");
    fs::create_directories(m_folder / "trash" / "collections");
    fs::create_directories(m_folder / "trash" / "models");
    for (const TakeId& id : {kept, trashed})
        ASSERT_TRUE(writeFileAtomically(m_folder / "takes" / (id + ".json"), toJson(*m_library->take(id))));
    Collection roof, shed;
    roof.id = "roof";
    roof.name = "Roof";
    shed.id = "shed";
    shed.name = "Shed";
    ASSERT_TRUE(writeFileAtomically(m_folder / "collections" / "roof.json", toJson(roof)));
    ASSERT_TRUE(writeFileAtomically(m_folder / "trash" / "collections" / "shed.json", toJson(shed)));
    std::ofstream(m_folder / "takes" / "torn.json") << "{ torn";
    fs::rename(m_library->modelFile(trashedModel),
               m_folder / "trash" / "models" / (trashedModel + ".safetensors"));
    m_library.reset();
    fs::remove_all(m_folder / "store");
    ASSERT_TRUE(writeFileAtomically(m_folder / "library.json", R"({"smidgen_library": 1})"));

    for (int opened = 0; opened < 2; ++opened) {
        reopen();
        ASSERT_EQ(m_library->takes().size(), 1U);
        EXPECT_TRUE(m_library->take(kept)->starred);
        ASSERT_EQ(m_library->takes(true).size(), 1U);
        EXPECT_EQ(m_library->takes(true).front()->id, trashed);
        ASSERT_EQ(m_library->collections().size(), 1U);
        EXPECT_EQ(m_library->collections().front()->name, "Roof");
        ASSERT_EQ(m_library->models().size(), 1U);
        EXPECT_EQ(m_library->models().front()->id, model);
        ASSERT_EQ(m_library->models(true).size(), 1U);
        EXPECT_EQ(m_library->problems().size(), opened == 0 ? 1U : 0U);
    }
    ASSERT_TRUE(m_library->restoreCollection("shed"));
    EXPECT_EQ(m_library->collections().size(), 2U);
    EXPECT_EQ(readAudio(m_library->take(kept)->file)->channels, ramp().channels);
    EXPECT_TRUE(isWhole());
    EXPECT_TRUE(fs::exists(m_folder / "format-1" / "takes" / "torn.json")) << "nothing is thrown away";
}

TEST_F(LibraryTest, ModelsAreFoundByIdNameAndFile) {
    const ModelId id = addModel("Rain VAE");
    EXPECT_EQ((*m_library->findModel(id))->name, "Rain VAE");
    EXPECT_EQ((*m_library->findModel("Rain VAE"))->id, id);
    EXPECT_EQ((*m_library->findModel(m_library->modelFile(id).string()))->steps, 12);
    const auto missing = m_library->findModel("Snow");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::notFound);
    EXPECT_NE(missing.error().sentence.find("Rain VAE"), std::string::npos) << missing.error().sentence;
}

TEST_F(LibraryTest, ARecipeMeansTheFileThatWasNamed) {
    const ModelId id = addModel("Rain");
    const auto own = *m_library->findModel(id);
    EXPECT_EQ(m_library->referenceTo(*own), id);
    auto weights = *models::loadWeights(own->file);
    weights.metadata[model_metadata::kId] = id;
    ASSERT_TRUE(models::saveWeights(weights, own->file));
    ASSERT_TRUE(m_library->addModel(id));
    const fs::path copy = m_folder / "copy.safetensors";
    fs::copy_file(own->file, copy);
    EXPECT_EQ(m_library->referenceTo(*m_library->findModel(copy.string()).value()), id)
        << "the same bytes are the same model";
    weights.metadata["smidgen.prior.about.steps"] = "7";
    ASSERT_TRUE(models::saveWeights(weights, copy));
    EXPECT_EQ(m_library->referenceTo(*m_library->findModel(copy.string()).value()), copy.string())
        << "the library's model has no such prior";
}

TEST_F(LibraryTest, RenamedModelKeepsItsNameAndWeights) {
    const ModelId id = addModel("Rain");
    ASSERT_TRUE(m_library->renameModel(id, "Regen"));
    reopen();
    EXPECT_EQ((*m_library->findModel(id))->name, "Regen");
    EXPECT_EQ(models::loadWeights(m_library->modelFile(id))->tensors.size(), 1U);
}

TEST_F(LibraryTest, RemovedThingsComeBack) {
    const ModelId model = addModel("Rain");
    Collection collection;
    collection.id = Library::newId();
    collection.name = "Roof";
    ASSERT_TRUE(m_library->putCollection(collection));
    ASSERT_TRUE(m_library->removeModel(model));
    ASSERT_TRUE(m_library->removeCollection(collection.id));
    EXPECT_TRUE(m_library->models().empty());
    EXPECT_TRUE(m_library->collections().empty());
    reopen();
    ASSERT_TRUE(m_library->restoreModel(model));
    ASSERT_TRUE(m_library->restoreCollection(collection.id));
    EXPECT_EQ(m_library->models().front()->name, "Rain");
    EXPECT_EQ(m_library->collections().front()->name, "Roof");
}

TEST_F(LibraryTest, IdsThatLeadOutsideAreRefused) {
    Collection collection;
    collection.id = "../evil";
    EXPECT_FALSE(m_library->putCollection(collection));
    EXPECT_FALSE(m_library->removeModel("../../etc/passwd"));
    EXPECT_FALSE(m_library->restoreCollection(""));
}

TEST_F(LibraryTest, NewerLibraryIsRefused) {
    ASSERT_TRUE(writeFileAtomically(m_folder / "library.json", R"({"smidgen_library": 99})"));
    const auto opened = Library::open(m_folder);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::unusableInput);
}

TEST_F(LibraryTest, AFileInPlaceOfTheFolderIsASentence) {
    const fs::path file = m_folder / "file";
    std::ofstream(file) << "x";
    const auto opened = Library::open(file);
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().sentence.find("file"), std::string::npos);
}

TEST_F(LibraryTest, IdsAreUniqueAndSortByTime) {
    std::string last;
    for (int i = 0; i < 500; ++i) {
        const std::string id = Library::newId();
        EXPECT_LT(last, id);
        last = id;
    }
}

TEST(CodebookCard, LevelsAreHealthyUnderusedOrCollapsed) {
    EXPECT_EQ(stateOf({0.9, 32, 6}, 64), LevelState::healthy);
    EXPECT_EQ(stateOf({0.89, 60, 7}, 64), LevelState::underused);
    EXPECT_EQ(stateOf({1.0, 20, 0}, 64), LevelState::underused);
    EXPECT_EQ(stateOf({0.29, 18, 45}, 64), LevelState::collapsed);
    EXPECT_EQ(stateOf({1.0, 9, 0}, 64), LevelState::collapsed);
}

}  // namespace
}  // namespace smidgen
