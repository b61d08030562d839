// Sample-rate conversion (soxr).
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/result.h"

namespace smidgen {

enum class ResampleQuality {
    quick,  ///< soxr LQ, for augmentation: any ratio, a few hundred times real time
    best    ///< soxr VHQ, linear phase: files in and out
};

/// A whole buffer at another rate; exactly round(length × newRate / rate) samples long. Equal rates: a copy.
[[nodiscard]] Result<AudioBuffer> resample(const AudioBuffer& input, int newRate,
                                           ResampleQuality quality = ResampleQuality::best);

/// One channel by a free ratio (output rate / input rate), for varispeed.
[[nodiscard]] Result<std::vector<float>> resampleByRatio(std::span<const float> input, double ratio,
                                                         ResampleQuality quality);

/// Streaming, interleaved. Feed blocks, then finish(). Total output is exactly round(total input × ratio).
class StreamResampler {
 public:
    [[nodiscard]] static Result<StreamResampler> create(int inputRate, int outputRate, int channels);
    StreamResampler(StreamResampler&&) noexcept;
    StreamResampler& operator=(StreamResampler&&) noexcept;
    ~StreamResampler();
    /// Appends what is ready to `output` (interleaved).
    [[nodiscard]] Status process(std::span<const float> interleaved, std::vector<float>& output);
    [[nodiscard]] Status finish(std::vector<float>& output);

 private:
    struct Impl;
    explicit StreamResampler(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
