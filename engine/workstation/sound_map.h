// The library as a map: everything that was listened to, on the Poincaré disc.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/analysis/peaks.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/find_query.h"
#include "engine/library/records.h"
#include "engine/map/disc_layout.h"

namespace smidgen {

class Workstation;

struct MapItem {
    ItemKind kind = ItemKind::sound;
    std::string id;  ///< of a sound: its content hash
    std::string name;
    std::filesystem::path file;  ///< of a sound or take
    std::string collection;      ///< of a sound: the name of a collection it is in
    std::string collectionId;    ///< of a sound
    std::string model;           ///< of the others: their model's name
    TakeId take;                 ///< of a preset: what stands for it
    std::vector<std::string> tags;
    double seconds = 0;
    bool starred = false;
    std::shared_ptr<const std::vector<PeakPair>> thumbnail;  ///< may be null
    DiscPoint place;
};

struct MapLabel {
    std::string words;
    DiscPoint centre;
    double reach = 0;  ///< hyperbolic
    std::size_t members = 0;
};

struct SoundMap {
    std::vector<MapItem> items;    ///< ascending by kind and id
    std::vector<MapLabel> labels;  ///< of large groups first
    std::size_t placeless = 0;     ///< silent, codes that nobody has heard, presets without a take
    bool laidAnew = false;         ///< else places are those that were kept, with new items put among them
};

/// Blocking. Listens to sounds that nobody has heard yet, then lays out sounds, takes, and codes that were
/// heard (code_places.h). Presets stand beside the take that stands for them (preset_takes.h). Places are
/// kept in the library's cache, disposable: what was on the map stays where it was, and new items come beside
/// those they are like, as does what sounds otherwise by now; when more is new than known, all is laid out
/// anew. `progress`: 0 … 1. Errors: cancelled, io.
[[nodiscard]] Result<std::shared_ptr<const SoundMap>> soundMapOf(
    const Workstation& workstation, const CancelToken& cancel = {},
    const std::function<void(double)>& progress = {});

/// Which items of the map a query of the search box finds, by place in SoundMap::items; all of them when it
/// asks for nothing. Blocking. Errors: invalidArgument (the query), io.
[[nodiscard]] Result<std::vector<bool>> foundOnMap(const Workstation& workstation, const SoundMap& map,
                                                   const std::string& query, const CancelToken& cancel = {});

/// Words that stand in at least half of the names, most frequent first, at most two; empty when there are
/// none. Numbers and single letters are no words.
[[nodiscard]] std::string commonWords(const std::vector<std::string>& names);

}  // namespace smidgen
