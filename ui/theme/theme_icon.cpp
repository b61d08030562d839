#include "ui/theme/theme_icon.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace smidgen {

QPixmap drawIcon(const QString& name, const QColor& colour, const QSize& size) {
    const QString key = QStringLiteral("smidgen-icon:%1:%2:%3x%4")
                            .arg(name, colour.name(QColor::HexArgb))
                            .arg(size.width())
                            .arg(size.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) return pixmap;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (size.isEmpty() || !file.open(QIODevice::ReadOnly)) return {};
    QByteArray svg = file.readAll();
    svg.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer renderer(svg);
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setOpacity(colour.alphaF());
    const qreal side = qMin(size.width(), size.height());
    renderer.render(&painter, QRectF((size.width() - side) / 2.0, (size.height() - side) / 2.0, side, side));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

ThemeIconEngine::ThemeIconEngine(const Theme& theme, QString name, Token tint)
    : m_theme(&theme), m_name(std::move(name)), m_tint(tint) {}

QPixmap ThemeIconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) {
    if (!m_theme) return {};
    const QColor colour =
        mode == QIcon::Disabled ? m_theme->mixed(Token::dim, Token::panel, 0.3) : m_theme->colour(m_tint);
    QPixmap pixmap = drawIcon(m_name, colour, size);
    pixmap.setDevicePixelRatio(scale);
    return pixmap;
}

QPixmap ThemeIconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) {
    return scaledPixmap(size, mode, state, 1.0);
}

void ThemeIconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) {
    const qreal scale = painter->device()->devicePixelRatioF();
    painter->drawPixmap(rect, scaledPixmap((QSizeF(rect.size()) * scale).toSize(), mode, state, scale));
}

QIconEngine* ThemeIconEngine::clone() const {
    return new ThemeIconEngine(*this);
}

}  // namespace smidgen
