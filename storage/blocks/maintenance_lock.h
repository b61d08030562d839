// One at a time among all processes: copying a store, compacting its packs.
#pragma once

#include <memory>

#include "storage/blocks/store_core.h"

namespace smidgen::storage {

/// Held while it lives.
class MaintenanceLock {
 public:
    /// Errors: conflict when another holds it, io. A store that cannot be written to needs no lock.
    [[nodiscard]] static Result<MaintenanceLock> take(FileSystem& files, const std::filesystem::path& folder);

 private:
    explicit MaintenanceLock(std::unique_ptr<File> file) : m_file(std::move(file)) {}
    std::unique_ptr<File> m_file;
};

}  // namespace smidgen::storage
