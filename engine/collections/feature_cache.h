// Decode once: log-mel features of every sound and of its augmented variants, on disk, read back by crops.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/analysis/mel.h"
#include "engine/collections/augmentation.h"
#include "engine/collections/preflight.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// What features depend on besides the file; part of the cache key.
struct FeatureSettings {
    MelShape mel;
    AugmentationSettings augmentation;
    int variants = 0;  ///< augmented renderings per channel, besides the clean one
    std::uint64_t seed = 0;
};

/// Features of one sound: variant 0 is clean, 1…variants are augmented. Channel 0 is mid, channel 1 side
/// (only when the file has one that is above −60 dB of mid). A frame is active when its strongest band is
/// within 50 dB of the strongest of the clean channel; variants take that from the clean rendering, so that
/// added noise does not make silence active.
class SoundFeatures {
 public:
    [[nodiscard]] const std::string& contentHash() const;
    [[nodiscard]] int channels() const;
    [[nodiscard]] int variants() const;  ///< including the clean one
    [[nodiscard]] Frames frames(int channel, int variant) const;
    /// Share of active frames, clean mid.
    [[nodiscard]] double activeShare() const;
    /// Start frame of the n-th active frame of a clean or augmented rendering (for sampling from
    /// non-silence); n in [0, activeFrames).
    [[nodiscard]] std::int64_t activeFrames(int channel, int variant) const;
    [[nodiscard]] Frames activeFrame(int channel, int variant, std::int64_t n) const;
    /// How many active frames of the channel lie before a frame of its clean rendering.
    [[nodiscard]] std::int64_t activeFramesBefore(int channel, Frames clean) const;
    /// Where a frame of the clean rendering (0 … frames(channel, 0)) lies in another one.
    [[nodiscard]] Frames place(int channel, int variant, Frames clean) const;
    /// Copies frames [start, start + out.size()/bands) as 32-bit log-mel; frames outside are kLogMelFloor.
    /// pread, no mapping: resident memory stays bounded. What is read is checked. Thread-safe. Errors: io
    /// (damaged on the disk, in which case the file is removed so that it will be made again; or removed).
    [[nodiscard]] Status read(int channel, int variant, Frames start, std::span<float> out) const;
    [[nodiscard]] const std::vector<AugmentationAmounts>& amounts()
        const;  ///< per variant, of its first segment

    struct Impl;
    explicit SoundFeatures(std::shared_ptr<const Impl> impl) : m_impl(std::move(impl)) {}

 private:
    std::shared_ptr<const Impl> m_impl;
};

/// Files `<folder>/<hash>-<settings hash>.features`: magic, version, checksum, 16-bit floats. A damaged or
/// foreign file is thrown away and made again. Several processes may build and read at once (atomic rename).
/// About 24 kB per second of sound, channel and rendering. Mixup is not part of a variant: the sampler mixes
/// crops.
class FeatureCache {
 public:
    /// Errors: io. `maxBytes`: least recently used files are removed beyond it (0: no limit), but none that
    /// this process has open.
    [[nodiscard]] static Result<FeatureCache> open(const std::filesystem::path& folder,
                                                   std::int64_t maxBytes = std::int64_t{20} << 30);
    /// Makes what is missing for one sound by streaming it in segments (≤ 20 s each, own amounts per
    /// segment), or just opens it. Thread-safe for different sounds. Errors: as AudioReader; unusableInput
    /// when the file has changed since it was scanned; cancelled.
    [[nodiscard]] Result<SoundFeatures> features(const SoundEntry& sound, const FeatureSettings& settings,
                                                 const CancelToken& cancel = {});
    /// All usable sounds in parallel. `progress(done, total)` from a worker. A sound that fails is left out
    /// of the result and reported in `failures`. Errors: cancelled; io when the cache itself cannot be
    /// written (full disk).
    struct Failure {
        std::filesystem::path path;
        Error error;
    };
    struct Batch {
        std::vector<SoundFeatures> sounds;  ///< in the order given
        std::vector<SoundEntry> entries;    ///< parallel to sounds
        std::vector<Failure> failures;
        int madeNow = 0;  ///< the rest came from the cache
    };
    [[nodiscard]] Result<Batch> prepare(std::span<const SoundEntry> sounds, const FeatureSettings& settings,
                                        int threads, const CancelToken& cancel,
                                        const std::function<void(int, int)>& progress);

 private:
    struct State;
    explicit FeatureCache(std::shared_ptr<State> state) : m_state(std::move(state)) {}
    std::shared_ptr<State> m_state;
};

}  // namespace smidgen
