// Items go from one library into another, and two versions of one are both kept.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "engine/foundation/atomic_file.h"
#include "engine/library/file_transfer.h"
#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/library/library_bridge.h"
#include "engine/library/library_files.h"
#include "engine/library/other_versions.h"
#include "storage/blocks/block_store.h"
#include "storage/exchange/sync.h"
#include "tests/library/library_things.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using testing::addCube;
using testing::addModel;
using testing::addTake;
using testing::isWhole;
using testing::LibraryFolder;
using testing::ramp;

constexpr std::int64_t kLong = 5 * 262'144;  ///< samples of a file of five pieces

std::size_t filesIn(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

class BridgeTest : public ::testing::Test {
 protected:
    storage::BlockId blockOf(ItemKind kind, const std::string& id) const {
        const auto block = m_here->blockOf(kind, id);
        EXPECT_TRUE(block);
        return block->id;
    }
    Result<SendingReport> send(const std::vector<storage::BlockId>& blocks, const CancelToken& cancel = {},
                               const std::function<void(const SendingState&)>& progress = {}) {
        return sendItems(*m_here, *m_there, blocks, cancel, progress);
    }
    /// Stops as soon as so many bytes of the file are there.
    void sendUntil(const storage::BlockId& block, std::uint64_t bytes) {
        const CancelToken cancel;
        const auto stopped = send({block}, cancel, [&](const SendingState& state) {
            if (state.bytesDone >= bytes) cancel.cancel();
        });
        ASSERT_FALSE(stopped);
        EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
    }
    LibraryFolder m_hereFolder, m_thereFolder;
    std::unique_ptr<Library> m_here = m_hereFolder.open(), m_there = m_thereFolder.open();
};

TEST_F(BridgeTest, ItemsOfEveryKindArriveWithTheirFiles) {
    const TakeId take = addTake(*m_here);
    const ModelId model = addModel(*m_here, "Rain");
    const CubeId cube = addCube(*m_here, "Roof");
    testing::writeSound(m_hereFolder.path() / "a.wav");
    const CollectionId collection = testing::addCollection(*m_here, m_hereFolder.path() / "a.wav");
    const std::vector<storage::BlockId> blocks{blockOf(ItemKind::take, take), blockOf(ItemKind::model, model),
                                               blockOf(ItemKind::cube, cube),
                                               blockOf(ItemKind::collection, collection)};
    std::size_t done = 0;
    const auto sent = send(blocks, {}, [&](const SendingState& state) { done = state.itemsDone; });
    ASSERT_TRUE(sent) << sent.error().sentence;
    EXPECT_EQ(sent->added, 4U);
    EXPECT_TRUE(sent->problems.empty() && sent->conflicts.empty());
    EXPECT_EQ(done, 4U);
    ASSERT_TRUE(m_there->take(take) && m_there->cube(cube) && m_there->collection(collection));
    EXPECT_TRUE(m_there->findModel(model) && m_there->openCube(cube));
    EXPECT_EQ(*readWholeFile(m_there->take(take)->file, 1 << 20),
              *readWholeFile(m_here->take(take)->file, 1 << 20));
    EXPECT_TRUE(isWhole(*m_there));
    const auto again = send(blocks);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->same, 4U);
    EXPECT_EQ(again->bytesSent, 0U);
    m_there = m_thereFolder.open();
    EXPECT_EQ(m_there->models().size(), 1U);
}

TEST_F(BridgeTest, WhatWasStoppedIsNotThereAndGoesOnWhereItWas) {
    const TakeId take = addTake(*m_here, ramp(1.0F, kLong));
    const auto block = blockOf(ItemKind::take, take);
    const auto size = fs::file_size(m_here->take(take)->file);
    sendUntil(block, 2 << 20);
    EXPECT_FALSE(m_there->take(take));
    EXPECT_EQ(filesIn(m_thereFolder.path() / "takes"), 0U);
    ASSERT_EQ(filesIn(m_there->transfersFolder()), 1U);
    m_there = m_thereFolder.open();
    const auto sent = send({block});
    ASSERT_TRUE(sent) << sent.error().sentence;
    EXPECT_EQ(sent->added, 1U);
    EXPECT_GE(sent->bytesResumed, std::uint64_t{2} << 20);
    EXPECT_LT(sent->bytesSent, size);
    EXPECT_TRUE(m_there->take(take));
    EXPECT_EQ(filesIn(m_there->transfersFolder()), 0U);
    EXPECT_TRUE(isWhole(*m_there));
}

TEST_F(BridgeTest, WhatArrivedDamagedIsSentAnew) {
    const TakeId take = addTake(*m_here, ramp(1.0F, kLong));
    const auto block = blockOf(ItemKind::take, take);
    sendUntil(block, 3 << 20);
    const fs::path part = fs::directory_iterator(m_there->transfersFolder())->path();
    std::fstream(part, std::ios::in | std::ios::out | std::ios::binary).seekp(1 << 20).put('x');
    ASSERT_TRUE(send({block}));
    EXPECT_TRUE(isWhole(*m_there));
    // Longer than the whole can be, too.
    const TakeId second = addTake(*m_here, ramp(0.5F, kLong));
    sendUntil(blockOf(ItemKind::take, second), 1 << 20);
    const fs::path other = fs::directory_iterator(m_there->transfersFolder())->path();
    fs::resize_file(other, std::uintmax_t{64} << 20);
    ASSERT_TRUE(send({blockOf(ItemKind::take, second)}));
    EXPECT_TRUE(isWhole(*m_there));
}

TEST_F(BridgeTest, AFileThatIsDamagedHereDoesNotGoThere) {
    const TakeId bad = addTake(*m_here), good = addTake(*m_here, ramp(0.5F));
    std::fstream(m_here->take(bad)->file, std::ios::in | std::ios::out | std::ios::binary)
        .seekp(9000)
        .put('x');
    const auto sent = send({blockOf(ItemKind::take, bad), blockOf(ItemKind::take, good)});
    ASSERT_TRUE(sent) << sent.error().sentence;
    EXPECT_EQ(sent->added, 1U);
    ASSERT_EQ(sent->problems.size(), 1U);
    EXPECT_NE(sent->problems[0].find("damaged"), std::string::npos);
    EXPECT_FALSE(m_there->take(bad));
    EXPECT_TRUE(m_there->take(good));
    EXPECT_TRUE(isWhole(*m_there));
}

TEST_F(BridgeTest, AModelUnderWayIsNotTakenForOneThatWasPutThere) {
    const ModelId model = addModel(*m_here, "Rain");
    const auto file = keptFile(m_hereFolder.path(), m_here->modelFile(model));
    // Killed after the file was placed, before its block was there.
    const fs::path part = m_there->transfersFolder() / (file->sum + ".part");
    ASSERT_TRUE(transferFile(m_here->modelFile(model), *file, part, {}, {}));
    ASSERT_TRUE(placePart(part, m_there->modelFile(model)));
    m_there = m_thereFolder.open();
    EXPECT_TRUE(m_there->models().empty());
    const auto sent = send({blockOf(ItemKind::model, model)});
    ASSERT_TRUE(sent) << sent.error().sentence;
    EXPECT_EQ(m_there->models().size(), 1U);
    EXPECT_TRUE(isWhole(*m_there));
}

TEST_F(BridgeTest, APlaceThatIsTakenIsLeftToItsOwner) {
    const ModelId model = addModel(*m_here, "Rain");
    auto others = m_thereFolder.open("film");
    testing::writeModel(others->modelFile(model), model, "Hail", std::byte{7});
    ASSERT_TRUE(others->addModel(model));
    for (int i = 0; i < 2; ++i) {
        const auto sent = send({blockOf(ItemKind::model, model)});
        ASSERT_TRUE(sent) << sent.error().sentence;
        EXPECT_TRUE(sent->problems.empty() && sent->conflicts.empty());
        ASSERT_EQ(m_there->models().size(), 1U);
        EXPECT_NE(m_there->models()[0]->file, others->modelFile(model));
        EXPECT_EQ(m_there->models()[0]->metadata.at(model_metadata::kName), "Rain");
        EXPECT_TRUE(isWhole(*m_there));
    }
    EXPECT_EQ(filesIn(m_thereFolder.path() / "models"), 2U);
}

TEST_F(BridgeTest, AModelThatWasTrainedOnReplacesWhatItWas) {
    const ModelId model = addModel(*m_here, "Rain");
    const auto block = blockOf(ItemKind::model, model);
    ASSERT_TRUE(send({block}));
    testing::writeModel(m_here->modelFile(model), model, "Rain", std::byte{9});
    ASSERT_TRUE(m_here->addModel(model));
    const auto sent = send({block});
    ASSERT_TRUE(sent) << sent.error().sentence;
    EXPECT_EQ(sent->updated, 1U);
    EXPECT_TRUE(isWhole(*m_there));
    EXPECT_EQ(*readWholeFile(m_there->modelFile(model), 1 << 20),
              *readWholeFile(m_here->modelFile(model), 1 << 20));
}

TEST_F(BridgeTest, OneSendingOfAFileAtATime) {
    const TakeId take = addTake(*m_here, ramp(1.0F, kLong));
    const auto block = blockOf(ItemKind::take, take);
    bool asked = false;
    const auto sent = send({block}, {}, [&](const SendingState& state) {
        if (state.bytesDone < (1 << 20) || asked) return;
        asked = true;
        const auto second = send({block});
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().code, ErrorCode::conflict);
    });
    EXPECT_TRUE(sent && asked);
    EXPECT_TRUE(isWhole(*m_there));
}

/// Two libraries that have the same items, and then change them.
class VersionsTest : public BridgeTest {
 protected:
    /// The conflict over a block, from here to there.
    storage::Block conflictOver(const storage::BlockId& block) {
        storage::SyncOptions options;
        options.ids = {block};
        auto report = storage::syncStores(m_here->store(), m_there->store(), m_there->caller(), options);
        EXPECT_TRUE(report && report->conflicts.size() == 1);
        return report->conflicts.at(0).source;
    }
    bool isSettled(const storage::BlockId& block) {
        storage::SyncOptions options;
        options.ids = {block};
        auto report = storage::syncStores(m_here->store(), m_there->store(), m_there->caller(), options);
        return report && report->conflicts.empty();
    }
};

TEST_F(VersionsTest, BothVersionsOfATakeAreKept) {
    const TakeId take = addTake(*m_here);
    const auto block = blockOf(ItemKind::take, take);
    ASSERT_TRUE(send({block}));
    ASSERT_TRUE(m_here->changeTake(take, [](TakeRecord& record) { record.tags = {"wet"}; }));
    ASSERT_TRUE(m_there->changeTake(take, [](TakeRecord& record) { record.name = "Ours"; }));
    const storage::Block source = conflictOver(block);
    const auto kept = keepOtherVersion(*m_here, *m_there, source);
    ASSERT_TRUE(kept) << kept.error().sentence;
    const auto takes = m_there->takes();
    ASSERT_EQ(takes.size(), 2U);
    const auto& other = takes[0]->id == take ? takes[1] : takes[0];
    EXPECT_EQ(m_there->take(take)->name, "Ours");
    EXPECT_TRUE(m_there->take(take)->tags.empty());
    EXPECT_EQ(other->name, "Rain 1 (other version)");
    EXPECT_EQ(other->tags, std::vector<std::string>{"wet"});
    EXPECT_NE(other->file, m_there->take(take)->file);
    EXPECT_EQ(*readWholeFile(other->file, 1 << 20), *readWholeFile(m_there->take(take)->file, 1 << 20));
    EXPECT_TRUE(isWhole(*m_there));
    EXPECT_TRUE(isSettled(block));
    m_there = m_thereFolder.open();
    EXPECT_EQ(m_there->takes().size(), 2U);
    // One goes for good, the other stays whole.
    ASSERT_TRUE(m_there->changeTake(take, [](TakeRecord& record) { record.trashed = true; }));
    ASSERT_TRUE(m_there->purgeTake(take));
    EXPECT_TRUE(isWhole(*m_there));
}

TEST_F(VersionsTest, WhatIsKeptTwiceIsKeptOnce) {
    const TakeId take = addTake(*m_here);
    const auto block = blockOf(ItemKind::take, take);
    ASSERT_TRUE(send({block}));
    ASSERT_TRUE(m_here->changeTake(take, [](TakeRecord& record) { record.name = "Theirs"; }));
    ASSERT_TRUE(m_there->changeTake(take, [](TakeRecord& record) { record.name = "Ours"; }));
    const storage::Block source = conflictOver(block);
    // As if it had been killed before the conflict was settled.
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(keepOtherVersion(*m_here, *m_there, source));
    EXPECT_EQ(m_there->takes().size(), 2U);
    EXPECT_TRUE(isWhole(*m_there));
}

TEST_F(VersionsTest, BothVersionsOfAModelKeepTheirWeights) {
    const ModelId model = addModel(*m_here, "Rain");
    const auto block = blockOf(ItemKind::model, model);
    ASSERT_TRUE(send({block}));
    testing::writeModel(m_here->modelFile(model), model, "Rain", std::byte{1});
    ASSERT_TRUE(m_here->addModel(model));
    testing::writeModel(m_there->modelFile(model), model, "Rain", std::byte{2});
    ASSERT_TRUE(m_there->addModel(model));
    ASSERT_TRUE(keepOtherVersion(*m_here, *m_there, conflictOver(block)));
    const auto models = m_there->models();
    ASSERT_EQ(models.size(), 2U);
    const auto& other = models[0]->id == model ? models[1] : models[0];
    EXPECT_EQ(*readWholeFile(other->file, 1 << 20), *readWholeFile(m_here->modelFile(model), 1 << 20));
    EXPECT_TRUE(isWhole(*m_there));
    m_there = m_thereFolder.open();
    EXPECT_EQ(m_there->models().size(), 2U);
    EXPECT_TRUE(m_there->problems().empty());
}

TEST_F(VersionsTest, BothVersionsOfACubeAndOfACollectionAreKept) {
    const CubeId cube = addCube(*m_here, "Roof");
    testing::writeSound(m_hereFolder.path() / "a.wav");
    const CollectionId collection = testing::addCollection(*m_here, m_hereFolder.path() / "a.wav");
    const auto cubeBlock = blockOf(ItemKind::cube, cube),
               collectionBlock = blockOf(ItemKind::collection, collection);
    ASSERT_TRUE(send({cubeBlock, collectionBlock}));
    for (Library* library : {m_here.get(), m_there.get()}) {
        const std::string name = library == m_here.get() ? "Here" : "There";
        ASSERT_TRUE(library->changeCube(cube, [&](CubeRecord& record) { record.name = name; }));
        Collection changed = *library->collection(collection);
        changed.name = name;
        ASSERT_TRUE(library->putCollection(changed));
    }
    for (const storage::BlockId& block : {cubeBlock, collectionBlock})
        ASSERT_TRUE(keepOtherVersion(*m_here, *m_there, conflictOver(block)));
    ASSERT_EQ(m_there->cubes().size(), 2U);
    for (const auto& each : m_there->cubes()) EXPECT_TRUE(m_there->openCube(each->id));
    ASSERT_EQ(m_there->collections().size(), 2U);
    for (const auto& each : m_there->collections()) EXPECT_EQ(each->entries.size(), 1U);
    EXPECT_TRUE(isWhole(*m_there));
}

TEST_F(VersionsTest, TwoModelsThatMeetAtOnePlacePart) {
    const ModelId model = addModel(*m_here, "Rain");
    testing::writeModel(m_there->modelFile(model), model, "Hail", std::byte{5});
    ASSERT_TRUE(m_there->addModel(model));
    ASSERT_TRUE(storage::syncStores(m_here->store(), m_there->store(), m_there->caller()));
    std::vector<std::string> problems;
    const auto parted = partTwins(*m_here, *m_there, problems);
    ASSERT_TRUE(parted);
    EXPECT_EQ(*parted, 1U);
    EXPECT_TRUE(problems.empty());
    m_there = m_thereFolder.open();
    ASSERT_EQ(m_there->models().size(), 2U);
    EXPECT_NE(m_there->models()[0]->file, m_there->models()[1]->file);
    EXPECT_TRUE(isWhole(*m_there));
    EXPECT_EQ(*partTwins(*m_here, *m_there, problems), 0U);
}

}  // namespace
}  // namespace smidgen
