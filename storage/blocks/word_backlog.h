// Words that wait: new blocks are committed without their words, which are indexed soon afterwards, or before
// somebody searches. They are more than half of the pages that a commit would write.
//
// What waits stands in the same transaction as the blocks: the row 'words_from' of `meta` is the key from
// which on no block has words yet; absent when all have. Keys ascend, so that is always the newest blocks.
#pragma once

#include <functional>

#include "storage/blocks/block_table.h"
#include "storage/blocks/word_table.h"

namespace smidgen::storage {

class PackStore;
struct StoreCore;

/// The words of the blocks that wait, in order of keys: calls `take` for each passage, for at most `most`
/// blocks. The key to go on from; nothing at the end. A damaged block has no words.
[[nodiscard]] Result<std::optional<std::int64_t>> eachWaitingPassage(
    Connection& connection, BlockTable& blocks, PackStore& packs, std::int64_t from, std::size_t most,
    const std::function<Status(const Passage&)>& take);

/// Indexes what waits, in short writes between which others can write. Errors: io, conflict, refused
/// (read-only), cancelled (`goOn` said so).
[[nodiscard]] Status indexWaitingWords(StoreCore& core, const std::function<bool()>& goOn);

}  // namespace smidgen::storage
