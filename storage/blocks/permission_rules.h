// Who may do what.
#pragma once

#include "storage/blocks/block.h"

namespace smidgen::storage {

/// A caller must call from a project that the block was made in or is shared with: projects are isolated, for
/// the owner too. There the owner may do everything, and others what is given to their name and to "*", or
/// everything when the block has no permissions.
[[nodiscard]] Rights rightsOf(const Caller& caller, const Block& block);

/// Does the caller see that it exists?
[[nodiscard]] inline bool maySee(const Caller& caller, const Block& block) {
    return (rightsOf(caller, block) & kMayRead) != 0;
}

}  // namespace smidgen::storage
