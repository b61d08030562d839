// A named set of sounds, referenced in place.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "engine/collections/preflight.h"
#include "engine/foundation/result.h"

namespace smidgen {

struct Collection {
    std::string id;              ///< file-safe, unique in a library
    std::string name;            ///< as the person typed it
    std::int64_t createdMs = 0;  ///< Unix time
    std::vector<SoundEntry> entries;
};

/// JSON with a format version; unknown newer versions are refused with a sentence. Thumbnails and
/// fingerprints are kept.
[[nodiscard]] std::string toJson(const Collection& collection);
[[nodiscard]] Result<Collection> collectionFromJson(const std::string& text);

/// Marks entries whose file has gone as missing, and found again ones as what they were.
/// Returns whether anything changed.
bool refreshMissing(Collection& collection);

/// Names one entry of a collection: two files can have the same content, and one that could not be read has
/// no hash.
struct SoundId {
    std::filesystem::path path;
    std::string contentHash;
    bool operator==(const SoundId&) const = default;
};
[[nodiscard]] SoundId idOf(const SoundEntry& entry);

/// Takes entries out and compares those that stay anew. Errors: notFound when the collection has none of
/// them.
[[nodiscard]] Status removeSounds(Collection& collection, std::span<const SoundId> sounds);
/// Puts entries back to their places and compares all anew; passes over files that are there already.
void restoreSounds(Collection& collection, std::vector<SoundEntry> entries);

/// Points a missing entry at a file elsewhere. Errors: unusableInput when the content hash differs.
[[nodiscard]] Status relink(Collection& collection, const std::string& contentHash,
                            const std::filesystem::path& newPath);

}  // namespace smidgen
