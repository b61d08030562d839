// What one library has comes into another, and nothing is lost on either side.
#include "storage/exchange/sync.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "storage/blocks/documentation.h"
#include "storage/blocks/store_core.h"
#include "storage/exchange/lineage.h"
#include "tests/storage/exchange/two_stores.h"

namespace smidgen::storage {
namespace {

using testing::codeOf;
using testing::contentsOf;
using testing::draft;
using testing::expectSound;
using testing::kAda;
using testing::kBen;
using testing::kSouth;
using testing::openStore;
using testing::putOne;
using testing::rename;
using testing::StoreFolder;
using testing::syncFrom;
using testing::TwoStores;

/// A bit of everything.
std::vector<BlockId> fill(BlockStore& store, std::size_t count = 20) {
    EXPECT_TRUE(defineSpace(store, {"ball", Space::hyperbolic(2), Chart::tangent}));
    std::vector<BlockId> ids;
    for (std::size_t i = 0; i < count; ++i) {
        BlockDraft made = draft("block " + std::to_string(i), i == 5 ? 1'500'000 : i * 300, i);
        made.tags = {"n" + std::to_string(i % 4)};
        made.vectors = {{"ball", {0.1F * static_cast<float>(i % 50), 1.0F}}};
        if (i == 6) made.kind = BlockClass::model;
        if (i == 7) made.permissions = {{"*", kMayRead}};
        if (i == 8) made.readOnly = true;
        ids.push_back(putOne(store, made));
    }
    EXPECT_TRUE(store.apply(
        kAda, {LinkBlocks{{ids[1], ids[0], "made-from", 0.5}}, ShareBlock{ids[2], 0, "south", true},
               SetStatus{ids[3], 0, BlockStatus::archived}, SetStatus{ids[4], 0, BlockStatus::deleted}}));
    return ids;
}

TEST(Lineages, TellAncestorsFromStrangers) {
    EXPECT_EQ(compareLineage({{1, 2}}, {{1, 2}}), LineageOrder::equal);
    EXPECT_EQ(compareLineage({{1, 2}}, {{1, 3}}), LineageOrder::before);
    EXPECT_EQ(compareLineage({{1, 2}, {4, 1}}, {{1, 2}}), LineageOrder::after);
    EXPECT_EQ(compareLineage({{1, 2}}, {{4, 1}}), LineageOrder::concurrent);
    EXPECT_EQ(compareLineage({{1, 2}, {4, 1}}, {{1, 1}, {4, 2}}), LineageOrder::concurrent);
    EXPECT_EQ(mergeLineage({{1, 2}, {4, 1}}, {{2, 7}, {4, 3}}), (Lineage{{1, 2}, {2, 7}, {4, 3}}));
}

TEST(Sync, BringsEverythingOverAndLeavesTheTargetsOwn) {
    TwoStores stores;
    const auto ids = fill(*stores.a);
    const BlockId own = putOne(*stores.b, draft("only here", 50));
    ASSERT_TRUE(putDocumentation(*stores.a, kAda, {"Help", "# One\nwords of help", "{}", {}}));
    const SyncReport report = syncFrom(*stores.a, *stores.b);
    EXPECT_EQ(report.added, 21U);
    EXPECT_EQ(report.links, 1U);
    EXPECT_EQ(report.spaces, 1U);
    EXPECT_TRUE(report.isComplete());
    auto expected = contentsOf(*stores.a);
    auto there = contentsOf(*stores.b);
    EXPECT_EQ(there.erase(own), 1U) << "never deletes what only the target has";
    EXPECT_EQ(there, expected);
    EXPECT_EQ(stores.b->get(kAda, ids[7])->permissions, stores.a->get(kAda, ids[7])->permissions);
    EXPECT_TRUE(stores.b->get(kSouth, ids[2])) << "sharing goes with it";
    EXPECT_EQ(searchDocumentation(*stores.b, kAda, "help")->hits.size(), 2U);
    expectSound(*stores.b);
    const auto before = stores.b->changesSince(0, 10'000)->next;
    const SyncReport again = syncFrom(*stores.a, *stores.b);
    EXPECT_EQ(again.same, 21U);
    EXPECT_EQ(again.contentBytes, 0U);
    EXPECT_EQ(stores.b->changesSince(0, 10'000)->next, before) << "nothing is written when nothing is new";
}

TEST(Sync, BringsLaterVersionsAndKeepsTheEarlier) {
    TwoStores stores;
    const auto ids = fill(*stores.a);
    syncFrom(*stores.a, *stores.b);
    rename(*stores.a, ids[0], "renamed");
    BlockEdit edit;
    edit.content = testing::bytesOf(700, 99);
    ASSERT_TRUE(stores.a->edit(kAda, ids[1], 0, edit));
    rename(*stores.b, ids[9], "renamed there");
    const SyncReport report = syncFrom(*stores.a, *stores.b);
    EXPECT_EQ(report.updated, 2U);
    EXPECT_EQ(report.newerInTarget, 1U);
    EXPECT_EQ(report.contentBytes, 700U) << "a content that is there already is not carried again";
    EXPECT_EQ(stores.b->get(kAda, ids[0])->name, "renamed");
    EXPECT_EQ(stores.b->get(kAda, ids[1])->content, *edit.content);
    EXPECT_EQ(stores.b->get(kAda, ids[9])->name, "renamed there");
    const auto versions = stores.b->versions(kAda, ids[0]);
    EXPECT_EQ(stores.b->getVersion(kAda, ids[0], versions->front())->name, "block 0");
    const auto both = syncBothWays(*stores.a, *stores.b, kAda);
    EXPECT_EQ(both->back.updated, 1U);
    EXPECT_EQ(contentsOf(*stores.a), contentsOf(*stores.b));
    expectSound(*stores.a);
    expectSound(*stores.b);
}

TEST(Sync, TakesOnlyWhatIsAskedFor) {
    TwoStores stores;
    const auto ids = fill(*stores.a);
    SyncOptions options;
    options.filter.emplace();
    options.filter->classes = {BlockClass::model};
    EXPECT_EQ(syncFrom(*stores.a, *stores.b, options).added, 1U);
    options.filter.emplace();
    options.filter->tags = {"n1"};
    EXPECT_EQ(syncFrom(*stores.a, *stores.b, options).added, 5U);
    options.filter.reset();
    options.ids = {ids[0], ids[4], ids[6]};
    const SyncReport report = syncFrom(*stores.a, *stores.b, options);
    EXPECT_EQ(report.added, 2U) << "one of them is there already";
    EXPECT_EQ(report.links, 0U);
    EXPECT_EQ(contentsOf(*stores.b).size(), 8U);
    options.ids = {BlockId::make()};
    auto unknown = syncStores(*stores.a, *stores.b, kAda, options);
    ASSERT_TRUE(unknown);
    EXPECT_EQ(unknown->problems.size(), 1U);
    expectSound(*stores.b);
}

/// A block that was changed on both sides; the target's change is the later one.
BlockId inConflict(TwoStores& stores) {
    BlockDraft made = draft("base", 100);
    made.tags = {"common"};
    made.vectors = {{"flat", {0.0F, 2.0F}}, {"ball", {1.0F, 0.0F}}};
    EXPECT_TRUE(defineSpace(*stores.a, {"ball", Space::hyperbolic(2), Chart::tangent}));
    const BlockId id = putOne(*stores.a, made);
    syncFrom(*stores.a, *stores.b);
    BlockEdit edit;
    edit.name = "of a";
    edit.tags = std::vector<std::string>{"common", "a"};
    edit.vectors = std::vector<BlockVector>{{"flat", {1.0F, 2.0F}}, {"ball", {2.0F, 0.0F}}};
    EXPECT_TRUE(stores.a->edit(kAda, id, 0, edit));
    const std::int64_t first = currentMilliseconds();
    while (currentMilliseconds() == first) {
    }
    edit.name = "of b";
    edit.tags = std::vector<std::string>{"b"};
    edit.vectors = std::vector<BlockVector>{{"flat", {3.0F, 4.0F}}, {"ball", {0.0F, 2.0F}}, {"more", {9.0F}}};
    edit.content = testing::bytesOf(300, 5);
    EXPECT_TRUE(stores.b->edit(kAda, id, 0, edit));
    return id;
}

SyncOptions with(ConflictPolicy policy) {
    SyncOptions options;
    options.policy = policy;
    return options;
}

/// Every state that there ever was of a block.
std::vector<std::string> namesEver(BlockStore& store, const BlockId& id) {
    std::vector<std::string> names;
    const auto versions = store.versions(kAda, id);
    for (const std::uint64_t version : *versions) names.push_back(store.getVersion(kAda, id, version)->name);
    return names;
}

TEST(Conflicts, AreListedAndLeftAloneWhenAPersonDecides) {
    TwoStores stores;
    const BlockId id = inConflict(stores);
    for (int i = 0; i < 2; ++i) {
        const SyncReport report = syncFrom(*stores.a, *stores.b);
        ASSERT_EQ(report.conflicts.size(), 1U);
        EXPECT_EQ(report.conflicts[0].source.name, "of a");
        EXPECT_EQ(report.conflicts[0].target.name, "of b");
        EXPECT_FALSE(report.isComplete());
    }
    EXPECT_EQ(stores.b->get(kAda, id)->name, "of b");
    EXPECT_EQ(codeOf(resolveConflict(*stores.a, *stores.b, kAda, id, ConflictPolicy::manual)),
              ErrorCode::conflict);
    ASSERT_TRUE(resolveConflict(*stores.a, *stores.b, kAda, id, ConflictPolicy::sourceWins));
    EXPECT_EQ(stores.b->get(kAda, id)->name, "of a");
    EXPECT_EQ(namesEver(*stores.b, id), (std::vector<std::string>{"base", "of b", "of a"}))
        << "nothing is lost";
    EXPECT_EQ(syncFrom(*stores.b, *stores.a).updated, 1U);
    EXPECT_EQ(contentsOf(*stores.a), contentsOf(*stores.b));
    expectSound(*stores.b);
}

TEST(Conflicts, EndWithTheNewestWhicheverWayTheyAreMet) {
    for (const bool turned : {false, true}) {
        TwoStores stores;
        const BlockId id = inConflict(stores);
        BlockStore& from = turned ? *stores.b : *stores.a;
        BlockStore& to = turned ? *stores.a : *stores.b;
        auto report = syncBothWays(from, to, kAda, with(ConflictPolicy::newestWins));
        ASSERT_TRUE(report);
        EXPECT_EQ(report->there.sourceWon, turned ? 1U : 0U);
        EXPECT_EQ(report->there.targetWon, turned ? 0U : 1U);
        EXPECT_EQ(stores.a->get(kAda, id)->name, "of b");
        EXPECT_EQ(stores.a->get(kAda, id)->content.size(), 300U);
        EXPECT_EQ(contentsOf(*stores.a), contentsOf(*stores.b));
        const auto names = namesEver(*stores.a, id);
        EXPECT_NE(std::find(names.begin(), names.end(), "of a"), names.end())
            << "the other stays as a version";
        expectSound(*stores.a);
        expectSound(*stores.b);
    }
}

TEST(Conflicts, LeaveTwoBlocksWhenBothAreKept) {
    TwoStores stores;
    const BlockId id = inConflict(stores);
    auto report = syncBothWays(*stores.a, *stores.b, kAda, with(ConflictPolicy::keepBoth));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->there.keptBoth, 1U);
    EXPECT_EQ(report->back.added, 1U);
    EXPECT_EQ(contentsOf(*stores.a), contentsOf(*stores.b));
    auto linked = stores.a->linksTo(kAda, id);
    ASSERT_EQ(linked->size(), 1U);
    EXPECT_EQ(linked->front().type, "other-version-of");
    EXPECT_EQ(stores.a->get(kAda, id)->name, "of b");
    EXPECT_EQ(stores.a->get(kAda, linked->front().source)->name, "of a (other version)");
    EXPECT_EQ(stores.a->get(kAda, linked->front().source)->content.size(), 100U);
    expectSound(*stores.a);
    expectSound(*stores.b);
}

TEST(Conflicts, AreMergedByTagsAndMeansOfVectors) {
    TwoStores stores;
    const BlockId id = inConflict(stores);
    auto report = syncBothWays(*stores.a, *stores.b, kAda, with(ConflictPolicy::merge));
    ASSERT_TRUE(report);
    EXPECT_EQ(report->there.merged, 1U);
    EXPECT_EQ(contentsOf(*stores.a), contentsOf(*stores.b));
    auto block = stores.a->get(kAda, id);
    ASSERT_TRUE(block);
    EXPECT_EQ(block->tags, (std::vector<std::string>{"a", "b", "common"}));
    EXPECT_EQ(block->name, "of b") << "the newest's";
    ASSERT_EQ(block->vectors.size(), 3U);
    EXPECT_EQ(block->vectors[0], (BlockVector{"flat", {2.0F, 3.0F}}));
    // Half way between two points at distance 2 from the origin at a right angle: on the diagonal, where
    // tanh(r) = tanh(2) cos(45°) (the right-angled triangle of hyperbolic trigonometry).
    const double radius = std::atanh(std::tanh(2.0) * std::sqrt(0.5));
    ASSERT_EQ(block->vectors[1].space, "ball");
    EXPECT_NEAR(block->vectors[1].values[0], radius * std::sqrt(0.5), 1e-6);
    EXPECT_NEAR(block->vectors[1].values[1], radius * std::sqrt(0.5), 1e-6);
    EXPECT_EQ(block->vectors[2].space, "more");
    expectSound(*stores.a);
    expectSound(*stores.b);
}

TEST(Conflicts, OverTheSameChangeAreNone) {
    TwoStores stores;
    const BlockId id = putOne(*stores.a, draft("base"));
    syncFrom(*stores.a, *stores.b);
    rename(*stores.a, id, "same");
    rename(*stores.b, id, "same");
    EXPECT_EQ(syncFrom(*stores.a, *stores.b).conflicts.size(), 0U);
    syncFrom(*stores.b, *stores.a);
    EXPECT_EQ(contentsOf(*stores.a), contentsOf(*stores.b));
}

TEST(Conflicts, OverAProtectedBlockWaitForAPerson) {
    TwoStores stores;
    const BlockId id = inConflict(stores);
    BlockEdit protect;
    protect.readOnly = true;
    ASSERT_TRUE(stores.b->edit(kAda, id, 0, protect));
    for (const ConflictPolicy policy : {ConflictPolicy::newestWins, ConflictPolicy::merge}) {
        const SyncReport report = syncFrom(*stores.a, *stores.b, with(policy));
        ASSERT_EQ(report.conflicts.size(), 1U);
        EXPECT_NE(report.conflicts[0].reason.find("of b"), std::string::npos);
    }
    EXPECT_EQ(stores.b->get(kAda, id)->name, "of b");
    ASSERT_TRUE(resolveConflict(*stores.a, *stores.b, kAda, id, ConflictPolicy::targetWins));
    EXPECT_EQ(syncFrom(*stores.b, *stores.a).updated, 1U);
}

void purge(BlockStore& store, const BlockId& id) {
    ASSERT_TRUE(store.setStatus(kAda, id, BlockStatus::deleted));
    ASSERT_TRUE(store.purge(kAda, id));
}

TEST(Purges, TakeAwayWhatTheyKnewAndNothingElse) {
    TwoStores stores;
    const auto ids = fill(*stores.a);
    syncFrom(*stores.a, *stores.b);
    purge(*stores.a, ids[0]);
    purge(*stores.a, ids[1]);
    rename(*stores.b, ids[1], "changed meanwhile");
    const std::int64_t key = stores.b->get(kAda, ids[1])->key;
    const SyncReport report = syncFrom(*stores.a, *stores.b);
    EXPECT_EQ(report.purged, 1U);
    EXPECT_EQ(report.keptThoughPurged, 1U);
    EXPECT_EQ(codeOf(stores.b->get(kAda, ids[0])), ErrorCode::notFound);
    const SyncReport back = syncFrom(*stores.b, *stores.a);
    EXPECT_EQ(back.cameBack, 1U);
    EXPECT_EQ(stores.a->get(kAda, ids[1])->name, "changed meanwhile");
    EXPECT_EQ(syncFrom(*stores.a, *stores.b).purged, 0U);
    EXPECT_EQ(stores.b->get(kAda, ids[1])->key, key);
    EXPECT_EQ(syncFrom(*stores.b, *stores.a).same, 19U);
    EXPECT_EQ(codeOf(stores.a->get(kAda, ids[0])), ErrorCode::notFound)
        << "what is purged does not come back";
    // A third library that has the old version does not bring it back either.
    StoreFolder folder;
    auto third = openStore(folder.path());
    purge(*stores.b, ids[2]);
    syncFrom(*stores.a, *third);
    EXPECT_EQ(syncFrom(*third, *stores.b).purgedInTarget, 1U);
    EXPECT_EQ(codeOf(stores.b->get(kAda, ids[2])), ErrorCode::notFound);
    for (BlockStore* store : {stores.a.get(), stores.b.get(), third.get()}) expectSound(*store);
}

TEST(Purges, NeverLetAnotherBlockHaveTheOldKey) {
    TwoStores stores;
    const BlockId id = putOne(*stores.a, draft("last"));
    syncFrom(*stores.a, *stores.b);
    purge(*stores.a, id);
    rename(*stores.b, id, "changed");
    syncFrom(*stores.b, *stores.a);
    const std::int64_t key = stores.a->get(kAda, id)->key;
    const BlockId next = putOne(*stores.a, draft("next"));
    EXPECT_GT(stores.a->get(kAda, next)->key, key);
    expectSound(*stores.a);
}

TEST(Sync, RefusesByNameAndGoesOn) {
    TwoStores stores;
    BlockDraft guarded = draft("guarded");
    guarded.permissions = {{"*", kMayRead}};
    const BlockId id = putOne(*stores.a, guarded);
    putOne(*stores.a, draft("free"), kBen);
    syncFrom(*stores.a, *stores.b);
    rename(*stores.a, id, "changed by its owner");
    putOne(*stores.a, draft("later"), kBen);
    auto report = syncStores(*stores.a, *stores.b, kBen);
    ASSERT_TRUE(report);
    ASSERT_EQ(report->problems.size(), 1U);
    EXPECT_NE(report->problems[0].sentence.find("guarded"), std::string::npos);
    EXPECT_EQ(report->added, 1U);
    EXPECT_EQ(stores.b->get(kAda, id)->name, "guarded");
    auto hidden = draft("hidden");
    hidden.permissions = {{"eve", kMayRead}};
    putOne(*stores.a, hidden);
    EXPECT_EQ(syncStores(*stores.a, *stores.b, kBen)->added, 0U) << "a caller brings what it may read";
    EXPECT_EQ(codeOf(syncStores(*stores.a, *stores.a, kAda)), ErrorCode::invalidArgument);
    EXPECT_EQ(codeOf(syncStores(*stores.a, *stores.b, {"", "north"})), ErrorCode::invalidArgument);
    ASSERT_TRUE(defineSpace(*stores.a, {"x", Space::hyperbolic(2)}));
    ASSERT_TRUE(defineSpace(*stores.b, {"x", Space::hyperbolic(3)}));
    EXPECT_EQ(codeOf(syncStores(*stores.a, *stores.b, kAda)), ErrorCode::conflict);
}

TEST(Sync, StoppedAnywhereGoesOnFromThere) {
    StoreFolder folder;
    auto source = openStore(folder.path());
    fill(*source, 150);
    const auto expected = contentsOf(*source);
    TwoStores stores;
    std::uint64_t runs = 0;
    std::uint64_t added = 0;
    for (bool complete = false; !complete; ++runs) {
        SyncOptions options;
        // Stops after a few pages or at once, and later.
        std::uint64_t left = runs % 3;
        options.progress = [&](double) {
            if (left-- == 0) options.cancel.cancel();
        };
        if (runs % 4 == 1) options.cancel.cancel();
        auto report = syncStores(*source, *stores.b, kAda, options);
        ASSERT_TRUE(report);
        added += report->added;
        complete = !report->stopped;
        EXPECT_TRUE(complete || report->stopped->code == ErrorCode::cancelled);
        expectSound(*stores.b);
    }
    EXPECT_EQ(added, 150U) << "nothing is carried twice";
    EXPECT_EQ(contentsOf(*stores.b), expected);
    EXPECT_EQ(contentsOf(*source), expected);
}

TEST(Sync, KilledAnywhereGoesOnFromThere) {
    StoreFolder source, target;
    std::map<BlockId, std::string> expected;
    {
        auto store = openStore(source.path());
        fill(*store, 400);
        expected = contentsOf(*store);
    }
    Random random(11);
    for (int round = 0; round < 8; ++round) {
        std::array<int, 2> ends{};
        ASSERT_EQ(::pipe(ends.data()), 0);
        const pid_t process = ::fork();
        ASSERT_GE(process, 0);
        if (process == 0) {
            auto from = BlockStore::open(source.path(), testing::quietOptions());
            auto to = BlockStore::open(target.path(), testing::quietOptions());
            if (!from || !to) ::_exit(1);
            const char ready = 'x';
            if (::write(ends[1], &ready, 1) != 1) ::_exit(2);
            (void)syncStores(**from, **to, kAda);
            ::_exit(0);
        }
        ::close(ends[1]);
        char ready = 0;
        ASSERT_EQ(::read(ends[0], &ready, 1), 1);
        ::close(ends[0]);
        std::uint64_t spun = 1;
        for (std::uint64_t i = random.below(30'000'000); i > 0; --i) spun ^= random.bits() | 1;
        EXPECT_NE(spun, 0U);
        ::kill(process, SIGKILL);
        ::waitpid(process, nullptr, 0);
        auto to = openStore(target.path());
        expectSound(*to);
        for (const auto& [id, text] : contentsOf(*to)) {
            const std::string& whole = expected[id];
            EXPECT_EQ(text.substr(0, whole.find(" >")), whole.substr(0, whole.find(" >")))
                << "whole or not at all";
        }
    }
    auto from = openStore(source.path());
    auto to = openStore(target.path());
    syncFrom(*from, *to);
    EXPECT_EQ(contentsOf(*to), expected);
    EXPECT_EQ(contentsOf(*from), expected);
}

/// Three libraries that are changed at random and meet in pairs, as the policies decide.
TEST(Sync, OfThreeLibrariesEndsInAgreementWithNothingLost) {
    for (const ConflictPolicy policy :
         {ConflictPolicy::newestWins, ConflictPolicy::keepBoth, ConflictPolicy::merge}) {
        std::array<StoreFolder, 3> folders;
        std::array<std::unique_ptr<BlockStore>, 3> stores;
        for (std::size_t i = 0; i < 3; ++i) stores[i] = openStore(folders[i].path());
        Random random(mixSeed(4, static_cast<std::uint64_t>(policy)));
        std::vector<BlockId> ids;
        std::set<std::string> written;
        for (int step = 0; step < 120; ++step) {
            BlockStore& store = *stores[random.below(3)];
            const std::string token = "token" + std::to_string(step);
            const std::uint64_t what = random.below(6);
            if (ids.size() < 4 || what == 0) {
                BlockDraft made = draft(token, 40, static_cast<std::uint64_t>(step));
                made.vectors = {{"v", {static_cast<float>(step)}}};
                ids.push_back(putOne(store, made));
                written.insert(token);
            } else if (what < 4) {
                const BlockId& id = ids[random.below(ids.size())];
                if (!store.get(kAda, id)) continue;
                BlockEdit edit;
                edit.name = token;
                edit.tags = std::vector<std::string>{token};
                ASSERT_TRUE(store.edit(kAda, id, 0, edit));
                written.insert(token);
            } else {
                BlockStore& other = *stores[random.below(3)];
                if (&store != &other) syncFrom(store, other, with(policy));
            }
        }
        for (int round = 0; round < 4; ++round)
            for (std::size_t i = 0; i < 3; ++i) syncFrom(*stores[i], *stores[(i + 1) % 3], with(policy));
        const auto agreed = contentsOf(*stores[0]);
        EXPECT_EQ(contentsOf(*stores[1]), agreed);
        EXPECT_EQ(contentsOf(*stores[2]), agreed);
        std::set<std::string> seen;
        for (const auto& store : stores) {
            expectSound(*store);
            for (const auto& [id, text] : agreed) {
                const auto versions = store->versions(kAda, id);
                ASSERT_TRUE(versions);
                for (const std::uint64_t version : *versions) {
                    auto past = store->getVersion(kAda, id, version);
                    ASSERT_TRUE(past);
                    seen.insert(past->name.substr(0, past->name.find(' ')));
                }
            }
        }
        for (const std::string& token : written) EXPECT_TRUE(seen.contains(token)) << token;
    }
}

}  // namespace
}  // namespace smidgen::storage
