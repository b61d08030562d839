#include "storage/blocks/maintenance.h"

#include <map>

#include "engine/foundation/atomic_file.h"
#include "storage/blocks/maintenance_lock.h"
#include "storage/blocks/store_core.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;

constexpr int kPagesAtOnce = 256;
constexpr std::size_t kCopyBytes = 1 << 20;

std::uint64_t fileBytes(const fs::path& path) {
    std::error_code code;
    const std::uintmax_t bytes = fs::file_size(path, code);
    return code ? 0 : static_cast<std::uint64_t>(bytes);
}

/// The first `bytes` of a pack: what lies beyond was appended after the database was copied.
Status copyPack(FileSystem& files, const fs::path& from, const fs::path& to, std::uint64_t bytes,
                const CancelToken& cancel) {
    auto source = files.open(from, FileUse::read);
    if (!source) return propagate(source);
    auto target = files.open(to, FileUse::create);
    if (!target) return propagate(target);
    std::vector<std::byte> buffer(kCopyBytes);
    for (std::uint64_t at = 0; at < bytes; at += kCopyBytes) {
        if (cancel.cancelled()) return failure(ErrorCode::cancelled, "The copy was stopped.");
        const auto part = std::span(buffer).first(
            static_cast<std::size_t>(std::min<std::uint64_t>(kCopyBytes, bytes - at)));
        if (auto read = (*source)->readAt(at, part); !read) return read;
        if (auto written = (*target)->writeAt(at, part); !written) return written;
    }
    return (*target)->sync();
}

/// Ends of the packs that the copied database names.
Result<std::map<std::uint64_t, std::uint64_t>> namedPacks(Connection& copy) {
    Statement rows =
        copy.use("SELECT pack, max(place + length) FROM content WHERE pack IS NOT NULL GROUP BY pack");
    std::map<std::uint64_t, std::uint64_t> ends;
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) return ends;
        ends[static_cast<std::uint64_t>(rows.integer(0))] =
            static_cast<std::uint64_t>(rows.integer(1)) + kPackRecordBytes;
    }
}

Status copyWhole(StoreCore& core, const fs::path& part, const CancelToken& cancel, const Progress& progress) {
    const auto tell = [&](double done) {
        if (progress) progress(done);
    };
    {
        auto reader = core.readers.lend();
        if (!reader) return propagate(reader);
        auto copied = (*reader)->connection.copyInto(databaseOf(part), kPagesAtOnce, [&](double done) {
            tell(done / 2);
            return !cancel.cancelled();
        });
        if (!copied) return copied;
    }
    auto copy = Connection::open(databaseOf(part), OpenMode::readWrite);
    if (!copy) return propagate(copy);
    // Two stores of one name would take each other's changes for their own when they are synchronised.
    Statement rename = copy->use("UPDATE meta SET value = ?1 WHERE name = 'replica'");
    rename.bind(1, static_cast<std::int64_t>(randomWord() >> 1));
    if (auto renamed = rename.run(); !renamed) return renamed;
    auto packs = namedPacks(*copy);
    if (!packs) return propagate(packs);
    if (packs->empty()) return {};
    if (auto made = core.files.createFolder(packFolderOf(part)); !made) return made;
    double done = 0.0;
    for (const auto& [pack, end] : *packs) {
        const fs::path from = core.packs.pathOf(pack);
        if (auto copied = copyPack(core.files, from, packFolderOf(part) / from.filename(), end, cancel);
            !copied)
            return copied;
        done += 1.0;
        tell(0.5 + 0.5 * done / static_cast<double>(packs->size()));
    }
    return core.files.syncFolder(packFolderOf(part));
}

}  // namespace

Status checkpointStore(BlockStore& store, bool shrink) {
    auto done = store.core().checkpoint(shrink);
    if (!done) return propagate(done);
    return {};
}

Status backupStore(BlockStore& store, const fs::path& target, const CancelToken& cancel,
                   const Progress& progress) {
    StoreCore& core = store.core();
    std::error_code code;
    if (fs::exists(target, code))
        return failure(ErrorCode::invalidArgument,
                       "'" + displayName(target) + "' exists already. Choose another name for the copy.");
    auto lock = MaintenanceLock::take(core.files, core.folder);
    if (!lock) return propagate(lock);
    fs::path part = target;
    part += ".part";
    fs::remove_all(part, code);
    if (auto made = core.files.createFolder(part); !made) return made;
    Status done = copyWhole(core, part, cancel, progress);
    if (done) done = core.files.syncFolder(part);
    if (done) done = core.files.rename(part, target);
    if (done) return core.files.syncFolder(target.has_parent_path() ? target.parent_path() : fs::path("."));
    fs::remove_all(part, code);
    return done;
}

Result<StoreStatistics> statisticsOf(BlockStore& store) {
    StoreCore& core = store.core();
    StoreStatistics figures;
    figures.puts = core.puts.summary();
    figures.gets = core.gets.summary();
    figures.lists = core.lists.summary();
    figures.wordSearches = core.wordSearches.summary();
    figures.checkpoints = core.checkpoints.load(std::memory_order_relaxed);
    if (core.queue) {
        figures.commits = core.queue->commitTimes();
        figures.waitingWrites = core.queue->waiting();
        figures.writes = core.queue->worksDone();
        if (figures.commits.count > 0)
            figures.writesPerCommit =
                static_cast<double>(figures.writes) / static_cast<double>(figures.commits.count);
    }
    figures.databaseBytes = fileBytes(databaseOf(core.folder));
    figures.logBytes = fileBytes(logOf(core.folder));
    auto packs = core.packs.list();
    if (!packs) return propagate(packs);
    for (const PackStore::PackFile& pack : *packs) figures.packBytes += pack.bytes;
    auto reader = core.readers.lend();
    if (!reader) return propagate(reader);
    auto blocks = (*reader)->connection.integerOf("SELECT count(*) FROM block");
    if (!blocks) return propagate(blocks);
    figures.blocks = static_cast<std::uint64_t>(blocks->value_or(0));
    return figures;
}

}  // namespace smidgen::storage
