// Fills a style sheet's colour tokens in.
#pragma once

#include <QColor>
#include <QString>
#include <functional>
#include <optional>

namespace smidgen {

/// Replaces "@name" by the colour of that name, and "@a~b:30" by a with 30 % of b. `colour` returns nullopt
/// for an unknown name, which is left as it is (Qt then warns of the rule).
[[nodiscard]] QString fillStyleSheet(const QString& text,
                                     const std::function<std::optional<QColor>(const QString&)>& colour);

/// Mixes linearly in sRGB; `share` 0 gives `a`.
[[nodiscard]] QColor mixColours(const QColor& a, const QColor& b, double share);

}  // namespace smidgen
