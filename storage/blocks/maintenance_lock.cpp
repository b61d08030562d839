#include "storage/blocks/maintenance_lock.h"

#include "engine/foundation/atomic_file.h"

namespace smidgen::storage {

Result<MaintenanceLock> MaintenanceLock::take(FileSystem& files, const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "maintenance.lock";
    if (!files.canWrite(path) || !files.canWrite(folder)) return MaintenanceLock(nullptr);
    auto file = files.open(path, FileUse::write);
    if (!file && file.error().code == ErrorCode::notFound) {
        file = files.open(path, FileUse::create);
        if (!file) file = files.open(path, FileUse::write);  // another was faster
    }
    if (!file) return propagate(file);
    auto locked = (*file)->tryLock();
    if (!locked) return propagate(locked);
    if (!*locked)
        return failure(ErrorCode::conflict, "'" + displayName(folder) +
                                                "' is being copied, compacted or repaired already. Try again "
                                                "when that is done.");
    return MaintenanceLock(std::move(*file));
}

}  // namespace smidgen::storage
