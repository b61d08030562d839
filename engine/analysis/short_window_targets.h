// What shorter windows should see of a sound of which only a long window's magnitudes are known.
#pragma once

#include <span>
#include <vector>

#include "engine/analysis/mel.h"

namespace smidgen {

/// Expected magnitudes at windows 2, 4 and 8 times shorter (hop a quarter of each) than those of `bank`'s
/// STFT, whose hop must be a quarter of its window.
///
/// In time: the energy that the long window's frames share is laid out on a grid of a quarter of the hop, per
/// mel band, by Richardson–Lucy deconvolution (Richardson 1972, Lucy 1974) of the squared window, so that
/// attacks regain the place the long window blurred. In frequency: energy is averaged over the shorter
/// window's resolution. In level: a window n times shorter sees 1/√n of the magnitude of sounds that fill it.
class ShortWindowTargets {
 public:
    /// magnitudes: frames × bins; mel: frames × bands, of the same sound (linear).
    ShortWindowTargets(const MelBank& bank, std::span<const float> magnitudes, std::span<const float> mel);

    /// Of the STFT {window / ratio, window / ratio / 4} of a signal of `samples`; ratio 2, 4 or 8.
    [[nodiscard]] std::vector<float> magnitudes(int ratio, Samples samples) const;

 private:
    [[nodiscard]] std::vector<float> coarsePower(int ratio) const;
    const MelBank* m_bank;
    std::span<const float> m_magnitudes;
    std::size_t m_frames = 0;
    std::vector<float> m_gains;  ///< slots × bands: deconvolved energy over the energy between the frames
};

}  // namespace smidgen
