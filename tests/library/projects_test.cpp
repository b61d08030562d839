// Projects and callers: what one makes is not there for the other, and yet nobody's files are lost.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/library/library_files.h"
#include "engine/library/sound_index.h"
#include "models/weights_file.h"
#include "storage/backend/embedded_backend.h"
#include "storage/blocks/block_store.h"
#include "tests/library/library_things.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using testing::addCube;
using testing::addModel;
using testing::addTake;
using testing::isWhole;
using testing::LibraryFolder;

class ProjectsTest : public ::testing::Test {
 protected:
    LibraryFolder m_folder;
    std::unique_ptr<Library> m_first = m_folder.open();
    std::unique_ptr<Library> m_other = m_folder.open("film");
};

TEST_F(ProjectsTest, WhatIsMadeInOneIsNotThereInAnother) {
    const TakeId take = addTake(*m_first);
    const ModelId model = addModel(*m_first, "Rain");
    const CubeId cube = addCube(*m_first, "Roof");
    Collection collection;
    collection.id = Library::newId();
    collection.name = "Shed";
    ASSERT_TRUE(m_first->putCollection(collection));
    const std::size_t logged = m_first->store().audit(1)->size();
    const auto third = m_folder.open("third");
    for (const Library* library : {m_other.get(), third.get()}) {
        EXPECT_TRUE(library->takes().empty() && library->models().empty());
        EXPECT_TRUE(library->cubes().empty() && library->collections().empty());
        EXPECT_FALSE(library->take(take) || library->cube(cube) || library->collection(collection.id));
        EXPECT_FALSE(library->findModel(model));
        EXPECT_FALSE(library->blockOf(ItemKind::take, take));
        EXPECT_TRUE(library->problems().empty());
    }
    EXPECT_TRUE(isWhole(*m_other));
    EXPECT_EQ(m_first->store().audit(1)->size(), logged) << "hearing of the others' changes is no refusal";
    EXPECT_EQ(m_folder.open()->takes().size(), 1U);
}

TEST_F(ProjectsTest, ASharedItemIsThereUntilItIsNoLongerShared) {
    const TakeId take = addTake(*m_first);
    const auto block = m_first->blockOf(ItemKind::take, take);
    ASSERT_TRUE(block);
    ASSERT_TRUE(m_first->store().apply(m_first->caller(), {storage::ShareBlock{block->id, 0, "film", true}}));
    ASSERT_TRUE(m_other->take(take));
    EXPECT_TRUE(fs::exists(m_other->take(take)->file));
    ASSERT_TRUE(m_other->changeTake(take, [](TakeRecord& record) { record.name = "Gutter"; }));
    EXPECT_EQ(m_first->take(take)->name, "Gutter");
    ASSERT_TRUE(
        m_first->store().apply(m_first->caller(), {storage::ShareBlock{block->id, 0, "film", false}}));
    EXPECT_FALSE(m_other->take(take));
    EXPECT_TRUE(m_first->take(take));
}

TEST_F(ProjectsTest, WhoMayNotReadItSeesNothingAndWhoMayOnlyReadChangesNothing) {
    const TakeId take = addTake(*m_first);
    auto ben = m_folder.open(kFirstProject, "ben");
    ASSERT_TRUE(ben->take(take)) << "without permissions it is everyone's";
    const auto permit = [&](std::vector<storage::Permission> permissions) {
        storage::BlockEdit edit;
        edit.permissions = std::move(permissions);
        const auto block = m_first->blockOf(ItemKind::take, take);
        EXPECT_TRUE(m_first->store().edit(m_first->caller(), block->id, 0, edit));
    };
    permit({{"cleo", storage::kMayAll}});
    EXPECT_FALSE(ben->take(take));
    permit({{"ben", storage::kMayRead}});
    ASSERT_TRUE(ben->take(take));
    const auto renamed = ben->changeTake(take, [](TakeRecord& record) { record.name = "Ben's"; });
    ASSERT_FALSE(renamed);
    EXPECT_EQ(renamed.error().code, ErrorCode::refused);
    EXPECT_FALSE(ben->changeTake(take, [](TakeRecord& record) { record.trashed = true; }));
    EXPECT_FALSE(ben->take(take)->trashed);
    permit({{"cleo", storage::kMayAll}});
    EXPECT_FALSE(ben->take(take));
    EXPECT_TRUE(isWhole(*ben)) << "its file is somebody's";
}

TEST_F(ProjectsTest, AModelOfAnotherProjectIsNotTakenForOneThatWasPutThere) {
    const ModelId model = addModel(*m_first, "Rain");
    for (int opened = 0; opened < 2; ++opened) {
        m_other = m_folder.open("film");
        EXPECT_TRUE(m_other->models().empty());
    }
    fs::copy_file(m_first->modelFile(model), m_folder.path() / "models" / "from-a-friend.safetensors");
    m_other = m_folder.open("film");
    ASSERT_EQ(m_other->models().size(), 1U);
    EXPECT_EQ(m_other->models().front()->id, "from-a-friend");
    EXPECT_EQ(m_folder.open()->models().size(), 1U);
    EXPECT_TRUE(isWhole(*m_first));
}

TEST_F(ProjectsTest, TheSameModelImportedIntoTwoProjectsHasTwoFiles) {
    const ModelId model = addModel(*m_first, "Rain");
    const fs::path copy = m_folder.path() / "copy.safetensors";
    ASSERT_TRUE(m_first->exportModel(model, copy));
    const auto imported = m_other->importModel(copy);
    ASSERT_TRUE(imported) << imported.error().sentence;
    EXPECT_NE((*imported)->file, m_first->modelFile(model));
    EXPECT_EQ((*m_other->importModel((*imported)->file))->id, (*imported)->id);
    ASSERT_TRUE(m_other->removeModel((*imported)->id));
    ASSERT_TRUE(m_other->purgeModel((*imported)->id));
    EXPECT_TRUE(fs::exists(m_first->modelFile(model)));
    EXPECT_TRUE(isWhole(*m_first));
}

TEST_F(ProjectsTest, PurgingLeavesAFileThatAnotherProjectsBlockNames) {
    const TakeId take = addTake(*m_first);
    const auto record = m_first->take(take);
    const auto file = keptFile(m_folder.path(), record->file);
    ASSERT_TRUE(file);
    ASSERT_TRUE(m_other->store().put(m_other->caller(), draftOf(*record, *file)));
    ASSERT_TRUE(m_first->changeTake(take, [](TakeRecord& each) { each.trashed = true; }));
    ASSERT_TRUE(m_first->purgeTake(take));
    EXPECT_TRUE(fs::exists(record->file));
    EXPECT_TRUE(isWhole(*m_first));
    ASSERT_TRUE(m_other->changeTake(take, [](TakeRecord& each) { each.trashed = true; }));
    ASSERT_TRUE(m_other->purgeTake(take));
    EXPECT_FALSE(fs::exists(record->file));
}

TEST_F(ProjectsTest, VerifyingAndScrubbingSeeTheFilesOfAllProjects) {
    addTake(*m_first);
    const auto take = m_other->take(addTake(*m_other));
    std::uint64_t bytes = 0;
    auto scrubbed = m_first->scrub(0, {}, [&](std::uint64_t so_far) { bytes = so_far; });
    ASSERT_TRUE(scrubbed);
    EXPECT_TRUE(scrubbed->sound() && scrubbed->leftovers.empty());
    EXPECT_GT(bytes, 2 * fs::file_size(take->file));
    std::fstream(take->file, std::ios::in | std::ios::out | std::ios::binary).seekp(9000).put('x');
    for (const auto& check : {m_first->verify(), m_first->scrub(0), m_other->scrub(0)}) {
        ASSERT_TRUE(check);
        EXPECT_EQ(check->problems.size(), 1U);
    }
    const CancelToken cancel;
    cancel.cancel();
    const auto stopped = m_first->scrub(1, cancel);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

TEST_F(ProjectsTest, ABackupHasTheFilesOfAllProjects) {
    addTake(*m_first);
    addTake(*m_other);
    const fs::path target = m_folder.path() / "copied";
    ASSERT_TRUE(copyFiles(*m_first, target, {}, {}));
    EXPECT_EQ(std::distance(fs::directory_iterator(target / "takes"), fs::directory_iterator()), 2);
}

TEST_F(ProjectsTest, EachHearsASoundForItself) {
    testing::writeSound(m_folder.path() / "a.wav");
    for (Library* library : {m_first.get(), m_other.get(), m_first.get()})
        testing::addCollection(*library, m_folder.path() / "a.wav");
    const auto heard = [](Library& library) {
        const auto report = hearCollections(library, 1);
        EXPECT_TRUE(report && report->problems.empty());
        return report->heard;
    };
    EXPECT_EQ(heard(*m_first), 1);
    EXPECT_EQ(heard(*m_other), 1);
    EXPECT_EQ(heard(*m_folder.open("film")), 0);
    storage::BlockQuery query;
    query.classes = {storage::BlockClass::custom};
    EXPECT_EQ(m_first->store().list(m_first->caller(), query)->blocks.size(), 1U);
    EXPECT_EQ(m_other->store().list(m_other->caller(), query)->blocks.size(), 1U);
}

TEST_F(ProjectsTest, TrainingsOfOneAreNotGoneOnWithInAnother) {
    EXPECT_EQ(m_first->trainingsFolder(), m_folder.path() / "trainings");
    EXPECT_NE(m_other->trainingsFolder(), m_first->trainingsFolder());
    EXPECT_NE(m_other->trainingsFolder(), m_folder.open("third")->trainingsFolder());
    EXPECT_EQ(m_other->trainingsFolder(), m_folder.open("film")->trainingsFolder());
}

TEST_F(ProjectsTest, AProtectedModelIsNotTrainedOn) {
    const ModelId model = addModel(*m_first, "Rain");
    const auto record = *m_first->findModel(model);
    EXPECT_TRUE(m_first->mayRewrite(*record));
    storage::BlockEdit edit;
    edit.permissions = {{"ben", storage::kMayRead}};
    const auto block = m_first->blockOf(ItemKind::model, model);
    ASSERT_TRUE(m_first->store().edit(m_first->caller(), block->id, 0, edit));
    EXPECT_TRUE(m_first->mayRewrite(*record));
    const auto ben = m_folder.open(kFirstProject, "ben");
    const auto refused = ben->mayRewrite(**ben->findModel(model));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::refused);
    storage::BlockEdit protect;
    protect.readOnly = true;
    ASSERT_TRUE(m_first->store().edit(m_first->caller(), block->id, 0, protect));
    EXPECT_FALSE(m_first->mayRewrite(*record));
    // A file outside of the library is nobody's.
    ModelRecord outside = *record;
    outside.file = m_folder.path() / "copy.safetensors";
    EXPECT_TRUE(m_first->mayRewrite(outside));
}

TEST_F(ProjectsTest, NamesOfProjectsAndCallersAreChecked) {
    for (const storage::Caller& caller :
         {storage::Caller{"", "film"}, storage::Caller{"ben", ""},
          storage::Caller{"ben", std::string(257, 'x')}, storage::Caller{"b\nen", "film"}}) {
        const auto opened = Library::open(m_folder.path(), caller);
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, ErrorCode::invalidArgument);
    }
}

}  // namespace
}  // namespace smidgen
