// What presets sound like: the take that stands for each.
#pragma once

#include <map>

#include "engine/library/records.h"

namespace smidgen {

class Library;

/// Of every preset that has one: a take of the very same recipe, which is what the preset was saved from or
/// what it made as it is; else one made with its settings, of the model it was saved with before another. Of
/// several the oldest, so that it stays the same when more are made. What lies in the trash stands for
/// nothing.
[[nodiscard]] std::map<PresetId, TakeId> takesOfPresets(const Library& library);

}  // namespace smidgen
