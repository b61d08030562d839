#include "ui/window/drop_overlay.h"

#include <QPainter>
#include <algorithm>

#include "ui/theme/metrics.h"

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
    const QString what = m_files == 1 ? tr("Drop to make a collection of it")
                                      : tr("Drop to make one collection of %1 things").arg(m_files);
    const QString more =
        tr("Folders are read with all folders inside them. On a collection in the library, they are added to "
           "it.");
    const QFontMetrics large(Theme::font(TextRole::title)), small(Theme::font(TextRole::body));
    QRect words(0, 0, std::max(large.horizontalAdvance(what), small.horizontalAdvance(more)),
                large.height() + metrics::kSpaceS + small.height());
    words.moveCenter(rect().center());
    // What lies below must not be read into the words.
    painter.setPen(m_theme.colour(Token::line));
    painter.setBrush(m_theme.colour(Token::panel));
    painter.drawRoundedRect(
        words.adjusted(-metrics::kSpaceL, -metrics::kSpaceM, metrics::kSpaceL, metrics::kSpaceM),
        metrics::kRadius, metrics::kRadius);
    painter.setPen(m_theme.colour(Token::text));
    painter.setFont(Theme::font(TextRole::title));
    painter.drawText(words, Qt::AlignTop | Qt::AlignHCenter, what);
    painter.setPen(m_theme.colour(Token::dim));
    painter.setFont(Theme::font(TextRole::body));
    painter.drawText(words, Qt::AlignBottom | Qt::AlignHCenter, more);
}

}  // namespace smidgen::ui
