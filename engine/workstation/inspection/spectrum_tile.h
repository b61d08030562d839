// Pieces of a spectrogram: fixed numbers of columns and bands at one zoom level.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/foundation/units.h"

namespace smidgen {

/// Column c of tile (level, index) covers samples [(index · 256 + c) · stride, + stride).
struct SpectrumTileKey {
    int level = 0;
    std::int64_t index = 0;
    auto operator<=>(const SpectrumTileKey&) const = default;
};

/// Immutable once given out.
struct SpectrumTile {
    static constexpr int kColumns = 256;
    static constexpr int kBands = 128;
    static constexpr int kLevels = 16;
    static constexpr int kFinestStride = 128;
    static constexpr double kFloorDb = -96.0;

    /// Samples a column at `level`: 128 · 2^level.
    [[nodiscard]] static constexpr std::int64_t stride(int level) {
        return static_cast<std::int64_t>(kFinestStride) << level;
    }

    SpectrumTileKey key;
    int filled = 0;  ///< columns with values; the rest lie beyond the sound or are not analysed yet
    /// kBands × kColumns, lowest band first. 0 = kFloorDb and below, 255 = 0 dB, a full-scale sine.
    std::vector<std::uint8_t> values;
};

/// Bands are equally spaced on the HTK mel scale (O'Shaughnessy 1987) from 0 Hz to half the rate.
/// Position of a frequency, 0 (bottom) … 1 (top), and back.
[[nodiscard]] double spectrumPosition(double hertz, int rate);
[[nodiscard]] double spectrumFrequency(double position, int rate);

}  // namespace smidgen
