#include "storage/blocks/audit_log.h"

#include "storage/blocks/byte_stream.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kChunk = 1000;

AuditEntry entryOf(const Statement& row) {
    AuditEntry entry;
    entry.seq = row.integer(0);
    entry.time = row.integer(1);
    entry.action = static_cast<AuditAction>(row.integer(2));
    entry.outcome = static_cast<AuditOutcome>(row.integer(3));
    entry.version = static_cast<std::uint64_t>(row.integer(4));
    entry.block.bytes = row.bytes<16>(5);
    entry.caller = row.text(6);
    entry.detail = row.text(7);
    entry.hash = row.bytes<32>(8);
    return entry;
}

}  // namespace

Sha256 auditHash(const Sha256& previous, const AuditEntry& entry) {
    thread_local ByteWriter buffer;
    buffer.clear();
    buffer.fixed(previous);
    buffer.u64(static_cast<std::uint64_t>(entry.seq));
    buffer.u64(static_cast<std::uint64_t>(entry.time));
    buffer.u8(static_cast<std::uint8_t>(entry.action));
    buffer.u8(static_cast<std::uint8_t>(entry.outcome));
    buffer.u64(entry.version);
    buffer.fixed(entry.block.bytes);
    buffer.text(entry.caller);
    buffer.text(entry.detail);
    return sha256Of(buffer.bytes());
}

Result<std::int64_t> AuditWriter::append(AuditEntry entry) {
    if (!m_head) {
        Statement last = m_connection.use("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1");
        auto row = last.step();
        if (!row) return propagate(row);
        m_head = *row ? Head{last.integer(0), last.bytes<32>(1)} : Head{};
    }
    entry.seq = m_head->seq + 1;
    entry.hash = auditHash(m_head->hash, entry);
    Statement insert = m_connection.use("INSERT INTO audit VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)");
    insert.bind(1, entry.seq)
        .bind(2, entry.time)
        .bind(3, static_cast<std::int64_t>(entry.action))
        .bind(4, static_cast<std::int64_t>(entry.outcome))
        .bind(5, static_cast<std::int64_t>(entry.version))
        .bind(6, entry.block.bytes)
        .bind(7, std::string_view(entry.caller))
        .bind(8, std::string_view(entry.detail))
        .bind(9, entry.hash);
    if (auto done = insert.run(); !done) {
        m_head.reset();
        return propagate(done);
    }
    m_head = Head{entry.seq, entry.hash};
    return entry.seq;
}

Result<std::vector<AuditEntry>> readAudit(Connection& connection, std::int64_t first, std::size_t limit) {
    Statement rows = connection.use(
        "SELECT seq, time, action, outcome, version, block, caller, detail, hash FROM audit "
        "WHERE seq >= ?1 ORDER BY seq LIMIT ?2");
    rows.bind(1, first).bind(2, static_cast<std::int64_t>(limit));
    std::vector<AuditEntry> entries;
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) return entries;
        entries.push_back(entryOf(rows));
    }
}

Result<std::optional<std::int64_t>> findBrokenAudit(Connection& connection,
                                                    const std::function<bool()>& goOn) {
    Sha256 previous{};
    std::int64_t expected = 1;
    for (;;) {
        if (!goOn()) return failure(ErrorCode::cancelled, "Stopped.");
        auto entries = readAudit(connection, expected, kChunk);
        if (!entries) return propagate(entries);
        for (const AuditEntry& entry : *entries) {
            if (entry.seq != expected || entry.hash != auditHash(previous, entry)) return expected;
            previous = entry.hash;
            ++expected;
        }
        if (entries->size() < kChunk) return std::nullopt;
    }
}

}  // namespace smidgen::storage
