// Large batches, whose words are indexed after their commit.
#include "storage/blocks/word_backlog.h"

#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "storage/blocks/maintenance.h"
#include "storage/blocks/store_core.h"
#include "tests/storage/blocks/fault_script.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;

using testing::draft;
using testing::kAda;
using testing::openStore;
using testing::putOne;
using testing::StoreFolder;

constexpr std::size_t kBatch = 128;

/// "sound 0", "sound 1" …, each with a word of its own, the first with a section.
std::vector<BlockId> putBatch(BlockStore& store, const std::string& name = "sound") {
    std::vector<Operation> batch;
    for (std::size_t i = 0; i < kBatch; ++i) {
        BlockDraft made = draft(name + " " + std::to_string(i));
        made.metadata = R"({"word": "own)" + name + std::to_string(i) + R"("})";
        if (i == 0) {
            const std::string text = "# Heading\n\nHidden treasure.\n";
            const auto bytes = std::as_bytes(std::span(text));
            made.kind = BlockClass::documentation;
            made.content.assign(bytes.begin(), bytes.end());
        }
        batch.emplace_back(PutBlock{made});
    }
    std::vector<BlockId> ids;
    auto receipts = store.apply(kAda, batch);
    EXPECT_TRUE(receipts) << (receipts ? "" : receipts.error().sentence);
    if (receipts)
        for (const Receipt& receipt : *receipts) ids.push_back(receipt.id);
    return ids;
}

std::size_t hits(BlockStore& store, const std::string& text) {
    WordQuery query;
    query.text = text;
    query.limit = 1000;
    auto page = store.searchWords(kAda, query);
    EXPECT_TRUE(page) << (page ? "" : page.error().sentence + page.error().detail);
    if (!page) return 0;
    for (const WordHit& hit : page->hits) EXPECT_FALSE(hit.snippet.empty());
    return page->hits.size();
}

bool isWaiting(BlockStore& store) {
    auto reader = store.core().readers.lend();
    auto from = wordsWaitFrom((*reader)->connection);
    EXPECT_TRUE(from);
    return from && from->has_value();
}

void expectSound(BlockStore& store) {
    auto report = verifyStore(store);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->isSound()) << testing::problemsOf(*report);
}

TEST(WordBacklog, IsFoundByTheFirstSearch) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    putBatch(*store);
    EXPECT_TRUE(isWaiting(*store));
    expectSound(*store);
    EXPECT_EQ(hits(*store, "sound"), kBatch);
    EXPECT_FALSE(isWaiting(*store)) << "the search has indexed them";
    EXPECT_EQ(hits(*store, "treasure"), 1U);
    EXPECT_EQ(hits(*store, "ownsound77"), 1U);
    expectSound(*store);
}

TEST(WordBacklog, TakesUpWhatHappensToItsBlocksMeanwhile) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId before = putOne(*store, draft("before"));
    const auto ids = putBatch(*store);
    putOne(*store, draft("after"));
    BlockEdit edit;
    edit.name = "renamed";
    ASSERT_TRUE(store->edit(kAda, ids[3], 0, edit));
    ASSERT_TRUE(store->edit(kAda, before, 0, edit));
    ASSERT_TRUE(store->setStatus(kAda, ids[4], BlockStatus::deleted));
    ASSERT_TRUE(store->purge(kAda, ids[4]));
    putBatch(*store, "noise");
    EXPECT_TRUE(isWaiting(*store));
    expectSound(*store);
    EXPECT_EQ(hits(*store, "renamed"), 2U);
    EXPECT_EQ(hits(*store, "ownsound3"), 11U) << "sounds 3 and 30 to 39";
    EXPECT_EQ(hits(*store, "ownsound4"), 10U) << "sounds 40 to 49";
    EXPECT_EQ(hits(*store, "after"), 1U);
    EXPECT_EQ(hits(*store, "before"), 0U);
    EXPECT_EQ(hits(*store, "noise"), kBatch);
    expectSound(*store);
}

TEST(WordBacklog, OfABatchThatFailedIsNone) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    std::vector<Operation> batch;
    for (std::size_t i = 0; i < kBatch; ++i) batch.emplace_back(PutBlock{draft("gone")});
    batch.emplace_back(PurgeBlock{BlockId::make(), 0});
    ASSERT_FALSE(store->apply(kAda, batch));
    EXPECT_FALSE(isWaiting(*store));
    putOne(*store, draft("stays"));
    EXPECT_EQ(hits(*store, "stays"), 1U);
    EXPECT_EQ(hits(*store, "gone"), 0U);
    expectSound(*store);
}

TEST(WordBacklog, OutlivesACrash) {
    StoreFolder folder, crashed;
    {
        auto store = openStore(folder.path());
        putOne(*store, draft("sound before"));
        putBatch(*store);
        fs::copy(folder.path(), crashed.path(),
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        fs::remove(crashed.path() / "store.db-shm");
    }
    {
        // Where nothing can be written they are searched as they are.
        StoreOptions options = testing::quietOptions();
        options.readOnly = true;
        auto store = openStore(crashed.path(), options);
        ASSERT_TRUE(store);
        EXPECT_EQ(hits(*store, "sound"), kBatch + 1);
        EXPECT_EQ(hits(*store, "treasure"), 1U);
        EXPECT_TRUE(isWaiting(*store));
        WordQuery few;
        few.text = "sound";
        few.limit = 50;
        std::set<BlockId> all;
        do {
            auto page = store->searchWords(kAda, few);
            ASSERT_TRUE(page);
            for (const WordHit& hit : page->hits) EXPECT_TRUE(all.insert(hit.block.id).second);
            few.after = page->next;
        } while (!few.after.empty());
        EXPECT_EQ(all.size(), kBatch + 1);
    }
    auto store = openStore(crashed.path());
    EXPECT_TRUE(isWaiting(*store));
    EXPECT_EQ(hits(*store, "sound"), kBatch + 1);
    EXPECT_FALSE(isWaiting(*store));
    expectSound(*store);
}

TEST(WordBacklog, IsNoneOnceTheStoreIsClosed) {
    StoreFolder folder;
    {
        auto store = openStore(folder.path());
        putBatch(*store);
    }
    auto raw = Connection::open(databaseOf(folder.path()), OpenMode::readOnly);
    ASSERT_TRUE(raw);
    EXPECT_FALSE(wordsWaitFrom(*raw).value().has_value());
    EXPECT_EQ(raw->integerOf("SELECT count(*) FROM words").value(), kBatch + 1) << "and a section";
}

TEST(WordBacklog, IsIndexedInThePauses) {
    StoreFolder folder;
    auto store = openStore(folder.path(), {});
    putBatch(*store);
    while (isWaiting(*store)) std::this_thread::yield();
    auto raw = Connection::open(databaseOf(folder.path()), OpenMode::readOnly);
    EXPECT_EQ(raw->integerOf("SELECT count(*) FROM words").value(), kBatch + 1);
}

TEST(WordBacklog, IsSavedByARepair) {
    StoreFolder folder, crashed;
    {
        auto store = openStore(folder.path());
        putBatch(*store);
        fs::copy(folder.path(), crashed.path(),
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        fs::remove(crashed.path() / "store.db-shm");
    }
    ASSERT_TRUE(repairStore(crashed.path(), testing::quietOptions()));
    auto store = openStore(crashed.path());
    EXPECT_EQ(hits(*store, "sound"), kBatch);
    expectSound(*store);
}

}  // namespace
}  // namespace smidgen::storage
