// Noise in its shapes: coloured, wind, surf, rain, fire, vinyl, hum, machines. All take what they need from
// `random`.
#pragma once

#include "engine/foundation/random.h"
#include "engine/synthesis/note.h"

namespace smidgen::synthesis {

/// Noise whose power falls or rises by `decibelsPerOctave` (0 white, −3 pink, −6 brown, 3 blue, 6 violet),
/// from 20 Hz to 20 kHz; root mean square about 0.25. −12…6.
[[nodiscard]] Signal colouredNoise(double decibelsPerOctave, std::size_t samples, Random& random);

/// A slow random curve around 0, of standard deviation 1, that changes within about 1 / hertz seconds.
[[nodiscard]] Signal slowCurve(double hertz, std::size_t samples, Random& random);

enum class NoiseTexture { coloured, band, wind, surf, rain, fire, vinyl, hum, machine, steam };
[[nodiscard]] Signal noiseTexture(NoiseTexture texture, Random& random, std::size_t samples);

}  // namespace smidgen::synthesis
