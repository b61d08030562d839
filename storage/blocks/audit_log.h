// What was tried, by whom, and how it ended: append-only, each entry chained to the one before by SHA-256, so
// that an entry that is changed, removed or put in between shows (Schneier & Kelsey 1998, without the keys).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "storage/blocks/block.h"
#include "storage/blocks/connection.h"
#include "storage/blocks/sha256.h"

namespace smidgen::storage {

/// The numbers are on disk.
enum class AuditAction : std::uint8_t {
    create = 0,
    edit = 1,
    archive = 2,
    activate = 3,
    remove = 4,
    restore = 5,
    purge = 6,
    share = 7,
    unshare = 8,
    link = 9,
    unlink = 10,
    read = 11,  ///< only refused ones: reading what one may is not logged
    repair = 12,
    receive = 13  ///< taken over from another store
};

/// The numbers are on disk.
enum class AuditOutcome : std::uint8_t { done = 0, refused = 1 };

struct AuditEntry {
    std::int64_t seq = 0;   ///< 1, 2, 3 … without gaps
    std::int64_t time = 0;  ///< milliseconds since 1970, UTC
    AuditAction action = AuditAction::create;
    AuditOutcome outcome = AuditOutcome::done;
    std::uint64_t version = 0;  ///< of the block afterwards
    BlockId block;
    std::string caller;  ///< "name@project"
    std::string detail;
    Sha256 hash{};  ///< of the previous hash and all of the above
};

/// Appends within the open write transaction. Remembers the head, so that a batch reads it once.
class AuditWriter {
 public:
    explicit AuditWriter(Connection& connection) : m_connection(connection) {}
    /// The entry's seq. Forgets the head when `begin` is called: another process may have written since.
    [[nodiscard]] Result<std::int64_t> append(AuditEntry entry);
    void begin() { m_head.reset(); }

 private:
    struct Head {
        std::int64_t seq = 0;
        Sha256 hash{};
    };
    Connection& m_connection;
    std::optional<Head> m_head;
};

[[nodiscard]] Sha256 auditHash(const Sha256& previous, const AuditEntry& entry);

/// Entries from `first` on, at most `limit`.
[[nodiscard]] Result<std::vector<AuditEntry>> readAudit(Connection& connection, std::int64_t first,
                                                        std::size_t limit);

/// The seq of the first entry that does not fit the chain; nothing when all do. `goOn` is asked now and then.
[[nodiscard]] Result<std::optional<std::int64_t>> findBrokenAudit(Connection& connection,
                                                                  const std::function<bool()>& goOn);

}  // namespace smidgen::storage
