// Finding things of the library: by words, by filters, by likeness.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/find_query.h"

namespace smidgen {

class Library;

struct FoundItem {
    ItemKind kind = ItemKind::sound;
    std::string id;  ///< of a sound: its content hash
    std::string name;
    std::filesystem::path file;  ///< empty when there is none
    std::string collection;      ///< of a sound: the name of a collection it is in
    std::vector<std::string> tags;
    double seconds = 0;
    std::optional<double> distance;      ///< when likeness was asked for: 0 the same, 8 about as any two
    std::optional<double> startSeconds;  ///< the stretch that is like it
    std::string snippet;                 ///< of help, where the words stand
    std::string anchor;                  ///< of help: the section
};

/// What things are to be like: a sound file, or what of the library has a sound, by its id, else by name.
struct FindRequest {
    std::string text;  ///< words and filters (find_query.h); beside `like`, words have to stand in the name
    std::string like;  ///< empty: newest first, or best by words
    bool stretches = false;  ///< look for stretches of two seconds within sounds, not for sounds as wholes
    std::size_t limit = 20;
    std::size_t offset = 0;
};

struct FoundItems {
    std::vector<FoundItem> items;
    bool more = false;  ///< there is something behind them
};

/// What collections hold and nobody has heard yet is listened to first; `progress`: sounds done, of how many.
/// Errors: invalidArgument (query), notFound or unusableInput (what it is to be like), cancelled, io.
[[nodiscard]] Result<FoundItems> find(Library& library, const FindRequest& request, int threads = 0,
                                      const CancelToken& cancel = {},
                                      const std::function<void(int, int)>& progress = {});

}  // namespace smidgen
