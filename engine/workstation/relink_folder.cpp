#include "engine/workstation/relink_folder.h"

#include <algorithm>
#include <map>
#include <system_error>

#include "engine/collections/content_hash.h"
#include "engine/workstation/workstation.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

struct Candidate {
    fs::path path;
    std::int64_t bytes = 0;
};

/// Sound files as long as one of those that are missing.
Result<std::vector<Candidate>> candidatesBelow(const fs::path& folder,
                                               const std::multimap<std::int64_t, const SoundEntry*>& missing,
                                               RelinkReport& report, const CancelToken& cancel) {
    std::vector<Candidate> candidates;
    const auto consider = [&](const fs::path& path) {
        std::error_code error;
        if (!hasAudioExtension(path)) return;
        const auto bytes = static_cast<std::int64_t>(fs::file_size(path, error));
        if (!error && missing.contains(bytes)) candidates.push_back({path, bytes});
    };
    std::error_code error;
    if (fs::is_regular_file(folder, error)) {
        consider(folder);
        return candidates;
    }
    fs::recursive_directory_iterator files(folder, fs::directory_options::skip_permission_denied, error);
    if (error)
        return failure(ErrorCode::notFound, "The folder '" + folder.string() + "' cannot be opened. " +
                                                "Choose one that is there.");
    while (files != fs::recursive_directory_iterator()) {
        if (cancel.cancelled()) return failure(ErrorCode::cancelled, "Looking for files was cancelled.");
        if (files->is_regular_file(error)) consider(files->path());
        files.increment(error);
        if (error) {
            report.problems.push_back("Not all of '" + folder.string() + "' could be read.");
            break;
        }
    }
    std::ranges::sort(candidates, {}, &Candidate::path);
    return candidates;
}

}  // namespace

Result<RelinkReport> relinkBelow(Workstation& workstation, const CollectionId& id,
                                 const std::vector<fs::path>& folders, const CancelToken& cancel,
                                 const std::function<void(int)>& looked) {
    const auto collection = workstation.collection(id);
    if (!collection) return failure(ErrorCode::notFound, "There is no such collection in the library.");
    RelinkReport report;
    std::multimap<std::int64_t, const SoundEntry*> missing;
    for (const SoundEntry& entry : collection->collection.entries)
        if (std::ranges::find(entry.findings, Finding::missing) != entry.findings.end()) {
            ++report.missing;
            missing.emplace(entry.bytes, &entry);
        }
    if (missing.empty()) return report;
    std::map<const SoundEntry*, fs::path> found;
    std::map<fs::path, std::string> hashes;
    int done = 0;
    for (const fs::path& folder : folders) {
        auto candidates = candidatesBelow(folder, missing, report, cancel);
        if (!candidates) return propagate(candidates);
        // Of several copies the one that is named alike: others only for what has none.
        for (const bool sameName : {true, false})
            for (const Candidate& candidate : *candidates) {
                if (cancel.cancelled())
                    return failure(ErrorCode::cancelled, "Looking for files was cancelled.");
                const auto [first, last] = missing.equal_range(candidate.bytes);
                for (auto each = first; each != last; ++each) {
                    const SoundEntry& entry = *each->second;
                    if (found.contains(&entry)) continue;
                    if (sameName != (candidate.path.filename() == entry.path.filename())) continue;
                    auto hash = hashes.find(candidate.path);
                    if (hash == hashes.end()) {
                        const auto identity = identifyFile(candidate.path);
                        if (!identity)
                            report.problems.push_back("'" + candidate.path.string() + "' could not be read.");
                        hash = hashes.emplace(candidate.path, identity ? identity->contentHash : "").first;
                        if (looked) looked(++done);
                    }
                    if (hash->second == entry.contentHash) found.emplace(&entry, candidate.path);
                }
            }
    }
    std::vector<std::pair<std::string, fs::path>> places;
    for (const auto& [entry, path] : found) {
        places.emplace_back(entry->contentHash, path);
        report.found.emplace_back(entry->path, path);
    }
    if (!places.empty())
        if (auto joined = workstation.relinkSounds(id, places); !joined) return propagate(joined);
    return report;
}

}  // namespace smidgen
