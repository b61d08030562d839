#include "ui/canvas/code_swatches.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/theme/metrics.h"

namespace smidgen {
namespace {
constexpr int kSide = 34;
}

CodeSwatches::CodeSwatches(const Theme& theme, QWidget* parent) : Canvas(theme, parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Nearest codes"));
    setToolTip(tr("The codes that sound most like this one, with their distance. Click to use one."));
    setStatusTip(toolTip());
}

void CodeSwatches::setSwatches(std::vector<Swatch> swatches) {
    if (swatches == m_swatches) return;
    m_swatches = std::move(swatches);
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(m_swatches.size()) - 1));
    update();
    announce();
}

QRect CodeSwatches::swatchRect(int index) const {
    const auto count = std::max<int>(1, static_cast<int>(m_swatches.size()));
    const int step = std::min(kSide + metrics::kSpaceXs, width() / count);
    return {index * step, 0, std::max(4, step - metrics::kSpaceXs), kSide};
}

QString CodeSwatches::spokenValue() const {
    QStringList words;
    for (const Swatch& swatch : m_swatches)
        words << tr("code %1 at %2").arg(swatch.code).arg(QLocale().toString(swatch.distance, 'f', 2));
    if (hasFocus() && m_current < static_cast<int>(m_swatches.size()))
        words.prepend(tr("at code %1").arg(m_swatches[static_cast<std::size_t>(m_current)].code));
    return words.join(QStringLiteral(", "));
}

void CodeSwatches::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::font(TextRole::small));
    for (int i = 0; i < static_cast<int>(m_swatches.size()); ++i) {
        const Swatch& swatch = m_swatches[static_cast<std::size_t>(i)];
        const QRect area = swatchRect(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(swatch.colour));
        painter.drawRoundedRect(area, 4, 4);
        // As in the grid: a code is told by its number, not by its colour alone.
        const QString number = QString::number(swatch.code);
        if (painter.fontMetrics().horizontalAdvance(number) < area.width()) {
            painter.setPen(theme().colour(theme().isDark() ? Token::background : Token::text));
            painter.drawText(area, Qt::AlignCenter, number);
        }
        painter.setPen(theme().colour(Token::dim));
        painter.drawText(QRect(area.left() - 2, area.bottom() + 1, area.width() + 4, 16), Qt::AlignCenter,
                         QLocale().toString(swatch.distance, 'f', 2).remove(0, swatch.distance < 1 ? 1 : 0));
        if (showsFocus() && i == m_current) {
            // On a ground of its own: a swatch may be as light as the ring.
            painter.setBrush(Qt::NoBrush);
            painter.setPen(QPen(theme().colour(Token::background), 2.0 * metrics::kFocusWidth));
            painter.drawRoundedRect(QRectF(area).adjusted(2, 2, -2, -2), 4, 4);
            paintFocusRing(painter, area, 4);
        }
    }
}

void CodeSwatches::mousePressEvent(QMouseEvent* event) {
    for (int i = 0; i < static_cast<int>(m_swatches.size()); ++i)
        if (swatchRect(i).contains(event->position().toPoint())) {
            m_current = i;
            Q_EMIT chosen(m_swatches[static_cast<std::size_t>(i)].code);
            return;
        }
}

void CodeSwatches::keyPressEvent(QKeyEvent* event) {
    const int count = static_cast<int>(m_swatches.size());
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step != 0 && count > 0) {
        m_current = std::clamp(m_current + step, 0, count - 1);
        update();
        announce();
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_current < count) {
        Q_EMIT chosen(m_swatches[static_cast<std::size_t>(m_current)].code);
    } else {
        Canvas::keyPressEvent(event);
    }
}

}  // namespace smidgen
