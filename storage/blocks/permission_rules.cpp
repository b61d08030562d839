#include "storage/blocks/permission_rules.h"

#include <algorithm>

namespace smidgen::storage {

Rights rightsOf(const Caller& caller, const Block& block) {
    const auto& shared = block.sharedWith;
    if (caller.project != block.project &&
        std::find(shared.begin(), shared.end(), caller.project) == shared.end())
        return 0;
    if (block.permissions.empty() || caller.name == block.owner) return kMayAll;
    Rights rights = 0;
    for (const Permission& permission : block.permissions)
        if (permission.principal == caller.name || permission.principal == "*")
            rights = static_cast<Rights>(rights | permission.rights);
    return rights;
}

}  // namespace smidgen::storage
