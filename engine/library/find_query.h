// What a person types into the search box, understood.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/foundation/result.h"

namespace smidgen {

enum class ItemKind { sound, take, model, collection, preset, codes, cube, help };
/// "sound", "take" …
[[nodiscard]] const char* nameOf(ItemKind kind);
[[nodiscard]] std::optional<ItemKind> itemKindOf(const std::string& name);
inline constexpr ItemKind kItemKinds[] = {ItemKind::sound,      ItemKind::take,   ItemKind::model,
                                          ItemKind::collection, ItemKind::preset, ItemKind::codes,
                                          ItemKind::cube,       ItemKind::help};

/// Numbers that can be asked for.
enum class ItemNumber { seconds, lufs, channels, novelty };

struct NumberCondition {
    ItemNumber number = ItemNumber::seconds;
    bool less = false;  ///< else more
    bool orEqual = false;
    double limit = 0;
};

struct FindQuery {
    std::string words;            ///< what is left for the search by words
    std::vector<ItemKind> kinds;  ///< any of these; none: all
    std::vector<std::string> tags;
    std::string model;  ///< takes, codes and presets of this model's name
    bool starred = false;
    std::vector<NumberCondition> numbers;
};

/// Words and filters in any order: `kind:take`, `tag:wet`, `model:forest`, `is:starred`, `seconds<2`,
/// `lufs>=-20`, `channels>1`, `novelty<0.5`. Spaces in a value stand in quotes: `model:"old forest"`. Errors:
/// invalidArgument naming the filter and what there is.
[[nodiscard]] Result<FindQuery> parseFindQuery(const std::string& text);

}  // namespace smidgen
