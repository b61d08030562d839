// One sound, from a file or from memory, read as its mono mix from any place.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/audio/audio_reader.h"

namespace smidgen {

class MonoSource {
 public:
    /// Errors: as AudioReader::open.
    [[nodiscard]] static Result<MonoSource> open(const std::filesystem::path& file);
    explicit MonoSource(std::shared_ptr<const AudioBuffer> buffer);

    [[nodiscard]] int rate() const { return m_rate; }
    [[nodiscard]] int channels() const { return m_channels; }
    [[nodiscard]] Samples length() const { return m_length; }

    /// Reads on from where the last read ended, or from `position` after seek(). Mean of the channels.
    /// Returns how many samples were read; 0 at the end. Errors: as AudioReader::read.
    [[nodiscard]] Result<std::int64_t> read(std::span<float> mono);
    [[nodiscard]] Status seek(std::int64_t position);

 private:
    MonoSource() = default;

    std::shared_ptr<const AudioBuffer> m_buffer;
    std::optional<AudioReader> m_reader;
    std::vector<float> m_interleaved;
    int m_rate = kSampleRate;
    int m_channels = 1;
    Samples m_length;
    std::int64_t m_position = 0;
};

}  // namespace smidgen
