// BlockTable's past: superseded versions, and what is left of a block that is purged; and what its words wait
// for.
#include "storage/blocks/block_record.h"
#include "storage/blocks/block_table.h"
#include "storage/blocks/byte_stream.h"
#include "storage/blocks/tombstone.h"
#include "storage/blocks/word_table.h"

namespace smidgen::storage {

Status BlockTable::keepVersion(const StoredBlock& past) {
    const Block& block = past.block;
    ByteWriter record;
    writeRecord(block, record);
    const std::vector<std::byte> vectors = storage::writeVectors(block.vectors);
    ByteWriter covered;
    covered.raw(record.bytes());
    covered.raw(vectors);
    const Checksum sum = checksumOf(covered.bytes());
    Statement keep = m_connection.use("INSERT INTO version VALUES(?1,?2,?3,?4,?5,?6)");
    keep.bind(1, block.key)
        .bind(2, static_cast<std::int64_t>(block.version))
        .bind(4, sum)
        .bind(5, record.bytes())
        .bind(6, std::span<const std::byte>(vectors));
    if (past.content) keep.bind(3, *past.content);
    return keep.run();
}

Result<std::optional<std::int64_t>> BlockTable::wordsWaitFrom() {
    if (m_wordsWaitFrom) return *m_wordsWaitFrom;
    auto from = storage::wordsWaitFrom(m_connection);
    if (from) m_wordsWaitFrom = *from;
    return from;
}

Status BlockTable::letWordsWait(std::optional<std::int64_t> from) {
    m_wordsWaitFrom.reset();
    Statement write = m_connection.use(from ? "INSERT OR REPLACE INTO meta VALUES('words_from', ?1)"
                                            : "DELETE FROM meta WHERE name = 'words_from'");
    if (from) write.bind(1, *from);
    return write.run();
}

Status BlockTable::insertWords(const StoredBlock& stored) {
    auto waiting = wordsWaitFrom();
    if (!waiting) return propagate(waiting);
    if (*waiting) return {};  // with those before it
    if (m_wordsMayWait) return letWordsWait(stored.block.key);
    return storage::insertWords(m_connection, stored.block,
                                stored.newContent.value_or(std::span<const std::byte>()));
}

Status BlockTable::erase(const StoredBlock& stored, std::int64_t time) {
    const Block& block = stored.block;
    if (auto done = writeTags(block.key, block.tags, {}); !done) return done;
    if (auto done = eraseWords(m_connection, block.key); !done) return done;
    {
        Statement contents = m_connection.use(
            "DELETE FROM content WHERE key IN (SELECT content FROM version WHERE block = ?1) "
            "OR key IN (SELECT content FROM block WHERE key = ?1)");
        contents.bind(1, block.key);
        if (auto done = contents.run(); !done) return done;
    }
    {
        Statement vectors = m_connection.use("DELETE FROM vector WHERE key >= ?1 AND key < ?2");
        vectors.bind(1, vectorKey(block.key, 0)).bind(2, vectorKey(block.key + 1, 0));
        if (auto done = vectors.run(); !done) return done;
    }
    for (const char* sql : {"DELETE FROM version WHERE block = ?1", "DELETE FROM share WHERE block = ?1",
                            "DELETE FROM permission WHERE block = ?1", "DELETE FROM access WHERE block = ?1",
                            "DELETE FROM block WHERE key = ?1"}) {
        Statement clear = m_connection.use(sql);
        clear.bind(1, block.key);
        if (auto done = clear.run(); !done) return done;
    }
    for (const char* sql : {"DELETE FROM link WHERE source = ?1", "DELETE FROM link WHERE target = ?1"}) {
        Statement clear = m_connection.use(sql);
        clear.bind(1, block.id.bytes);
        if (auto done = clear.run(); !done) return done;
    }
    return insertTombstone(m_connection,
                           {block.id, block.key, block.change, time, block.project, block.lineage});
}

Result<std::vector<std::uint64_t>> BlockTable::versions(std::int64_t key) {
    Statement rows = m_connection.use("SELECT version FROM version WHERE block = ?1 ORDER BY version");
    rows.bind(1, key);
    std::vector<std::uint64_t> versions;
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) return versions;
        versions.push_back(static_cast<std::uint64_t>(rows.integer(0)));
    }
}

Result<std::optional<BlockTable::SupersededVersion>> BlockTable::findVersion(std::int64_t key,
                                                                             std::uint64_t version) {
    Statement find = m_connection.use(
        "SELECT content, sum, record, vectors FROM version WHERE block = ?1 AND version = ?2");
    find.bind(1, key).bind(2, static_cast<std::int64_t>(version));
    auto row = find.step();
    if (!row) return propagate(row);
    if (!*row) return std::nullopt;
    ByteWriter covered;
    covered.raw(find.blob(2));
    covered.raw(find.blob(3));
    if (checksumOf(covered.bytes()) != find.bytes<16>(1))
        return failure(ErrorCode::unusableInput,
                       "Version " + std::to_string(version) +
                           " of a block is damaged. Run a repair, or restore a backup.");
    auto block = readRecord(find.blob(2));
    if (!block) return propagate(block);
    auto vectors = storage::readVectors(find.blob(3));
    if (!vectors) return propagate(vectors);
    SupersededVersion superseded{std::move(*block), std::nullopt};
    superseded.block.key = key;
    superseded.block.vectors = std::move(*vectors);
    if (!find.isNull(0)) superseded.content = find.integer(0);
    return std::optional<SupersededVersion>(std::move(superseded));
}

}  // namespace smidgen::storage
