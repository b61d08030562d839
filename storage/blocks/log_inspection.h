// A look at SQLite's write-ahead log before SQLite sees it. SQLite ends the log at the first frame that does
// not fit, which is right after a loss of power and silent loss after damage; the two differ in what follows.
#pragma once

#include <cstdint>

#include "storage/blocks/file_system.h"

namespace smidgen::storage {

/// Format: sqlite.org/fileformat2.html, section 4 (header 32 bytes, frames of 24 bytes and a page).
struct LogInspection {
    std::uint64_t frames = 0;  ///< that fit, from the beginning
    bool isSuspicious =
        false;  ///< frames of the same log follow one that does not fit, or the header is damaged
};

/// Of a log that no process has open. A missing or empty log is sound. Errors: io.
[[nodiscard]] Result<LogInspection> inspectLog(FileSystem& files, const std::filesystem::path& log);

}  // namespace smidgen::storage
