// A vector index as a file: a cache, written in one piece and thrown away when anything about it is amiss.
//
// Little-endian, without padding:
//   header    magic "SMVECIDX", version u32, factor count u32, generation u64, graph seed u64, links u32,
//             build effort u32, rows u32, covered rows u32, entry u64, upper lists u32, tuned effort u32,
//             four costs f64
//   factors   kind u32, dimension u32, curvature f64, each
//   alive     (rows + 63) / 64 words u64, a bit a row
//   rows      key u64, packed numbers f32 …, their fine parts i16 …, each
//   links     2 × links numbers u32 a covered row: slot + 1, 0 at the end
//   upper     `links` numbers u32 for every level above the lowest of each covered row, in order
//   checksum  XXH3-128 of everything before it, 16 bytes
#pragma once

#include <filesystem>
#include <memory>

#include "storage/vectors/vector_store.h"

namespace smidgen::storage {

inline constexpr std::uint32_t kIndexFileVersion = 1;

/// Rows that are visible now; nobody may extend the graph meanwhile. Atomic; not synced, since a torn file is
/// recognised. Errors: io.
[[nodiscard]] Status writeIndexFile(const VectorStore& store, const std::filesystem::path& path,
                                    std::uint64_t generation);

/// A new store from the file. Every number is checked before it is used, so that no file can do harm, and the
/// checksum before the store is given out. Memory is taken as the file fills it. Errors: notFound, io,
/// outOfMemory, unusableInput with what is amiss.
[[nodiscard]] Result<std::shared_ptr<VectorStore>> readIndexFile(const std::filesystem::path& path,
                                                                 const Space& space,
                                                                 const IndexOptions& options,
                                                                 std::uint64_t generation);

}  // namespace smidgen::storage
