#include "ui/theme/code_colours.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <array>
#include <cmath>

#include "ui/theme/even_colour.h"

namespace smidgen {

CodeColours::CodeColours(Scheme scheme) {
    QFile file(QStringLiteral(":/themes.json"));
    if (!file.open(QIODevice::ReadOnly)) qFatal("The program is built without its themes.");
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonObject codes = all.value(QLatin1String(kSchemeNames[static_cast<std::size_t>(scheme)]))
                                  .toObject()
                                  .value(QLatin1String("codes"))
                                  .toObject();
    m_darkest = codes.value(QLatin1String("darkest")).toDouble();
    m_lightest = codes.value(QLatin1String("lightest")).toDouble();
    m_chroma = codes.value(QLatin1String("chroma")).toDouble();
}

QRgb CodeColours::of(double hue, double lightness) const {
    return evenColour(m_darkest + lightness * (m_lightest - m_darkest), m_chroma, hue);
}

Qt::BrushStyle codePattern(double hue) {
    constexpr std::array kPatterns = {Qt::NoBrush,      Qt::BDiagPattern, Qt::HorPattern,
                                      Qt::FDiagPattern, Qt::VerPattern,   Qt::DiagCrossPattern};
    const double turn = hue - std::floor(hue);
    const auto sector = static_cast<std::size_t>(turn * static_cast<double>(kPatterns.size()));
    return kPatterns[std::min(sector, kPatterns.size() - 1)];
}

}  // namespace smidgen
