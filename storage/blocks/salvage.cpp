#include "storage/blocks/salvage.h"

#include <algorithm>
#include <map>
#include <set>

#include "storage/blocks/block_record.h"
#include "storage/blocks/content_table.h"
#include "storage/blocks/link_table.h"
#include "storage/blocks/message_table.h"
#include "storage/blocks/operation_runner.h"
#include "storage/blocks/space_table.h"
#include "storage/blocks/tombstone.h"

namespace smidgen::storage {
namespace {

/// All integer keys that can be reached: upwards from the bottom until damage, then downwards from the top.
std::vector<std::int64_t> reachableKeys(Connection& from, const char* upwards, const char* downwards) {
    std::vector<std::int64_t> keys;
    bool whole = false;
    for (const char* sql : {upwards, downwards}) {
        Statement rows = from.use(sql);
        for (;;) {
            auto row = rows.step();
            if (!row) break;
            whole = !*row;
            if (whole) break;
            keys.push_back(rows.integer(0));
        }
        if (whole) break;
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

class Salvage {
 public:
    Salvage(Connection& from, PackStore& packs, Writer& to, RepairReport& report)
        : m_from(from), m_table(from), m_packs(packs), m_to(to), m_report(report) {}

    Status run() {
        for (const auto step : {&Salvage::name, &Salvage::audit, &Salvage::blocks, &Salvage::links,
                                &Salvage::tombstones, &Salvage::spaces, &Salvage::messages, &Salvage::note})
            if (auto done = (this->*step)(); !done) return done;
        return {};
    }

 private:
    Status name() {
        auto replica = m_from.integerOf("SELECT value FROM meta WHERE name = 'replica'");
        if (!replica || !*replica) {
            m_report.done.emplace_back("The library was given a new name of its own.");
            return {};
        }
        Statement update = m_to.connection.use("UPDATE meta SET value = ?1 WHERE name = 'replica'");
        update.bind(1, **replica);
        return update.run();
    }

    /// The chain is forged anew, which the last entry says when it was broken. Entries that are gone leave
    /// their number.
    Status audit() {
        const auto keys = reachableKeys(m_from, "SELECT seq FROM audit ORDER BY seq",
                                        "SELECT seq FROM audit ORDER BY seq DESC");
        Sha256 previous{};
        std::int64_t next = 1;
        for (const std::int64_t seq : keys) {
            // A number far off is damage, not a gap to be filled.
            if (seq < next || seq > next + 1'000'000) continue;
            auto entries = readAudit(m_from, seq, 1);
            if (!entries || entries->empty() || entries->front().seq != seq) continue;
            AuditEntry entry = std::move(entries->front());
            for (; next < seq; ++next) {
                if (auto filled = appendLost(); !filled) return filled;
                m_auditBroken = true;
            }
            m_auditBroken = m_auditBroken || entry.hash != auditHash(previous, entry);
            previous = entry.hash;
            m_lastOf[entry.block] = {seq, entry.version};
            if (auto appended = m_to.audit.append(std::move(entry)); !appended) return propagate(appended);
            ++next;
        }
        if (m_auditBroken)
            m_report.done.emplace_back("The audit log was broken; what is left of it was chained anew.");
        return {};
    }

    Status appendLost() {
        AuditEntry lost;
        lost.action = AuditAction::repair;
        lost.caller = "repair";
        lost.detail = "This entry was lost.";
        auto appended = m_to.audit.append(std::move(lost));
        if (!appended) return propagate(appended);
        return {};
    }

    Status blocks() {
        const auto keys = reachableKeys(m_from, "SELECT key FROM block ORDER BY key",
                                        "SELECT key FROM block ORDER BY key DESC");
        for (const std::int64_t key : keys)
            if (auto done = block(key); !done) return done;
        return {};
    }

    Status block(std::int64_t key) {
        auto row = m_table.findByKey(key, false);
        std::optional<StoredBlock> whole;
        std::vector<std::byte> content;
        if (row && *row && readParts(**row, content)) whole = std::move(**row);
        const std::string name = row && *row ? (*row)->block.name : nameOf(key);
        if (!whole) {
            whole = lastVersion(key, content);
            if (!whole) {
                m_report.lost.push_back("'" + name + "' could not be saved.");
                return {};
            }
            m_report.done.push_back("'" + whole->block.name + "' went back to its version " +
                                    std::to_string(whole->block.version) + ".");
        }
        return write(std::move(*whole), content);
    }

    /// Vectors that are damaged are left out; content that is damaged makes the block unusable.
    bool readParts(StoredBlock& stored, std::vector<std::byte>& content) {
        if (stored.content) {
            auto read = readContent(m_from, m_packs, *stored.content, stored.block.contentSum);
            if (!read) return false;
            content = std::move(*read);
        } else if (stored.block.contentSize != 0) {
            return false;
        }
        auto withVectors = m_table.findByKey(stored.block.key, true);
        if (withVectors && *withVectors)
            stored.block.vectors = std::move((*withVectors)->block.vectors);
        else
            m_report.lost.push_back("The vectors of '" + stored.block.name +
                                    "'; they can be computed again.");
        return true;
    }

    std::optional<StoredBlock> lastVersion(std::int64_t key, std::vector<std::byte>& content) {
        auto versions = m_table.versions(key);
        if (!versions) return std::nullopt;
        for (auto version = versions->rbegin(); version != versions->rend(); ++version) {
            auto past = m_table.findVersion(key, *version);
            if (!past || !*past) continue;
            StoredBlock stored{std::move((*past)->block), (*past)->content};
            if (stored.content) {
                auto read = readContent(m_from, m_packs, *stored.content, stored.block.contentSum);
                if (!read) continue;
                content = std::move(*read);
            }
            return stored;
        }
        return std::nullopt;
    }

    std::string nameOf(std::int64_t key) {
        Statement find = m_from.use("SELECT name FROM block WHERE key = ?1");
        find.bind(1, key);
        auto row = find.step();
        return row && *row ? std::string(find.text(0)) : "block number " + std::to_string(key);
    }

    Status write(StoredBlock stored, const std::vector<std::byte>& content) {
        const std::int64_t key = stored.block.key;
        auto kept = keepContent(stored, content);
        if (!kept) return kept;
        const auto known = m_lastOf.find(stored.block.id);
        if (known == m_lastOf.end() || known->second.second != stored.block.version) {
            AuditEntry entry;
            entry.time = currentMilliseconds();
            entry.action = AuditAction::repair;
            entry.caller = "repair";
            entry.block = stored.block.id;
            entry.version = stored.block.version;
            entry.detail = "went back to this version";
            auto seq = m_to.audit.append(std::move(entry));
            if (!seq) return propagate(seq);
            stored.block.change = static_cast<std::uint64_t>(*seq);
        } else {
            stored.block.change = static_cast<std::uint64_t>(known->second.first);
        }
        m_to.blocks.setNextKey(key);
        stored.newContent = content;
        if (auto inserted = m_to.blocks.insert(stored); !inserted) {
            m_report.lost.push_back("A second '" + stored.block.name + "' of the same id.");
            return {};
        }
        m_saved.insert(stored.block.id);
        return history(key, stored);
    }

    Status keepContent(StoredBlock& stored, const std::vector<std::byte>& content) {
        if (!stored.content) return {};
        if (const auto known = m_contents.find(*stored.content); known != m_contents.end()) {
            stored.content = known->second;
            return {};
        }
        auto row = findContent(m_from, *stored.content);
        if (!row) return propagate(row);
        PreparedContent prepared;
        Packed packed;
        if (row->place && m_packs.checkHeader(row->place->pack)) {
            // Large contents stay where they are.
            prepared.place = row->place;
            prepared.record = row->record;
        } else if (row->place) {
            auto moved = prepareContent(m_packs, content);
            if (!moved) return propagate(moved);
            prepared = std::move(*moved);
            m_report.done.push_back("The content of '" + stored.block.name +
                                    "' was moved out of a damaged file.");
        } else {
            packed = packWhenItPays(content);
            prepared.packed = std::move(packed.bytes);
            prepared.plain = content;
            prepared.record = row->record;
            prepared.record.codec = packed.codec;
        }
        auto key = insertContent(m_to.connection, prepared);
        if (!key) return propagate(key);
        m_contents[*stored.content] = *key;
        stored.content = *key;
        return {};
    }

    /// The versions before the one that was saved.
    Status history(std::int64_t key, const StoredBlock& present) {
        auto versions = m_table.versions(key);
        if (!versions) return {};
        for (const std::uint64_t number : *versions) {
            if (number >= present.block.version) continue;
            auto past = m_table.findVersion(key, number);
            if (!past || !*past) {
                m_report.lost.push_back("Version " + std::to_string(number) + " of '" + present.block.name +
                                        "'.");
                continue;
            }
            StoredBlock stored{std::move((*past)->block), (*past)->content};
            std::vector<std::byte> content;
            if (stored.content) {
                auto read = readContent(m_from, m_packs, *stored.content, stored.block.contentSum);
                if (!read) {
                    m_report.lost.push_back("Version " + std::to_string(number) + " of '" +
                                            present.block.name + "'.");
                    continue;
                }
                content = std::move(*read);
            }
            if (auto kept = keepContent(stored, content); !kept) return kept;
            if (auto done = m_to.blocks.keepVersion(stored); !done) return done;
        }
        return {};
    }

    Status links() {
        Statement rows = m_from.use("SELECT source, type, target, weight, sum FROM link");
        for (;;) {
            auto row = rows.step();
            if (!row) {
                m_report.lost.emplace_back("Some links between blocks.");
                return {};
            }
            if (!*row) return {};
            auto link = readLink(rows);
            if (!link || !m_saved.contains(link->source) || !m_saved.contains(link->target)) {
                m_report.lost.emplace_back("A link between blocks.");
                continue;
            }
            if (auto put = putLink(m_to.connection, *link); !put) return put;
        }
    }

    Status tombstones() {
        Statement rows = m_from.use("SELECT key, id, change, time, project, lineage, sum FROM tombstone");
        for (;;) {
            auto row = rows.step();
            if (!row || !*row) return {};
            auto tombstone = readTombstone(rows);
            if (!tombstone || m_saved.contains(tombstone->id)) continue;
            if (auto put = insertTombstone(m_to.connection, *tombstone); !put) return put;
        }
    }

    Status spaces() {
        std::vector<std::string> names;
        {
            Statement rows = m_from.use("SELECT name FROM space");
            for (auto row = rows.step(); row && *row; row = rows.step()) names.emplace_back(rows.text(0));
        }
        for (const std::string& name : names) {
            auto space = findSpace(m_from, name);
            if (!space || !*space)
                m_report.lost.push_back("The definition of the vector space '" + name + "'.");
            else if (auto put = insertSpace(m_to.connection, **space); !put)
                return put;
        }
        return {};
    }

    Status messages() {
        return salvageMessages(m_from, m_to.connection,
                               [&](const std::string& what) { m_report.lost.push_back(what); });
    }

    Status note() {
        AuditEntry entry;
        entry.time = currentMilliseconds();
        entry.action = AuditAction::repair;
        entry.caller = "repair";
        entry.detail = std::to_string(m_saved.size()) + " blocks saved, " +
                       std::to_string(m_report.lost.size()) + " things lost" +
                       (m_auditBroken ? "; the log before this was broken" : "");
        auto appended = m_to.audit.append(std::move(entry));
        if (!appended) return propagate(appended);
        return {};
    }

    Connection& m_from;
    BlockTable m_table;
    PackStore& m_packs;
    Writer& m_to;
    RepairReport& m_report;
    bool m_auditBroken = false;
    std::map<BlockId, std::pair<std::int64_t, std::uint64_t>>
        m_lastOf;                                     ///< last entry and version of each block
    std::map<std::int64_t, std::int64_t> m_contents;  ///< old content keys to new ones
    std::set<BlockId> m_saved;
};

}  // namespace

Status salvage(Connection& from, PackStore& packs, Writer& to, RepairReport& report) {
    return Salvage(from, packs, to, report).run();
}

}  // namespace smidgen::storage
