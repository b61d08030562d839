// Blocks as rows: reading, writing, their vectors and the versions they had.
#pragma once

#include <map>

#include "storage/blocks/block.h"
#include "storage/blocks/connection.h"

namespace smidgen::storage {

/// A block with what only this room needs to know of its row.
struct StoredBlock {
    Block block;
    std::optional<std::int64_t> content;  ///< key of the content row
    /// Of a block to be written: the bytes of its content when they are new.
    std::optional<std::span<const std::byte>> newContent = std::nullopt;
};

/// The rows of one connection. Not thread-safe. Everything read is checked against its checksum.
class BlockTable {
 public:
    explicit BlockTable(Connection& connection) : m_connection(connection) {}

    /// Nothing when there is no such block. With its vectors when `withVectors`. Errors: unusableInput when
    /// damaged.
    [[nodiscard]] Result<std::optional<StoredBlock>> find(const BlockId& id, bool withVectors);
    [[nodiscard]] Result<std::optional<StoredBlock>> findByKey(std::int64_t key, bool withVectors);
    /// The block of the row that `row` stands on; its columns begin with kBlockColumns.
    [[nodiscard]] Result<StoredBlock> read(const Statement& row);
    /// Without a check of the checksum, for repair and verification.
    [[nodiscard]] Result<StoredBlock> readUnchecked(const Statement& row, Checksum& sum);

    /// Writes a new row and fills in block.key. The rest is for write transactions.
    [[nodiscard]] Status insert(StoredBlock& stored);
    /// Keeps `before` as a superseded version and puts `after` in its place; vectors are written when
    /// `vectorsChanged`, else they stay.
    [[nodiscard]] Status replace(const StoredBlock& before, StoredBlock& after, bool vectorsChanged);
    /// Keeps a version as a superseded one.
    [[nodiscard]] Status keepVersion(const StoredBlock& past);
    /// The block, its versions, contents, vectors and links; leaves a tombstone.
    [[nodiscard]] Status erase(const StoredBlock& stored, std::int64_t time);

    struct SupersededVersion {
        Block block;  ///< with vectors, without content
        std::optional<std::int64_t> content;
    };
    [[nodiscard]] Result<std::vector<std::uint64_t>> versions(std::int64_t key);
    [[nodiscard]] Result<std::optional<SupersededVersion>> findVersion(std::int64_t key,
                                                                       std::uint64_t version);

    /// A project's key; made when absent and `make`.
    [[nodiscard]] Result<std::optional<std::int64_t>> projectKey(const std::string& name, bool make);
    /// The key that the next insert gives: for repair, which keeps the keys there were.
    void setNextKey(std::int64_t key) { m_nextKey = key; }
    /// Whether new blocks may be inserted without their words, which wait then (word_backlog.h).
    void setWordsMayWait(bool may) { m_wordsMayWait = may; }
    /// The key from which on no block has words yet; nothing when all have.
    [[nodiscard]] Result<std::optional<std::int64_t>> wordsWaitFrom();
    [[nodiscard]] Status letWordsWait(std::optional<std::int64_t> from);
    /// Forgets what was remembered of a transaction that was rolled back.
    void forget() {
        m_projectKeys.clear();
        m_projectNames.clear();
        m_nextKey = 0;
        m_wordsWaitFrom.reset();
    }

 private:
    [[nodiscard]] Result<std::optional<StoredBlock>> findOne(Statement& find, bool withVectors);
    [[nodiscard]] Status readParts(Block& block, std::int64_t flags);
    [[nodiscard]] Result<std::string> projectName(std::int64_t key);
    [[nodiscard]] Status readVectors(Block& block, std::size_t count);
    [[nodiscard]] Status writeRow(Statement& statement, const StoredBlock& stored);
    [[nodiscard]] Status writeTags(std::int64_t key, const std::vector<std::string>& before,
                                   const std::vector<std::string>& after);
    [[nodiscard]] Status writeSharing(const Block& block);
    [[nodiscard]] Status writeVectors(const Block& block);
    [[nodiscard]] Status nextKey(std::int64_t& key);
    [[nodiscard]] Status insertWords(const StoredBlock& stored);

    Connection& m_connection;
    std::map<std::string, std::int64_t> m_projectKeys;
    std::map<std::int64_t, std::string> m_projectNames;
    std::int64_t m_nextKey = 0;
    bool m_wordsMayWait = false;
    std::optional<std::optional<std::int64_t>> m_wordsWaitFrom;  ///< as far as it was asked for
};

/// Columns of `block` AS b, in the order that BlockTable::read takes them; access counts come last.
inline constexpr const char* kBlockColumns =
    "b.key, b.id, b.change, b.version, b.status, b.class, b.flags, b.home, b.created, b.updated, b.vectors, "
    "b.content, "
    "b.size, b.content_sum, b.owner, b.name, b.mime, b.tags, b.lineage, b.sum, b.metadata";

/// Bits of block.flags.
inline constexpr std::int64_t kFlagReadOnly = 1;
inline constexpr std::int64_t kFlagGuarded = 2;  ///< has rows in `permission`
inline constexpr std::int64_t kFlagShared = 4;   ///< has rows in `share`

/// block.tags and lineage as they stand in the row.
[[nodiscard]] std::string joinTags(const std::vector<std::string>& tags);
[[nodiscard]] std::vector<std::byte> lineageBytes(const Lineage& lineage);
[[nodiscard]] Lineage lineageOf(std::span<const std::byte> bytes);

}  // namespace smidgen::storage
