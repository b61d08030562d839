// Files of a collection that have gone, found again below a folder.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/records.h"

namespace smidgen {

class Workstation;

struct RelinkReport {
    int missing = 0;  ///< before
    /// What stood missing, and where it is now.
    std::vector<std::pair<std::filesystem::path, std::filesystem::path>> found;
    std::vector<std::string> problems;  ///< a sentence for what could not be read on the way
};

/// Blocking. Looks at every sound file below `folders` that is as long as a missing one, those of the same
/// name first, and takes it for that one when its bytes are the same. What is found is joined to the
/// collection in one change. `looked`: files so far. Errors: notFound (collection, folder), cancelled
/// (nothing is changed), io.
[[nodiscard]] Result<RelinkReport> relinkBelow(Workstation& workstation, const CollectionId& collection,
                                               const std::vector<std::filesystem::path>& folders,
                                               const CancelToken& cancel = {},
                                               const std::function<void(int)>& looked = {});

}  // namespace smidgen
