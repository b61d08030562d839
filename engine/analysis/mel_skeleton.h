// What a mel alone says of the spectra seen through windows of several lengths: the ground a decoder's
// network refines.
#pragma once

#include <span>
#include <vector>

#include "engine/analysis/mel.h"

namespace smidgen {

/// Rows are mel frames. For each ratio r a row holds the r frames of the STFT {window / r, hop / r} that
/// belong to mel frame t: numbers r·t − r/2 … r·t − r/2 + r − 1, each window / r / 2 + 1 natural-log
/// magnitudes. Frame j of an STFT is centred on sample j · hop / r. One object per thread.
class MelSkeleton {
 public:
    MelSkeleton(const MelBank& bank, std::vector<int> ratios);

    [[nodiscard]] const std::vector<int>& ratios() const { return m_ratios; }
    [[nodiscard]] int inputs() const { return m_shape.bands + 1; }
    [[nodiscard]] int outputs() const { return m_outputs; }

    /// logMel: frames × bands → frames × (bands + 1): the mel about its level, halved, and the level, a fifth
    /// of it. The level is the mean over all bands and kLevelReach frames on each side, so that a louder
    /// sound differs in the last column alone.
    void describe(std::span<const float> logMel, std::vector<float>& out) const;
    /// logMel: frames × bands → frames × outputs: band values over the triangles' areas, interpolated in time
    /// and frequency, less ½ ln r (what a noise loses in a window r times shorter).
    void interpolate(std::span<const float> logMel, std::vector<float>& out) const;
    /// The spectra of a signal in the same order, floored at kMelFloor: frames × outputs for
    /// 1 + samples / hop frames. Numbers below 0 and beyond the end repeat the outermost.
    void measure(std::span<const float> signal, std::vector<float>& out);

    /// Rows → magnitudes of the STFT of one ratio, for a signal of `samples`: STFT frames × bins. Frames
    /// beyond the last row repeat it.
    [[nodiscard]] std::vector<float> magnitudes(std::span<const float> rows, std::size_t ratioIndex,
                                                Samples samples) const;

 private:
    struct Place {
        std::size_t band = 0;
        float fraction = 0;
    };
    MelShape m_shape;
    std::vector<int> m_ratios;
    std::vector<Stft> m_stfts;
    std::vector<std::vector<Place>> m_places;  ///< per ratio and bin
    std::vector<float> m_bandOffset;           ///< − ln of the triangle's area
    int m_outputs = 0;
};

inline constexpr int kLevelReach = 8;

/// describe(), each row followed by `noise` standard normal numbers that depend on the seed and the row
/// alone.
void describeForDecoder(const MelSkeleton& skeleton, std::span<const float> logMel, int noise,
                        std::uint64_t seed, std::vector<float>& out, std::int64_t firstRow = 0);

}  // namespace smidgen
