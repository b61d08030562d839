// Disks that fail and disks that are full. By hand: SMIDGEN_IO_ERRORS=1 (every call of 200 steps)
#include <gtest/gtest.h>

#include "tests/storage/blocks/fault_script.h"
#include "tests/storage/blocks/recorded_disk.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;

using testing::draft;
using testing::kAda;
using testing::RecordedDisk;
using testing::StoreFolder;

/// Blocks that were acknowledged, with the sum of their content.
using Acknowledged = std::vector<std::pair<BlockId, Checksum>>;

/// `steps` writes and a few reads, going on after errors; opens the store when it could not be opened.
Acknowledged runThrough(RecordedDisk& disk, const fs::path& folder, std::uint64_t steps, int& failures) {
    StoreOptions options = testing::quietOptions();
    options.files = &disk;
    Acknowledged kept;
    std::unique_ptr<BlockStore> store;
    for (std::uint64_t i = 0; i < steps; ++i) {
        if (!store) {
            auto opened = BlockStore::open(folder, options);
            if (!opened) {
                ++failures;
                continue;
            }
            store = std::move(*opened);
        }
        const BlockDraft made =
            draft("step " + std::to_string(i), i % 25 == 10 ? (1 << 20) + 100 : 500 + i * 30, i);
        auto receipt = store->put(kAda, made);
        if (receipt)
            kept.emplace_back(receipt->id, checksumOf(made.content));
        else
            ++failures;
        if (i % 9 == 5 && !checkpointStore(*store, false)) ++failures;
        if (i % 7 == 3 && !kept.empty() && !store->get(kAda, kept.back().first)) ++failures;
    }
    return kept;
}

void expectAll(const fs::path& folder, const Acknowledged& kept, const std::string& when) {
    auto store = BlockStore::open(folder, testing::quietOptions());
    ASSERT_TRUE(store) << when << ": " << store.error().sentence << store.error().detail;
    auto report = verifyStore(**store);
    ASSERT_TRUE(report) << when;
    ASSERT_TRUE(report->isSound()) << when << ": " << testing::problemsOf(*report);
    for (const auto& [id, sum] : kept) {
        auto block = (*store)->get(kAda, id);
        ASSERT_TRUE(block) << when << ": " << block.error().sentence;
        ASSERT_EQ(block->contentSum, sum) << when;
    }
}

TEST(DiskErrors, AtAnyCallLoseNothingThatWasAcknowledged) {
    const bool byHand = testing::rounds("SMIDGEN_IO_ERRORS", 0) > 0;
    const std::uint64_t steps = byHand ? 200 : 30;
    std::int64_t calls = 0;
    {
        StoreFolder folder;
        RecordedDisk disk;
        disk.setRecording(false);
        int failures = 0;
        EXPECT_EQ(runThrough(disk, folder.path(), steps, failures).size(), steps);
        EXPECT_EQ(failures, 0);
        calls = disk.calls();
    }
    ASSERT_GT(calls, 200);
    for (std::int64_t call = 0; call < calls; call += byHand ? 1 : 9) {
        StoreFolder folder;
        Acknowledged kept;
        int failures = 0;
        {
            RecordedDisk disk;
            disk.setRecording(false);
            testing::DiskFaults fault;
            fault.failCall = call;
            disk.setFaults(fault);
            kept = runThrough(disk, folder.path(), steps, failures);
        }
        EXPECT_LE(failures, 3) << "after one error everything works again; call " << call;
        expectAll(folder.path(), kept, "call " + std::to_string(call));
    }
}

TEST(DiskErrors, ADeadDiskIsReportedAndLosesNothing) {
    StoreFolder folder;
    Acknowledged kept;
    int failures = 0;
    {
        RecordedDisk disk;
        disk.setRecording(false);
        testing::DiskFaults fault;
        fault.failCall = 150;
        fault.failForEver = true;
        disk.setFaults(fault);
        kept = runThrough(disk, folder.path(), 60, failures);
    }
    EXPECT_GT(failures, 10);
    expectAll(folder.path(), kept, "dead disk");
}

TEST(FullDisks, RefuseInWordsAndWorkAgainWhenThereIsSpace) {
    for (const std::int64_t space : {0L, 5'000L, 60'000L, 150'000L, 400'000L, 1'300'000L}) {
        StoreFolder folder;
        Acknowledged kept;
        {
            RecordedDisk disk;
            disk.setRecording(false);
            StoreOptions options = testing::quietOptions();
            options.files = &disk;
            auto store = BlockStore::open(folder.path(), options);
            ASSERT_TRUE(store);
            testing::DiskFaults full;
            full.spaceLeft = space;
            disk.setFaults(full);
            std::string sentence;
            for (std::uint64_t i = 0; i < 60 && sentence.empty(); ++i) {
                const BlockDraft made = draft("step", i % 8 == 4 ? (1 << 20) + 100 : 9000, i);
                auto receipt = (*store)->put(kAda, made);
                if (receipt)
                    kept.emplace_back(receipt->id, checksumOf(made.content));
                else
                    sentence = receipt.error().sentence;
            }
            EXPECT_NE(sentence.find("no space is left"), std::string::npos) << sentence;
            for (const auto& [id, sum] : kept) EXPECT_TRUE((*store)->get(kAda, id)) << "reading still works";
            disk.setFaults({});
            const BlockDraft made = draft("retry", 1'200'000, 99);
            auto receipt = (*store)->put(kAda, made);
            ASSERT_TRUE(receipt) << receipt.error().sentence << receipt.error().detail;
            kept.emplace_back(receipt->id, checksumOf(made.content));
        }
        expectAll(folder.path(), kept, "space " + std::to_string(space));
    }
}

}  // namespace
}  // namespace smidgen::storage
