// The canonical bytes of a block without content and vectors: what its checksum covers, what the version
// history keeps, and what travels between stores.
//
//     u8 1 | id 16 | u64 version | u8 class, status, readOnly | i64 created, updated | u64 content size |
//     content sum 16 text name, MIME type, metadata, project, owner | u32 n, text tags… | u32 n, text
//     projects shared with… u32 n, (text principal, u8 rights)… | u32 n, (u64 store, u64 count)…
//
// Numbers little-endian; a text is its u32 length and its UTF-8 bytes.
#pragma once

#include <span>
#include <vector>

#include "engine/foundation/result.h"
#include "storage/blocks/block.h"

namespace smidgen::storage {

class ByteWriter;

void writeRecord(const Block& block, ByteWriter& out);
[[nodiscard]] Checksum recordSum(const Block& block);

/// Errors: unusableInput for anything that writeRecord could not have written, except for the order within
/// lists.
[[nodiscard]] Result<Block> readRecord(std::span<const std::byte> bytes);

/// The bytes of a vector: u32 n, then n float32. What its checksum covers: the text `space`, then those
/// bytes.
[[nodiscard]] std::vector<std::byte> vectorBytes(const BlockVector& vector);
[[nodiscard]] Checksum vectorSum(std::int64_t key, std::string_view space, std::span<const std::byte> values);

/// All vectors: u32 n, then of each the text `space` and its values.
[[nodiscard]] std::vector<std::byte> writeVectors(const std::vector<BlockVector>& vectors);
[[nodiscard]] Result<std::vector<BlockVector>> readVectors(std::span<const std::byte> bytes);

/// What a caller may give: lengths, JSON, numbers. Errors: invalidArgument.
[[nodiscard]] Status checkFields(const Block& block);
[[nodiscard]] Status checkFields(const BlockDraft& draft);

/// Lists ascending, each entry once; a principal named twice has both its rights.
void normalise(Block& block);

}  // namespace smidgen::storage
