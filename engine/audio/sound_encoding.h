// A buffer on its way into a file: rate conversion, quantisation, encoding.
#pragma once

#include <bit>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "engine/audio/audio_writer.h"
#include "engine/audio/quantizer.h"
#include "engine/audio/sound_codec.h"

namespace smidgen {

/// The order-sensitive digest of samples, to compare what was written with what is read back.
class SampleDigest {
 public:
    void add(std::span<const float> samples) {
        for (const float sample : samples) {
            m_state = (m_state ^ std::bit_cast<std::uint32_t>(sample)) * 0x9E3779B97F4A7C15ULL;
            m_state ^= m_state >> 29U;
        }
    }
    bool operator==(const SampleDigest&) const = default;

 private:
    std::uint64_t m_state = 0;
};

/// Borrows what it is made from. `target`: the file that sentences speak of.
class SoundEncoding {
 public:
    SoundEncoding(const AudioBuffer& buffer, const WriteOptions& options, const std::filesystem::path& target,
                  const CancelToken& cancel);

    /// Into an existing file. Errors: io, cancelled, internal.
    [[nodiscard]] Status run(const std::filesystem::path& part);
    /// Of lossless formats: what the file has to hold.
    [[nodiscard]] const SampleDigest& digest() const { return m_digest; }

 private:
    [[nodiscard]] Status write(SoundCodec& codec, std::span<const float> samples);

    const AudioBuffer& m_buffer;
    const WriteOptions& m_options;
    const std::filesystem::path& m_target;
    const CancelToken& m_cancel;
    Quantizer m_quantizer;
    SampleDigest m_digest;
    std::vector<std::int32_t> m_integers;
    std::vector<float> m_expected;
};

/// Reads the part file of `target` whole, and compares it with what was to be written: rate, channels,
/// length, loop, and of lossless formats every sample. What it measures when `options` ask for that. Errors:
/// internal, cancelled.
[[nodiscard]] Result<std::optional<Loudness>> verifySound(const std::filesystem::path& part,
                                                          const WriteOptions& options, int channels,
                                                          Samples length, const SampleDigest& expected,
                                                          const std::filesystem::path& target,
                                                          const CancelToken& cancel);

/// The error of a write that a person stopped.
[[nodiscard]] tl::unexpected<Error> stoppedWriting(const std::filesystem::path& target);

}  // namespace smidgen
