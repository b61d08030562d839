// Looking for the sounds that a model remembers.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engine/collections/preflight.h"
#include "engine/foundation/result.h"
#include "engine/library/library.h"
#include "engine/library/sound_references.h"

namespace smidgen {

struct RememberedSounds {
    std::vector<SoundEntry> entries;    ///< there and unchanged, in the order of the references
    std::vector<SoundReference> found;  ///< parallel to entries
    std::vector<SoundReference> gone;   ///< not there any more, or with another content
    [[nodiscard]] bool knows(const std::string& contentHash) const;
};

/// Each where it was, else where a collection of the library has the same content. Reads every file that it
/// does not know from a collection. Errors: cancelled.
[[nodiscard]] Result<RememberedSounds> findRememberedSounds(
    const Library& library, std::span<const SoundReference> references, const CancelToken& cancel = {},
    const std::function<void(const ScanProgress&)>& progress = {});

}  // namespace smidgen
