// Turns samples into columns of a spectrogram.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/analysis/stft.h"
#include "engine/workstation/inspection/spectrum_tile.h"

namespace smidgen {

using SpectrumColumn = std::array<std::uint8_t, SpectrumTile::kBands>;

/// Mean power of several columns, band by band.
[[nodiscard]] SpectrumColumn poolColumns(std::span<const SpectrumColumn> columns);

/// Holds an Stft: one object per thread.
class SpectrumAnalyzer {
 public:
    static constexpr int kWindow = 2048;

    explicit SpectrumAnalyzer(int rate);

    /// The column of [start, start + stride) of `signal`: mean power of the windows that fill it side by
    /// side, or, when it is shorter than a window, of the window around its middle. Samples outside `signal`
    /// count as zero.
    [[nodiscard]] SpectrumColumn column(std::span<const float> signal, std::int64_t start,
                                        std::int64_t stride);

 private:
    void addWindow(std::span<const float> signal, std::int64_t start);

    /// Where a band reads the spectrum: the loudest of the bins [first, last], or between two bins when
    /// narrower.
    struct Band {
        int first = 0;
        int last = 0;
        float between = 0;  ///< share of bin first + 1, when last < first
    };
    Stft m_stft;
    std::array<Band, SpectrumTile::kBands> m_bands;
    std::vector<float> m_window;
    std::vector<float> m_magnitudes;
    std::array<double, SpectrumTile::kBands> m_power{};
};

}  // namespace smidgen
