#include "engine/workstation/library_sharing.h"

#include <algorithm>
#include <map>

#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/workstation/workstation.h"
#include "storage/blocks/block_store.h"
#include "storage/blocks/block_visit.h"
#include "storage/blocks/permission_rules.h"

namespace smidgen {
namespace {

using storage::Permission;
using storage::Rights;

Rights rightsFrom(const ItemRights& rights) {
    return static_cast<Rights>(
        (rights.read ? storage::kMayRead : 0) | (rights.write ? storage::kMayWrite : 0) |
        (rights.remove ? storage::kMayRemove : 0) | (rights.share ? storage::kMayShare : 0));
}

ItemRights rightsTo(Rights rights) {
    return {(rights & storage::kMayRead) != 0, (rights & storage::kMayWrite) != 0,
            (rights & storage::kMayRemove) != 0, (rights & storage::kMayShare) != 0};
}

Topic topicOf(ItemKind kind) {
    switch (kind) {
        case ItemKind::model:
            return Topic::models;
        case ItemKind::collection:
            return Topic::collections;
        case ItemKind::cube:
            return Topic::cubes;
        case ItemKind::preset:
            return Topic::presets;
        default:
            return Topic::takes;
    }
}

Status apply(Workstation& workstation, const ItemName& item,
             const std::vector<storage::Operation>& operations) {
    if (operations.empty()) return {};
    const Library& library = workstation.items();
    auto done = library.store().apply(library.caller(), operations);
    if (!done) return propagate(done);
    workstation.tell({topicOf(item.kind), item.id, 0});
    return {};
}

Status setShared(Workstation& workstation, const ItemName& item, const std::string& project, bool shared) {
    if (auto fits = checkCallerName(project); !fits) return fits;
    auto block = workstation.items().blockOf(item.kind, item.id);
    if (!block) return propagate(block);
    if (project == block->project)
        return failure(ErrorCode::invalidArgument,
                       "'" + block->name + "' was made in the project '" + project +
                           (shared ? "': it is there already." : "': it cannot be taken out of it."));
    const bool isShared = std::ranges::find(block->sharedWith, project) != block->sharedWith.end();
    if (isShared == shared) return {};
    return apply(workstation, item, {storage::ShareBlock{block->id, block->version, project, shared}});
}

/// Takes from `who` what was given to that name.
Status deny(std::vector<Permission>& permissions, const std::string& who, const std::string& item) {
    const auto entry = [&](const std::string& name) {
        return std::ranges::find(permissions, name, &Permission::principal);
    };
    if (const auto own = entry(who); own != permissions.end()) {
        permissions.erase(own);
        // Without any, everyone could do everything.
        if (permissions.empty()) permissions.push_back({who, 0});
    } else if (permissions.empty() && who == kEveryone) {
        permissions.push_back({who, 0});
    } else if (permissions.empty()) {
        return failure(ErrorCode::invalidArgument, "Everyone may do everything with '" + item +
                                                       "'. Allow it to some: then others may not.");
    }
    const auto all = entry(kEveryone);
    if (who != kEveryone && all != permissions.end() && all->rights != 0)
        return failure(ErrorCode::invalidArgument,
                       "'" + who + "' may do with '" + item +
                           "' what everyone may. Deny it to '*', and allow it to some.");
    return {};
}

}  // namespace

Result<std::vector<ProjectFigures>> projectsOf(Workstation& workstation) {
    Library& library = workstation.items();
    std::map<std::string, ProjectFigures> projects;
    projects[library.caller().project];
    auto visited = storage::visitBlocks(library.store(), {}, [&](const storage::Block& block) {
        ProjectFigures& project = projects[block.project];
        const auto kind = itemKindOf(block);
        if (!kind) return true;
        if (block.status == storage::BlockStatus::deleted) ++project.trashed;
        ++(*kind == ItemKind::take         ? project.takes
           : *kind == ItemKind::model      ? project.models
           : *kind == ItemKind::collection ? project.collections
                                           : project.cubes);
        for (const std::string& other : block.sharedWith) ++projects[other].shared;
        return true;
    });
    if (!visited) return propagate(visited);
    std::vector<ProjectFigures> all;
    for (auto& [name, project] : projects) {
        project.name = name;
        all.push_back(std::move(project));
    }
    return all;
}

Result<ItemAccess> accessTo(Workstation& workstation, const ItemName& item) {
    const Library& library = workstation.items();
    auto block = library.blockOf(item.kind, item.id);
    if (!block) return propagate(block);
    ItemAccess access{item,
                      block->name,
                      block->project,
                      block->sharedWith,
                      block->owner,
                      block->readOnly,
                      {},
                      rightsTo(rightsOf(library.caller(), *block))};
    for (const Permission& permission : block->permissions)
        access.permissions.push_back({permission.principal, rightsTo(permission.rights)});
    return access;
}

Status shareItem(Workstation& workstation, const ItemName& item, const std::string& project) {
    return setShared(workstation, item, project, true);
}

Status unshareItem(Workstation& workstation, const ItemName& item, const std::string& project) {
    return setShared(workstation, item, project, false);
}

Status changeAccess(Workstation& workstation, const ItemName& item, const AccessChange& change) {
    auto block = workstation.items().blockOf(item.kind, item.id);
    if (!block) return propagate(block);
    std::vector<Permission> permissions = change.clear ? std::vector<Permission>() : block->permissions;
    for (const ItemPermission& allowed : change.allow) {
        if (auto fits = checkCallerName(allowed.who); !fits) return fits;
        std::erase_if(permissions, [&](const Permission& each) { return each.principal == allowed.who; });
        permissions.push_back({allowed.who, rightsFrom(allowed.rights)});
    }
    for (const std::string& who : change.deny)
        if (auto denied = deny(permissions, who, block->name); !denied) return denied;
    std::ranges::sort(permissions);
    std::vector<storage::Operation> operations;
    std::uint64_t expected = block->version;
    const auto setReadOnly = [&] {
        storage::BlockEdit edit;
        edit.readOnly = change.readOnly;
        operations.emplace_back(storage::EditBlock{block->id, expected++, std::move(edit)});
    };
    const bool flag = change.readOnly && *change.readOnly != block->readOnly;
    if (flag && block->readOnly) setReadOnly();
    if (permissions != block->permissions) {
        storage::BlockEdit edit;
        edit.permissions = std::move(permissions);
        operations.emplace_back(storage::EditBlock{block->id, expected++, std::move(edit)});
    }
    if (flag && !block->readOnly) setReadOnly();
    return apply(workstation, item, operations);
}

}  // namespace smidgen
