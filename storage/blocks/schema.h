// The tables, their version, and the way from each older version to this one.
//
// On disk a store is a folder:
//     store.db            SQLite, WAL, page size 4096, application id "SMDG", user_version = kFormatVersion
//     packs/<16 hex>.pack  contents of 1 MiB and more (pack_store.h)
//
// block     one row a block: its present version. sum = checksum of its record (block_record.h)
// tag       tag → block, derived from block.tags
// words     what blocks and sections are found by, derived from them (word_table.h)
// vector    key = block × 65536 + slot; data = float32; sum = checksum of key, space, data
// space     what the vectors of a name mean (vector_spaces.h)
// content   codec (0 plain, 1 zstd); data here, or pack/place/length there
// version   superseded versions: record, vectors, and the content row they share with their neighbours
// link      from block to block by id; share, permission: who else sees a block
// audit     what was tried, by whom, and how it ended: a SHA-256 chain; its seq orders all changes
// tombstone purged blocks, for other stores and indexes to hear of
// message   a message once; delivery: the queues that it waits in (message_table.h)
// access    read counts, not covered by checksums
#pragma once

#include "storage/blocks/connection.h"

namespace smidgen::storage {

inline constexpr int kFormatVersion = 1;

/// Makes the tables in an empty file, or brings an older store to kFormatVersion; one transaction, so that a
/// crash leaves the old version. Errors: unusableInput when the file is another program's or of a later
/// version; io.
[[nodiscard]] Status prepareSchema(Connection& connection);

/// As above for a file that must not be changed: an older version is refused.
[[nodiscard]] Status checkSchema(Connection& connection);

}  // namespace smidgen::storage
