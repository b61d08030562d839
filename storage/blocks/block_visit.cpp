#include "storage/blocks/block_visit.h"

#include <limits>

#include "storage/blocks/block_filter.h"
#include "storage/blocks/block_table.h"
#include "storage/blocks/store_core.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kAtOnce = 1000;

/// Some blocks after the key `last`, which moves on.
struct Portion {
    std::vector<Block> blocks;
    std::uint64_t damaged = 0;
    bool more = false;
};

Result<Portion> nextPortion(StoreCore& core, const std::vector<BlockClass>& classes, std::int64_t& last) {
    auto reader = core.readers.lend();
    if (!reader) return propagate(reader);
    auto transaction = ReadTransaction::begin((*reader)->connection);
    if (!transaction) return propagate(transaction);
    Conditions where;
    where.number(last);
    where.add("b.key > ?");
    where.addAnyOf("b.class", classes);
    Statement rows =
        (*reader)->connection.prepare(std::string("SELECT ") + kBlockColumns + " FROM block b" + where.sql() +
                                      " ORDER BY b.key LIMIT " + std::to_string(kAtOnce));
    where.bindTo(rows);
    Portion portion;
    std::size_t seen = 0;
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) break;
        ++seen;
        last = rows.integer(0);
        auto stored = (*reader)->blocks.read(rows);
        if (stored)
            portion.blocks.push_back(std::move(stored->block));
        else if (stored.error().code == ErrorCode::unusableInput)
            ++portion.damaged;
        else
            return propagate(stored);
    }
    portion.more = seen == kAtOnce;
    return portion;
}

}  // namespace

Result<BlockVisit> visitBlocks(BlockStore& store, const std::vector<BlockClass>& classes,
                               const std::function<bool(const Block&)>& visit) {
    BlockVisit visited;
    for (std::int64_t last = std::numeric_limits<std::int64_t>::min();;) {
        auto portion = nextPortion(store.core(), classes, last);
        if (!portion) return propagate(portion);
        visited.damaged += portion->damaged;
        for (const Block& block : portion->blocks) {
            ++visited.blocks;
            if (!visit(block)) return visited;
        }
        if (!portion->more) return visited;
    }
}

}  // namespace smidgen::storage
