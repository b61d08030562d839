#include "engine/foundation/atomic_file.h"
#include "storage/blocks/maintenance_lock.h"
#include "storage/blocks/salvage.h"
#include "storage/blocks/schema.h"
#include "storage/blocks/store_core.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLeftovers[] = {"-wal", "-shm", "-journal"};

/// Removes a database file with what SQLite keeps beside it.
Status removeDatabase(FileSystem& files, const fs::path& database) {
    for (const char* suffix : kLeftovers) {
        fs::path beside = database;
        beside += suffix;
        if (auto removed = files.remove(beside); !removed) return removed;
    }
    return files.remove(database);
}

Status fillNew(Connection& old, const fs::path& folder, const fs::path& fresh, const StoreOptions& options,
               RepairReport& report) {
    FileSystem& files = *options.files;
    auto connection = Connection::open(fresh, OpenMode::readWrite, files.sqliteLayer());
    if (!connection) return propagate(connection);
    if (auto prepared = prepareSchema(*connection); !prepared) return prepared;
    Writer writer(std::move(*connection));
    PackStore packs(files, packFolderOf(folder), options.packBytes);
    auto transaction = WriteTransaction::begin(writer.connection);
    if (!transaction) return propagate(transaction);
    if (auto done = salvage(old, packs, writer, report); !done) return done;
    if (auto committed = transaction->commit(); !committed) return committed;
    auto shrunk = writer.connection.checkpoint(true);
    if (!shrunk) return propagate(shrunk);
    return {};
}

/// The new database in the old one's place, in one step; the old one under another name.
Status exchange(FileSystem& files, const fs::path& database, const fs::path& fresh) {
    fs::path damaged = database;
    damaged += ".damaged";
    if (auto removed = removeDatabase(files, damaged); !removed) return removed;
    std::error_code code;
    fs::create_hard_link(database, damaged, code);
    if (code) return systemFailure(code.value(), "keep a copy of", database);
    // The old log belongs to the old file: it must not meet the new one.
    for (const char* suffix : kLeftovers) {
        fs::path beside = database;
        beside += suffix;
        if (fs::exists(beside, code)) {
            fs::path aside = damaged;
            aside += suffix;
            if (auto moved = files.rename(beside, aside); !moved) return moved;
        }
    }
    if (auto renamed = files.rename(fresh, database); !renamed) return renamed;
    return files.syncFolder(database.parent_path());
}

}  // namespace

Result<RepairReport> repairStore(const fs::path& folder, const StoreOptions& options) {
    FileSystem& files = *options.files;
    const fs::path database = databaseOf(folder);
    auto lock = MaintenanceLock::take(files, folder);
    if (!lock) return propagate(lock);
    RepairReport report;
    fs::path fresh = database;
    fresh += ".repaired";
    {
        auto old = Connection::open(database, OpenMode::readWrite, files.sqliteLayer());
        if (!old) return propagate(old);
        // Fails while any other connection has it open.
        if (auto alone = old->execute("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT"); !alone) {
            if (alone.error().code == ErrorCode::conflict) return propagate(alone);
        }
        if (auto removed = removeDatabase(files, fresh); !removed) return propagate(removed);
        if (auto filled = fillNew(*old, folder, fresh, options, report); !filled) return propagate(filled);
    }
    if (auto exchanged = exchange(files, database, fresh); !exchanged) return propagate(exchanged);
    return report;
}

}  // namespace smidgen::storage
