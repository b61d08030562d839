#include "storage/blocks/change_log.h"

#include <algorithm>

namespace smidgen::storage {

Result<ChangePage> readChanges(Connection& connection, std::uint64_t since, std::size_t limit) {
    Statement rows = connection.use(
        "SELECT a.seq, a.block, ifnull(b.key, t.key), t.key IS NOT NULL FROM audit a "
        "LEFT JOIN block b ON b.id = a.block AND b.change = a.seq "
        "LEFT JOIN tombstone t ON t.id = a.block AND t.change = a.seq "
        "WHERE a.seq > ?1 AND (b.key IS NOT NULL OR t.key IS NOT NULL) ORDER BY a.seq LIMIT ?2");
    rows.bind(1, static_cast<std::int64_t>(since)).bind(2, static_cast<std::int64_t>(limit));
    ChangePage page{{}, since};
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) break;
        BlockChange change;
        change.change = static_cast<std::uint64_t>(rows.integer(0));
        change.id.bytes = rows.bytes<16>(1);
        change.key = rows.integer(2);
        change.purged = rows.integer(3) != 0;
        page.next = change.change;
        page.changes.push_back(change);
    }
    if (page.changes.size() < limit) {
        // The rest of the log changes no block that has not changed again since.
        auto last = connection.integerOf("SELECT max(seq) FROM audit");
        if (!last) return propagate(last);
        page.next = std::max(since, static_cast<std::uint64_t>(last->value_or(0)));
    }
    return page;
}

}  // namespace smidgen::storage
