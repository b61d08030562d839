// What is left of a purged block: enough for other stores and for indexes to hear that it is gone.
#pragma once

#include <optional>
#include <string>

#include "storage/blocks/block.h"
#include "storage/blocks/connection.h"

namespace smidgen::storage {

struct Tombstone {
    BlockId id;
    std::int64_t key = 0;
    std::uint64_t change = 0;
    std::int64_t time = 0;  ///< of the purge, milliseconds since 1970, UTC
    std::string project;
    Lineage lineage;
};

[[nodiscard]] Status insertTombstone(Connection& connection, const Tombstone& tombstone);
/// Errors: unusableInput when damaged.
[[nodiscard]] Result<std::optional<Tombstone>> findTombstone(Connection& connection, const BlockId& id);
/// For a block that comes back.
[[nodiscard]] Status eraseTombstone(Connection& connection, const BlockId& id);
/// From `row` with the columns key, id, change, time, project, lineage, sum. Errors: unusableInput when
/// damaged.
[[nodiscard]] Result<Tombstone> readTombstone(const Statement& row);

}  // namespace smidgen::storage
