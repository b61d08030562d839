#include "storage/blocks/store_core.h"

#include "engine/foundation/atomic_file.h"
#include "storage/blocks/schema.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;

/// Another process's write-ahead log can only be read where shared memory may be made beside it. `untouched`:
/// where no log lies, none is made, nor is the shared memory; as long as the connection lasts, nobody may
/// write there, or what they write is not seen.
Result<Connection> openForReading(const fs::path& database, const std::string& layer, bool untouched,
                                  OpenMode& mode) {
    std::error_code none;
    mode = untouched && !fs::exists(logOf(database.parent_path()), none) ? OpenMode::immutable
                                                                         : OpenMode::readOnly;
    if (auto connection = Connection::open(database, mode, layer)) {
        if (auto checked = checkSchema(*connection); checked)
            return connection;
        else if (checked.error().code != ErrorCode::io)
            return propagate(checked);
    }
    const fs::path log = logOf(database.parent_path());
    std::error_code code;
    if (fs::exists(log, code) && fs::file_size(log, code) > 0)
        return failure(ErrorCode::io,
                       "'" + displayName(database) +
                           "' was not closed properly and lies where nothing can be written. Copy the "
                           "library to a place where you may write and open it there.");
    mode = OpenMode::immutable;
    auto connection = Connection::open(database, mode, layer);
    if (!connection) return connection;
    if (auto checked = checkSchema(*connection); !checked) return propagate(checked);
    return connection;
}

Result<std::uint64_t> replicaOf(Connection& connection) {
    auto replica = connection.integerOf("SELECT value FROM meta WHERE name = 'replica'");
    if (!replica) return propagate(replica);
    if (!*replica)
        return failure(ErrorCode::unusableInput, "'" + displayName(connection.file()) +
                                                     "' is damaged. Run a repair, or restore a backup.");
    return static_cast<std::uint64_t>(**replica);
}

}  // namespace

fs::path databaseOf(const fs::path& folder) {
    return folder / "store.db";
}

fs::path logOf(const fs::path& folder) {
    return folder / "store.db-wal";
}

fs::path packFolderOf(const fs::path& folder) {
    return folder / "packs";
}

StoreCore::StoreCore(fs::path where, const StoreOptions& chosen, OpenMode openMode)
    : folder(std::move(where)),
      options(chosen),
      files(*chosen.files),
      mode(openMode),
      packs(files, packFolderOf(folder), chosen.packBytes),
      cache(chosen.cacheBytes),
      readers(databaseOf(folder), openMode == OpenMode::readWrite ? OpenMode::readOnly : openMode,
              files.sqliteLayer()) {}

Result<std::unique_ptr<StoreCore>> StoreCore::open(const fs::path& folder, const StoreOptions& options) {
    FileSystem& files = *options.files;
    const fs::path database = databaseOf(folder);
    auto log = inspectLog(files, logOf(folder));
    if (!log) return propagate(log);
    if (options.readOnly || !files.canWrite(database)) {
        OpenMode mode = OpenMode::readOnly;
        auto connection = openForReading(database, files.sqliteLayer(), options.readOnly, mode);
        if (!connection) return propagate(connection);
        auto core = std::make_unique<StoreCore>(folder, options, mode);
        auto replica = replicaOf(*connection);
        if (!replica) return propagate(replica);
        core->replica = *replica;
        core->logAtOpen = *log;
        return core;
    }
    if (auto made = files.createFolder(folder); !made) return propagate(made);
    auto connection = Connection::open(database, OpenMode::readWrite, files.sqliteLayer());
    if (!connection) return propagate(connection);
    if (auto prepared = prepareSchema(*connection); !prepared) return propagate(prepared);
    // The rollback journal of the store's making is removed without a sync of the folder: after a loss of
    // power it could come back and undo everything since. No write may be acknowledged before that is ruled
    // out.
    if (auto synced = files.syncFolder(folder); !synced) return propagate(synced);
    auto replica = replicaOf(*connection);
    if (!replica) return propagate(replica);
    auto checkpointer = Connection::open(database, OpenMode::readWrite, files.sqliteLayer());
    if (!checkpointer) return propagate(checkpointer);
    auto core = std::make_unique<StoreCore>(folder, options, OpenMode::readWrite);
    core->replica = *replica;
    core->logAtOpen = *log;
    core->writer = std::make_unique<Writer>(std::move(*connection));
    core->queue = std::make_unique<WriteQueue>(*core->writer);
    core->checkpointer = std::make_unique<Connection>(std::move(*checkpointer));
    return core;
}

std::optional<LogMark> StoreCore::logMark() const {
    std::uint32_t* const words = logIndex.load(std::memory_order_acquire);
    if (words == nullptr) return std::nullopt;
    LogMark mark{};
    for (std::size_t i = 0; i < mark.size(); ++i)
        mark[i] = std::atomic_ref<std::uint32_t>(words[i]).load(std::memory_order_acquire);
    return mark;
}

Status StoreCore::write(const WriteWork& work) {
    if (isReadOnly())
        return failure(ErrorCode::refused,
                       "The library '" + displayName(folder) +
                           "' is open for reading only. Copy it to a place where you may write.");
    return queue->submit(work);
}

Status StoreCore::flushAccess() {
    if (isReadOnly() || access.empty()) return {};
    const auto counts = access.take();
    return write({[&](Writer& w) { return writeAccess(w.connection, counts); }, nullptr});
}

Result<Connection::Checkpointed> StoreCore::checkpoint(bool shrink) {
    if (isReadOnly()) return Connection::Checkpointed{};
    const std::lock_guard lock(checkpointing);
    auto done = checkpointer->checkpoint(shrink);
    if (done) checkpoints.fetch_add(1, std::memory_order_relaxed);
    return done;
}

}  // namespace smidgen::storage
