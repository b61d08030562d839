// Tools that work on the spectrum frame by frame: brightness, warmth, rhythm, shorter rooms.
#pragma once

#include <span>
#include <vector>

#include "engine/steering/tool_amounts.h"

namespace smidgen {

/// Gains over frequency (1025 bins of a 2048 STFT) and over time and frequency (mel bands by frames), which
/// multiply.
struct SpectralGains {
    std::vector<float> bins;
    std::vector<float> bands;  ///< frames × 128 in dB; empty: none
};

/// `brightness`: ± 6 dB per octave about 1 kHz. `warmth`: ± 9 dB below 250 Hz with as much the other way from
/// 2 kHz on, in two soft shelves. `rhythm`: what is percussive in the mel spectrogram `mel` (FitzGerald 2010)
/// against what is harmonic, up to 18 dB apart. `space` below 0: what has fallen below a band's recent level
/// falls up to three times as fast. `mel`: frames × 128 natural log-mel of mid. Any thread.
[[nodiscard]] SpectralGains spectralGains(const ToolAmounts& amounts, std::span<const float> mel);

/// Through a 2048/512 STFT.
[[nodiscard]] std::vector<float> applyGains(std::span<const float> signal, const SpectralGains& gains);

/// Needed at all?
[[nodiscard]] bool wantsSpectralGains(const ToolAmounts& amounts);
[[nodiscard]] bool wantsBandGains(const ToolAmounts& amounts);

}  // namespace smidgen
