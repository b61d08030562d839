// Keeping a store in order: moving its log, copying it, reclaiming room, repairing it, going over it, and its
// figures.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "storage/blocks/latency.h"
#include "storage/blocks/verification.h"

namespace smidgen::storage {

/// Told the fraction done, 0 to 1, on the working thread.
using Progress = std::function<void(double)>;

/// Moves the write-ahead log into the database. `shrink`: waits for readers and cuts it to nothing.
[[nodiscard]] Status checkpointStore(BlockStore& store, bool shrink);

/// A copy in a new folder, of one moment, while the store is read and written. The folder appears when it is
/// whole. Errors: io, cancelled (nothing is left behind), conflict (another process is copying, compacting or
/// verifying).
[[nodiscard]] Status backupStore(BlockStore& store, const std::filesystem::path& target,
                                 const CancelToken& cancel = {}, const Progress& progress = {});

/// Rewrites packs of which less than `liveBelow` is still needed, and removes those of which nothing is.
/// Bytes freed.
[[nodiscard]] Result<std::uint64_t> compactPacks(BlockStore& store, double liveBelow = 0.5,
                                                 const CancelToken& cancel = {});

struct RepairReport {
    std::vector<std::string> done;  ///< what was put right, said for the person
    std::vector<std::string> lost;  ///< names of blocks, or parts of them, that could not be saved
};

/// Salvages what is whole from a damaged store into a new database and puts it in the old one's place; the
/// old one stays beside it as store.db.damaged. A block whose present version is damaged goes back to its
/// last whole one. The store must be open nowhere. Errors: io, conflict (it is open), unusableInput (nothing
/// can be read).
[[nodiscard]] Result<RepairReport> repairStore(const std::filesystem::path& folder,
                                               const StoreOptions& options = {});

struct StoreStatistics {
    LatencySummary puts, gets, lists, wordSearches, commits;
    std::uint64_t blocks = 0;
    std::uint64_t databaseBytes = 0;
    std::uint64_t logBytes = 0;
    std::uint64_t packBytes = 0;
    std::uint64_t writes = 0;  ///< transactions asked for since the store was opened
    std::uint64_t checkpoints = 0;
    std::size_t waitingWrites = 0;
    double writesPerCommit = 0.0;  ///< how well group commit gathers
};
[[nodiscard]] Result<StoreStatistics> statisticsOf(BlockStore& store);

/// Goes over a store in the background, no faster than asked. Must go before the store does.
class Scrubber {
 public:
    /// Begins at once. `bytesPerSecond` 0: as fast as the disk. `onDone` is called on the scrubbing thread,
    /// also with the error `cancelled`.
    Scrubber(BlockStore& store, std::uint64_t bytesPerSecond,
             std::function<void(const Result<VerifyReport>&)> onDone);
    ~Scrubber();
    void cancel();
    /// Bytes of content gone over so far.
    [[nodiscard]] std::uint64_t bytesDone() const;

 private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace smidgen::storage
