// Loudness and true peak after ITU-R BS.1770-4 / EBU R 128 (libebur128).
#pragma once

#include <limits>
#include <memory>
#include <span>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/result.h"

namespace smidgen {

struct Loudness {
    /// Integrated LUFS with gating. Sounds shorter than one 400 ms block are measured over their length
    /// without gating. −infinity for silence.
    double integratedLufs = -std::numeric_limits<double>::infinity();
    double truePeakDb = -std::numeric_limits<double>::infinity();    ///< dBTP, 4× oversampled
    double samplePeakDb = -std::numeric_limits<double>::infinity();  ///< dBFS
};
/// Measures while a sound streams by. Not thread-safe.
class LoudnessMeter {
 public:
    /// Without `truePeak` both peaks stay −infinity, and measuring is several times faster. Errors:
    /// invalidArgument for more than 64 channels or a rate outside 16 Hz … 2.8 MHz.
    [[nodiscard]] static Result<LoudnessMeter> create(int rate, int channels, bool truePeak);
    LoudnessMeter(LoudnessMeter&&) noexcept;
    LoudnessMeter& operator=(LoudnessMeter&&) noexcept;
    ~LoudnessMeter();
    /// Whole frames, finite samples. Errors: outOfMemory.
    [[nodiscard]] Status append(std::span<const float> interleaved);
    /// Of all that was appended; nothing may follow.
    [[nodiscard]] Result<Loudness> finish();

 private:
    struct Impl;
    explicit LoudnessMeter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// A whole buffer with its peaks. Errors: as LoudnessMeter, and unusableInput for NaN or infinity inside.
[[nodiscard]] Result<Loudness> measureLoudness(const AudioBuffer& buffer);

struct LoudnessTarget {
    double lufs = -16.0;  ///< wanted integrated loudness
    double truePeakCeilingDb = -1.0;
};
/// The linear gain that reaches `lufs`, lowered so far that the true peak stays under the ceiling. 1 for
/// silence.
[[nodiscard]] double gainForTarget(const Loudness& measured, const LoudnessTarget& target);

}  // namespace smidgen
