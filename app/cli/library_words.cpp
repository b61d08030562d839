#include "app/cli/library_words.h"

#include <algorithm>

#include "engine/foundation/nearest.h"
#include "engine/workstation/cubes.h"
#include "engine/workstation/presets.h"

namespace smidgen::cli {
namespace {

/// `nameOf(item)`, `idOf(item)`; items newest first.
template <typename Item, typename Id, typename Name>
Result<Item> choose(const std::vector<Item>& items, const std::string& wanted, const std::string& what,
                    const Id& idOf, const Name& nameOf) {
    std::vector<Item> beginning;
    for (const Item& item : items) {
        if (idOf(item) == wanted) return item;
        if (!wanted.empty() && idOf(item).starts_with(wanted)) beginning.push_back(item);
    }
    for (const Item& item : items)
        if (nameOf(item) == wanted) return item;
    if (beginning.size() == 1) return beginning.front();
    if (beginning.size() > 1)
        return failure(ErrorCode::invalidArgument, "The ids of " + std::to_string(beginning.size()) + " " +
                                                       what + "s begin with '" + wanted +
                                                       "'. Give more of it.");
    std::vector<std::string> names;
    for (const Item& item : items) names.push_back(nameOf(item));
    return failure(ErrorCode::notFound,
                   "There is no " + what + " '" + wanted + "' in the library." + didYouMean(wanted, names));
}

}  // namespace

Result<std::shared_ptr<const TakeSnapshot>> findTake(Workstation& workstation, const std::string& idOrName,
                                                     bool trashed) {
    return choose(
        workstation.takes(trashed), idOrName, trashed ? "trashed take" : "take",
        [](const auto& take) { return take->id; }, [](const auto& take) { return take->name; });
}

Result<std::shared_ptr<const CollectionSnapshot>> findCollection(Workstation& workstation,
                                                                 const std::string& idOrName) {
    auto all = workstation.collections();
    std::ranges::reverse(all);
    return choose(
        all, idOrName, "collection", [](const auto& each) { return each->collection.id; },
        [](const auto& each) { return each->collection.name; });
}

Result<std::shared_ptr<const ModelSnapshot>> findLibraryModel(Workstation& workstation,
                                                              const std::string& idOrName, bool trashed) {
    return choose(
        workstation.models(trashed), idOrName, trashed ? "trashed model" : "model",
        [](const auto& model) { return model->id; }, [](const auto& model) { return model->name; });
}

Result<std::shared_ptr<const CubeSnapshot>> findCube(Workstation& workstation, const std::string& idOrName,
                                                     bool trashed) {
    return choose(
        cubesOf(workstation, trashed), idOrName, trashed ? "trashed cube" : "cube",
        [](const auto& cube) { return cube->id; }, [](const auto& cube) { return cube->name; });
}

Result<NamedItem> findItem(Workstation& workstation, const std::string& idOrName) {
    std::vector<NamedItem> all;
    const auto add = [&](ItemKind kind, const std::string& id, const std::string& name) {
        all.push_back({{kind, id}, name});
    };
    for (const auto& take : workstation.takes()) add(ItemKind::take, take->id, take->name);
    for (const auto& model : workstation.models()) add(ItemKind::model, model->id, model->name);
    for (const auto& cube : cubesOf(workstation)) add(ItemKind::cube, cube->id, cube->name);
    for (const auto& preset : presetsOf(workstation))
        if (!isFactory(*preset)) add(ItemKind::preset, preset->id, preset->name);
    auto collections = workstation.collections();
    std::ranges::reverse(collections);
    for (const auto& each : collections)
        add(ItemKind::collection, each->collection.id, each->collection.name);
    std::string wanted = idOrName;
    const std::size_t colon = wanted.find(':');
    if (const auto kind = itemKindOf(wanted.substr(0, colon)); kind && colon != std::string::npos) {
        std::erase_if(all, [&](const NamedItem& each) { return each.item.kind != *kind; });
        wanted.erase(0, colon + 1);
    }
    const bool hasId =
        std::ranges::any_of(all, [&](const NamedItem& each) { return each.item.id == wanted; });
    if (!hasId) {
        const NamedItem* first = nullptr;
        for (const NamedItem& each : all) {
            if (each.name != wanted) continue;
            if (first != nullptr && first->item.kind != each.item.kind) {
                const std::string one = nameOf(first->item.kind), other = nameOf(each.item.kind);
                return failure(ErrorCode::invalidArgument, "'" + wanted + "' is a " + one + " and a " +
                                                               other + ". Say '" + one + ":" + wanted +
                                                               "' or '" + other + ":" + wanted + "'.");
            }
            if (first == nullptr) first = &each;
        }
    }
    return choose(
        all, wanted, "item", [](const NamedItem& each) { return each.item.id; },
        [](const NamedItem& each) { return each.name; });
}

Result<std::vector<ItemName>> findItems(Workstation& workstation, const std::vector<std::string>& names) {
    std::vector<ItemName> items;
    for (const std::string& name : names) {
        auto item = findItem(workstation, name);
        if (!item) return propagate(item);
        items.push_back(std::move(item->item));
    }
    return items;
}

std::string joined(const std::vector<std::string>& tags) {
    std::string text;
    for (const std::string& tag : tags) text += (text.empty() ? "" : ", ") + tag;
    return text;
}

std::vector<std::string> changedTags(std::vector<std::string> tags, const std::vector<std::string>& changes) {
    for (const std::string& change : changes) {
        if (change.starts_with('-'))
            std::erase(tags, change.substr(1));
        else if (std::ranges::find(tags, change) == tags.end())
            tags.push_back(change);
    }
    std::ranges::sort(tags);
    return tags;
}

}  // namespace smidgen::cli
