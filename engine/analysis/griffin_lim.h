// Phase from magnitudes: fast Griffin-Lim (Perraudin, Balazs & Søndergaard 2013).
#pragma once

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/analysis/stft.h"
#include "engine/foundation/cancel_token.h"

namespace smidgen {

struct GriffinLimSettings {
    int iterations = 32;
    double momentum = 0.99;
    std::uint64_t seed = 0;  ///< of the starting phase, when no phase is given
};

/// magnitudes: frames × bins → signal of `samples`. `startPhase` (frames × bins, unit complex numbers; may be
/// empty) warm-starts the iteration. Cancelled: returns what the iterations so far give. Deterministic.
[[nodiscard]] std::vector<float> griffinLim(Stft& stft, std::span<const float> magnitudes, Samples samples,
                                            const GriffinLimSettings& settings,
                                            std::span<const std::complex<float>> startPhase = {},
                                            const CancelToken& cancel = {});

}  // namespace smidgen
