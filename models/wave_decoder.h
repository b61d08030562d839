// Half 2's network: log-mel → short-time spectra of a waveform. Torch-free header.
#pragma once

#include <complex>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "models/device.h"

namespace smidgen::models {

/// ConvNeXt blocks over mel frames and one linear head that gives, of every mel frame, the complex spectra of
/// the frame itself through the mel's window (after Vocos,
/// Siuzdak 2023).
struct WaveDecoderShape {
    int bands = 128;    ///< of the mel
    int noise = 8;      ///< inputs per frame that hold standard normal noise: what a mel leaves open
    int width = 384;    ///<
    int blocks = 6;     ///<
    int window = 2048;  ///< of the mel's STFT, samples

    /// Per frame: the mel about its level, the level, the noise.
    [[nodiscard]] int inputs() const { return bands + 1 + noise; }
    [[nodiscard]] int bins() const { return window / 2 + 1; }
    [[nodiscard]] int hop() const { return window / 4; }
    bool operator==(const WaveDecoderShape&) const = default;
};

/// Trained weights, for inference. Thread-safe for concurrent calls. On the CPU the result is the same bit
/// for bit whatever the thread count.
class WaveDecoder {
 public:
    /// Errors: notFound, io, unusableInput (hostile, damaged, not a decoder, or a newer format), device.
    [[nodiscard]] static Result<WaveDecoder> load(const std::filesystem::path& path, DeviceKind device);
    WaveDecoder(WaveDecoder&&) noexcept;
    WaveDecoder& operator=(WaveDecoder&&) noexcept;
    ~WaveDecoder();

    [[nodiscard]] const WaveDecoderShape& shape() const;
    [[nodiscard]] const std::map<std::string, std::string>& metadata() const;
    [[nodiscard]] std::int64_t parameterCount() const;
    /// Frames on each side of one that its result depends on.
    [[nodiscard]] int reach() const;

    /// inputs: frames × inputs(); skeleton: frames × bins ln magnitudes that the mel alone says
    /// (engine/analysis/mel_skeleton.h). → frames × bins × (real, imaginary), in time from the frame's
    /// beginning; a tone goes on from frame to frame once its carrier (engine/analysis/tone_carrier.h) turns
    /// it. Memory grows with the length: callers cut long sounds into pieces.
    [[nodiscard]] Status spectra(std::span<const float> inputs, std::span<const float> skeleton,
                                 std::vector<std::complex<float>>& out) const;

 private:
    struct Impl;
    explicit WaveDecoder(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen::models
