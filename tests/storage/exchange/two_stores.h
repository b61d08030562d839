// Two libraries of one person, and what they have.
#pragma once

#include <map>

#include "storage/blocks/verification.h"
#include "storage/exchange/sync.h"
#include "tests/storage/blocks/fault_script.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage::testing {

struct TwoStores {
    StoreFolder folderA, folderB;
    std::unique_ptr<BlockStore> a = openStore(folderA.path());
    std::unique_ptr<BlockStore> b = openStore(folderB.path());
};

/// All that a person sees of a project's blocks, by id: what two libraries have to agree on.
inline std::map<BlockId, std::string> contentsOf(BlockStore& store, const Caller& caller = kAda) {
    std::map<BlockId, std::string> all;
    BlockQuery query;
    query.statuses.clear();
    query.limit = 10'000;
    auto page = store.list(caller, query);
    EXPECT_TRUE(page);
    for (const Block& listed : page->blocks) {
        auto block = store.get(caller, listed.id);
        EXPECT_TRUE(block) << (block ? "" : block.error().sentence);
        if (!block) continue;
        std::string text = block->name + " " + block->metadata + " s" +
                           std::to_string(static_cast<int>(block->status)) + (block->readOnly ? " ro" : "");
        for (const std::string& tag : block->tags) text += " #" + tag;
        for (const std::uint8_t byte : checksumOf(block->content)) text += " " + std::to_string(byte);
        for (const BlockVector& vector : block->vectors) {
            text += " " + vector.space;
            for (const float value : vector.values) text += "," + std::to_string(value);
        }
        for (const auto& [replica, count] : block->lineage)
            text += " " + std::to_string(replica) + ":" + std::to_string(count);
        auto links = store.linksFrom(caller, block->id);
        for (const Link& link : *links) text += " >" + link.type + link.target.text();
        all[listed.id] = text;
    }
    return all;
}

inline void expectSound(BlockStore& store) {
    auto report = verifyStore(store);
    ASSERT_TRUE(report) << report.error().sentence;
    EXPECT_TRUE(report->isSound()) << problemsOf(*report);
}

inline SyncReport syncFrom(BlockStore& from, BlockStore& to, const SyncOptions& options = {},
                           const Caller& caller = kAda) {
    auto report = syncStores(from, to, caller, options);
    EXPECT_TRUE(report) << (report ? "" : report.error().sentence);
    if (!report) return {};
    EXPECT_FALSE(report->stopped) << report->stopped->sentence << report->stopped->detail;
    for (const SyncProblem& problem : report->problems) ADD_FAILURE() << problem.sentence;
    return std::move(*report);
}

inline void rename(BlockStore& store, const BlockId& id, const std::string& name,
                   const Caller& caller = kAda) {
    BlockEdit edit;
    edit.name = name;
    auto done = store.edit(caller, id, 0, edit);
    ASSERT_TRUE(done) << done.error().sentence;
}

}  // namespace smidgen::storage::testing
