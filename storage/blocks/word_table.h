// The words that blocks are found by: a table derived from the blocks, kept in step within the transaction
// that changes one.
//
// Each block has a passage, and each section of its documentation another. Passage n of a block has the row
// key × 65536 + n (0 the block itself), columns title (name or heading), tags, about (texts and numbers in
// the metadata), text (of a section), and not searched: path (headings, one a line) and anchor.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "storage/blocks/block.h"
#include "storage/blocks/connection.h"

namespace smidgen::storage {

inline constexpr std::int64_t kPassagesPerBlock = 65'536;

struct Passage {
    std::int64_t row = 0;
    std::string title, tags, about, text, path, anchor;
    bool operator==(const Passage&) const = default;
};

/// The block's own.
[[nodiscard]] Passage passageOf(const Block& block);
/// Those of the sections, when it is documentation and `content` is UTF-8.
[[nodiscard]] std::vector<Passage> sectionPassagesOf(const Block& block, std::span<const std::byte> content);

/// The key from which on blocks wait for their words (word_backlog.h); nothing when none does.
[[nodiscard]] Result<std::optional<std::int64_t>> wordsWaitFrom(Connection& connection);

/// Puts the passages in; there must be none of that row. Within a write transaction, like the others.
inline constexpr const char* kInsertPassage =
    "INSERT INTO words(rowid, title, tags, about, text, path, anchor) VALUES(?1,?2,?3,?4,?5,?6,?7)";
[[nodiscard]] Status insertPassage(Connection& connection, const Passage& passage,
                                   const char* sql = kInsertPassage);
/// For a new block.
[[nodiscard]] Status insertWords(Connection& connection, const Block& block,
                                 std::span<const std::byte> content);
/// For a changed block; `content` when it was changed.
[[nodiscard]] Status replaceWords(Connection& connection, const Block& before, const Block& after,
                                  const std::optional<std::span<const std::byte>>& content);
[[nodiscard]] Status eraseWords(Connection& connection, std::int64_t block);

}  // namespace smidgen::storage
