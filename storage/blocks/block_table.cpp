#include "storage/blocks/block_table.h"

#include <algorithm>

#include "storage/blocks/block_record.h"
#include "storage/blocks/byte_stream.h"
#include "storage/blocks/word_table.h"

namespace smidgen::storage {
namespace {

std::vector<std::string> splitTags(std::string_view joined) {
    std::vector<std::string> tags;
    while (!joined.empty()) {
        const std::size_t end = std::min(joined.find('\n'), joined.size());
        tags.emplace_back(joined.substr(0, end));
        joined.remove_prefix(std::min(end + 1, joined.size()));
    }
    return tags;
}

tl::unexpected<Error> damagedBlock(const Block& block) {
    return failure(ErrorCode::unusableInput,
                   "The block '" + block.name + "' is damaged. Run a repair, or restore a backup.",
                   "block " + block.id.text());
}

std::int64_t flagsOf(const Block& block) {
    return (block.readOnly ? kFlagReadOnly : 0) | (block.permissions.empty() ? 0 : kFlagGuarded) |
           (block.sharedWith.empty() ? 0 : kFlagShared);
}

}  // namespace

std::string joinTags(const std::vector<std::string>& tags) {
    std::string joined;
    for (const std::string& tag : tags) {
        if (!joined.empty()) joined += '\n';
        joined += tag;
    }
    return joined;
}

std::vector<std::byte> lineageBytes(const Lineage& lineage) {
    ByteWriter out;
    for (const auto& [store, count] : lineage) {
        out.u64(store);
        out.u64(count);
    }
    return out.take();
}

Lineage lineageOf(std::span<const std::byte> bytes) {
    ByteReader in(bytes);
    Lineage lineage(bytes.size() / 16);
    for (auto& [store, count] : lineage) {
        store = in.u64();
        count = in.u64();
    }
    return lineage;
}

Result<std::optional<StoredBlock>> BlockTable::find(const BlockId& id, bool withVectors) {
    static const std::string kSql = std::string("SELECT ") + kBlockColumns + " FROM block b WHERE b.id = ?1";
    Statement find = m_connection.use(kSql.c_str());
    find.bind(1, id.bytes);
    return findOne(find, withVectors);
}

Result<std::optional<StoredBlock>> BlockTable::findByKey(std::int64_t key, bool withVectors) {
    static const std::string kSql = std::string("SELECT ") + kBlockColumns + " FROM block b WHERE b.key = ?1";
    Statement find = m_connection.use(kSql.c_str());
    find.bind(1, key);
    return findOne(find, withVectors);
}

Result<std::optional<StoredBlock>> BlockTable::findOne(Statement& find, bool withVectors) {
    auto row = find.step();
    if (!row) return propagate(row);
    if (!*row) return std::nullopt;
    const auto vectors = static_cast<std::size_t>(find.integer(10));
    auto stored = read(find);
    if (!stored) return propagate(stored);
    if (withVectors && vectors > 0)
        if (auto got = readVectors(stored->block, vectors); !got) return propagate(got);
    return std::optional<StoredBlock>(std::move(*stored));
}

Result<StoredBlock> BlockTable::readUnchecked(const Statement& row, Checksum& sum) {
    StoredBlock stored;
    Block& block = stored.block;
    block.key = row.integer(0);
    block.id.bytes = row.bytes<16>(1);
    block.change = static_cast<std::uint64_t>(row.integer(2));
    block.version = static_cast<std::uint64_t>(row.integer(3));
    block.status = static_cast<BlockStatus>(std::clamp<std::int64_t>(row.integer(4), 0, 2));
    block.kind = static_cast<BlockClass>(std::clamp<std::int64_t>(row.integer(5), 0, 9));
    const std::int64_t flags = row.integer(6);
    block.readOnly = (flags & kFlagReadOnly) != 0;
    block.created = row.integer(8);
    block.updated = row.integer(9);
    if (!row.isNull(11)) stored.content = row.integer(11);
    block.contentSize = static_cast<std::uint64_t>(row.integer(12));
    block.contentSum = row.bytes<16>(13);
    block.owner = row.text(14);
    block.name = row.text(15);
    block.mimeType = row.text(16);
    block.tags = splitTags(row.text(17));
    block.lineage = lineageOf(row.blob(18));
    sum = row.bytes<16>(19);
    block.metadata = row.text(20);
    auto project = projectName(row.integer(7));
    if (!project) return propagate(project);
    block.project = std::move(*project);
    if (auto parts = readParts(block, flags); !parts) return propagate(parts);
    return stored;
}

Result<StoredBlock> BlockTable::read(const Statement& row) {
    Checksum sum{};
    auto stored = readUnchecked(row, sum);
    if (stored && recordSum(stored->block) != sum) return damagedBlock(stored->block);
    return stored;
}

Status BlockTable::readParts(Block& block, std::int64_t flags) {
    if ((flags & kFlagShared) != 0) {
        Statement rows = m_connection.use(
            "SELECT p.name FROM share s JOIN project p ON p.key = s.project WHERE s.block = ?1 ORDER BY "
            "p.name");
        rows.bind(1, block.key);
        for (;;) {
            auto row = rows.step();
            if (!row) return propagate(row);
            if (!*row) break;
            block.sharedWith.emplace_back(rows.text(0));
        }
    }
    if ((flags & kFlagGuarded) != 0) {
        Statement rows =
            m_connection.use("SELECT principal, rights FROM permission WHERE block = ?1 ORDER BY principal");
        rows.bind(1, block.key);
        for (;;) {
            auto row = rows.step();
            if (!row) return propagate(row);
            if (!*row) break;
            block.permissions.push_back({std::string(rows.text(0)), static_cast<Rights>(rows.integer(1))});
        }
    }
    return {};
}

Status BlockTable::readVectors(Block& block, std::size_t count) {
    Statement rows = m_connection.use(
        "SELECT key, space, sum, data FROM vector WHERE key >= ?1 AND key < ?2 ORDER BY key");
    rows.bind(1, vectorKey(block.key, 0)).bind(2, vectorKey(block.key + 1, 0));
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) break;
        const auto data = rows.blob(3);
        if (rows.integer(0) != vectorKey(block.key, block.vectors.size()) || data.size() % 4 != 0 ||
            rows.bytes<16>(2) != vectorSum(rows.integer(0), rows.text(1), data))
            return damagedBlock(block);
        BlockVector vector{std::string(rows.text(1)), std::vector<float>(data.size() / 4)};
        ByteReader in(data);
        for (float& value : vector.values) value = std::bit_cast<float>(in.u32());
        block.vectors.push_back(std::move(vector));
    }
    if (block.vectors.size() != count) return damagedBlock(block);
    return {};
}

Result<std::string> BlockTable::projectName(std::int64_t key) {
    if (const auto known = m_projectNames.find(key); known != m_projectNames.end()) return known->second;
    Statement find = m_connection.use("SELECT name FROM project WHERE key = ?1");
    find.bind(1, key);
    auto row = find.step();
    if (!row) return propagate(row);
    if (!*row) return std::string();
    return m_projectNames.emplace(key, find.text(0)).first->second;
}

Result<std::optional<std::int64_t>> BlockTable::projectKey(const std::string& name, bool make) {
    if (const auto known = m_projectKeys.find(name); known != m_projectKeys.end()) return known->second;
    {
        Statement find = m_connection.use("SELECT key FROM project WHERE name = ?1");
        find.bind(1, std::string_view(name));
        auto row = find.step();
        if (!row) return propagate(row);
        if (*row) return m_projectKeys.emplace(name, find.integer(0)).first->second;
    }
    if (!make) return std::nullopt;
    Statement insert = m_connection.use("INSERT INTO project(name) VALUES(?1)");
    insert.bind(1, std::string_view(name));
    if (auto done = insert.run(); !done) return propagate(done);
    return m_projectKeys.emplace(name, m_connection.lastKey()).first->second;
}

Status BlockTable::nextKey(std::int64_t& key) {
    if (m_nextKey == 0) {
        // Never a purged block's key again: an index may still hold its vectors.
        auto last = m_connection.integerOf(
            "SELECT max(ifnull((SELECT max(key) FROM block), 0), ifnull((SELECT max(key) FROM tombstone), "
            "0))");
        if (!last) return propagate(last);
        m_nextKey = last->value_or(0) + 1;
    }
    key = m_nextKey++;
    return {};
}

Status BlockTable::writeRow(Statement& statement, const StoredBlock& stored) {
    const Block& block = stored.block;
    auto home = projectKey(block.project, true);
    if (!home) return propagate(home);
    const std::string tags = joinTags(block.tags);
    const std::vector<std::byte> lineage = lineageBytes(block.lineage);
    const Checksum sum = recordSum(block);
    statement.bind(1, block.key)
        .bind(2, block.id.bytes)
        .bind(3, static_cast<std::int64_t>(block.change))
        .bind(4, static_cast<std::int64_t>(block.version))
        .bind(5, static_cast<std::int64_t>(block.status))
        .bind(6, static_cast<std::int64_t>(block.kind))
        .bind(7, flagsOf(block))
        .bind(8, **home)
        .bind(9, block.created)
        .bind(10, block.updated)
        .bind(11, static_cast<std::int64_t>(block.vectors.size()))
        .bind(13, static_cast<std::int64_t>(block.contentSize))
        .bind(14, block.contentSum)
        .bind(15, std::string_view(block.owner))
        .bind(16, std::string_view(block.name))
        .bind(17, std::string_view(block.mimeType))
        .bind(18, std::string_view(tags))
        .bind(19, std::span<const std::byte>(lineage))
        .bind(20, sum)
        .bind(21, std::string_view(block.metadata));
    if (stored.content) statement.bind(12, *stored.content);
    return statement.run();
}

Status BlockTable::insert(StoredBlock& stored) {
    if (auto numbered = nextKey(stored.block.key); !numbered) return numbered;
    {
        Statement insert = m_connection.use(
            "INSERT INTO block(key, id, change, version, status, class, flags, home, created, updated, "
            "vectors, "
            "content, size, content_sum, owner, name, mime, tags, lineage, sum, metadata) "
            "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21)");
        if (auto done = writeRow(insert, stored); !done) return done;
    }
    if (auto done = writeTags(stored.block.key, {}, stored.block.tags); !done) return done;
    if (auto done = writeSharing(stored.block); !done) return done;
    if (auto done = insertWords(stored); !done) return done;
    return writeVectors(stored.block);
}

Status BlockTable::replace(const StoredBlock& before, StoredBlock& after, bool vectorsChanged) {
    const Block& old = before.block;
    if (auto kept = keepVersion(before); !kept) return kept;
    {
        Statement update = m_connection.use(
            "UPDATE block SET id=?2, change=?3, version=?4, status=?5, class=?6, flags=?7, home=?8, "
            "created=?9, "
            "updated=?10, vectors=?11, content=?12, size=?13, content_sum=?14, owner=?15, name=?16, "
            "mime=?17, "
            "tags=?18, lineage=?19, sum=?20, metadata=?21 WHERE key = ?1");
        if (auto done = writeRow(update, after); !done) return done;
    }
    if (auto done = writeTags(old.key, old.tags, after.block.tags); !done) return done;
    auto waiting = wordsWaitFrom();
    if (!waiting) return propagate(waiting);
    if (!*waiting || old.key < **waiting)
        if (auto done = replaceWords(m_connection, old, after.block, after.newContent); !done) return done;
    if (old.sharedWith != after.block.sharedWith || old.permissions != after.block.permissions) {
        for (const char* sql :
             {"DELETE FROM share WHERE block = ?1", "DELETE FROM permission WHERE block = ?1"}) {
            Statement clear = m_connection.use(sql);
            clear.bind(1, old.key);
            if (auto done = clear.run(); !done) return done;
        }
        if (auto done = writeSharing(after.block); !done) return done;
    }
    if (!vectorsChanged) return {};
    {
        Statement clear = m_connection.use("DELETE FROM vector WHERE key >= ?1 AND key < ?2");
        clear.bind(1, vectorKey(old.key, 0)).bind(2, vectorKey(old.key + 1, 0));
        if (auto done = clear.run(); !done) return done;
    }
    return writeVectors(after.block);
}

Status BlockTable::writeTags(std::int64_t key, const std::vector<std::string>& before,
                             const std::vector<std::string>& after) {
    for (const std::string& tag : before) {
        if (std::binary_search(after.begin(), after.end(), tag)) continue;
        Statement erase = m_connection.use("DELETE FROM tag WHERE tag = ?1 AND block = ?2");
        erase.bind(1, std::string_view(tag)).bind(2, key);
        if (auto done = erase.run(); !done) return done;
    }
    for (const std::string& tag : after) {
        if (std::binary_search(before.begin(), before.end(), tag)) continue;
        Statement insert = m_connection.use("INSERT INTO tag VALUES(?1, ?2)");
        insert.bind(1, std::string_view(tag)).bind(2, key);
        if (auto done = insert.run(); !done) return done;
    }
    return {};
}

Status BlockTable::writeSharing(const Block& block) {
    for (const std::string& name : block.sharedWith) {
        auto project = projectKey(name, true);
        if (!project) return propagate(project);
        Statement insert = m_connection.use("INSERT INTO share VALUES(?1, ?2)");
        insert.bind(1, block.key).bind(2, **project);
        if (auto done = insert.run(); !done) return done;
    }
    for (const Permission& permission : block.permissions) {
        Statement insert = m_connection.use("INSERT INTO permission VALUES(?1, ?2, ?3)");
        insert.bind(1, block.key)
            .bind(2, std::string_view(permission.principal))
            .bind(3, static_cast<std::int64_t>(permission.rights));
        if (auto done = insert.run(); !done) return done;
    }
    return {};
}

Status BlockTable::writeVectors(const Block& block) {
    for (std::size_t slot = 0; slot < block.vectors.size(); ++slot) {
        const BlockVector& vector = block.vectors[slot];
        const std::int64_t key = vectorKey(block.key, slot);
        const std::vector<std::byte> data = vectorBytes(vector);
        const Checksum sum = vectorSum(key, vector.space, data);
        Statement insert = m_connection.use("INSERT INTO vector VALUES(?1, ?2, ?3, ?4)");
        insert.bind(1, key)
            .bind(2, std::string_view(vector.space))
            .bind(3, sum)
            .bind(4, std::span<const std::byte>(data));
        if (auto done = insert.run(); !done) return done;
    }
    return {};
}

}  // namespace smidgen::storage
