// Making, changing and reading blocks.
#include "storage/blocks/block_store.h"

#include <gtest/gtest.h>

#include <limits>

#include "engine/foundation/atomic_file.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage {
namespace {

using testing::bytesOf;
using testing::codeOf;
using testing::draft;
using testing::kAda;
using testing::openStore;
using testing::putOne;
using testing::StoreFolder;

TEST(BlockStore, GivesBackWhatItWasGivenAfterReopening) {
    StoreFolder folder;
    BlockDraft given = draft("kick", 5000);
    given.tags = {"low", "drum", "low"};
    given.vectors = {{"descriptors", {0.5F, -1.0F}}, {"takes", {3.0F}}};
    BlockId id;
    {
        auto store = openStore(folder.path());
        id = putOne(*store, given);
    }
    auto store = openStore(folder.path());
    auto block = store->get(kAda, id);
    ASSERT_TRUE(block) << block.error().sentence;
    EXPECT_EQ(block->name, "kick");
    EXPECT_EQ(block->kind, BlockClass::take);
    EXPECT_EQ(block->mimeType, "audio/flac");
    EXPECT_EQ(block->metadata, given.metadata);
    EXPECT_EQ(block->tags, (std::vector<std::string>{"drum", "low"}));
    EXPECT_EQ(block->vectors, given.vectors);
    EXPECT_EQ(block->content, given.content);
    EXPECT_EQ(block->contentSize, 5000U);
    EXPECT_EQ(block->owner, "ada");
    EXPECT_EQ(block->project, "north");
    EXPECT_EQ(block->version, 1U);
    EXPECT_EQ(block->created, block->updated);
    EXPECT_EQ(block->lineage.size(), 1U);
}

TEST(BlockStore, KeepsContentOfEverySize) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    for (const std::size_t size : {0UL, 1UL, 4095UL, 70'000UL, (1UL << 20) - 1, 1UL << 20, 3'000'001UL}) {
        for (const bool noise : {true, false}) {
            BlockDraft given = draft("size " + std::to_string(size));
            given.content = bytesOf(size, size + 1, noise);
            const BlockId id = putOne(*store, given);
            auto block = store->get(kAda, id);
            ASSERT_TRUE(block) << block.error().sentence;
            EXPECT_EQ(block->content, given.content) << size;
        }
    }
    std::size_t packs = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "packs"))
        packs += entry.file_size() > 4'000'000 ? 1 : 0;
    EXPECT_EQ(packs, 1U) << "large noise belongs into one pack file";
}

TEST(BlockStore, RefusesAVersionThatIsNoLongerTheLast) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId id = putOne(*store, draft("kick"));
    BlockEdit rename;
    rename.name = "kick 2";
    auto first = store->edit(kAda, id, 1, rename);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->version, 2U);
    EXPECT_EQ(codeOf(store->edit(kAda, id, 1, rename)), ErrorCode::conflict);
    EXPECT_TRUE(store->edit(kAda, id, 0, rename)) << "0 means: whatever it is";
    EXPECT_EQ(store->get(kAda, id)->version, 3U);
}

TEST(BlockStore, TransactionsAreAllOrNothing) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId old = putOne(*store, draft("old"));
    BlockDraft made = draft("new", 2'000'000);
    made.id = BlockId::make();
    BlockEdit edit;
    edit.vectors = std::vector<BlockVector>{{"takes", {1.0F}}};
    EXPECT_EQ(codeOf(store->apply(kAda, {PutBlock{made}, EditBlock{old, 0, edit}, EditBlock{old, 9, edit}})),
              ErrorCode::conflict);
    EXPECT_EQ(codeOf(store->get(kAda, *made.id)), ErrorCode::notFound);
    EXPECT_TRUE(store->get(kAda, old)->vectors.empty());
    auto receipts = store->apply(
        kAda, {PutBlock{made}, EditBlock{old, 1, edit}, LinkBlocks{{*made.id, old, "made-from", 0.5}}});
    ASSERT_TRUE(receipts) << receipts.error().sentence;
    EXPECT_EQ(receipts->size(), 3U);
    EXPECT_EQ(store->get(kAda, *made.id)->content, made.content);
    EXPECT_EQ(store->get(kAda, old)->vectors.size(), 1U);
    EXPECT_EQ(store->linksFrom(kAda, *made.id)->front(), (Link{*made.id, old, "made-from", 0.5}));
}

TEST(BlockStore, RefusesWhatMakesNoSense) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const auto code = [&](auto change) {
        BlockDraft wrong = draft("x");
        change(wrong);
        return codeOf(store->put(kAda, wrong));
    };
    EXPECT_EQ(code([](BlockDraft& d) { d.name.clear(); }), ErrorCode::invalidArgument);
    EXPECT_EQ(code([](BlockDraft& d) { d.name.assign(1025, 'x'); }), ErrorCode::invalidArgument);
    EXPECT_EQ(code([](BlockDraft& d) { d.metadata = "[1]"; }), ErrorCode::invalidArgument);
    EXPECT_EQ(code([](BlockDraft& d) { d.metadata = "{\"a\":"; }), ErrorCode::invalidArgument);
    EXPECT_EQ(code([](BlockDraft& d) { d.tags = {"a\nb"}; }), ErrorCode::invalidArgument);
    EXPECT_EQ(code([](BlockDraft& d) { d.vectors = {{"s", {}}}; }), ErrorCode::invalidArgument);
    EXPECT_EQ(code([](BlockDraft& d) {
                  d.vectors = {{"s", {std::numeric_limits<float>::infinity()}}};
              }),
              ErrorCode::invalidArgument);
    EXPECT_EQ(codeOf(store->put({"", "north"}, draft("x"))), ErrorCode::invalidArgument);
    EXPECT_EQ(codeOf(store->put({"ada", ""}, draft("x"))), ErrorCode::invalidArgument);
    const BlockId id = putOne(*store, draft("x"));
    BlockDraft same = draft("y");
    same.id = id;
    EXPECT_EQ(codeOf(store->put(kAda, same)), ErrorCode::conflict);
}

TEST(BlockStore, RestoresFromTheTrashAndPurgesForGood) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId id = putOne(*store, draft("kick", 2'000'000));
    EXPECT_EQ(codeOf(store->purge(kAda, id)), ErrorCode::refused) << "not in the trash";
    ASSERT_TRUE(store->setStatus(kAda, id, BlockStatus::deleted));
    EXPECT_TRUE(store->list(kAda, {})->blocks.empty());
    EXPECT_EQ(store->get(kAda, id)->status, BlockStatus::deleted);
    ASSERT_TRUE(store->setStatus(kAda, id, BlockStatus::active));
    EXPECT_EQ(store->list(kAda, {})->blocks.size(), 1U);
    ASSERT_TRUE(store->setStatus(kAda, id, BlockStatus::deleted));
    ASSERT_TRUE(store->purge(kAda, id));
    EXPECT_EQ(codeOf(store->get(kAda, id)), ErrorCode::notFound);
    BlockDraft again = draft("kick");
    again.id = id;
    EXPECT_EQ(codeOf(store->put(kAda, again)), ErrorCode::conflict) << "other stores hold it for gone";
}

TEST(BlockStore, ArchivedBlocksAreListedOnlyWhenAskedFor) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId id = putOne(*store, draft("kick"));
    ASSERT_TRUE(store->setStatus(kAda, id, BlockStatus::archived));
    EXPECT_TRUE(store->list(kAda, {})->blocks.empty());
    BlockQuery archived;
    archived.statuses = {BlockStatus::archived};
    EXPECT_EQ(store->list(kAda, archived)->blocks.size(), 1U);
}

TEST(BlockStore, ReadsEveryVersionBack) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    std::vector<BlockDraft> past;
    BlockId id;
    for (std::uint64_t version = 1; version <= 5; ++version) {
        BlockDraft now = draft("take " + std::to_string(version), version == 3 ? 1'500'000 : 900, version);
        now.vectors.assign(version, BlockVector{"takes", {static_cast<float>(version)}});
        past.push_back(now);
        if (version == 1) {
            id = putOne(*store, now);
            continue;
        }
        BlockEdit edit;
        edit.name = now.name;
        edit.content = now.content;
        edit.vectors = now.vectors;
        ASSERT_TRUE(store->edit(kAda, id, version - 1, edit));
    }
    EXPECT_EQ(*store->versions(kAda, id), (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
    for (std::uint64_t version = 1; version <= 5; ++version) {
        auto block = store->getVersion(kAda, id, version);
        ASSERT_TRUE(block) << block.error().sentence;
        EXPECT_EQ(block->name, past[version - 1].name);
        EXPECT_EQ(block->content, past[version - 1].content);
        EXPECT_EQ(block->vectors, past[version - 1].vectors);
        EXPECT_EQ(block->version, version);
    }
    EXPECT_EQ(codeOf(store->getVersion(kAda, id, 6)), ErrorCode::notFound);
}

TEST(BlockStore, RenamingSharesTheContentOfTheVersionBefore) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId id = putOne(*store, draft("kick", 1'500'000));
    const auto packBytes = [&] {
        std::uintmax_t sum = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "packs"))
            sum += entry.file_size();
        return sum;
    };
    const std::uintmax_t before = packBytes();
    BlockEdit rename;
    rename.name = "snare";
    ASSERT_TRUE(store->edit(kAda, id, 0, rename));
    EXPECT_EQ(packBytes(), before);
    EXPECT_EQ(store->getVersion(kAda, id, 1)->content, store->get(kAda, id)->content);
}

TEST(BlockStore, CountsReadsWithoutMakingThemChanges) {
    StoreFolder folder;
    BlockId id;
    {
        auto store = openStore(folder.path());
        id = putOne(*store, draft("kick"));
        for (int i = 0; i < 3; ++i) ASSERT_TRUE(store->get(kAda, id));
        EXPECT_EQ(store->get(kAda, id)->accessCount, 3U);
    }
    auto store = openStore(folder.path());
    auto block = store->get(kAda, id);
    EXPECT_EQ(block->accessCount, 4U);
    EXPECT_GE(block->accessed, block->created);
    EXPECT_EQ(block->version, 1U);
}

TEST(BlockStore, OpensForReadingOnlyAndSaysSo) {
    StoreFolder folder;
    BlockId id;
    {
        auto store = openStore(folder.path());
        id = putOne(*store, draft("kick", 2'000'000));
    }
    StoreOptions options = testing::quietOptions();
    options.readOnly = true;
    auto store = openStore(folder.path(), options);
    EXPECT_TRUE(store->isReadOnly());
    EXPECT_EQ(store->get(kAda, id)->content.size(), 2'000'000U);
    EXPECT_EQ(codeOf(store->put(kAda, draft("snare"))), ErrorCode::refused);
    EXPECT_EQ(codeOf(store->setStatus(kAda, id, BlockStatus::deleted)), ErrorCode::refused);
}

TEST(BlockStore, RefusesAFileThatIsNotItsOwn) {
    StoreFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder.path() / "store.db", std::string(4096, 'x')));
    EXPECT_EQ(codeOf(BlockStore::open(folder.path())), ErrorCode::unusableInput);
}

TEST(BlockStore, TwoStoresOnOneFolderSeeEachOthersWrites) {
    StoreFolder folder;
    auto first = openStore(folder.path());
    auto second = openStore(folder.path());
    const BlockId a = putOne(*first, draft("a", 2'000'000));
    const BlockId b = putOne(*second, draft("b", 2'000'000));
    EXPECT_EQ(second->get(kAda, a)->content.size(), 2'000'000U);
    EXPECT_EQ(first->get(kAda, b)->content.size(), 2'000'000U);
    BlockEdit rename;
    rename.name = "c";
    ASSERT_TRUE(first->edit(kAda, b, 1, rename));
    EXPECT_EQ(codeOf(second->edit(kAda, b, 1, rename)), ErrorCode::conflict);
}

}  // namespace
}  // namespace smidgen::storage
