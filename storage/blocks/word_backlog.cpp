#include "storage/blocks/word_backlog.h"

#include <algorithm>

#include "storage/blocks/content_table.h"
#include "storage/blocks/store_core.h"

namespace smidgen::storage {
namespace {

/// Blocks indexed in one write: a few milliseconds' worth.
constexpr std::size_t kAtOnce = 500;

/// Errors that are no damage of the block itself.
bool isFatal(const Error& error) {
    return error.code != ErrorCode::unusableInput && error.code != ErrorCode::notFound;
}

Status passagesOf(Connection& connection, BlockTable& blocks, PackStore& packs, std::int64_t key,
                  const std::function<Status(const Passage&)>& take) {
    auto stored = blocks.findByKey(key, false);
    if (!stored) return isFatal(stored.error()) ? propagate(stored) : Status{};
    if (!*stored) return {};
    const Block& block = (*stored)->block;
    if (auto taken = take(passageOf(block)); !taken) return taken;
    if (block.kind != BlockClass::documentation || !(*stored)->content) return {};
    auto content = readContent(connection, packs, *(*stored)->content, block.contentSum);
    if (!content) return isFatal(content.error()) ? propagate(content) : Status{};
    for (const Passage& passage : sectionPassagesOf(block, *content))
        if (auto taken = take(passage); !taken) return taken;
    return {};
}

}  // namespace

Result<std::optional<std::int64_t>> eachWaitingPassage(Connection& connection, BlockTable& blocks,
                                                       PackStore& packs, std::int64_t from, std::size_t most,
                                                       const std::function<Status(const Passage&)>& take) {
    std::vector<std::int64_t> keys;
    {
        Statement rows = connection.use("SELECT key FROM block WHERE key >= ?1 ORDER BY key LIMIT ?2");
        rows.bind(1, from).bind(2, static_cast<std::int64_t>(most) + 1);
        for (;;) {
            auto row = rows.step();
            if (!row) return propagate(row);
            if (!*row) break;
            keys.push_back(rows.integer(0));
        }
    }
    const bool more = keys.size() > most;
    const std::size_t count = std::min(keys.size(), most);
    for (std::size_t i = 0; i < count; ++i)
        if (auto done = passagesOf(connection, blocks, packs, keys[i], take); !done) return propagate(done);
    return more ? std::optional<std::int64_t>(keys.back()) : std::nullopt;
}

Status indexWaitingWords(StoreCore& core, const std::function<bool()>& goOn) {
    for (bool more = true; more;) {
        if (!goOn()) return failure(ErrorCode::cancelled, "Indexing words was stopped.");
        const Status done = core.write(
            {[&](Writer& writer) -> Status {
                 more = false;
                 auto from = writer.blocks.wordsWaitFrom();
                 if (!from) return propagate(from);
                 if (!*from) return {};
                 auto next = eachWaitingPassage(
                     writer.connection, writer.blocks, core.packs, **from, kAtOnce,
                     [&](const Passage& passage) { return insertPassage(writer.connection, passage); });
                 if (!next) return propagate(next);
                 more = next->has_value();
                 return writer.blocks.letWordsWait(*next);
             },
             nullptr});
        if (!done) return done;
    }
    return {};
}

}  // namespace smidgen::storage
