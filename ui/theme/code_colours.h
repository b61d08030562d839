// Colours of codes, alike where their sounds are.
#pragma once

#include <QColor>

#include "ui/theme/theme.h"

namespace smidgen {

/// The scheme's range of lightness and its chroma, from themes.json.
class CodeColours {
 public:
    explicit CodeColours(Scheme scheme);
    /// `hue` in turns, `lightness` 0 … 1 of the range. Equal steps look equal.
    [[nodiscard]] QRgb of(double hue, double lightness) const;

 private:
    double m_darkest = 0, m_lightest = 0, m_chroma = 0;  ///< in OKLCH
};

/// For those who do not tell hues apart: a pattern for each sixth of the circle of hues, the first one plain.
/// `hue` in turns.
[[nodiscard]] Qt::BrushStyle codePattern(double hue);

}  // namespace smidgen
