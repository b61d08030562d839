#include "engine/jobs/remembered_sounds.h"

#include <algorithm>
#include <map>

namespace smidgen {
namespace {

namespace fs = std::filesystem;

/// Everything the collections of a library know.
std::vector<SoundEntry> knownEntries(const Library& library) {
    std::vector<SoundEntry> known;
    for (const auto& collection : library.collections())
        known.insert(known.end(), collection->entries.begin(), collection->entries.end());
    return known;
}

}  // namespace

bool RememberedSounds::knows(const std::string& contentHash) const {
    const auto is = [&](const SoundReference& sound) { return sound.contentHash == contentHash; };
    return std::ranges::any_of(found, is) || std::ranges::any_of(gone, is);
}

Result<RememberedSounds> findRememberedSounds(const Library& library,
                                              std::span<const SoundReference> references,
                                              const CancelToken& cancel,
                                              const std::function<void(const ScanProgress&)>& progress) {
    const std::vector<SoundEntry> known = knownEntries(library);
    std::multimap<std::string, fs::path> elsewhere;
    for (const SoundEntry& entry : known) elsewhere.emplace(entry.contentHash, entry.path);
    std::vector<fs::path> places;
    std::error_code ignored;
    for (const SoundReference& sound : references) {
        if (fs::is_regular_file(sound.path, ignored)) places.push_back(sound.path);
        const auto [first, last] = elsewhere.equal_range(sound.contentHash);
        for (auto it = first; it != last; ++it)
            if (it->second != sound.path && fs::is_regular_file(it->second, ignored))
                places.push_back(it->second);
    }
    std::vector<SoundEntry> seen;
    if (!places.empty()) {
        ScanOptions options;
        options.cancel = cancel;
        options.progress = progress;
        options.known = known;
        auto report = scanSounds(places, options);
        if (!report) return propagate(report);
        seen = std::move(report->entries);
    }
    RememberedSounds remembered;
    for (const SoundReference& sound : references) {
        const auto entry = std::ranges::find_if(seen, [&](const SoundEntry& candidate) {
            return candidate.usable() && candidate.contentHash == sound.contentHash;
        });
        if (entry == seen.end()) {
            remembered.gone.push_back(sound);
            continue;
        }
        remembered.entries.push_back(*entry);
        remembered.found.push_back(sound);
        remembered.found.back().path = entry->path;
    }
    return remembered;
}

}  // namespace smidgen
