// Icons drawn from SVG in a token's colour, at whatever size and scale is asked for.
#pragma once

#include <QIconEngine>
#include <QPointer>

#include "ui/theme/theme.h"

namespace smidgen {

/// Reads the colour from the theme at each drawing, so an icon follows the scheme. Outliving the theme is
/// allowed: it then draws nothing.
class ThemeIconEngine : public QIconEngine {
 public:
    ThemeIconEngine(const Theme& theme, QString name, Token tint);

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    [[nodiscard]] QIconEngine* clone() const override;

 private:
    QPointer<const Theme> m_theme;
    QString m_name;
    Token m_tint;
};

/// `size` is in device pixels. Null when there is no such icon.
[[nodiscard]] QPixmap drawIcon(const QString& name, const QColor& colour, const QSize& size);

}  // namespace smidgen
