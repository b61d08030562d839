// Colours by how they look: equal steps of hue or lightness are equally easy to tell apart.
#pragma once

#include <QColor>

namespace smidgen {

/// OKLCH (Ottosson 2020): lightness 0 … 1, chroma about 0 … 0.3, hue in turns. Where the screen cannot show
/// so much chroma, less of it at the same lightness and hue.
[[nodiscard]] QRgb evenColour(double lightness, double chroma, double hue);

struct EvenPlace {
    double lightness = 0, a = 0, b = 0;  ///< OKLab
};
[[nodiscard]] EvenPlace evenPlaceOf(QRgb colour);

}  // namespace smidgen
