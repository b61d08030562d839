// Large blocks on their way between two libraries.
#include "storage/exchange/bridge.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "storage/blocks/store_core.h"
#include "storage/exchange/transfer_file.h"
#include "tests/storage/exchange/two_stores.h"

namespace smidgen::storage {
namespace {

using testing::codeOf;
using testing::contentsOf;
using testing::draft;
using testing::expectSound;
using testing::kAda;
using testing::kBen;
using testing::openStore;
using testing::putOne;
using testing::rename;
using testing::StoreFolder;
using testing::TwoStores;

constexpr std::size_t kLarge = 3'000'000;
constexpr std::uint32_t kChunk = 64 << 10;

BridgeOptions chunked() {
    BridgeOptions options;
    options.chunkBytes = kChunk;
    return options;
}

BridgeReport carried(BlockStore& from, BlockStore& to, const std::vector<BlockId>& ids,
                     const BridgeOptions& options = chunked()) {
    Bridge bridge(from, to, kAda, ids, options);
    auto report = bridge.wait();
    EXPECT_TRUE(report) << (report ? "" : report.error().sentence);
    return report ? std::move(*report) : BridgeReport{};
}

std::filesystem::path partOf(BlockStore& store, const BlockId& id) {
    return transferPathOf(store.folder(), id);
}

/// Carries until that many chunks have arrived.
void carryPart(BlockStore& from, BlockStore& to, const BlockId& id, std::uint64_t chunks) {
    BridgeOptions options = chunked();
    options.onProgress = [&options, chunks](const BridgeProgress& now) {
        if (now.bytesDone >= chunks * kChunk) options.cancel.cancel();
    };
    const BridgeReport report = carried(from, to, {id}, options);
    ASSERT_TRUE(report.sync.stopped);
    EXPECT_EQ(report.sync.stopped->code, ErrorCode::cancelled);
    EXPECT_EQ(report.bytesSent, chunks * kChunk);
}

TEST(Bridge, CarriesBlocksWithTheirLinksAndTellsHowFarItIs) {
    TwoStores stores;
    BlockDraft regular = draft("regular");
    regular.content = testing::bytesOf(5'000'000, 2, false);
    regular.tags = {"tag"};
    const std::vector<BlockId> ids{putOne(*stores.a, draft("large", kLarge)),
                                   putOne(*stores.a, draft("small", 500)), putOne(*stores.a, draft("empty")),
                                   putOne(*stores.a, regular)};
    ASSERT_TRUE(stores.a->apply(kAda, {LinkBlocks{{ids[1], ids[0], "made-from", 1.0}}}));
    std::vector<BridgeProgress> told;
    BridgeOptions options = chunked();
    options.onProgress = [&](const BridgeProgress& now) { told.push_back(now); };
    const BridgeReport report = carried(*stores.a, *stores.b, ids, options);
    EXPECT_TRUE(report.sync.isComplete());
    EXPECT_EQ(report.sync.added, 4U);
    EXPECT_EQ(report.sync.links, 1U);
    EXPECT_LT(report.bytesSent, kLarge + 1'000'000) << "compressed contents travel compressed";
    EXPECT_EQ(contentsOf(*stores.b), contentsOf(*stores.a));
    ASSERT_GT(told.size(), 40U);
    std::uint64_t last = 0;
    for (const BridgeProgress& now : told) {
        if (now.block != ids[0]) break;
        EXPECT_GE(now.bytesDone, last);
        last = now.bytesDone;
        EXPECT_EQ(now.bytesTotal, kLarge);
    }
    EXPECT_EQ(last, kLarge);
    EXPECT_EQ(told.back().blocksDone, 4U);
    EXPECT_TRUE(unfinishedTransfers(*stores.b)->empty());
    EXPECT_EQ(carried(*stores.a, *stores.b, ids).sync.same, 4U);
    expectSound(*stores.b);
}

TEST(Bridge, GoesOnWhereItWasStopped) {
    TwoStores stores;
    const BlockId id = putOne(*stores.a, draft("large", kLarge));
    carryPart(*stores.a, *stores.b, id, 10);
    EXPECT_TRUE(contentsOf(*stores.b).empty()) << "nothing half done is seen";
    auto unfinished = unfinishedTransfers(*stores.b);
    ASSERT_EQ(unfinished->size(), 1U);
    EXPECT_EQ((*unfinished)[0].block, id);
    EXPECT_EQ((*unfinished)[0].bytesTotal, kLarge);
    // After a restart of the program, too.
    stores.b.reset();
    stores.b = openStore(stores.folderB.path());
    const BridgeReport report = carried(*stores.a, *stores.b, {id});
    EXPECT_EQ(report.bytesResumed, 10 * kChunk);
    EXPECT_EQ(report.bytesSent, kLarge - 10 * kChunk);
    EXPECT_EQ(contentsOf(*stores.b), contentsOf(*stores.a));
    EXPECT_FALSE(std::filesystem::exists(partOf(*stores.b, id)));
    expectSound(*stores.b);
}

TEST(Bridge, NoticesDamageOfWhatHasArrived) {
    TwoStores stores;
    const BlockId id = putOne(*stores.a, draft("large", kLarge));
    Random random(3);
    for (int round = 0; round < 12; ++round) {
        carryPart(*stores.a, *stores.b, id, 8);
        {
            std::fstream file(partOf(*stores.b, id), std::ios::in | std::ios::out | std::ios::binary);
            const auto at = static_cast<std::streamoff>(
                round < 3 ? random.below(80)
                          : random.below(std::filesystem::file_size(partOf(*stores.b, id))));
            file.seekg(at);
            const char was = static_cast<char>(file.get());
            file.seekp(at);
            file.put(static_cast<char>(was ^ (1 << random.below(8))));
        }
        if (round % 4 == 3) std::filesystem::resize_file(partOf(*stores.b, id), random.below(8 * kChunk));
        const BridgeReport report = carried(*stores.a, *stores.b, {id});
        EXPECT_TRUE(report.sync.isComplete());
        EXPECT_LT(report.bytesResumed, 8 * kChunk) << "the damaged part is sent again";
        EXPECT_EQ(contentsOf(*stores.b), contentsOf(*stores.a));
        stores.b.reset();
        std::filesystem::remove_all(stores.folderB.path());
        stores.b = openStore(stores.folderB.path());
    }
}

TEST(Bridge, BeginsAnewWhenTheContentHasChanged) {
    TwoStores stores;
    const BlockId id = putOne(*stores.a, draft("large", kLarge));
    carryPart(*stores.a, *stores.b, id, 10);
    BlockEdit edit;
    edit.content = testing::bytesOf(kLarge, 77);
    ASSERT_TRUE(stores.a->edit(kAda, id, 0, edit));
    const BridgeReport report = carried(*stores.a, *stores.b, {id});
    EXPECT_EQ(report.bytesResumed, 0U);
    EXPECT_EQ(report.bytesSent, kLarge);
    EXPECT_EQ(stores.b->get(kAda, id)->content, *edit.content);
    carryPart(*stores.a, *stores.b, putOne(*stores.a, draft("other", kLarge, 5)), 2);
    BridgeOptions options = chunked();
    bool changed = false;
    const BlockId second = putOne(*stores.a, draft("second", kLarge, 6));
    options.onProgress = [&](const BridgeProgress& now) {
        if (changed || now.bytesDone < 5 * kChunk) return;
        changed = true;
        edit.content = testing::bytesOf(kLarge, 78);
        EXPECT_TRUE(stores.a->edit(kAda, second, 0, edit));
    };
    const BridgeReport during = carried(*stores.a, *stores.b, {second}, options);
    ASSERT_EQ(during.sync.problems.size(), 1U) << "it changed on the way";
    EXPECT_TRUE(carried(*stores.a, *stores.b, {second}).sync.isComplete());
    EXPECT_EQ(stores.b->get(kAda, second)->content, *edit.content);
    expectSound(*stores.b);
}

TEST(Bridge, NeverDeliversWhatIsDamagedInTheSource) {
    TwoStores stores;
    const BlockId id = putOne(*stores.a, draft("large", kLarge));
    const BlockId other = putOne(*stores.a, draft("whole", kLarge, 9));
    std::filesystem::path pack;
    for (const auto& entry : std::filesystem::directory_iterator(packFolderOf(stores.folderA.path())))
        pack = entry.path();
    {
        std::fstream file(pack, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(500'000);
        file.put('\x5a');
        file.put('\x5a');
    }
    const BridgeReport report = carried(*stores.a, *stores.b, {id, BlockId::make(), other});
    EXPECT_EQ(report.sync.problems.size(), 2U) << "the damaged, and the one that is not there";
    EXPECT_EQ(report.sync.added, 1U) << "the others go on";
    EXPECT_EQ(codeOf(stores.b->get(kAda, id)), ErrorCode::notFound);
    EXPECT_TRUE(unfinishedTransfers(*stores.b)->empty());
}

TEST(Bridge, IsOneAtATimeForABlockAndCanBeGivenUp) {
    TwoStores stores;
    const BlockId id = putOne(*stores.a, draft("large", kLarge));
    carryPart(*stores.a, *stores.b, id, 3);
    {
        auto held = stores.b->core().files.open(partOf(*stores.b, id), FileUse::write);
        ASSERT_TRUE(*(*held)->tryLock());
        const BridgeReport report = carried(*stores.a, *stores.b, {id});
        ASSERT_TRUE(report.sync.stopped);
        EXPECT_EQ(report.sync.stopped->code, ErrorCode::conflict);
        EXPECT_EQ(codeOf(discardTransfer(*stores.b, id)), ErrorCode::conflict);
    }
    ASSERT_TRUE(discardTransfer(*stores.b, id));
    EXPECT_TRUE(unfinishedTransfers(*stores.b)->empty());
    ASSERT_TRUE(discardTransfer(*stores.b, id)) << "nothing to give up";
    BridgeOptions odd;
    odd.chunkBytes = 7;
    EXPECT_EQ(codeOf(Bridge(*stores.a, *stores.b, kAda, {id}, odd).wait()), ErrorCode::invalidArgument);
    EXPECT_EQ(codeOf(Bridge(*stores.a, *stores.a, kAda, {id}).wait()), ErrorCode::invalidArgument);
}

TEST(Bridge, SettlesConflictsAndRespectsPermissions) {
    TwoStores stores;
    BlockDraft guarded = draft("guarded", kLarge);
    guarded.permissions = {{"ben", kMayRead}};
    const BlockId id = putOne(*stores.a, guarded);
    EXPECT_TRUE(carried(*stores.a, *stores.b, {id}).sync.isComplete());
    rename(*stores.a, id, "a");
    EXPECT_EQ(Bridge(*stores.a, *stores.b, kBen, {id}).wait()->sync.problems.size(), 1U);
    rename(*stores.b, id, "b");
    EXPECT_EQ(carried(*stores.a, *stores.b, {id}).sync.conflicts.size(), 1U);
    BridgeOptions options = chunked();
    options.policy = ConflictPolicy::keepBoth;
    EXPECT_EQ(carried(*stores.a, *stores.b, {id}, options).sync.keptBoth, 1U);
    EXPECT_EQ(contentsOf(*stores.b).size(), 2U);
    expectSound(*stores.b);
}

TEST(Bridge, WorksWhileBothLibrariesAreInUse) {
    TwoStores stores;
    const BlockId id = putOne(*stores.a, draft("large", kLarge));
    Bridge bridge(*stores.a, *stores.b, kAda, {id}, chunked());
    for (int i = 0; i < 30; ++i) {
        putOne(*stores.a, draft("a" + std::to_string(i), 1000));
        putOne(*stores.b, draft("b" + std::to_string(i), 1000));
        EXPECT_LE(bridge.progress().bytesDone, kLarge);
    }
    ASSERT_TRUE(bridge.wait());
    EXPECT_EQ(stores.b->get(kAda, id)->content.size(), kLarge);
    EXPECT_EQ(*stores.b->count(kAda, {}), 31U);
    expectSound(*stores.b);
    { Bridge dropped(*stores.a, *stores.b, kAda, {putOne(*stores.a, draft("later", kLarge, 8))}, chunked()); }
    expectSound(*stores.b);
}

TEST(Bridge, KilledAnywhereLosesNothingAndGoesOn) {
    StoreFolder source, target;
    std::vector<BlockId> ids;
    std::map<BlockId, std::string> expected;
    {
        auto store = openStore(source.path());
        for (std::uint64_t i = 0; i < 4; ++i)
            ids.push_back(putOne(*store, draft("large " + std::to_string(i), kLarge, i)));
        expected = contentsOf(*store);
        openStore(target.path());
    }
    std::uint64_t before = 0;
    for (std::uint64_t round = 0; round < 6; ++round) {
        std::array<int, 2> ends{};
        ASSERT_EQ(::pipe(ends.data()), 0);
        const pid_t process = ::fork();
        ASSERT_GE(process, 0);
        if (process == 0) {
            auto from = BlockStore::open(source.path(), testing::quietOptions());
            auto to = BlockStore::open(target.path(), testing::quietOptions());
            if (!from || !to) ::_exit(1);
            BridgeOptions options = chunked();
            options.onProgress = [&](const BridgeProgress&) {
                const char chunk = 'x';
                if (::write(ends[1], &chunk, 1) != 1) ::_exit(2);
            };
            (void)Bridge(**from, **to, kAda, ids, options).wait();
            ::_exit(0);
        }
        ::close(ends[1]);
        char chunk = 0;
        for (std::uint64_t i = 0; i < 5 + round * 9; ++i)
            if (::read(ends[0], &chunk, 1) != 1) break;
        ::kill(process, SIGKILL);
        ::waitpid(process, nullptr, 0);
        ::close(ends[0]);
        auto to = openStore(target.path());
        expectSound(*to);
        const auto there = contentsOf(*to);
        EXPECT_GE(there.size(), before);
        before = there.size();
        for (const auto& [id, text] : there) EXPECT_EQ(text, expected[id]);
    }
    auto from = openStore(source.path());
    auto to = openStore(target.path());
    carried(*from, *to, ids);
    EXPECT_EQ(contentsOf(*to), expected);
    expectSound(*to);
}

TEST(Bridge, RefusesASourceWithImpossibleSizes) {
    for (const char* sql : {"UPDATE content SET length = -1", "UPDATE content SET size = -5",
                            "UPDATE content SET length = 9223372036854775807"}) {
        StoreFolder source, target;
        BlockId id;
        {
            auto from = openStore(source.path());
            id = putOne(*from, draft("large", kLarge));
        }
        {
            auto raw = Connection::open(databaseOf(source.path()), OpenMode::readWrite);
            ASSERT_TRUE(raw && raw->execute(sql)) << sql;
        }
        auto from = openStore(source.path());
        auto to = openStore(target.path());
        const BridgeReport report = carried(*from, *to, {id});
        EXPECT_FALSE(report.sync.isComplete()) << sql;
        EXPECT_TRUE(contentsOf(*to).empty()) << sql;
        expectSound(*to);
    }
}

}  // namespace
}  // namespace smidgen::storage
