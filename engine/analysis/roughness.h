// Roughness: the fast beating that is heard inside auditory bands.
#pragma once

#include <memory>

#include "engine/analysis/sound_frames.h"

namespace smidgen {

/// Modulation of the envelope between 35 and 176 Hz in 22 bands three Bark wide and one apart (Daniel & Weber
/// 1997; Zwicker & Fastl 1999), in frames of 4096 samples, half a frame apart. The spectrum of a band's
/// squared envelope is the autocorrelation of the band's complex spectrum; each line of it counts by a weight
/// that is highest at 70 Hz (lower where bands are narrow). As in Daniel & Weber, neighbouring bands count by
/// how far they beat together, which a tone's beating does and noise does not. Bands are weighted by specific
/// loudness (power^¼) above that of the loudest less 37 dB; of the frames the weighted median is taken, which
/// no stroke moves. The result is the root, so that it is proportional to the modulation depth: 1 for a 1 kHz
/// tone fully modulated at 70 Hz (1 asper), 0 for a steady one, 0.5 for noise. (Vassilakis 2001 sums over
/// pairs of spectral peaks; in frames short enough to follow music, those that beat are one peak.) One per
/// thread.
class RoughnessMeter {
 public:
    RoughnessMeter();
    RoughnessMeter(RoughnessMeter&&) noexcept;
    RoughnessMeter& operator=(RoughnessMeter&&) noexcept;
    ~RoughnessMeter();
    [[nodiscard]] double measure(const ScaledSound& sound);

 private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
