// The library's ground: blocks that are never lost, never silently wrong, and never touched by those who may
// not.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "storage/blocks/audit_log.h"
#include "storage/blocks/block.h"
#include "storage/blocks/block_query.h"
#include "storage/blocks/operations.h"
#include "storage/blocks/store_options.h"
#include "storage/blocks/word_search.h"

namespace smidgen::storage {

struct StoreCore;
class MaintenanceWorker;

/// What of a block is read besides its row.
struct BlockParts {
    bool vectors = true;
    bool content = true;
};

/// One change to one block, its latest: a block that changed often comes once, at its last change.
struct BlockChange {
    std::uint64_t change = 0;  ///< ascending
    BlockId id;
    std::int64_t key = 0;
    bool purged = false;
};

/// `next`: where to go on; the same as asked when nothing has changed.
struct ChangePage {
    std::vector<BlockChange> changes;
    std::uint64_t next = 0;
};

/// A step of the way from a block to what it came from.
struct ProvenanceStep {
    Link link;
    std::size_t depth = 1;  ///< links away from where the walk began
};

/// A folder with a database and its packs. Thread-safe; several processes may have it open at once. Every
/// call names its caller; a block that the caller may not read is not there for it (notFound). A success of a
/// write means that it is on the disk. No exceptions.
class BlockStore {
 public:
    /// Makes the folder when it is missing. Errors: io, unusableInput (not a library, damaged, of a later
    /// version).
    [[nodiscard]] static Result<std::unique_ptr<BlockStore>> open(const std::filesystem::path& folder,
                                                                  const StoreOptions& options = {});
    ~BlockStore();

    /// All of the operations, or none. Errors: invalidArgument, notFound, refused, conflict, io.
    [[nodiscard]] Result<std::vector<Receipt>> apply(const Caller& caller,
                                                     const std::vector<Operation>& operations);
    /// As apply, for one.
    [[nodiscard]] Result<Receipt> put(const Caller& caller, BlockDraft draft);
    [[nodiscard]] Result<Receipt> edit(const Caller& caller, const BlockId& id, std::uint64_t expected,
                                       BlockEdit edit);
    [[nodiscard]] Result<Receipt> setStatus(const Caller& caller, const BlockId& id, BlockStatus status,
                                            std::uint64_t expected = 0);
    [[nodiscard]] Result<Receipt> purge(const Caller& caller, const BlockId& id);

    /// Errors: notFound, unusableInput (damaged), io. Counted as an access.
    [[nodiscard]] Result<Block> get(const Caller& caller, const BlockId& id, BlockParts parts = {});
    [[nodiscard]] Result<Block> getByKey(const Caller& caller, std::int64_t key, BlockParts parts = {});
    /// The versions that can be read back, ascending; the present one is the last.
    [[nodiscard]] Result<std::vector<std::uint64_t>> versions(const Caller& caller, const BlockId& id);
    [[nodiscard]] Result<Block> getVersion(const Caller& caller, const BlockId& id, std::uint64_t version,
                                           BlockParts parts = {});
    [[nodiscard]] Result<BlockPage> list(const Caller& caller, const BlockQuery& query);
    /// Blocks and sections of documentation by their words. Errors: invalidArgument, unusableInput, io.
    [[nodiscard]] Result<WordPage> searchWords(const Caller& caller, const WordQuery& query);
    [[nodiscard]] Result<std::uint64_t> count(const Caller& caller, const BlockQuery& query);

    /// Links to and from blocks that the caller may read.
    [[nodiscard]] Result<std::vector<Link>> linksFrom(const Caller& caller, const BlockId& source);
    [[nodiscard]] Result<std::vector<Link>> linksTo(const Caller& caller, const BlockId& target);
    /// All that the block came from, nearest first, each block once; links of any type when `types` is empty.
    [[nodiscard]] Result<std::vector<ProvenanceStep>> provenance(const Caller& caller, const BlockId& block,
                                                                 const std::vector<std::string>& types = {},
                                                                 std::size_t maxDepth = 64);

    /// What changed after `since` (0: everything there is), at most `limit` changes. For indexes: blocks of
    /// all projects, by id only. Reading them asks for permission as ever.
    [[nodiscard]] Result<ChangePage> changesSince(std::uint64_t since, std::size_t limit = 1000);
    /// The log of what was tried, from entry `first` (1 is the oldest).
    [[nodiscard]] Result<std::vector<AuditEntry>> audit(std::int64_t first, std::size_t limit = 1000);

    [[nodiscard]] bool isReadOnly() const;
    [[nodiscard]] const std::filesystem::path& folder() const;
    /// For the other parts of this room.
    [[nodiscard]] StoreCore& core() { return *m_core; }

 private:
    explicit BlockStore(std::unique_ptr<StoreCore> core);
    std::unique_ptr<StoreCore> m_core;
    std::unique_ptr<MaintenanceWorker> m_worker;
};

}  // namespace smidgen::storage
