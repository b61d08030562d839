// Rewriting packs of which little is still needed.
#include <map>

#include "storage/blocks/content_table.h"
#include "storage/blocks/maintenance.h"
#include "storage/blocks/maintenance_lock.h"
#include "storage/blocks/store_core.h"

namespace smidgen::storage {
namespace {

/// Content rows of each pack, by the pack's name.
Result<std::map<std::uint64_t, std::vector<ContentRow>>> rowsByPack(Connection& connection) {
    std::vector<std::int64_t> keys;
    {
        Statement rows =
            connection.use("SELECT key FROM content WHERE pack IS NOT NULL ORDER BY pack, place");
        for (;;) {
            auto row = rows.step();
            if (!row) return propagate(row);
            if (!*row) break;
            keys.push_back(rows.integer(0));
        }
    }
    std::map<std::uint64_t, std::vector<ContentRow>> packs;
    for (const std::int64_t key : keys) {
        auto content = findContent(connection, key);
        if (!content) return propagate(content);
        packs[content->place->pack].push_back(*content);
    }
    return packs;
}

std::uint64_t liveBytes(const std::vector<ContentRow>& rows) {
    std::uint64_t live = kPackHeaderBytes;
    for (const ContentRow& row : rows) live += row.place->length + kPackRecordBytes;
    return live;
}

/// Appends the content elsewhere and points its row there, unless the row has gone meanwhile.
Status moveContent(StoreCore& core, const ContentRow& row) {
    // Checked on the way: a damaged content must not get a fresh home under a sum that was not verified.
    auto content = core.packs.read(*row.place, row.record);
    if (!content) return propagate(content);
    std::vector<std::byte> stored(static_cast<std::size_t>(row.place->length));
    if (auto read = core.packs.readStored(*row.place, 0, stored); !read) return read;
    auto appended = core.packs.append(row.record, stored);
    if (!appended) return propagate(appended);
    const PackPlace& place = appended->place;
    return core.write(
        {[&](Writer& writer) {
             Statement update = writer.connection.use(
                 "UPDATE content SET pack = ?2, place = ?3 WHERE key = ?1 AND pack = ?4 AND place = ?5");
             update.bind(1, row.key)
                 .bind(2, static_cast<std::int64_t>(place.pack))
                 .bind(3, static_cast<std::int64_t>(place.offset))
                 .bind(4, static_cast<std::int64_t>(row.place->pack))
                 .bind(5, static_cast<std::int64_t>(row.place->offset));
             return update.run();
         },
         nullptr});
}

}  // namespace

Result<std::uint64_t> compactPacks(BlockStore& store, double liveBelow, const CancelToken& cancel) {
    StoreCore& core = store.core();
    if (core.isReadOnly()) {
        auto refused = core.write({});
        return propagate(refused);
    }
    auto lock = MaintenanceLock::take(core.files, core.folder);
    if (!lock) return propagate(lock);
    auto reader = core.readers.lend();
    if (!reader) return propagate(reader);
    auto packs = core.packs.list();
    if (!packs) return propagate(packs);
    // After the list: a content appended meanwhile makes its pack look fuller, never emptier.
    auto rows = rowsByPack((*reader)->connection);
    if (!rows) return propagate(rows);
    std::uint64_t freed = 0;
    for (const PackStore::PackFile& pack : *packs) {
        const std::vector<ContentRow>& inPack = (*rows)[pack.name];
        const std::uint64_t live = liveBytes(inPack);
        if (static_cast<double>(live) >= liveBelow * static_cast<double>(pack.bytes)) continue;
        auto retired = core.packs.retire(pack.name);
        if (!retired) return propagate(retired);
        if (!*retired) continue;
        auto again = rowsByPack((*reader)->connection);
        if (!again) return propagate(again);
        for (const ContentRow& row : (*again)[pack.name]) {
            if (cancel.cancelled()) return failure(ErrorCode::cancelled, "Reclaiming room was stopped.");
            if (auto moved = moveContent(core, row); !moved) return propagate(moved);
        }
        const std::unique_lock nobodyReads(core.packReading);
        if (auto removed = core.packs.remove(pack.name); !removed) return propagate(removed);
        freed += pack.bytes - std::min(pack.bytes, live);
    }
    return freed;
}

}  // namespace smidgen::storage
