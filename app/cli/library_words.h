// Naming things of the library on the command line.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/cli/session.h"
#include "engine/workstation/library_sharing.h"

namespace smidgen::cli {

/// By id, the beginning of one id alone, or name (the newest of that name). Errors: notFound, with what is
/// near; invalidArgument when several begin like that.
[[nodiscard]] Result<std::shared_ptr<const TakeSnapshot>> findTake(Workstation& workstation,
                                                                   const std::string& idOrName,
                                                                   bool trashed = false);
[[nodiscard]] Result<std::shared_ptr<const CollectionSnapshot>> findCollection(Workstation& workstation,
                                                                               const std::string& idOrName);
/// Of the library alone, in the trash when asked for.
[[nodiscard]] Result<std::shared_ptr<const ModelSnapshot>> findLibraryModel(Workstation& workstation,
                                                                            const std::string& idOrName,
                                                                            bool trashed = false);
[[nodiscard]] Result<std::shared_ptr<const CubeSnapshot>> findCube(Workstation& workstation,
                                                                   const std::string& idOrName,
                                                                   bool trashed = false);

struct NamedItem {
    ItemName item;
    std::string name;
};
/// A take, model, collection or cube by id, the beginning of one id alone, or name (the newest of that name);
/// "take:forest" asks for one kind. Errors: notFound, with what is near; invalidArgument when it may be of
/// several kinds, or several ids begin like that.
[[nodiscard]] Result<NamedItem> findItem(Workstation& workstation, const std::string& idOrName);
[[nodiscard]] Result<std::vector<ItemName>> findItems(Workstation& workstation,
                                                      const std::vector<std::string>& names);

/// "wet, loud" of `tags`; empty when there are none.
[[nodiscard]] std::string joined(const std::vector<std::string>& tags);

/// Adds, and takes away those that begin with "-".
[[nodiscard]] std::vector<std::string> changedTags(std::vector<std::string> tags,
                                                   const std::vector<std::string>& changes);

}  // namespace smidgen::cli
