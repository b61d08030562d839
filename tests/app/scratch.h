// Places and files for a test.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace smidgen::test {

/// An empty folder that vanishes with the object.
class Scratch {
 public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
    [[nodiscard]] std::string text(const std::string& name) const { return (m_path / name).string(); }

 private:
    std::filesystem::path m_path;
};

void writeBytes(const std::filesystem::path& file, const std::string& bytes);
[[nodiscard]] std::string readBytes(const std::filesystem::path& file);

/// `count` drums of the Debian package sonic-pi-samples, copied into `folder`.
void copyDrums(const std::filesystem::path& folder, int count);

/// A mono 32-bit float WAV at 48 kHz, written byte by byte here.
[[nodiscard]] std::string wavBytes(const std::vector<float>& samples);
/// A decaying sine.
[[nodiscard]] std::vector<float> pluck(double hertz, double seconds);

/// What a PCM WAV file says of itself, read byte by byte here.
struct WavFacts {
    int format = 0;  ///< 1 PCM, 3 float, 0xFFFE extensible
    int channels = 0;
    int rate = 0;
    int bits = 0;
    std::int64_t frames = 0;
    double peak = 0;  ///< of 16- and 24-bit samples, full scale 1
};
[[nodiscard]] WavFacts readWav(const std::filesystem::path& file);

/// A model trained for a few steps on drums; made once and kept beside the program while it stays the same.
[[nodiscard]] std::string smallModel();

/// Names and raw bytes of the tensors of a safetensors file, without its metadata.
[[nodiscard]] std::string tensorsOf(const std::filesystem::path& file);

}  // namespace smidgen::test
