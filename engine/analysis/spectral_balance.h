// Brightness and warmth: how loudness lies over frequency, whatever happens in time.
#pragma once

#include <span>

#include "engine/analysis/sound_frames.h"

namespace smidgen {

/// log2 of the centroid in Hz (Grey & Gordon 1978; Peeters 2004) of the mean magnitude spectrum, 35 Hz to
/// 24 kHz; at least log2 35. Because the spectrum is averaged first, any filter that rises with frequency
/// raises it, whatever the sound. White noise 13.55, a sine its frequency.
[[nodiscard]] double brightnessOf(const SoundFrames& frames);

/// Of two parts, in dB: half the ratio of the specific loudness (power to the 1/4 in ERB bands, after Zwicker
/// & Fastl 1999) below 500 Hz to that above, crossing over within two octaves and held within ± 30; less the
/// slope of the band levels over log frequency in dB per octave, weighted by specific loudness (the tilt of
/// long-term average spectra). A filter that falls with frequency raises it. White noise −9.5, pink
/// noise −3.3.
[[nodiscard]] double warmthOf(const SoundFrames& frames);

}  // namespace smidgen
