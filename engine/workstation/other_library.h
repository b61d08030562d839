// Another library, looked into without a mark left there: what it has, and how that stands to what is here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/workstation/snapshots.h"
#include "engine/workstation/take_filter.h"

namespace smidgen {

class Workstation;

/// How an item of another library stands to ours.
enum class Standing {
    onlyThere,
    newerThere,
    changedOnBoth,  ///< neither knows what the other has changed: a conflict
    removedHere,    ///< it was removed for good here, and is as it was then
    onlyHere,
    newerHere,
    same
};

/// What two versions of an item differ in.
struct Differences {
    bool name = false;
    bool marks = false;  ///< tags and star
    bool trash = false;
    bool content = false;  ///< samples, weights, nodes, settings, the list of sounds
    [[nodiscard]] bool any() const { return name || marks || trash || content; }
};

/// An item as one of the two libraries has it.
struct ItemVersion {
    std::string id;
    std::string name;
    std::int64_t changedMs = 0;  ///< Unix time
    bool trashed = false;
    std::vector<std::string> tags;           ///< ascending, without the star
    double seconds = 0;                      ///< of a take, or of all sounds of a collection
    std::int64_t bytes = 0;                  ///< of its file
    int sounds = 0;                          ///< of a collection, or that a model was trained on
    std::string model;                       ///< of a take or preset: the name of what made it
    std::vector<PeakPair> wave;              ///< of a take; of a collection: its first sound's
    std::filesystem::path file;              ///< of a take, model or cube; of a collection: its first sound
    std::shared_ptr<const TakeRecord> take;  ///< when it is one
    std::shared_ptr<const CubeRecord> cube;
    std::shared_ptr<const PresetRecord> preset;
    std::shared_ptr<const Collection> collection;
};

struct OtherItem {
    ItemKind kind = ItemKind::take;
    std::string block;  ///< its name in both libraries
    Standing standing = Standing::same;
    std::optional<ItemVersion> theirs, ours;
    Differences differences;  ///< between the two, when there are two
    /// Theirs where there is one.
    [[nodiscard]] const ItemVersion& shown() const { return theirs ? *theirs : *ours; }
};

struct OtherLibrary {
    std::filesystem::path folder;
    bool writable = false;                   ///< items can be sent there
    std::vector<OtherItem> items;            ///< by kind, then newest first
    std::vector<std::string> problems = {};  ///< sentences: what of it cannot be read
};

/// Blocking: reads all records of takes, models, collections, cubes and presets in both. What lies in their
/// trash is not shown, but as a change of what is here. Nothing is made, changed or removed there, and it is
/// closed again at the end. Errors: notFound (no library, or the folder has gone), invalidArgument (this
/// library, or a copy of its files), unusableInput (a newer Smidgen's, an older one's, damaged), io
/// (permissions), cancelled.
[[nodiscard]] Result<OtherLibrary> lookInto(Workstation& workstation, const std::filesystem::path& folder,
                                            const CancelToken& cancel = {});

/// Items by words and filters (find_query.h), whatever kind they are: every word has to stand in name, tags
/// or model; only takes have stars and numbers besides seconds. Safe on any thread.
class OtherItemFilter {
 public:
    /// Errors: invalidArgument naming the filter.
    [[nodiscard]] static Result<OtherItemFilter> parse(const std::string& text);
    [[nodiscard]] bool matches(const OtherItem& item) const;

 private:
    TakeFilter m_takes;
    FindQuery m_query;
    std::vector<std::string> m_words;
};

}  // namespace smidgen
