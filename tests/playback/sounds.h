// Sounds made by the tests, and their WAV files.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "engine/audio/audio_buffer.h"

namespace smidgen::testing {

/// White noise in ±0.5; the first and last sample of every channel are not zero.
[[nodiscard]] std::shared_ptr<const AudioBuffer> noise(int channels, std::int64_t length, unsigned seed,
                                                       int rate = 48000);
/// Every sample is `value`.
[[nodiscard]] std::shared_ptr<const AudioBuffer> constant(float value, std::int64_t length);

/// A folder of this process, removed at the end.
class Folder {
 public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

 private:
    std::filesystem::path m_path;
};

/// RIFF WAVE, 32-bit float, written byte by byte.
void writeWav(const std::filesystem::path& path, const AudioBuffer& sound);

}  // namespace smidgen::testing
