// The projects of a library, and who may do what with its items.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/library/find_query.h"

namespace smidgen {

class Workstation;

/// A take, model, collection or cube; where it is said, other kinds, too.
struct ItemName {
    ItemKind kind = ItemKind::take;
    std::string id;
    bool operator==(const ItemName&) const = default;
};

struct ProjectFigures {
    std::string name;
    std::uint64_t takes = 0, models = 0, collections = 0, cubes = 0;  ///< made in it
    std::uint64_t trashed = 0;                                        ///< of them
    std::uint64_t shared = 0;  ///< items of other projects that are shared with it
};
/// In order of names, all that have anything, and the one that is worked in. Errors: io.
[[nodiscard]] Result<std::vector<ProjectFigures>> projectsOf(Workstation& workstation);

struct ItemRights {
    bool read = false;
    bool write = false;
    bool remove = false;
    bool share = false;  ///< with other projects, and to give permissions
    [[nodiscard]] bool none() const { return !read && !write && !remove && !share; }
};
/// "*" is everyone.
inline constexpr const char* kEveryone = "*";
struct ItemPermission {
    std::string who;
    ItemRights rights;
};
struct ItemAccess {
    ItemName item;
    std::string name;
    std::string project;                  ///< where it was made
    std::vector<std::string> sharedWith;  ///< other projects that see it
    std::string owner;                    ///< may do everything
    bool readOnly = false;
    std::vector<ItemPermission> permissions;  ///< none: everyone may do everything
    ItemRights own;                           ///< of the workstation's caller
};
/// Errors: notFound.
[[nodiscard]] Result<ItemAccess> accessTo(Workstation& workstation, const ItemName& item);

/// Lets another project see an item, or no longer. Nothing happens when it does, or does not, already.
/// Errors: notFound, invalidArgument (its own project, no name), refused.
[[nodiscard]] Status shareItem(Workstation& workstation, const ItemName& item, const std::string& project);
[[nodiscard]] Status unshareItem(Workstation& workstation, const ItemName& item, const std::string& project);

struct AccessChange {
    bool clear = false;                 ///< first of all: everyone may do everything
    std::vector<ItemPermission> allow;  ///< exactly these rights, in place of those they had
    std::vector<std::string> deny;      ///< everything
    std::optional<bool> readOnly;
};
/// All of it or nothing. Errors: notFound, refused, invalidArgument (denying to one what everyone may).
[[nodiscard]] Status changeAccess(Workstation& workstation, const ItemName& item, const AccessChange& change);

}  // namespace smidgen
