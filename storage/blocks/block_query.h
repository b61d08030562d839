// Listing: filter, sort, page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/blocks/block.h"
#include "storage/blocks/block_filter.h"
#include "storage/blocks/block_table.h"

namespace smidgen::storage {

enum class SortBy { created, updated, name, size };

/// What is asked of a list.
struct BlockQuery : BlockFilter {
    SortBy sortBy = SortBy::created;
    bool descending = false;
    std::size_t limit = 100;  ///< 1 to 10 000
    std::string after;        ///< BlockPage::next of the page before; empty for the first
};

/// `blocks` without content and vectors. Paging is by value, not by number: blocks made or removed between
/// two pages never make another block appear twice or not at all.
struct BlockPage {
    std::vector<Block> blocks;
    std::string next;  ///< empty on the last page
};

/// Errors: invalidArgument (limit, page mark), io, unusableInput when a block is damaged.
[[nodiscard]] Result<BlockPage> listBlocks(Connection& connection, BlockTable& table, const Caller& caller,
                                           const BlockQuery& query);

/// How many blocks there are in all pages.
[[nodiscard]] Result<std::uint64_t> countBlocks(Connection& connection, BlockTable& table,
                                                const Caller& caller, const BlockQuery& query);

}  // namespace smidgen::storage
