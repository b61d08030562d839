// A sound file as mid and side at 48 kHz, a window of it at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/audio/audio_reader.h"
#include "engine/audio/resampler.h"
#include "engine/foundation/result.h"

namespace smidgen {

/// Decodes forward only and keeps what lies between discardBefore() and the furthest ensure(). Positions are
/// samples at 48 kHz from the start of the sound. Mid and side as toMidSide() has them; files of one channel
/// have no side. Not thread-safe.
class SoundStream {
 public:
    [[nodiscard]] static Result<SoundStream> open(const std::filesystem::path& path);

    [[nodiscard]] int channels() const { return m_channels; }  ///< 1: mid; 2: mid and side
    /// Decodes until `end` or the end of the sound. Errors: as AudioReader.
    [[nodiscard]] Status ensure(std::int64_t end);
    void discardBefore(std::int64_t start);

    [[nodiscard]] bool ended() const { return m_ended; }
    [[nodiscard]] std::int64_t start() const { return m_start; }
    /// One past the last sample decoded; the length of the sound once ended().
    [[nodiscard]] std::int64_t end() const {
        return m_start + static_cast<std::int64_t>(m_signals[0].size());
    }
    /// Samples [from, to), both between start() and end(). channel 0: mid, 1: side.
    [[nodiscard]] std::span<const float> signal(int channel, std::int64_t from, std::int64_t to) const;

 private:
    explicit SoundStream(AudioReader reader);
    void append(std::span<const float> interleaved);

    AudioReader m_reader;
    std::optional<StreamResampler> m_resampler;
    int m_channels;
    std::int64_t m_start = 0;
    bool m_ended = false;
    std::vector<float> m_signals[2];
    std::vector<float> m_block;      ///< as decoded
    std::vector<float> m_mixed;      ///< mid and side, interleaved
    std::vector<float> m_converted;  ///< the same at 48 kHz
};

}  // namespace smidgen
