// Draws small waveforms as thin bars; shared by cards, lists and previews.
#pragma once

#include <QColor>
#include <QRectF>
#include <span>
#include <vector>

#include "engine/analysis/peaks.h"

class QPainter;

namespace smidgen {

/// `columns` pairs covering the same stretch as `peaks`: extremes when there are fewer, repeats when more.
[[nodiscard]] std::vector<PeakPair> resamplePeaks(std::span<const PeakPair> peaks, int columns);

struct WaveStyle {
    QColor colour;
    QColor played;           ///< colour left of `playedShare`; invalid: as `colour`
    double playedShare = 0;  ///< 0…1
    bool normalise = false;  ///< fill the height whatever the level
};

/// Bars of 2 px with gaps of 1 px (in device-independent pixels, snapped to the device's), centred on the
/// rect's middle. Silence is a dotted hairline. Usable from item delegates.
void paintWave(QPainter& painter, const QRectF& rect, std::span<const PeakPair> peaks,
               const WaveStyle& style);

}  // namespace smidgen
