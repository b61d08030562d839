// Carrying large blocks from one library to another in the background.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "storage/exchange/sync.h"

namespace smidgen::storage {

struct BridgeProgress {
    BlockId block;  ///< under way
    std::size_t blocksDone = 0;
    std::size_t blocks = 0;        ///< to be carried
    std::uint64_t bytesDone = 0;   ///< of the block under way, as stored (compressed)
    std::uint64_t bytesTotal = 0;  ///< of the block under way
};

struct BridgeOptions {
    std::uint32_t chunkBytes = 1 << 20;  ///< between checks for a stop; 4096 to 64 MiB
    ConflictPolicy policy = ConflictPolicy::manual;
    /// After each chunk, on the bridge's thread.
    std::function<void(const BridgeProgress&)> onProgress;
    CancelToken cancel;  ///< stops it, as Bridge::cancel does
};

struct BridgeReport {
    SyncReport sync;              ///< what became of the blocks
    std::uint64_t bytesSent = 0;  ///< read from the source, as stored: a transfer gone on with sends the rest
    std::uint64_t bytesResumed = 0;  ///< that had arrived before
};

/// Carries blocks one after the other on a thread of its own, chunk by chunk, each under its checksum; the
/// whole is checked against the block's own before the block appears, with its links, in one step. Stopped or
/// killed anywhere, what has arrived waits in the target's folder, and the next bridge for that block goes on
/// from there, unless its content has changed by then. Both libraries stay in use; they and whoever is called
/// must outlive it. What syncStores says of lineages, conflicts and permissions holds here, too. At its end a
/// block's content is in memory as a whole.
class Bridge {
 public:
    /// Begins at once.
    Bridge(BlockStore& from, BlockStore& to, Caller caller, std::vector<BlockId> blocks,
           BridgeOptions options = {});
    /// Stops it and waits.
    ~Bridge();
    Bridge(const Bridge&) = delete;
    Bridge& operator=(const Bridge&) = delete;

    /// Thread-safe; does not wait.
    void cancel();
    [[nodiscard]] BridgeProgress progress() const;
    /// Waits for the end; for one thread. Errors: as syncStores; what stopped it on the way stands in the
    /// report.
    [[nodiscard]] Result<BridgeReport> wait();

 private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// A transfer into a store that was broken off.
struct UnfinishedTransfer {
    BlockId block;
    std::uint64_t fileBytes = 0;   ///< that it takes on the disk
    std::uint64_t bytesTotal = 0;  ///< of the content, as stored in the source
};

[[nodiscard]] Result<std::vector<UnfinishedTransfer>> unfinishedTransfers(BlockStore& to);
/// Gives up a transfer. Nothing happens when there is none. Errors: io, conflict (it is under way).
[[nodiscard]] Status discardTransfer(BlockStore& to, const BlockId& block);

}  // namespace smidgen::storage
