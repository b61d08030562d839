#include "engine/collections/collection.h"

#include <algorithm>
#include <cerrno>

#include "engine/collections/content_hash.h"
#include "engine/collections/findings.h"
#include "engine/collections/natural_order.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

enum class Presence { present, gone, replaced };

/// Looks at the date and size, and at the bytes only when those leave a doubt. Brings the date up to date.
Presence look(SoundEntry& entry) {
    const auto stamp = stampOf(entry.path);
    if (!stamp)
        return stamp.error() == ENOENT || stamp.error() == ENOTDIR ? Presence::gone : Presence::present;
    if (entry.contentHash.empty()) return Presence::present;
    if (!stamp->regular || stamp->bytes != entry.bytes) return Presence::replaced;
    if (stamp->modifiedNs == entry.modifiedNs) return Presence::present;
    const auto identity = identifyFile(entry.path);
    if (!identity || identity->contentHash != entry.contentHash) return Presence::replaced;
    entry.modifiedNs = stamp->modifiedNs;
    return Presence::present;
}

void restore(SoundEntry& entry) {
    std::erase(entry.findings, Finding::missing);
    entry.reason = std::move(entry.reasonWhenPresent);
    entry.reasonWhenPresent.clear();
    entry.verdict = verdictOf(entry.findings);
}

}  // namespace

bool refreshMissing(Collection& collection) {
    bool changed = false, verdictsChanged = false;
    for (SoundEntry& entry : collection.entries) {
        const std::int64_t dateBefore = entry.modifiedNs;
        const Presence presence = look(entry);
        const bool wasMissing = hasFinding(entry, Finding::missing);
        changed |= entry.modifiedNs != dateBefore;
        if (presence == Presence::present) {
            if (!wasMissing || entry.contentHash.empty()) continue;
            restore(entry);
        } else {
            const std::string before = entry.reason;
            if (wasMissing && entry.contentHash.empty()) continue;
            markMissing(entry, presence == Presence::replaced);
            if (entry.reason == before) continue;
        }
        verdictsChanged = true;
    }
    if (verdictsChanged) compareSounds(collection.entries);
    return changed || verdictsChanged;
}

SoundId idOf(const SoundEntry& entry) {
    return {entry.path, entry.contentHash};
}

Status removeSounds(Collection& collection, std::span<const SoundId> sounds) {
    const auto removed = std::erase_if(collection.entries, [&](const SoundEntry& entry) {
        return std::ranges::find(sounds, idOf(entry)) != sounds.end();
    });
    if (removed == 0)
        return failure(ErrorCode::notFound, "The collection no longer has what is to be taken out of it.");
    compareSounds(collection.entries);
    return {};
}

void restoreSounds(Collection& collection, std::vector<SoundEntry> entries) {
    auto& all = collection.entries;
    for (SoundEntry& entry : entries)
        if (std::ranges::find(all, entry.path, &SoundEntry::path) == all.end())
            all.push_back(std::move(entry));
    std::ranges::stable_sort(
        all, [](const auto& a, const auto& b) { return naturallyLess(a, b); }, &SoundEntry::path);
    compareSounds(all);
}

Status relink(Collection& collection, const std::string& contentHash, const std::filesystem::path& newPath) {
    const auto matches = [&](const SoundEntry& entry) { return entry.contentHash == contentHash; };
    const auto isMissing = [&](const SoundEntry& entry) {
        return matches(entry) && hasFinding(entry, Finding::missing);
    };
    auto& entries = collection.entries;
    auto entry = std::find_if(entries.begin(), entries.end(), isMissing);
    if (entry == entries.end()) entry = std::find_if(entries.begin(), entries.end(), matches);
    if (contentHash.empty() || entry == entries.end())
        return failure(ErrorCode::notFound, "This collection has no such sound. Open it again and retry.");
    std::error_code error;
    const std::filesystem::path path = std::filesystem::absolute(newPath, error).lexically_normal();
    const auto stamp = stampOf(path);
    if (!stamp) return systemFailure(stamp.error(), "open", path);
    const std::string wrong =
        quotedName(path) + " is not the file " + quotedName(entry->path) +
        " was: its content differs. Choose the same file, or add this one as a new sound.";
    if (!stamp->regular || stamp->bytes != entry->bytes) return failure(ErrorCode::unusableInput, wrong);
    const auto identity = identifyFile(path);
    if (!identity) return systemFailure(identity.error(), "read", path);
    if (identity->contentHash != contentHash) return failure(ErrorCode::unusableInput, wrong);
    entry->path = path;
    entry->modifiedNs = stamp->modifiedNs;
    if (hasFinding(*entry, Finding::missing)) restore(*entry);
    compareSounds(entries);
    return {};
}

}  // namespace smidgen
