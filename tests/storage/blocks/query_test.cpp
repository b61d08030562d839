// Lists, pages, links and the order of changes.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "storage/blocks/block_visit.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage {
namespace {

using testing::codeOf;
using testing::draft;
using testing::kAda;
using testing::openStore;
using testing::putOne;
using testing::StoreFolder;

/// Names over all pages of `limit`.
std::vector<std::string> namesOf(BlockStore& store, BlockQuery query) {
    std::vector<std::string> names;
    do {
        auto page = store.list(kAda, query);
        EXPECT_TRUE(page) << (page ? "" : page.error().sentence);
        if (!page) break;
        for (const Block& block : page->blocks) names.push_back(block.name);
        query.after = page->next;
    } while (!query.after.empty());
    return names;
}

TEST(Lists, ShowOfCertainKeysThoseThatMayBeReadAndLogNothing) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    BlockDraft guarded = draft("Guarded");
    guarded.permissions = {{"cleo", kMayAll}};
    const BlockId open = putOne(*store, draft("Open")), other = putOne(*store, draft("Third"));
    const BlockId hidden = putOne(*store, guarded, testing::kBen);
    const BlockId far = putOne(*store, draft("Far"), testing::kSouth);
    BlockQuery query;
    query.keys = {store->get(kAda, open)->key, store->get(testing::kBen, hidden)->key,
                  store->get(testing::kSouth, far)->key, 4711};
    const std::size_t logged = store->audit(1)->size();
    EXPECT_EQ(namesOf(*store, query), std::vector<std::string>{"Open"});
    EXPECT_EQ(store->audit(1)->size(), logged);
    EXPECT_FALSE(other.isNull());
}

TEST(Visits, SeeAllProjectsAndCallersInAnyStatus) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    BlockDraft guarded = draft("Guarded"), preset = draft("Preset");
    guarded.permissions = {{"cleo", kMayAll}};
    preset.kind = BlockClass::preset;
    putOne(*store, guarded, testing::kBen);
    putOne(*store, draft("Far"), testing::kSouth);
    putOne(*store, preset);
    const BlockId trashed = putOne(*store, draft("Trashed"));
    ASSERT_TRUE(store->setStatus(kAda, trashed, BlockStatus::deleted));
    for (int i = 0; i < 1500; ++i) putOne(*store, draft("more"), testing::kSouth);
    const auto visited = [&](const std::vector<BlockClass>& classes) {
        std::vector<std::string> names;
        const auto done = visitBlocks(*store, classes, [&](const Block& block) {
            names.push_back(block.name);
            return true;
        });
        EXPECT_TRUE(done);
        EXPECT_EQ(done->blocks, names.size());
        EXPECT_EQ(done->damaged, 0U);
        return names;
    };
    const auto all = visited({});
    ASSERT_EQ(all.size(), 1504U);
    EXPECT_EQ(std::vector(all.begin(), all.begin() + 4),
              (std::vector<std::string>{"Guarded", "Far", "Preset", "Trashed"}));
    EXPECT_EQ(visited({BlockClass::preset}), std::vector<std::string>{"Preset"});
    int seen = 0;
    ASSERT_TRUE(visitBlocks(*store, {}, [&](const Block&) { return ++seen < 3; }));
    EXPECT_EQ(seen, 3);
}

TEST(Lists, FilterByEachProperty) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    BlockDraft kick = draft("Kick one");
    kick.tags = {"drum", "starred"};
    BlockDraft pad = draft("Pad");
    pad.kind = BlockClass::preset;
    pad.tags = {"starred"};
    putOne(*store, kick);
    const BlockId padId = putOne(*store, pad, testing::kBen);
    const auto filtered = [&](auto change) {
        BlockQuery query;
        change(query);
        EXPECT_EQ(*store->count(kAda, query), namesOf(*store, query).size());
        return namesOf(*store, query);
    };
    using Names = std::vector<std::string>;
    EXPECT_EQ(filtered([](BlockQuery&) {}), (Names{"Kick one", "Pad"}));
    EXPECT_EQ(filtered([](BlockQuery& q) { q.tags = {"starred"}; }), (Names{"Kick one", "Pad"}));
    EXPECT_EQ(filtered([](BlockQuery& q) { q.tags = {"starred", "drum"}; }), (Names{"Kick one"}));
    EXPECT_EQ(filtered([](BlockQuery& q) {
                  q.classes = {BlockClass::preset, BlockClass::model};
              }),
              (Names{"Pad"}));
    EXPECT_EQ(filtered([](BlockQuery& q) { q.nameContains = "kick"; }), (Names{"Kick one"}));
    EXPECT_EQ(filtered([](BlockQuery& q) { q.owner = "ben"; }), (Names{"Pad"}));
    const std::int64_t created = store->get(kAda, padId)->created;
    EXPECT_EQ(filtered([&](BlockQuery& q) { q.createdFrom = created + 1; }), Names{});
    EXPECT_EQ(filtered([&](BlockQuery& q) { q.createdUntil = created + 1; }), (Names{"Kick one", "Pad"}));
}

TEST(Lists, ATagIsFoundOnlyWhileABlockHasIt) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    BlockDraft kick = draft("kick");
    kick.tags = {"drum"};
    const BlockId id = putOne(*store, kick);
    BlockQuery drums;
    drums.tags = {"drum"};
    EXPECT_EQ(store->list(kAda, drums)->blocks.size(), 1U);
    BlockEdit retag;
    retag.tags = std::vector<std::string>{"bell"};
    ASSERT_TRUE(store->edit(kAda, id, 0, retag));
    EXPECT_TRUE(store->list(kAda, drums)->blocks.empty());
    drums.tags = {"bell"};
    EXPECT_EQ(store->list(kAda, drums)->blocks.size(), 1U);
}

TEST(Lists, SortEveryWayAndPageWithoutGapsOrDoubles) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    std::vector<Operation> operations;
    for (int i = 0; i < 57; ++i)
        operations.emplace_back(
            PutBlock{draft("n" + std::to_string(i * 37 % 19), static_cast<std::size_t>(i % 5))});
    ASSERT_TRUE(store->apply(kAda, operations));
    for (const SortBy sortBy : {SortBy::created, SortBy::updated, SortBy::name, SortBy::size}) {
        for (const bool descending : {false, true}) {
            BlockQuery query;
            query.sortBy = sortBy;
            query.descending = descending;
            query.limit = 1000;
            const auto whole = namesOf(*store, query);
            ASSERT_EQ(whole.size(), 57U);
            for (const std::size_t limit : {1UL, 7UL, 56UL, 57UL}) {
                query.limit = limit;
                EXPECT_EQ(namesOf(*store, query), whole) << limit;
            }
            if (sortBy == SortBy::name) {
                auto sorted = whole;
                std::sort(sorted.begin(), sorted.end());
                if (descending) std::reverse(sorted.begin(), sorted.end());
                EXPECT_EQ(whole, sorted);
            }
        }
    }
}

TEST(Lists, PagesStayWholeWhileBlocksComeAndGo) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    std::vector<BlockId> ids;
    for (int i = 0; i < 30; ++i) ids.push_back(putOne(*store, draft("old " + std::to_string(i))));
    BlockQuery query;
    query.limit = 7;
    query.descending = true;
    std::multiset<std::string> seen;
    for (int page = 0;; ++page) {
        auto blocks = store->list(kAda, query);
        ASSERT_TRUE(blocks);
        for (const Block& block : blocks->blocks) seen.insert(block.name);
        putOne(*store, draft("new " + std::to_string(page)));
        if (page == 0) {
            ASSERT_TRUE(store->setStatus(kAda, ids[29], BlockStatus::deleted));
        }
        query.after = blocks->next;
        if (query.after.empty()) break;
    }
    for (int i = 0; i < 30; ++i) EXPECT_EQ(seen.count("old " + std::to_string(i)), 1U) << i;
}

TEST(Lists, RefuseALimitOrMarkThatMakesNoSense) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    putOne(*store, draft("kick"));
    BlockQuery query;
    query.limit = 0;
    EXPECT_EQ(codeOf(store->list(kAda, query)), ErrorCode::invalidArgument);
    query.limit = 10;
    query.after = "somewhere";
    EXPECT_EQ(codeOf(store->list(kAda, query)), ErrorCode::invalidArgument);
}

TEST(Provenance, WalksNearestFirstAndEachBlockOnce) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    std::vector<BlockId> ids;
    for (const char* name : {"take", "codes", "model", "collection", "file"})
        ids.push_back(putOne(*store, draft(name)));
    // take ← codes ← model ← collection ← file, take ← model, and a circle back to the take.
    const auto link = [&](int from, int to, const char* type) {
        ASSERT_TRUE(store->apply(kAda, {LinkBlocks{{ids[static_cast<std::size_t>(from)],
                                                    ids[static_cast<std::size_t>(to)], type, 1.0}}}));
    };
    link(0, 1, "made-from");
    link(1, 2, "made-by");
    link(2, 3, "trained-on");
    link(3, 4, "holds");
    link(0, 2, "made-by");
    link(4, 0, "recorded-in");
    auto steps = store->provenance(kAda, ids[0]);
    ASSERT_TRUE(steps);
    ASSERT_EQ(steps->size(), 4U);
    EXPECT_EQ((*steps)[0].depth, 1U);
    EXPECT_EQ((*steps)[1].depth, 1U);
    EXPECT_EQ((*steps)[2].link.target, ids[3]);
    EXPECT_EQ((*steps)[3].link.target, ids[4]);
    EXPECT_EQ((*steps)[3].depth, 3U);
    EXPECT_EQ(store->provenance(kAda, ids[0], {"made-by"})->size(), 1U);
    EXPECT_EQ(store->provenance(kAda, ids[0], {}, 1)->size(), 2U);
    EXPECT_EQ(store->linksTo(kAda, ids[2])->size(), 2U);
    ASSERT_TRUE(store->apply(kAda, {UnlinkBlocks{ids[0], ids[2], "made-by"}}));
    EXPECT_EQ(codeOf(store->apply(kAda, {UnlinkBlocks{ids[0], ids[2], "made-by"}})), ErrorCode::notFound);
    EXPECT_EQ(store->linksTo(kAda, ids[2])->size(), 1U);
    ASSERT_TRUE(store->setStatus(kAda, ids[3], BlockStatus::deleted));
    ASSERT_TRUE(store->purge(kAda, ids[3]));
    EXPECT_TRUE(store->linksFrom(kAda, ids[2])->empty()) << "links go with the block";
}

TEST(Changes, TellEachBlocksLastChangeOnceAndInOrder) {
    StoreFolder folder;
    auto store = openStore(folder.path());
    const BlockId a = putOne(*store, draft("a"));
    const BlockId b = putOne(*store, draft("b"));
    const BlockId c = putOne(*store, draft("c"));
    BlockEdit rename;
    rename.name = "a2";
    ASSERT_TRUE(store->edit(kAda, a, 0, rename));
    auto all = store->changesSince(0);
    ASSERT_TRUE(all);
    ASSERT_EQ(all->changes.size(), 3U);
    EXPECT_EQ(all->changes[0].id, b);
    EXPECT_EQ(all->changes[1].id, c);
    EXPECT_EQ(all->changes[2].id, a);
    EXPECT_TRUE(store->changesSince(all->next)->changes.empty());
    EXPECT_EQ(store->changesSince(all->next)->next, all->next);
    const std::int64_t key = store->get(kAda, b)->key;
    ASSERT_TRUE(store->setStatus(kAda, b, BlockStatus::deleted));
    ASSERT_TRUE(store->purge(kAda, b));
    auto later = store->changesSince(all->next);
    ASSERT_EQ(later->changes.size(), 1U);
    EXPECT_TRUE(later->changes[0].purged);
    EXPECT_EQ(later->changes[0].key, key);
    std::vector<BlockId> paged;
    for (std::uint64_t since = 0;;) {
        auto page = store->changesSince(since, 1);
        if (page->changes.empty()) break;
        paged.push_back(page->changes[0].id);
        since = page->next;
    }
    EXPECT_EQ(paged, (std::vector<BlockId>{c, a, b}));
    EXPECT_GT(store->get(kAda, putOne(*store, draft("d")))->key, key)
        << "a purged block's key does not return";
}

}  // namespace
}  // namespace smidgen::storage
