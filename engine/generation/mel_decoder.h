// Half 2 as an interface: log-mel → waveform.
#pragma once

#include <cstdint>
#include <memory>

#include "engine/analysis/mel.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/griffin_lim_decoding.h"
#include "models/wave_decoder.h"

namespace smidgen {

struct DecodeRequest {
    const LogMel* mel = nullptr;
    Samples length;          ///< of the result; normally frames × hop
    std::uint64_t seed = 0;  ///< where a decoder needs randomness (starting phase)
    CancelToken cancel;
    /// Mel frames whose samples are wanted, [first, first + count): the result begins with the sample at
    /// first × hop. A count below 0: to the end.
    std::int64_t first = 0;
    std::int64_t count = -1;
};

/// Deterministic for equal requests. One object per thread. Long inputs are run in overlapping pieces whose
/// joins are no larger than the steps inside.
class MelDecoder {
 public:
    virtual ~MelDecoder() = default;
    /// Errors: cancelled, outOfMemory.
    [[nodiscard]] virtual Result<std::vector<float>> decode(const DecodeRequest& request) = 0;
    /// Mel frames on each side of one that its samples depend on, but for the phases of what goes on further.
    [[nodiscard]] virtual std::int64_t reach() const = 0;
};

/// The instant fall-back that needs no weights: non-negative mel inversion, then fast Griffin-Lim through
/// four windows at once (engine/analysis/mel_synthesis.h), then the mel put right. The default mel shape
/// only.
[[nodiscard]] std::unique_ptr<MelDecoder> makeGriffinLimDecoder(const GriffinLimDecoding& decoding = {});

/// The trained one: a network's spectra on the ground that the mel itself gives
/// (engine/analysis/mel_skeleton.h), then `rounds` of putting the mel right
/// (engine/analysis/mel_correction.h). However a long sound is cut, the samples are the same but for
/// rounding; so are those of a part, where no steady tone is older than kTonesHeard. The weights may be
/// shared between threads. The default mel shape only.
inline constexpr std::int64_t kTonesHeard = 1875;  ///< frames before a part that its tones are followed from
struct WaveDecoding {
    int rounds = 2;  ///< of corrections toward the mel: more come closer to it, and smear attacks
    std::int64_t pieceFrames = 512;  ///< decoded at once, beside what they depend on: 5.5 s
};
[[nodiscard]] std::unique_ptr<MelDecoder> makeWaveDecoder(std::shared_ptr<const models::WaveDecoder> weights,
                                                          const WaveDecoding& decoding = {});

}  // namespace smidgen
