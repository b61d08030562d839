#include "ui/theme/style_sheet.h"

#include <QRegularExpression>

namespace smidgen {

QColor mixColours(const QColor& a, const QColor& b, double share) {
    const auto channel = [share](float from, float to) {
        return static_cast<float>(from + (to - from) * share);
    };
    return QColor::fromRgbF(channel(a.redF(), b.redF()), channel(a.greenF(), b.greenF()),
                            channel(a.blueF(), b.blueF()), channel(a.alphaF(), b.alphaF()));
}

QString fillStyleSheet(const QString& text,
                       const std::function<std::optional<QColor>(const QString&)>& colour) {
    static const QRegularExpression pattern(QStringLiteral("@([A-Za-z]+)(?:~([A-Za-z]+):(\\d+))?"));
    QString filled;
    qsizetype last = 0;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        auto value = colour(match.captured(1));
        if (value && match.hasCaptured(2)) {
            const auto other = colour(match.captured(2));
            value = other ? std::optional(mixColours(*value, *other, match.captured(3).toDouble() / 100))
                          : std::nullopt;
        }
        filled += QStringView(text).mid(last, match.capturedStart() - last);
        filled += value ? value->name() : match.captured(0);
        last = match.capturedEnd();
    }
    filled += QStringView(text).mid(last);
    return filled;
}

}  // namespace smidgen
