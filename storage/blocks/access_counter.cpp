#include "storage/blocks/access_counter.h"

namespace smidgen::storage {

Status writeAccess(Connection& connection, const std::unordered_map<std::int64_t, AccessCount>& counts) {
    for (const auto& [block, count] : counts) {
        // A block purged meanwhile has no row to count for.
        Statement add = connection.use(
            "INSERT INTO access(block, count, time) SELECT key, ?2, ?3 FROM block WHERE key = ?1 "
            "ON CONFLICT(block) DO UPDATE SET count = count + ?2, time = max(time, ?3)");
        add.bind(1, block).bind(2, static_cast<std::int64_t>(count.count)).bind(3, count.time);
        if (auto done = add.run(); !done) return done;
    }
    return {};
}

Result<AccessCount> readAccess(Connection& connection, std::int64_t block) {
    Statement find = connection.use("SELECT count, time FROM access WHERE block = ?1");
    find.bind(1, block);
    auto row = find.step();
    if (!row) return propagate(row);
    if (!*row) return AccessCount{};
    return AccessCount{static_cast<std::uint64_t>(find.integer(0)), find.integer(1)};
}

}  // namespace smidgen::storage
