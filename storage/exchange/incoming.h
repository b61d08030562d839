// Taking a block over from another store, within one write: the only place where one store's state becomes
// another's.
#pragma once

#include "storage/blocks/content_table.h"
#include "storage/blocks/tombstone.h"
#include "storage/blocks/write_queue.h"
#include "storage/exchange/conflict.h"

namespace smidgen::storage {

/// A block as it is in the source.
struct Incoming {
    Block block;                             ///< with vectors; contentSum and contentSize as in the source
    std::vector<std::byte> bytes;            ///< its content, when the target may not have it
    std::optional<PreparedContent> content;  ///< of `bytes`
};

enum class Arrival {
    added,
    updated,    ///< the target knew an ancestor
    same,       ///< nothing to do, or only the lineage had to be noted
    newerHere,  ///< the source knew an ancestor
    sourceWon,
    targetWon,
    merged,
    keptBoth,
    conflict,      ///< left alone
    cameBack,      ///< purged in the target, changed in the source since
    purgedHere,    ///< the purge knew of all that the source has: it stays away
    purged,        ///< purged in the source, which knew of all that the target had
    changedHere,   ///< purged in the source, changed in the target since: it stays
    refused,       ///< the caller may not
    needsContent,  ///< nothing was done: the target has lost the content that was not brought along
    failed         ///< the target's block is damaged
};

struct Arrived {
    Arrival arrival = Arrival::same;
    std::string reason;          ///< of refused, failed and of a conflict that the policy could not settle
    std::optional<Block> local;  ///< the target's, of a conflict
};

/// The store that receives, and how.
struct Receiver {
    Writer& writer;
    const Caller& caller;
    std::uint64_t replica;  ///< the target's
    std::uint64_t source;   ///< the source's, for the log
    ConflictPolicy policy = ConflictPolicy::manual;
    const VectorMean& mean;
};

/// Within one write. Errors: io. A block that the caller may not change, or that is damaged, is an Arrival.
[[nodiscard]] Result<Arrived> receiveBlock(Receiver& receiver, const Incoming& incoming);
[[nodiscard]] Result<Arrived> receivePurge(Receiver& receiver, const Tombstone& tombstone);

}  // namespace smidgen::storage
