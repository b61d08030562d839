#include "storage/blocks/tombstone.h"

#include "storage/blocks/block_table.h"
#include "storage/blocks/byte_stream.h"

namespace smidgen::storage {
namespace {

Checksum sumOf(const Tombstone& tombstone) {
    ByteWriter covered;
    covered.fixed(tombstone.id.bytes);
    covered.u64(static_cast<std::uint64_t>(tombstone.key));
    covered.u64(tombstone.change);
    covered.u64(static_cast<std::uint64_t>(tombstone.time));
    covered.text(tombstone.project);
    covered.raw(lineageBytes(tombstone.lineage));
    return checksumOf(covered.bytes());
}

}  // namespace

Status insertTombstone(Connection& connection, const Tombstone& tombstone) {
    const std::vector<std::byte> lineage = lineageBytes(tombstone.lineage);
    const Checksum sum = sumOf(tombstone);
    Statement insert = connection.use("INSERT INTO tombstone VALUES(?1,?2,?3,?4,?5,?6,?7)");
    insert.bind(1, tombstone.key)
        .bind(2, tombstone.id.bytes)
        .bind(3, static_cast<std::int64_t>(tombstone.change))
        .bind(4, tombstone.time)
        .bind(5, std::string_view(tombstone.project))
        .bind(6, std::span<const std::byte>(lineage))
        .bind(7, sum);
    return insert.run();
}

Result<Tombstone> readTombstone(const Statement& row) {
    Tombstone tombstone;
    tombstone.key = row.integer(0);
    tombstone.id.bytes = row.bytes<16>(1);
    tombstone.change = static_cast<std::uint64_t>(row.integer(2));
    tombstone.time = row.integer(3);
    tombstone.project = row.text(4);
    tombstone.lineage = lineageOf(row.blob(5));
    if (sumOf(tombstone) != row.bytes<16>(6))
        return failure(ErrorCode::unusableInput,
                       "The note of a purged block is damaged. Run a repair, or restore a backup.",
                       "tombstone " + tombstone.id.text());
    return tombstone;
}

Result<std::optional<Tombstone>> findTombstone(Connection& connection, const BlockId& id) {
    Statement find =
        connection.use("SELECT key, id, change, time, project, lineage, sum FROM tombstone WHERE id = ?1");
    find.bind(1, id.bytes);
    auto row = find.step();
    if (!row) return propagate(row);
    if (!*row) return std::nullopt;
    auto tombstone = readTombstone(find);
    if (!tombstone) return propagate(tombstone);
    return std::optional<Tombstone>(std::move(*tombstone));
}

Status eraseTombstone(Connection& connection, const BlockId& id) {
    Statement erase = connection.use("DELETE FROM tombstone WHERE id = ?1");
    erase.bind(1, id.bytes);
    return erase.run();
}

}  // namespace smidgen::storage
