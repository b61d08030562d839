// What programs that are not ours say of a sound file: FFmpeg's probe, decoders and loudness meter.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace smidgen {

struct FileFacts {
    std::string codec;  ///< FFmpeg's name: "pcm_s16le", "flac" …
    int rate = 0;
    int channels = 0;
    int bits = 0;                             ///< as the file says; 0 for lossy
    std::map<std::string, std::string> tags;  ///< names in lower case
};

/// Output of a command; a failing one fails the test.
[[nodiscard]] std::string outputOf(const std::string& command);
[[nodiscard]] FileFacts probeWithFfmpeg(const std::filesystem::path& file);
/// Interleaved, full scale 1, at the file's rate. `bits`: 16 or 32 for integers exactly as they are, else
/// decoded to float.
[[nodiscard]] std::vector<double> decodeWithFfmpeg(const std::filesystem::path& file, bool integers);

struct MeterReading {
    double lufs = 0;
    double truePeakDb = 0;  ///< 4× oversampled, at 192 kHz
};
/// FFmpeg's ebur128; the sound is a whole number of tenths of a second.
[[nodiscard]] MeterReading measureWithFfmpeg(const std::filesystem::path& file);

}  // namespace smidgen
