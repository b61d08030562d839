#include "storage/blocks/verification.h"

#include <limits>
#include <map>

#include "engine/foundation/atomic_file.h"
#include "storage/blocks/link_table.h"
#include "storage/blocks/log_inspection.h"
#include "storage/blocks/maintenance_lock.h"
#include "storage/blocks/message_table.h"
#include "storage/blocks/row_check.h"
#include "storage/blocks/space_table.h"
#include "storage/blocks/tombstone.h"
#include "storage/blocks/word_check.h"

namespace smidgen::storage {
namespace {

/// A row that one side of a reference lacks, counted; and what to say of it.
struct CountCheck {
    const char* sql;
    const char* sentence;
};

constexpr CountCheck kCounts[] = {
    {"SELECT count(*) FROM vector v WHERE NOT EXISTS (SELECT 1 FROM block b WHERE b.key = v.key / 65536)",
     "Vectors belong to no block."},
    {"SELECT (SELECT count(*) FROM vector) <> (SELECT ifnull(sum(vectors), 0) FROM block)",
     "There are more or fewer vectors than the blocks have."},
    {"SELECT count(*) FROM version v WHERE NOT EXISTS (SELECT 1 FROM block b WHERE b.key = v.block)",
     "Old versions belong to no block."},
    {"SELECT count(*) FROM share s LEFT JOIN block b ON b.key = s.block WHERE b.key IS NULL OR NOT (b.flags "
     "& 4)",
     "Shares belong to no block that is shared."},
    {"SELECT count(*) FROM permission p LEFT JOIN block b ON b.key = p.block WHERE b.key IS NULL OR NOT "
     "(b.flags & 2)",
     "Permissions belong to no block that has any."},
    {"SELECT count(*) FROM link l WHERE NOT EXISTS (SELECT 1 FROM block b WHERE b.id = l.source) "
     "OR NOT EXISTS (SELECT 1 FROM block b WHERE b.id = l.target)",
     "Links lead from or to blocks that are not there."},
    {"SELECT count(*) FROM tombstone t WHERE EXISTS (SELECT 1 FROM block b WHERE b.id = t.id)",
     "Blocks are noted as purged that are there."},
    {"SELECT count(*) = 0 FROM meta WHERE name = 'replica'", "The store's own name is missing."},
};

/// One verification, in one view of the store.
class Verification {
 public:
    Verification(StoreCore& core, Reader& reader, const CancelToken& cancel)
        : m_core(core),
          m_reader(reader),
          m_cancel(cancel),
          m_rows(core, reader, m_report, [&](std::uint64_t) { return !m_cancel.cancelled(); }) {}

    Result<VerifyReport> run() {
        // Structure first: what is wrong there shows in everything that follows.
        using Step = Status (Verification::*)();
        for (const Step step :
             {&Verification::structure, &Verification::rows, &Verification::versions, &Verification::links,
              &Verification::tombstones, &Verification::counts, &Verification::audit, &Verification::contents,
              &Verification::packs, &Verification::words, &Verification::messages, &Verification::spaces}) {
            if (m_cancel.cancelled()) return failure(ErrorCode::cancelled, "The check was stopped.");
            auto done = (this->*step)();
            if (done) continue;
            if (endsCheck(done.error())) return propagate(done);
            m_rows.problem(done.error().sentence);
        }
        return std::move(m_report);
    }

 private:
    Connection& connection() { return m_reader.connection; }

    Status structure() {
        Statement check = connection().use("PRAGMA integrity_check(100)");
        for (;;) {
            auto row = check.step();
            if (!row) return propagate(row);
            if (!*row) return {};
            if (check.text(0) != "ok")
                m_rows.problem("The database is damaged: " + std::string(check.text(0)) + ".");
        }
    }

    Status rows() {
        Result<bool> more = true;
        for (std::int64_t last = std::numeric_limits<std::int64_t>::min(); more && *more;)
            more = m_rows.checkBlocks(last);
        if (!more) return propagate(more);
        auto tags = connection().integerOf("SELECT count(*) FROM tag");
        if (!tags) return propagate(tags);
        if (static_cast<std::uint64_t>(tags->value_or(0)) != m_rows.tagsSeen())
            m_rows.problem("There are tags that no block has.");
        return {};
    }

    Status versions() {
        Statement rows = connection().use("SELECT block, version FROM version");
        for (;;) {
            auto row = rows.step();
            if (!row) return propagate(row);
            if (!*row) return {};
            auto version =
                m_reader.blocks.findVersion(rows.integer(0), static_cast<std::uint64_t>(rows.integer(1)));
            if (!version) {
                if (endsCheck(version.error())) return propagate(version);
                m_rows.problem(version.error().sentence);
            } else if (!*version ||
                       (*version)->block.version != static_cast<std::uint64_t>(rows.integer(1))) {
                m_rows.problem("An old version is another's.");
            } else if ((*version)->content) {
                m_rows.namedContents().insert(*(*version)->content);
            }
        }
    }

    Status links() {
        Statement rows = connection().use("SELECT source, type, target, weight, sum FROM link");
        for (;;) {
            auto row = rows.step();
            if (!row) return propagate(row);
            if (!*row) return {};
            if (auto link = readLink(rows); !link) m_rows.problem(link.error().sentence);
        }
    }

    Status tombstones() {
        Statement rows =
            connection().use("SELECT key, id, change, time, project, lineage, sum FROM tombstone");
        for (;;) {
            auto row = rows.step();
            if (!row) return propagate(row);
            if (!*row) return {};
            if (auto tombstone = readTombstone(rows); !tombstone) m_rows.problem(tombstone.error().sentence);
        }
    }

    Status counts() {
        for (const CountCheck& check : kCounts) {
            auto count = connection().integerOf(check.sql);
            if (!count) return propagate(count);
            if (count->value_or(0) != 0) m_rows.problem(check.sentence);
        }
        return {};
    }

    Status audit() {
        auto broken = findBrokenAudit(connection(), [&] { return !m_cancel.cancelled(); });
        if (!broken) return propagate(broken);
        if (*broken) m_rows.problem("The audit log is broken at entry " + std::to_string(**broken) + ".");
        return {};
    }

    Status contents() {
        Result<bool> more = true;
        for (std::int64_t last = std::numeric_limits<std::int64_t>::min(); more && *more;)
            more = m_rows.checkContents(last);
        if (!more) return propagate(more);
        Statement rows = connection().use("SELECT key, pack, length FROM content");
        for (;;) {
            auto row = rows.step();
            if (!row) return propagate(row);
            if (!*row) break;
            if (!m_rows.namedContents().contains(rows.integer(0)))
                m_rows.problem("A content belongs to no block.");
            if (!rows.isNull(1))
                m_named[static_cast<std::uint64_t>(rows.integer(1))] +=
                    static_cast<std::uint64_t>(rows.integer(2)) + kPackRecordBytes;
        }
        return {};
    }

    Status packs() {
        auto packs = m_core.packs.list();
        if (!packs) return propagate(packs);
        for (const PackStore::PackFile& pack : *packs) {
            const auto named = m_named.find(pack.name);
            const std::uint64_t live = named == m_named.end() ? 0 : named->second;
            if (pack.bytes > live + kPackHeaderBytes)
                m_report.orphanBytes += pack.bytes - live - kPackHeaderBytes;
            if (live == 0) continue;
            if (auto checked = m_core.packs.checkHeader(pack.name); !checked) {
                if (endsCheck(checked.error())) return checked;
                m_rows.problem(checked.error().sentence);
            }
        }
        if (m_report.orphanBytes > 0)
            m_report.notes.push_back(std::to_string(m_report.orphanBytes) +
                                     " bytes of large contents are no longer needed and can be reclaimed.");
        return {};
    }

    Status words() {
        return checkWords(m_core, m_reader, m_rows, [&] { return !m_cancel.cancelled(); });
    }

    Status spaces() {
        auto spaces = readSpaces(connection());
        if (!spaces) return propagate(spaces);
        return {};
    }

    Status messages() {
        return checkMessages(connection(), [&](const std::string& sentence) { m_rows.problem(sentence); });
    }

    StoreCore& m_core;
    Reader& m_reader;
    const CancelToken& m_cancel;
    VerifyReport m_report;
    RowCheck m_rows;
    std::map<std::uint64_t, std::uint64_t> m_named;  ///< live bytes of each pack
};

}  // namespace

Result<VerifyReport> verifyStore(BlockStore& store, const CancelToken& cancel) {
    StoreCore& core = store.core();
    // No pack may go while its rows are compared with it.
    auto lock = MaintenanceLock::take(core.files, core.folder);
    if (!lock) return propagate(lock);
    auto reader = core.readers.lend();
    if (!reader) return propagate(reader);
    auto transaction = ReadTransaction::begin((*reader)->connection);
    if (!transaction) return propagate(transaction);
    auto report = Verification(core, **reader, cancel).run();
    if (report && core.logAtOpen.isSuspicious) {
        report->logWasTorn = true;
        report->notes.emplace_back(
            "When the library was opened, its write-ahead log had an end that was torn or damaged. After a "
            "loss of power "
            "that is as it should be; otherwise the last changes may be missing: compare with a backup.");
    }
    return report;
}

Result<VerifyReport> scrubStore(BlockStore& store, const Pace& pace) {
    StoreCore& core = store.core();
    VerifyReport report;
    auto reader = core.readers.lend();
    if (!reader) return propagate(reader);
    RowCheck rows(core, **reader, report, pace);
    Result<bool> more = true;
    // A view of its own for each few rows, so that the log can be moved in between.
    for (std::int64_t last = std::numeric_limits<std::int64_t>::min(); more && *more;) {
        auto transaction = ReadTransaction::begin((*reader)->connection);
        if (!transaction) return propagate(transaction);
        more = rows.checkBlocks(last);
    }
    if (!more) return propagate(more);
    more = true;
    for (std::int64_t last = std::numeric_limits<std::int64_t>::min(); more && *more;) {
        auto transaction = ReadTransaction::begin((*reader)->connection);
        if (!transaction) return propagate(transaction);
        const std::shared_lock reading(core.packReading);
        more = rows.checkContents(last);
    }
    if (!more) return propagate(more);
    return report;
}

}  // namespace smidgen::storage
