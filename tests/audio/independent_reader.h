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
struct MeterReading {
    double lufs = 0;
    double truePeakDb = 0;  ///< oversampled to 192 kHz
};
struct HeardFile {
    MeterReading level;           ///< of a whole number of tenths of a second
    std::vector<double> samples;  ///< interleaved, full scale 1, at the file's rate; integers as they are
};
/// FFmpeg's own decoder, and its meter ebur128.
[[nodiscard]] HeardFile hearWithFfmpeg(const std::filesystem::path& file, bool integers = false);

}  // namespace smidgen
