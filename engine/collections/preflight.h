// Looking at files before training: every file gets a verdict and a reason.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/analysis/peaks.h"
#include "engine/audio/audio_reader.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"

namespace smidgen {

inline constexpr double kShortestSoundSeconds = 0.05;
inline constexpr int kFewestFiles = 5;

enum class Verdict {
    good,
    warning,  ///< used, but the reason is worth reading (clipped, rate mismatch, very quiet …)
    skipped   ///< not used; the reason says why
};

enum class Finding {
    corrupt,         ///< skipped: cannot be decoded, or breaks off inside (what decoded before is not used)
    empty,           ///< skipped: no bytes or no samples
    unreadable,      ///< skipped: permissions or a read error
    missing,         ///< skipped: was there when added
    notAudio,        ///< skipped: extension says sound, content does not
    tooShort,        ///< skipped: < 50 ms
    silent,          ///< skipped: peak below −80 dBFS throughout
    invalidSamples,  ///< skipped: NaN or infinity inside
    duplicate,       ///< skipped: same content hash as an earlier file
    nearDuplicate,   ///< warning: fingerprint within the threshold of an earlier file
    clipped,         ///< warning: runs of ≥ 3 samples at full scale, more than 0.01 % of the sound
    rateMismatch     ///< warning: not at the collection's commonest rate; will be resampled
};

/// One file of a collection, as it was seen. `contentHash` (xxh3-128 of the bytes, hex) is the file's
/// identity.
struct SoundEntry {
    std::filesystem::path path;
    std::string contentHash;
    std::int64_t bytes = 0;
    std::int64_t modifiedNs = 0;  ///< mtime, to skip re-reading unchanged files
    AudioFormat format;
    double seconds = 0;
    double lufs = 0;          ///< integrated; −inf for silence
    double peakDb = 0;        ///< sample peak, dBFS
    double silenceShare = 0;  ///< 0…1: share of 50 ms windows below −60 dBFS RMS
    double clippedShare = 0;  ///< 0…1: share of samples in runs of ≥ 3 at full scale
    Verdict verdict = Verdict::good;
    std::vector<Finding> findings;
    std::string reason;  ///< what was found and what will happen, a sentence a finding; empty when good
    std::string reasonWhenPresent;    ///< while missing: the reason to show again once the file is back
    std::vector<PeakPair> thumbnail;  ///< 128 columns over the whole sound
    std::vector<float> fingerprint;   ///< for near-duplicates: coarse log-mel shape, fixed length (or empty)
    [[nodiscard]] bool usable() const { return verdict != Verdict::skipped; }
};

struct CollectionTotals {
    int files = 0;
    int usable = 0;
    int warned = 0;
    int skipped = 0;
    double usableSeconds = 0;
    double meanLufs = 0;        ///< mean of the usable files that are not silent; 0 when there are none
    double silenceShare = 0;    ///< by duration
    std::vector<int> rates;     ///< distinct, commonest first
    std::vector<int> channels;  ///< distinct, commonest first
};

struct ScanProgress {
    int done = 0;
    int found = 0;        ///< grows while folders are walked
    std::string current;  ///< file name
};

struct ScanOptions {
    int threads = 0;  ///< 0: cores − 1, at least 1
    CancelToken cancel;
    std::function<void(const ScanProgress&)> progress;  ///< called from a worker, one at a time
    /// Entries of an earlier scan: a file with the same path, size and mtime is not read again, and one that
    /// is named but gone gets its former entry, marked missing, instead of an error.
    std::span<const SoundEntry> known;
};

struct ScanReport {
    std::vector<SoundEntry> entries;  ///< in natural order of paths; every file met has one
    CollectionTotals totals;
};

/// Walks files and folders (recursively, symlink loops broken, hidden files and non-audio extensions passed
/// over silently inside folders; a file named directly always gets a row). Memory: one block of each file
/// being read, never a whole file. Errors: notFound (no such path), cancelled. A folder without sound gives
/// an empty report, not an error.
[[nodiscard]] Result<ScanReport> scanSounds(std::span<const std::filesystem::path> paths,
                                            const ScanOptions& options = {});

/// Finds duplicates, near-duplicates and rate mismatches anew: what scanSounds() ends with, and what is
/// needed again when scans are put together or entries come and go. The order of `entries` says which is
/// earlier.
void compareSounds(std::span<SoundEntry> entries);

[[nodiscard]] CollectionTotals totalsOf(std::span<const SoundEntry> entries);

/// Refuses fewer than five usable files (unless forced) or none at all: unusableInput with the reason.
[[nodiscard]] Status checkTrainable(std::span<const SoundEntry> entries, bool force);

[[nodiscard]] std::string_view nameOf(Verdict verdict);  ///< "ok", "warning", "skipped"
[[nodiscard]] std::string_view nameOf(Finding finding);  ///< "corrupt", "near-duplicate" …

}  // namespace smidgen
