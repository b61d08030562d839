// Harmonic tension: partials that rub against each other and share no fundamental.
#pragma once

#include <vector>

#include "engine/analysis/partials.h"

namespace smidgen {

/// 0 (partials of one fundamental) … 1. For each long frame:
///   membership  of a partial in the harmonics of the best fundamental (a strong partial's n-th part, n = 1 …
///               6): a normal of 25 cents about the nearest harmonic, less what chance gives where harmonics
///               lie close; fading from the twelfth harmonic to the 24th, which nothing hears apart;
///   dissonance  the mean, over pairs of partials weighted by the product of their amplitudes and by how
///   little
///               both belong, of Sethares' curve (1993: e^(−3.5·s·Δf) − e^(−5.75·s·Δf), its highest value 1)
///               of their distance within the octave, at 370 Hz, where it is highest at 1.1 semitones;
///   inharmonicity  the share of √amplitude that does not belong.
/// A partial that has none within 15 cents in the frames beside its own counts a tenth. The frame's tension
/// is 0.65 of the one and 0.35 of the other; the sound's is the mean over frames by √amplitude and by how
/// much of it lasts. A note is 0, a fifth 0.1, a just triad 0.23, a cluster 0.5: both roughness and the want
/// of a common fundamental, as in Harrison & Pearce 2020.
[[nodiscard]] double tensionOf(const std::vector<PartialFrame>& frames);

/// Sethares' curve for two partials `octaves` apart (any sign), folded into the octave; 0 … 1.
[[nodiscard]] double foldedDissonance(double octaves);

}  // namespace smidgen
