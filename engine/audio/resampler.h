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
    best    ///< soxr VHQ, linear phase, steep: flat to 99 % of the narrower band; files in and out
};

/// round(length × outputRate / inputRate), in integers.
[[nodiscard]] Samples resampledLength(Samples length, int inputRate, int outputRate);

/// A whole buffer at another rate, resampledLength() long. Equal rates: a copy. Errors: invalidArgument (a
/// rate that is not positive).
[[nodiscard]] Result<AudioBuffer> resample(const AudioBuffer& input, int newRate,
                                           ResampleQuality quality = ResampleQuality::best);

/// One channel by a free ratio (output rate / input rate), for varispeed; round(length × ratio) samples long.
/// Errors: invalidArgument for a ratio outside 1/64 … 64.
[[nodiscard]] Result<std::vector<float>> resampleByRatio(std::span<const float> input, double ratio,
                                                         ResampleQuality quality);

/// Streaming, interleaved, best quality. Feed blocks, then finish(). The total output is resampledLength() of
/// the total input.
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
