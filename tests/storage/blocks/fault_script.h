// What the fault tests do to a store, and how they see whether it is all still there.
#pragma once

#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "storage/blocks/maintenance.h"
#include "tests/storage/blocks/store_folder.h"

namespace smidgen::storage::testing {

/// Rounds in CI, or as many as the environment says when it is done by hand.
inline std::uint64_t rounds(const char* variable, std::uint64_t inCi) {
    const char* asked = std::getenv(variable);
    return asked == nullptr ? inCi : std::strtoull(asked, nullptr, 10);
}

/// Everything that a caller can see of its blocks, as text, and how much has happened: a block that is made
/// and purged leaves the blocks as they were, which is another state.
inline std::string fingerprint(BlockStore& store) {
    BlockQuery all;
    all.statuses.clear();
    all.limit = 10'000;
    auto page = store.list(kAda, all);
    if (!page) return "error: " + page.error().sentence;
    std::string text;
    for (const Block& listed : page->blocks) {
        auto block = store.get(kAda, listed.id);
        if (!block) return "error: " + block.error().sentence;
        text += block->id.text() + " " + block->name + " v" + std::to_string(block->version) + " s" +
                std::to_string(static_cast<int>(block->status)) + " " + block->metadata;
        for (const std::string& tag : block->tags) text += " #" + tag;
        const Checksum sum = checksumOf(block->content);
        for (const std::uint8_t byte : sum) text += " " + std::to_string(byte);
        for (const BlockVector& vector : block->vectors)
            text += " " + vector.space + std::to_string(vector.values[0]);
        auto links = store.linksFrom(kAda, block->id);
        if (!links) return "error: " + links.error().sentence;
        for (const Link& link : *links) text += " >" + link.target.text();
        text += "\n";
    }
    auto changes = store.changesSince(0, 1'000'000);
    if (!changes) return "error: " + changes.error().sentence;
    return text + "change " + std::to_string(changes->next);
}

/// Step `i` of a script that touches everything: small and large contents, edits, vectors, links, batches,
/// the trash, purging, moving the log. `ids` grows with what it makes.
/// `written` is called after each write that is acknowledged.
inline Status scriptStep(
    BlockStore& store, std::uint64_t i, std::vector<BlockId>& ids,
    const std::function<void()>& written = [] {}) {
    const auto plain = [&](const auto& outcome) -> Status {
        if (!outcome) return tl::unexpected<Error>(outcome.error());
        written();
        return {};
    };
    const auto pick = [&](std::uint64_t from) -> const BlockId& { return ids[(i * 7 + from) % ids.size()]; };
    if (i % 8 == 0 || ids.size() < 3) {
        BlockDraft made =
            draft("step " + std::to_string(i), i % 32 == 16 ? (1 << 20) + 5000 : 300 + i * 40, i);
        made.tags = {"t" + std::to_string(i % 3)};
        made.vectors = {{"takes", {static_cast<float>(i)}}};
        auto receipt = store.put(kAda, made);
        if (receipt) ids.push_back(receipt->id);
        return plain(receipt);
    }
    BlockEdit edit;
    switch (i % 8) {
        case 1:
            edit.name = "renamed at " + std::to_string(i);
            edit.tags = std::vector<std::string>{"again"};
            return plain(store.edit(kAda, pick(0), 0, edit));
        case 2:
            edit.content = bytesOf(5000 + i, i);
            edit.vectors = std::vector<BlockVector>{{"takes", {static_cast<float>(i)}}, {"more", {1.0F}}};
            return plain(store.edit(kAda, pick(1), 0, edit));
        case 3: {
            std::vector<Operation> several;
            BlockDraft made = draft("batch " + std::to_string(i), 2000, i);
            made.id = BlockId::make();
            several.emplace_back(PutBlock{made});
            several.emplace_back(LinkBlocks{{*made.id, pick(0), "made-from", 1.0}});
            const Status done = plain(store.apply(kAda, several));
            if (done) ids.push_back(*made.id);
            return done;
        }
        case 4:
            return checkpointStore(store, i % 16 == 4);
        case 5:
            return plain(store.setStatus(kAda, pick(2), BlockStatus::archived));
        case 6: {
            BlockDraft made = draft("gone " + std::to_string(i), 700, i);
            auto receipt = store.put(kAda, made);
            if (const Status done = plain(receipt); !done) return done;
            const Status removed = plain(store.setStatus(kAda, receipt->id, BlockStatus::deleted));
            if (!removed) return removed;
            return plain(store.purge(kAda, receipt->id));
        }
        default:
            edit.metadata = "{\"step\": " + std::to_string(i) + "}";
            return plain(store.edit(kAda, pick(3), 0, edit));
    }
}

inline std::string problemsOf(const VerifyReport& report) {
    std::string all;
    for (const Problem& problem : report.problems) all += problem.sentence + "\n";
    return all;
}

}  // namespace smidgen::storage::testing
