#include "ui/window/drop_overlay.h"

#include <QPainter>

namespace smidgen::ui {

DropOverlay::DropOverlay(const Theme& theme, QWidget& window) : QWidget(&window), m_theme(theme) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropOverlay::showOver(int files) {
    m_files = files;
    setGeometry(parentWidget()->rect());
    raise();
    show();
}

void DropOverlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), m_theme.translucent(Token::background, 0.82));
    painter.setPen(QPen(m_theme.colour(Token::sound), 2, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(16, 16, -16, -16), 12, 12);
    painter.setPen(m_theme.colour(Token::text));
    painter.setFont(Theme::font(TextRole::title));
    const QString what = m_files == 1 ? tr("Drop to make a collection of it")
                                      : tr("Drop to make one collection of %1 things").arg(m_files);
    painter.drawText(rect().adjusted(0, -14, 0, -14), Qt::AlignCenter, what);
    painter.setPen(m_theme.colour(Token::dim));
    painter.setFont(Theme::font(TextRole::body));
    painter.drawText(
        rect().adjusted(0, 18, 0, 18), Qt::AlignCenter,
        tr("Folders are read with all folders inside them. On a collection in the library, they are "
           "added to it."));
}

}  // namespace smidgen::ui
