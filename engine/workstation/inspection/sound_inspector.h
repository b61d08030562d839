// Prepares a sound for being looked at: peaks and spectrogram tiles, made in the background.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <span>

#include "engine/audio/audio_buffer.h"
#include "engine/workstation/inspection/sound_outline.h"
#include "engine/workstation/inspection/spectrum_tile.h"

namespace smidgen {

/// Memory for one hour at 48 kHz: 43 MB of peaks, 3 MB of overview spectrogram, and at most kTileBytes of
/// tiles and kSampleBytes of samples, which are the most recently wanted. Every call is safe on any thread
/// and returns at once; one worker thread does the rest. Destruction stops the worker within one block.
class SoundInspector {
 public:
    static constexpr std::size_t kTileBytes = std::size_t{12} << 20;
    static constexpr std::size_t kSampleBytes = std::size_t{4} << 20;
    static constexpr std::int64_t kSampleBlock = 16384;

    /// Opening happens on the worker too: outline().error says when the file cannot be read.
    explicit SoundInspector(std::filesystem::path file);
    explicit SoundInspector(std::shared_ptr<const AudioBuffer> sound);
    ~SoundInspector();
    SoundInspector(const SoundInspector&) = delete;
    SoundInspector& operator=(const SoundInspector&) = delete;

    /// Never null.
    [[nodiscard]] std::shared_ptr<const SoundOutline> outline() const;

    /// The tile, or nullptr when it is not ready: then it is made, newest wish first, and listeners are told.
    /// A tile with fewer columns filled than could be by now is returned and made again.
    [[nodiscard]] std::shared_ptr<const SpectrumTile> tile(const SpectrumTileKey& key) const;
    /// The tile if it is there; wishes for nothing.
    [[nodiscard]] std::shared_ptr<const SpectrumTile> cachedTile(const SpectrumTileKey& key) const;

    /// Mono mix of samples [index · kSampleBlock, + kSampleBlock), shorter at the end; nullptr when not ready
    /// (then it is read, as a tile is).
    [[nodiscard]] std::shared_ptr<const std::vector<float>> samples(std::int64_t index) const;

    /// `changed` is called on the worker thread whenever something new can be shown. After removeListener()
    /// has returned it is not called any more, and is not running (do not remove a listener from within
    /// itself).
    int addListener(std::function<void()> changed);
    void removeListener(int id);

    /// Bytes held now, for diagnostics and tests.
    [[nodiscard]] std::size_t memoryBytes() const;

 private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
