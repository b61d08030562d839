// Draws the stretch of a sound that a timeline shows, at the device's resolution.
#pragma once

#include <QColor>
#include <QImage>
#include <QRect>
#include <array>

#include "engine/workstation/inspection/sound_inspector.h"

namespace smidgen {

/// Samples [start, start + span) over the width of an area; may reach beyond the sound.
struct SampleWindow {
    double start = 0;
    double span = 1;
};

/// Both draw into `area` (device pixels) of a 32-bit image whose own pixel ratio is 1, from what the
/// inspector has, and make it prepare what is missing. Bounded by the area's pixels, whatever the length of
/// the sound.

struct WaveColours {
    QColor extremes;
    QColor body;  ///< root mean square, where a pixel holds enough samples; else the whole
    QColor over;  ///< marks at top or bottom where the sound goes beyond full scale
};

/// Extremes as an antialiased band around its root mean square; below one sample a pixel a line through the
/// samples, with dots when they are far apart. Full scale is the area's height; `scale` is the device's, for
/// the width of the line.
void drawWaveform(QImage& image, const QRect& area, const SoundInspector& sound, const SampleWindow& window,
                  double scale, const WaveColours& colours);

/// Lowest frequency at the bottom, mel scale; colours from ramp[0] (silence) to ramp[255] (0 dB).
void drawSpectrogram(QImage& image, const QRect& area, const SoundInspector& sound,
                     const SampleWindow& window, const std::array<QRgb, 256>& ramp);

}  // namespace smidgen
