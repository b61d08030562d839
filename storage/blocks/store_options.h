// How a store is opened.
#pragma once

#include <cstddef>
#include <cstdint>

#include "storage/blocks/file_system.h"

namespace smidgen::storage {

struct StoreOptions {
    bool readOnly = false;       ///< a store on a medium that cannot be written to opens so by itself
    bool backgroundWork = true;  ///< a worker that moves the write-ahead log and writes down access counts
    int checkpointPages = 1000;  ///< of 4 KiB in the log, from which on the worker moves them
    std::uint64_t packBytes = std::uint64_t{1}
                              << 30;  ///< a pack file that has grown so large is followed by another
    std::size_t cacheBytes = std::size_t{16} << 20;  ///< of blocks, without content, kept as they were read
    FileSystem* files = &systemFiles();              ///< must live longer than the store
};

}  // namespace smidgen::storage
