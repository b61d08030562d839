// Verification, repair, copies, reclaiming, scrubbing, group commit.
#include "storage/blocks/maintenance.h"

#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <latch>
#include <thread>

#include "storage/blocks/store_core.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage {
namespace {

using testing::codeOf;
using testing::draft;
using testing::kAda;
using testing::openStore;
using testing::putOne;
using testing::StoreFolder;

/// A store with a bit of everything. Ids in order of making.
std::vector<BlockId> fill(BlockStore& store) {
    std::vector<BlockId> ids;
    for (std::size_t i = 0; i < 12; ++i) {
        BlockDraft made = draft("block " + std::to_string(i), i == 5 ? 2'000'000 : i * 700, i);
        made.tags = {"even", "tag " + std::to_string(i % 3)};
        made.vectors = {{"takes", {static_cast<float>(i), 1.0F}}};
        if (i == 7) made.permissions = {{"*", kMayRead}};
        ids.push_back(putOne(store, made));
    }
    BlockEdit edit;
    edit.name = "block 3, again";
    EXPECT_TRUE(store.edit(kAda, ids[3], 0, edit));
    edit.content = testing::bytesOf(900, 77);
    EXPECT_TRUE(store.edit(kAda, ids[3], 0, edit));
    EXPECT_TRUE(store.apply(
        kAda, {LinkBlocks{{ids[1], ids[0], "made-from", 1.0}}, ShareBlock{ids[2], 0, "south", true},
               SetStatus{ids[11], 0, BlockStatus::deleted}}));
    EXPECT_TRUE(store.purge(kAda, ids[11]));
    return ids;
}

std::string problemsOf(const VerifyReport& report) {
    std::string all;
    for (const Problem& problem : report.problems) all += problem.sentence + "\n";
    return all;
}

void expectSound(BlockStore& store) {
    auto report = verifyStore(store);
    ASSERT_TRUE(report) << report.error().sentence << report.error().detail;
    EXPECT_TRUE(report->isSound()) << problemsOf(*report);
}

/// Changes the database behind the store's back.
void tamper(const std::filesystem::path& folder, const char* sql) {
    auto raw = Connection::open(databaseOf(folder), OpenMode::readWrite);
    ASSERT_TRUE(raw);
    const Status done = raw->execute(sql);
    ASSERT_TRUE(done) << done.error().detail;
}

TEST(Verification, FindsNothingWrongWithAStoreInOrder) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    fill(*store);
    auto report = verifyStore(*store);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->isSound()) << problemsOf(*report);
    EXPECT_EQ(report->blocks, 11U);
    EXPECT_EQ(report->vectors, 11U);
    EXPECT_EQ(report->orphanBytes, 0U);
    EXPECT_GT(report->bytes, 2'000'000U);
}

TEST(Verification, FindsWhatWasChangedBehindTheStoresBack) {
    for (const char* sql :
         {"UPDATE block SET name = 'other' WHERE key = 2",
          "UPDATE block SET tags = 'other' WHERE key = 2",
          "UPDATE block SET status = 1 WHERE key = 2",
          "UPDATE block SET owner = 'eve' WHERE key = 2",
          "UPDATE block SET metadata = '{}' WHERE key = 2",
          "UPDATE block SET change = 3 WHERE key = 2",
          "UPDATE block SET content = (SELECT content FROM block WHERE key = 4) WHERE key = 2",
          "UPDATE block SET vectors = 0 WHERE key = 2",
          "UPDATE block SET flags = 0 WHERE key = 8",
          "DELETE FROM tag WHERE block = 2",
          "INSERT INTO tag VALUES('stray', 2)",
          "DELETE FROM vector WHERE key = 131072",
          "UPDATE vector SET data = zeroblob(8) WHERE key = 131072",
          "UPDATE vector SET space = 'other' WHERE key = 131072",
          "UPDATE vector SET key = 99999999 WHERE key = 131072",
          "DELETE FROM content WHERE key = 2",
          "UPDATE content SET data = zeroblob(length(data)) WHERE key = 2",
          "UPDATE content SET place = place + 1 WHERE pack IS NOT NULL",
          "INSERT INTO content(codec, size, sum, data) VALUES(0, 0, x'99aa06d3014798d86001c324468d497f', "
          "x'')",
          "UPDATE version SET record = zeroblob(100)",
          "UPDATE version SET block = 77 WHERE block = 4 AND version = 1",
          "UPDATE link SET weight = 3",
          "DELETE FROM block WHERE key = 1",
          "DELETE FROM share",
          "UPDATE permission SET rights = 15",
          "UPDATE tombstone SET time = 1",
          "UPDATE project SET name = 'elsewhere' WHERE key = 1",
          "DROP TRIGGER audit_fixed; UPDATE audit SET caller = 'eve' WHERE seq = 4",
          "DELETE FROM meta"}) {
        StoreFolder folder;
        {
            auto store = openStore(folder.path());
            fill(*store);
        }
        tamper(folder.path(), sql);
        auto store = BlockStore::open(folder.path(), testing::quietOptions());
        if (!store) continue;  // noticed when it is opened
        auto report = verifyStore(**store);
        ASSERT_TRUE(report) << sql;
        EXPECT_FALSE(report->isSound()) << sql;
    }
}

TEST(Verification, ADamagedContentIsNeverReadAsIfItWereWhole) {
    StoreFolder folder;
    std::vector<BlockId> ids;
    {
        auto store = openStore(folder.path());
        ids = fill(*store);
    }
    tamper(folder.path(), "UPDATE content SET data = zeroblob(length(data)) WHERE pack IS NULL");
    auto store = openStore(folder.path());
    EXPECT_EQ(codeOf(store->get(kAda, ids[2])), ErrorCode::unusableInput);
    EXPECT_TRUE(store->get(kAda, ids[2], {true, false})) << "the rest can still be read";
    EXPECT_TRUE(store->get(kAda, ids[5])) << "it lies in a pack";
}

TEST(Repair, SavesAllThatIsWholeAndNamesTheRest) {
    StoreFolder folder;
    std::vector<BlockId> ids;
    {
        auto store = openStore(folder.path());
        ids = fill(*store);
    }
    tamper(folder.path(),
           "UPDATE block SET metadata = '{\"bpm\": 121}' WHERE key = 4;"  // has older versions
           "UPDATE block SET metadata = '{\"bpm\": 121}' WHERE key = 7;"  // has none
           "UPDATE vector SET data = zeroblob(8) WHERE key = 131072;"
           "DELETE FROM tag; UPDATE link SET weight = 9;"
           "DROP TRIGGER audit_fixed; UPDATE audit SET caller = 'eve' WHERE seq = 4");
    auto report = repairStore(folder.path(), testing::quietOptions());
    ASSERT_TRUE(report) << report.error().sentence << report.error().detail;
    EXPECT_EQ(report->lost.size(), 3U) << "a block, a block's vectors, a link";
    auto store = openStore(folder.path());
    expectSound(*store);
    EXPECT_EQ(codeOf(store->get(kAda, ids[6])), ErrorCode::notFound);
    auto back = store->getVersion(kAda, ids[3], 2);
    ASSERT_TRUE(back) << back.error().sentence;
    EXPECT_EQ(back->name, "block 3, again");
    EXPECT_EQ(store->get(kAda, ids[3])->version, 2U) << "the last whole version";
    EXPECT_TRUE(store->get(kAda, ids[1])->vectors.empty());
    EXPECT_EQ(store->get(kAda, ids[5])->content.size(), 2'000'000U);
    BlockQuery even;
    even.tags = {"even"};
    EXPECT_EQ(store->list(kAda, even)->blocks.size(), 10U) << "tags are found again";
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "store.db.damaged"));
    putOne(*store, draft("after"));
    expectSound(*store);
}

TEST(Repair, MovesWhatIsWholeOutOfADamagedPack) {
    StoreFolder folder;
    BlockId large;
    {
        auto store = openStore(folder.path());
        large = fill(*store)[5];
    }
    for (const auto& pack : std::filesystem::directory_iterator(packFolderOf(folder.path()))) {
        std::fstream file(pack.path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(2);
        file.put('?');
    }
    EXPECT_FALSE(verifyStore(*openStore(folder.path()))->isSound());
    auto report = repairStore(folder.path(), testing::quietOptions());
    ASSERT_TRUE(report) << report.error().sentence << report.error().detail;
    EXPECT_TRUE(report->lost.empty());
    EXPECT_FALSE(report->done.empty());
    auto store = openStore(folder.path());
    expectSound(*store);
    EXPECT_EQ(store->get(kAda, large)->content, testing::bytesOf(2'000'000, 5));
}

TEST(Repair, RefusesAStoreThatIsOpen) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    fill(*store);
    EXPECT_EQ(codeOf(repairStore(folder.path(), testing::quietOptions())), ErrorCode::conflict);
    expectSound(*store);
}

TEST(Backup, IsAWholeStoreOfItsOwn) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const auto ids = fill(*store);
    const auto target = folder.path() / "copy";
    double last = 0.0;
    ASSERT_TRUE(backupStore(*store, target, {}, [&](double done) {
        EXPECT_GE(done, last);
        last = done;
    }));
    EXPECT_EQ(last, 1.0);
    putOne(*store, draft("later"));
    auto copy = openStore(target);
    expectSound(*copy);
    EXPECT_EQ(copy->list(kAda, {})->blocks.size(), 11U);
    EXPECT_EQ(copy->get(kAda, ids[5])->content, store->get(kAda, ids[5])->content);
    EXPECT_NE(copy->core().replica, store->core().replica);
    EXPECT_EQ(codeOf(backupStore(*store, target)), ErrorCode::invalidArgument) << "never over an old one";
}

TEST(Backup, LeavesNothingBehindWhenItIsStopped) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    fill(*store);
    CancelToken cancel;
    cancel.cancel();
    EXPECT_EQ(codeOf(backupStore(*store, folder.path() / "copy", cancel)), ErrorCode::cancelled);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "copy"));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "copy.part"));
}

TEST(Compaction, ReclaimsWhatWasPurgedAndKeepsTheRest) {
    StoreFolder folder;
    StoreOptions options = testing::quietOptions();
    options.packBytes = 8 << 20;
    auto store = openStore(folder.path(), options);
    std::vector<BlockId> ids;
    for (std::uint64_t i = 0; i < 10; ++i)
        ids.push_back(putOne(*store, draft("n" + std::to_string(i), 1'500'000, i)));
    const auto kept = store->get(kAda, ids[9])->content;
    for (std::size_t i = 0; i < 9; ++i) {
        ASSERT_TRUE(store->setStatus(kAda, ids[i], BlockStatus::deleted));
        ASSERT_TRUE(store->purge(kAda, ids[i]));
    }
    EXPECT_GT(verifyStore(*store)->orphanBytes, 13'000'000U);
    auto freed = compactPacks(*store);
    ASSERT_TRUE(freed) << freed.error().sentence;
    EXPECT_GT(*freed, 13'000'000U);
    expectSound(*store);
    EXPECT_EQ(store->get(kAda, ids[9])->content, kept);
    EXPECT_LT(statisticsOf(*store)->packBytes, 2'000'000U);
}

TEST(Scrub, GoesOverEverythingAndFindsDamage) {
    StoreFolder folder;
    {
        auto store = openStore(folder.path());
        fill(*store);
    }
    tamper(folder.path(), "UPDATE content SET data = zeroblob(length(data)) WHERE key = 3");
    auto store = openStore(folder.path());
    std::promise<Result<VerifyReport>> done;
    Scrubber scrubber(*store, 0, [&](const Result<VerifyReport>& report) { done.set_value(report); });
    auto report = done.get_future().get();
    ASSERT_TRUE(report);
    EXPECT_EQ(report->blocks, 11U);
    EXPECT_EQ(report->problems.size(), 1U) << problemsOf(*report);
    EXPECT_GT(scrubber.bytesDone(), 2'000'000U);
}

TEST(Scrub, StopsAtOnceEvenWhenItIsSlow) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    fill(*store);
    std::promise<Result<VerifyReport>> done;
    Scrubber scrubber(*store, 1, [&](const Result<VerifyReport>& report) { done.set_value(report); });
    scrubber.cancel();
    EXPECT_EQ(codeOf(done.get_future().get()), ErrorCode::cancelled);
}

TEST(GroupCommit, WritersThatWaitShareATransaction) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    constexpr int kThreads = 8, kEach = 25;
    std::latch start(kThreads);
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back([&, t] {
            start.arrive_and_wait();
            for (int i = 0; i < kEach; ++i)
                EXPECT_TRUE(store->put(kAda, draft(std::to_string(t) + "/" + std::to_string(i))));
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(*store->count(kAda, {}), static_cast<std::uint64_t>(kThreads * kEach));
    auto figures = statisticsOf(*store);
    ASSERT_TRUE(figures);
    EXPECT_EQ(figures->writes, static_cast<std::uint64_t>(kThreads * kEach));
    EXPECT_LE(figures->commits.count, figures->writes);
    EXPECT_EQ(figures->puts.count, static_cast<std::uint64_t>(kThreads * kEach));
    expectSound(*store);
}

TEST(GroupCommit, AFailingWriteLeavesItsNeighboursAlone) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId contested = putOne(*store, draft("contested"));
    std::atomic<int> won{0}, lost{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 6; ++t)
        threads.emplace_back([&, t] {
            BlockEdit edit;
            edit.name = "by " + std::to_string(t);
            (store->edit(kAda, contested, 1, edit) ? won : lost)++;
            EXPECT_TRUE(store->put(kAda, draft("own")));
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(won, 1);
    EXPECT_EQ(lost, 5);
    EXPECT_EQ(*store->count(kAda, {}), 7U);
    expectSound(*store);
}

TEST(Checkpoints, KeepTheLogShortWhenWritersNeverPause) {
    StoreFolder folder;
    StoreOptions options;
    options.checkpointPages = 50;
    auto store = openStore(folder.path(), options);
    constexpr std::size_t kWriters = 4;
    constexpr std::size_t kBytes = 60'000;
    constexpr std::size_t kPuts = 200;
    {
        std::vector<std::jthread> writers;
        for (std::size_t w = 0; w < kWriters; ++w)
            writers.emplace_back([&, w] {
                for (std::size_t i = 0; i < kPuts; ++i)
                    EXPECT_TRUE(store->put(kAda, draft("large", kBytes, w * kPuts + i)));
            });
    }
    const std::uint64_t written = kWriters * kPuts * kBytes;
    EXPECT_LT(statisticsOf(*store)->logBytes, written / 3);
    expectSound(*store);
}

TEST(Checkpoints, MoveTheLogAndKeepItShort) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    fill(*store);
    EXPECT_GT(statisticsOf(*store)->logBytes, 0U);
    ASSERT_TRUE(checkpointStore(*store, true));
    EXPECT_EQ(statisticsOf(*store)->logBytes, 0U);
    expectSound(*store);
}

}  // namespace
}  // namespace smidgen::storage
