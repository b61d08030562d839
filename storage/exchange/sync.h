// Bringing what one library has into another.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "storage/blocks/maintenance.h"
#include "storage/exchange/conflict.h"

namespace smidgen::storage {

/// Nothing chosen: all that the caller may read in the source, in any status, and its purges.
struct SyncOptions {
    std::optional<BlockFilter> filter;  ///< only these; purges stay out of it
    std::vector<BlockId> ids;           ///< only these, when there are any; purges stay out of it
    ConflictPolicy policy = ConflictPolicy::manual;
    CancelToken cancel;
    Progress progress;  ///< told the part of the source gone over, on the calling thread
};

/// A block that was changed on both sides.
struct SyncConflict {
    Block source, target;  ///< without content and vectors
    std::string reason;    ///< why the policy could not settle it; empty when there was none to
};

/// A block that could not be brought over, said for the person.
struct SyncProblem {
    BlockId id;
    std::string name;
    std::string sentence;
};

struct SyncReport {
    std::uint64_t seen = 0;   ///< blocks of the source gone over
    std::uint64_t added = 0;  ///< in the target
    std::uint64_t updated = 0;
    std::uint64_t same = 0;
    std::uint64_t newerInTarget = 0;  ///< left alone; the other way round they go
    std::uint64_t sourceWon = 0;      ///< conflicts that the policy settled
    std::uint64_t targetWon = 0;
    std::uint64_t merged = 0;
    std::uint64_t keptBoth = 0;
    std::uint64_t cameBack = 0;          ///< purged in the target, changed in the source since
    std::uint64_t purgedInTarget = 0;    ///< and therefore not brought over
    std::uint64_t purged = 0;            ///< from the target, because the source has purged that very version
    std::uint64_t keptThoughPurged = 0;  ///< changed in the target since the source purged them
    std::uint64_t links = 0;             ///< added
    std::uint64_t spaces = 0;            ///< names of vector spaces, added
    std::uint64_t contentBytes = 0;      ///< carried over
    std::vector<SyncConflict> conflicts;
    std::vector<SyncProblem> problems;
    std::optional<Error> stopped;  ///< cancelled, io, …: what is above was done all the same; call again
    [[nodiscard]] bool isComplete() const { return !stopped && conflicts.empty() && problems.empty(); }
};

/// Blocks with vectors, links between them and definitions of vector spaces go from `from` to `to`, in small
/// transactions. What only the target has is never touched; a superseded state stays as a version. Ended
/// anywhere – cancelled, out of disk, killed – both libraries are whole, and the same call goes on from
/// there: what has arrived is known by its lineage. Access counts, superseded versions and messages stay
/// behind, and so do removals of links. Only one thread may call it for a pair of stores at a time; both may
/// be in use. Errors: invalidArgument (no caller, a library and itself), refused (the target is read-only),
/// conflict (a vector space is defined otherwise in the target); nothing was done then.
[[nodiscard]] Result<SyncReport> syncStores(BlockStore& from, BlockStore& to, const Caller& caller,
                                            const SyncOptions& options = {});

struct BothWaysReport {
    SyncReport there, back;
};
/// From `a` to `b`, then from `b` to `a`: afterwards both have all, except for what the reports list. The way
/// back carries what the way there decided.
[[nodiscard]] Result<BothWaysReport> syncBothWays(BlockStore& a, BlockStore& b, const Caller& caller,
                                                  const SyncOptions& options = {});

/// Settles the conflict over one block, in the target; the next sync back tells the source. Errors: as
/// syncStores, and what kept the block from arriving.
[[nodiscard]] Status resolveConflict(BlockStore& from, BlockStore& to, const Caller& caller,
                                     const BlockId& id, ConflictPolicy policy);

}  // namespace smidgen::storage
