#include "engine/collections/preflight.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <new>
#include <unordered_map>

#include "engine/collections/comparison.h"
#include "engine/collections/content_hash.h"
#include "engine/collections/findings.h"
#include "engine/collections/parallel.h"
#include "engine/collections/sound_files.h"
#include "engine/collections/sound_inspection.h"
#include "engine/collections/utf8.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

class Progress {
 public:
    explicit Progress(const std::function<void(const ScanProgress&)>& report) : m_report(report) {}
    void found(std::size_t count) {
        m_state.found = static_cast<int>(count);
        tell();
    }
    void done(const fs::path& path) {
        const std::lock_guard lock(m_mutex);
        ++m_state.done;
        m_state.current = validUtf8(displayName(path.filename()));
        tell();
    }

 private:
    void tell() {
        if (m_report) m_report(m_state);
    }
    const std::function<void(const ScanProgress&)>& m_report;
    std::mutex m_mutex;
    ScanProgress m_state;
};

/// The earlier entry of the same path, when the file has not changed since. What could not be opened is
/// always looked at again: permissions change without a trace in the date.
const SoundEntry* unchanged(const std::unordered_map<std::string, const SoundEntry*>& known,
                            const fs::path& path) {
    const auto found = known.find(path.native());
    if (found == known.end()) return nullptr;
    const SoundEntry& entry = *found->second;
    if (hasFinding(entry, Finding::missing) || hasFinding(entry, Finding::unreadable)) return nullptr;
    const auto stamp = stampOf(path);
    const bool same =
        stamp && stamp->regular && stamp->bytes == entry.bytes && stamp->modifiedNs == entry.modifiedNs;
    return same ? &entry : nullptr;
}

/// Keeps what was known of a file that is gone.
SoundEntry goneSince(SoundEntry entry) {
    if (!hasFinding(entry, Finding::missing)) markMissing(entry);
    return entry;
}

SoundEntry inspected(const FoundFile& file, const CancelToken& cancel) {
    if (file.unreadableFolder) return unreadableFolderEntry(file.path);
    try {
        return inspectSound(file.path, cancel);
    } catch (const std::bad_alloc&) {
        SoundEntry entry;
        entry.path = file.path;
        addFinding(
            entry, Finding::unreadable,
            "There was not enough memory to read it; it is left out. Close other programs and scan again.");
        return entry;
    }
}

std::vector<int> commonestFirst(const std::map<int, int>& counts) {
    std::vector<int> values;
    for (const auto& [value, count] : counts) values.push_back(value);
    // Equally common: the higher one first.
    std::sort(values.begin(), values.end(), [&](int a, int b) {
        return counts.at(a) != counts.at(b) ? counts.at(a) > counts.at(b) : a > b;
    });
    return values;
}

}  // namespace

Result<ScanReport> scanSounds(std::span<const fs::path> paths, const ScanOptions& options) {
    Progress progress(options.progress);
    std::unordered_map<std::string, const SoundEntry*> known;
    for (const SoundEntry& entry : options.known) known.emplace(entry.path.native(), &entry);
    const auto files = findSoundFiles(
        paths, [&](const fs::path& path) { return known.contains(path.native()); }, options.cancel,
        [&](std::size_t count) { progress.found(count); });
    if (!files) return tl::unexpected(files.error());

    ScanReport report;
    report.entries.resize(files->size());
    forEachInParallel(files->size(), threadCount(options.threads), [&](std::size_t i) {
        const FoundFile& file = (*files)[i];
        if (file.gone) {
            report.entries[i] = goneSince(*known.at(file.path.native()));
        } else {
            const SoundEntry* const before = unchanged(known, file.path);
            report.entries[i] = before != nullptr ? *before : inspected(file, options.cancel);
        }
        if (options.cancel.cancelled()) return false;
        progress.done(file.path);
        return true;
    });
    if (options.cancel.cancelled()) return failure(ErrorCode::cancelled, "The scan was stopped.");
    compareSounds(report.entries);
    report.totals = totalsOf(report.entries);
    return report;
}

CollectionTotals totalsOf(std::span<const SoundEntry> entries) {
    CollectionTotals totals;
    std::map<int, int> rates, channels;
    double loudnessSum = 0, silentSeconds = 0;
    int audible = 0;
    for (const SoundEntry& entry : entries) {
        ++totals.files;
        if (!entry.usable()) {
            ++totals.skipped;
            continue;
        }
        ++totals.usable;
        if (entry.verdict == Verdict::warning) ++totals.warned;
        totals.usableSeconds += entry.seconds;
        silentSeconds += entry.silenceShare * entry.seconds;
        if (std::isfinite(entry.lufs)) {
            loudnessSum += entry.lufs;
            ++audible;
        }
        ++rates[entry.format.rate];
        ++channels[entry.format.channels];
    }
    totals.meanLufs = audible > 0 ? loudnessSum / audible : 0;
    totals.silenceShare = totals.usableSeconds > 0 ? silentSeconds / totals.usableSeconds : 0;
    totals.rates = commonestFirst(rates);
    totals.channels = commonestFirst(channels);
    return totals;
}

Status checkTrainable(std::span<const SoundEntry> entries, bool force) {
    const CollectionTotals totals = totalsOf(entries);
    if (totals.files == 0)
        return failure(
            ErrorCode::unusableInput,
            "There are no sound files here. Add at least five sounds (WAV, AIFF, FLAC, Ogg, Opus or MP3).");
    const std::string leftOut = totals.skipped == 0 ? std::string()
                                                    : " (" + std::to_string(totals.skipped) + " of " +
                                                          std::to_string(totals.files) +
                                                          " were left out; the table says why)";
    if (totals.usable == 0)
        return failure(ErrorCode::unusableInput, "None of the sound files can be used" + leftOut + ".");
    if (totals.usable < kFewestFiles && !force)
        return failure(ErrorCode::unusableInput,
                       "Only " + std::to_string(totals.usable) + (totals.usable == 1 ? " sound" : " sounds") +
                           " can be used" + leftOut + ", and a model needs at least " +
                           std::to_string(kFewestFiles) + ". Add more, or force the training (--force).");
    return {};
}

}  // namespace smidgen
