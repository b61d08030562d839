#include "engine/collections/feature_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <new>
#include <optional>

#include "engine/collections/content_hash.h"
#include "engine/collections/feature_builder.h"
#include "engine/collections/findings.h"
#include "engine/collections/open_features.h"
#include "engine/collections/parallel.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExtension = ".features";
/// Changed whenever the same settings give other features.
constexpr int kAlgorithm = 1;
constexpr auto kAbandonedAfter = std::chrono::hours(24);

std::string settingsHash(const FeatureSettings& settings) {
    std::string text = std::to_string(kAlgorithm);
    const auto add = [&](double value) {
        char number[40];
        std::snprintf(number, sizeof number, " %.17g", value);
        text += number;
    };
    const MelShape& mel = settings.mel;
    for (const int value : {mel.stft.fftSize, mel.stft.hop, mel.bands, mel.rate, settings.variants})
        add(value);
    add(mel.lowHz);
    add(mel.highHz);
    // Without variants nothing is drawn, and the clean rendering serves all seeds and ranges.
    if (settings.variants > 0) {
        const AugmentationSettings& a = settings.augmentation;
        for (const AmountRange& range : {a.pitchSemitones, a.stretch, a.noiseSnrDb, a.gainDb, a.polarity,
                                         a.allPassHz, a.detuneCents, a.roomSeconds, a.tiltDbPerOctave}) {
            add(range.enabled ? 1 : 0);
            add(range.low);
            add(range.high);
        }
        add(a.probability);
        text += ' ' + std::to_string(settings.seed);
    }
    return hashOfText(text);
}

Status checkSettings(const FeatureSettings& settings) {
    const MelShape& mel = settings.mel;
    const bool possible = mel.rate == kSampleRate && mel.stft.hop > 0 && mel.stft.hop <= mel.stft.fftSize &&
                          mel.stft.fftSize <= 1 << 16 && mel.stft.fftSize % 2 == 0 && mel.bands > 0 &&
                          mel.bands <= 4096 && settings.variants >= 0 && settings.variants < 1024;
    if (possible) return {};
    return failure(ErrorCode::invalidArgument, "These feature settings cannot be used.");
}

/// The entry's file, still with the bytes that were scanned.
Status checkUnchanged(const SoundEntry& sound, const CancelToken& cancel) {
    const auto stamp = stampOf(sound.path);
    if (!stamp) return systemFailure(stamp.error(), "open", sound.path);
    if (stamp->bytes == sound.bytes && stamp->modifiedNs == sound.modifiedNs) return {};
    const auto identity = identifyFile(sound.path, cancel);
    if (!identity && identity.error() == ECANCELED) return failure(ErrorCode::cancelled, "Stopped.");
    if (!identity) return systemFailure(identity.error(), "read", sound.path);
    if (identity->contentHash == sound.contentHash) return {};
    return failure(ErrorCode::unusableInput,
                   quotedName(sound.path) + " has changed since it was scanned. Scan the collection again.");
}

struct CacheFile {
    fs::path path;
    std::int64_t bytes = 0;
    fs::file_time_type used;
};

/// All cache files; parts that a crash left behind are removed on the way.
std::vector<CacheFile> listCache(const fs::path& folder) {
    std::vector<CacheFile> files;
    std::error_code error;
    const auto now = fs::file_time_type::clock::now();
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        const auto used = entry->last_write_time(ignored);
        if (ignored) continue;
        const std::string name = entry->path().filename().string();
        if (name.starts_with('.') && name.ends_with(".part") && name.find(kExtension) != std::string::npos) {
            if (now - used > kAbandonedAfter) fs::remove(entry->path(), ignored);
        } else if (name.ends_with(kExtension)) {
            const auto bytes = static_cast<std::int64_t>(entry->file_size(ignored));
            if (!ignored) files.push_back({entry->path(), bytes, used});
        }
    }
    return files;
}

}  // namespace

struct FeatureCache::State {
    fs::path folder;
    std::int64_t maxBytes = 0;
    std::atomic<std::int64_t> bytes{0};  ///< as far as this process knows
    std::mutex removing;

    /// Removes what was used longest ago until the limit is kept.
    void keepLimit() {
        if (maxBytes <= 0 || bytes <= maxBytes) return;
        const std::lock_guard lock(removing);
        std::vector<CacheFile> files = listCache(folder);
        std::sort(files.begin(), files.end(),
                  [](const CacheFile& a, const CacheFile& b) { return a.used < b.used; });
        std::int64_t total = 0;
        for (const CacheFile& file : files) total += file.bytes;
        for (const CacheFile& file : files) {
            if (total <= maxBytes) break;
            std::error_code error;
            if (!featuresInUse(file.path) && fs::remove(file.path, error)) total -= file.bytes;
        }
        bytes = total;
    }

    tl::expected<SoundFeatures, BuildError> features(const SoundEntry& sound, const FeatureSettings& settings,
                                                     const std::string& key, const CancelToken& cancel,
                                                     bool& madeNow) {
        const fs::path path = folder / (sound.contentHash + "-" + key + std::string(kExtension));
        const auto fault = [](BuildFault where, Error error) {
            return tl::unexpected(BuildError{where, std::move(error)});
        };
        if (auto found = openFeatures(path, sound.contentHash, key)) {
            ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0);  // now the most recently used
            return *found;
        }
        if (auto unchanged = checkUnchanged(sound, cancel); !unchanged)
            return fault(BuildFault::sound, std::move(unchanged.error()));
        auto built = buildFeatures(sound.path, sound.contentHash, settings, key, path, cancel);
        if (!built) return tl::unexpected(std::move(built.error()));
        auto made = openFeatures(path, sound.contentHash, key);
        if (!made) return fault(BuildFault::cache, std::move(made.error()));
        madeNow = true;
        if (const auto stamp = stampOf(path)) bytes += stamp->bytes;
        keepLimit();
        return *made;
    }

    tl::expected<SoundFeatures, BuildError> tryFeatures(const SoundEntry& sound,
                                                        const FeatureSettings& settings,
                                                        const std::string& key, const CancelToken& cancel,
                                                        bool& madeNow) {
        try {
            return features(sound, settings, key, cancel, madeNow);
        } catch (const std::bad_alloc&) {
            return tl::unexpected(
                BuildError{BuildFault::sound,
                           {ErrorCode::outOfMemory,
                            "There was not enough memory to prepare " + quotedName(sound.path) +
                                ". Close other programs and start again.",
                            {}}});
        }
    }
};

Result<FeatureCache> FeatureCache::open(const fs::path& folder, std::int64_t maxBytes) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return systemFailure(error.value(), "create the folder", folder);
    if (::access(folder.c_str(), W_OK | X_OK) != 0) return systemFailure(errno, "write to", folder);
    auto state = std::make_shared<State>();
    state->folder = folder;
    state->maxBytes = maxBytes;
    for (const CacheFile& file : listCache(folder)) state->bytes += file.bytes;
    state->keepLimit();
    return FeatureCache(std::move(state));
}

Result<SoundFeatures> FeatureCache::features(const SoundEntry& sound, const FeatureSettings& settings,
                                             const CancelToken& cancel) {
    if (auto possible = checkSettings(settings); !possible) return propagate(possible);
    bool madeNow = false;
    auto made = m_state->tryFeatures(sound, settings, settingsHash(settings), cancel, madeNow);
    if (!made) return tl::unexpected(std::move(made.error().error));
    return *made;
}

Result<FeatureCache::Batch> FeatureCache::prepare(std::span<const SoundEntry> sounds,
                                                  const FeatureSettings& settings, int threads,
                                                  const CancelToken& cancel,
                                                  const std::function<void(int, int)>& progress) {
    if (auto possible = checkSettings(settings); !possible) return propagate(possible);
    std::vector<const SoundEntry*> wanted;
    for (const SoundEntry& sound : sounds)
        if (sound.usable()) wanted.push_back(&sound);
    const std::string key = settingsHash(settings);

    using Outcome = tl::expected<SoundFeatures, BuildError>;
    std::vector<std::optional<Outcome>> outcomes(wanted.size());
    std::atomic<int> madeNow{0};
    std::mutex reporting;
    int done = 0;
    forEachInParallel(wanted.size(), threadCount(threads), [&](std::size_t i) {
        bool made = false;
        outcomes[i] = m_state->tryFeatures(*wanted[i], settings, key, cancel, made);
        if (made) ++madeNow;
        if (cancel.cancelled() || (!*outcomes[i] && outcomes[i]->error().fault == BuildFault::cache))
            return false;
        const std::lock_guard lock(reporting);
        ++done;
        if (progress) progress(done, static_cast<int>(wanted.size()));
        return true;
    });
    if (cancel.cancelled()) return failure(ErrorCode::cancelled, "Preparing the sounds was stopped.");
    Batch batch;
    batch.madeNow = madeNow;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!outcomes[i]) continue;  // not reached, because another one broke the cache
        Outcome& outcome = *outcomes[i];
        if (!outcome && outcome.error().fault == BuildFault::cache)
            return tl::unexpected(std::move(outcome.error().error));
        if (outcome) {
            batch.sounds.push_back(std::move(*outcome));
            batch.entries.push_back(*wanted[i]);
        } else {
            batch.failures.push_back({wanted[i]->path, std::move(outcome.error().error)});
        }
    }
    return batch;
}

}  // namespace smidgen
