// What the parts of an open store share. Inside of the room only.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <shared_mutex>

#include "storage/blocks/access_counter.h"
#include "storage/blocks/block_cache.h"
#include "storage/blocks/latency.h"
#include "storage/blocks/log_inspection.h"
#include "storage/blocks/pack_store.h"
#include "storage/blocks/reader_pool.h"
#include "storage/blocks/store_options.h"
#include "storage/blocks/write_queue.h"

namespace smidgen::storage {

struct StoreCore {
    StoreCore(std::filesystem::path where, const StoreOptions& chosen, OpenMode openMode);

    /// Opens the database of the folder. Errors: see BlockStore::open.
    [[nodiscard]] static Result<std::unique_ptr<StoreCore>> open(const std::filesystem::path& folder,
                                                                 const StoreOptions& options);

    /// Refuses by name when the store was opened for reading only.
    [[nodiscard]] Status write(const WriteWork& work);
    /// Writes down the reads counted so far.
    [[nodiscard]] Status flushAccess();
    /// Moves what is in the write-ahead log into the database file.
    [[nodiscard]] Result<Connection::Checkpointed> checkpoint(bool shrink);
    /// Where the write-ahead log stands; nothing while that is not known.
    [[nodiscard]] std::optional<LogMark> logMark() const;
    [[nodiscard]] bool isReadOnly() const { return writer == nullptr; }

    std::filesystem::path folder;
    StoreOptions options;
    FileSystem& files;
    OpenMode mode;
    PackStore packs;
    std::unique_ptr<Writer> writer;
    std::unique_ptr<WriteQueue> queue;
    std::shared_mutex packReading;  ///< shared: between reading a content's row and its bytes, in a check
    AccessCounter access;
    BlockCache cache;
    std::atomic<std::uint32_t*> logIndex{nullptr};  ///< Connection::logIndex(), once a block was read
    LogInspection logAtOpen;
    std::uint64_t replica = 0;  ///< this store's name among those it is synchronised with
    LatencyHistogram puts, gets, lists, wordSearches;
    std::mutex checkpointing;
    std::unique_ptr<Connection> checkpointer;
    /// Goes first: the last connection to close must be one that can move the log and remove it.
    ReaderPool readers;
    std::atomic<std::uint64_t> checkpoints{0};
};

[[nodiscard]] std::filesystem::path databaseOf(const std::filesystem::path& folder);
[[nodiscard]] std::filesystem::path logOf(const std::filesystem::path& folder);
[[nodiscard]] std::filesystem::path packFolderOf(const std::filesystem::path& folder);

}  // namespace smidgen::storage
