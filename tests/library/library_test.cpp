#include "engine/library/library.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "engine/audio/audio_reader.h"
#include "engine/foundation/atomic_file.h"
#include "models/weights_file.h"

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

TEST_F(LibraryTest, OneDamagedRecordHurtsNoOtherAndIsNamed) {
    const TakeId good = addTake(1);
    const TakeId bad = addTake(2);
    std::ofstream(m_folder / "takes" / (bad + ".json")) << "{ torn";
    std::ofstream(m_folder / "collections" / "x.json") << "";
    std::ofstream(m_folder / "models" / "y.safetensors") << "not weights";
    reopen();
    ASSERT_EQ(m_library->takes().size(), 1U);
    EXPECT_EQ(m_library->takes().front()->id, good);
    EXPECT_EQ(m_library->problems().size(), 3U);
    EXPECT_TRUE(fs::exists(m_folder / "takes" / (bad + ".json"))) << "damaged files are left alone";
}

TEST_F(LibraryTest, LeftoverPartFilesAreNoItems) {
    std::ofstream(m_folder / "takes" / ".x.json.1-2.part") << "{";
    std::ofstream(m_folder / "takes" / ".hidden.json") << "{";
    reopen();
    EXPECT_TRUE(m_library->takes().empty());
    EXPECT_TRUE(m_library->problems().empty());
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
