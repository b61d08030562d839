// How the timeline looks.
#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>
#include <cmath>

#include "ui/canvas/timeline_picture.h"
#include "ui/canvas/timeline_view.h"
#include "ui/theme/metrics.h"

namespace smidgen {
namespace {

constexpr double kLabelPixels = 84;  ///< least, between labels of the ruler
constexpr int kTickHeight = 10;
constexpr int kSmallTickHeight = 4;
constexpr int kFlag = 6;       ///< half the width of the playhead's flag
constexpr int kLineReach = 3;  ///< pixels around the playhead's line that it may touch
constexpr int kLoopEdge = 2;
constexpr double kLabelHeight = 14;
constexpr double kHeightForLevels = 88;  ///< of the waveform, from which on there is room for levels
constexpr double kExtremesFade = 0.45;   ///< of the waveform's extremes beside its body

}  // namespace

void TimelineView::updatePlayheadStrip(double seconds) {
    const int x = static_cast<int>(std::floor(xAt(seconds)));
    if (x < -kFlag || x > width() + kFlag) return;
    update(x - kFlag - 2, 0, 2 * kFlag + 5, kFlag * 2 + rulerRect().height());
    update(x - kLineReach, rulerRect().height(), 2 * kLineReach + 1, canvasRect().height());
}

void TimelineView::renderPicture() {
    const QRect canvas = canvasRect();
    const qreal scale = devicePixelRatioF();
    const QSize size(qRound(canvas.width() * scale), qRound(canvas.height() * scale));
    if (m_picture.size() != size) m_picture = QImage(size, QImage::Format_RGB32);
    m_pictureScale = scale;
    m_pictureStale = false;

    const auto onPicture = [&](const QRect& part) {
        return QRect(QPoint(0, qRound((part.top() - canvas.top()) * scale)),
                     QSize(size.width(), qRound(part.height() * scale)))
            .intersected(m_picture.rect());
    };
    const QRect wave = onPicture(waveformRect());
    const QRect spectrum = m_spectrogram ? onPicture(spectrogramRect()) : QRect();
    {
        QPainter painter(&m_picture);
        painter.fillRect(wave, theme().colour(Token::panel));
        painter.fillRect(QRect(0, wave.bottom() + 1, size.width(), size.height()),
                         theme().colour(Token::background));
        const int middle = wave.top() + wave.height() / 2;
        painter.fillRect(QRect(0, middle, size.width(), qMax(1, qRound(scale))), theme().colour(Token::line));
    }
    const double rate = m_outline->rate;
    const SampleWindow window{m_axis.start() * rate, m_axis.span() * rate};
    drawWaveform(m_picture, wave, *m_sound, window, scale,
                 {theme().mixed(Token::sound, Token::panel, kExtremesFade), theme().colour(Token::sound),
                  theme().colour(Token::bad)});
    paintLevels(QRectF(waveformRect().translated(-canvas.topLeft())));
    if (!m_spectrogram) return;
    drawSpectrogram(m_picture, spectrum, *m_sound, window, theme().spectrumRamp());
    QPainter painter(&m_picture);
    painter.scale(scale, scale);
    paintFrequencies(painter, QRectF(spectrogramRect().translated(-canvas.topLeft())));
}

/// Half of full scale, above and below the middle.
void TimelineView::paintLevels(const QRectF& area) {
    if (area.height() < kHeightForLevels) return;
    QPainter painter(&m_picture);
    painter.scale(m_pictureScale, m_pictureScale);
    const QColor line = theme().translucent(Token::dim, 0.28);
    painter.setFont(Theme::font(TextRole::small));
    for (const double part : {0.25, 0.75}) {
        const double y = std::round(area.top() + part * area.height());
        painter.fillRect(QRectF(area.left(), y, area.width(), 1), line);
        paintMark(painter, area.left(), y, tr("−6 dB"));
    }
}

/// A tick at the left edge, and words on a ground of their own.
void TimelineView::paintMark(QPainter& painter, double left, double y, const QString& text) const {
    const double wide = painter.fontMetrics().horizontalAdvance(text);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().translucent(Token::background, 0.6));
    painter.drawRoundedRect(QRectF(left + 6, y - kLabelHeight / 2, wide + 8, kLabelHeight), 3, 3);
    painter.fillRect(QRectF(left, y, 4, 1), theme().translucent(Token::text, 0.6));
    painter.setPen(theme().colour(Token::text));
    painter.drawText(QRectF(left + 10, y - 8, wide + 2, 16), Qt::AlignLeft | Qt::AlignVCenter, text);
}

void TimelineView::paintFrequencies(QPainter& painter, const QRectF& area) const {
    painter.setFont(Theme::font(TextRole::small));
    double below = area.bottom() + kLabelHeight;
    for (const double hertz : {100.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0}) {
        if (hertz > m_outline->rate / 2.0 * 0.9) break;
        const double y = std::round(area.bottom() - spectrumPosition(hertz, m_outline->rate) * area.height());
        if (y - area.top() < 10 || area.bottom() - y < 10 || below - y < kLabelHeight) continue;
        below = y;
        paintMark(painter, 0, y, hertz < 1000 ? QString::number(hertz) : tr("%1k").arg(hertz / 1000));
    }
}

/// Copies pixel by pixel: no scaling takes place, whatever the device's ratio.
void TimelineView::paintPicture(QPainter& painter, const QRect& dirty) {
    if (m_pictureStale || m_pictureScale != devicePixelRatioF()) renderPicture();
    const QRect canvas = canvasRect();
    const double scale = m_pictureScale;
    const QRectF part(dirty.translated(-canvas.topLeft()));
    const QRect source =
        QRectF(part.topLeft() * scale, part.size() * scale).toAlignedRect().intersected(m_picture.rect());
    painter.save();
    painter.scale(1 / scale, 1 / scale);
    painter.drawImage(QPointF(canvas.topLeft()) * scale + source.topLeft(), m_picture, source);
    painter.restore();
}

void TimelineView::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    const QRect dirty = event->rect();
    const QRect canvas = canvasRect();
    if (!canvas.contains(dirty)) {
        for (const QRect& rest : QRegion(dirty) - canvas)
            painter.fillRect(rest, theme().colour(Token::background));
    }
    if (!m_sound) {
        painter.fillRect(canvas, theme().colour(Token::panel));
    } else {
        if (dirty.intersects(canvas)) paintPicture(painter, dirty.intersected(canvas));
        paintRange(painter);
        if (dirty.top() < rulerRect().bottom()) paintRuler(painter);
        paintPlayhead(painter);
    }
    paintNote(painter);
    if (showsFocus()) paintFocusRing(painter, rect(), metrics::kRadius);
}

void TimelineView::paintRuler(QPainter& painter) const {
    const QRect ruler = rulerRect();
    painter.setFont(Theme::font(TextRole::small));
    const QColor line = theme().mixed(Token::line, Token::dim, 0.4);
    const QColor words = theme().colour(Token::dim);
    for (const TimeAxis::Tick& tick : m_axis.ticks(kLabelPixels)) {
        const double x = std::floor(xAt(tick.seconds));
        const int height = tick.labelled ? kTickHeight : kSmallTickHeight;
        painter.fillRect(QRectF(x, ruler.bottom() - height - 1, 1, height), line);
        if (!tick.labelled) continue;
        const QString text = m_axis.label(tick.seconds);
        if (x + 5 + painter.fontMetrics().horizontalAdvance(text) > width()) continue;
        painter.setPen(words);
        painter.drawText(QRectF(x + 5, ruler.top() + 2, kLabelPixels, 16), Qt::AlignLeft | Qt::AlignVCenter,
                         text);
    }
}

void TimelineView::paintRange(QPainter& painter) const {
    const QRectF canvas(canvasRect());
    const double rulerBottom = rulerRect().bottom() + 1;
    const auto visible = [&](const TimeRange& range) {
        const double left = std::clamp(xAt(range.start), canvas.left(), canvas.right());
        const double right = std::clamp(xAt(range.end), canvas.left(), canvas.right());
        return QRectF(left, canvas.top(), right - left, canvas.height());
    };
    /// An edge that lies in view, `wide` pixels inside the range.
    const auto paintEdge = [&](double seconds, bool atEnd, double wide, double top, double height,
                               const QColor& colour) {
        const double x = std::round(xAt(seconds)) - (atEnd ? wide : 0);
        if (x < canvas.left() - 1 || x > canvas.right()) return;
        painter.fillRect(QRectF(x, top, wide, height), colour);
    };
    if (m_selection) {
        painter.fillRect(visible(*m_selection),
                         theme().translucent(Token::text, theme().isDark() ? 0.13 : 0.10));
        const QColor colour = theme().translucent(Token::text, 0.85);
        paintEdge(m_selection->start, false, 1, canvas.top(), canvas.height(), colour);
        paintEdge(m_selection->end, true, 1, canvas.top(), canvas.height(), colour);
    }
    if (m_loop) {
        const QRectF area = visible(*m_loop);
        painter.fillRect(QRectF(area.left(), 0, area.width(), rulerBottom),
                         theme().translucent(Token::sound, 0.16));
        const QColor faint = theme().translucent(Token::sound, 0.45);
        for (const bool atEnd : {false, true}) {
            const double seconds = atEnd ? m_loop->end : m_loop->start;
            paintEdge(seconds, atEnd, kLoopEdge, 0, rulerBottom, theme().colour(Token::sound));
            paintEdge(seconds, atEnd, 1, canvas.top(), canvas.height(), faint);
        }
    }
}

void TimelineView::paintPlayhead(QPainter& painter) const {
    if (!m_playhead) return;
    const QRect canvas = canvasRect();
    const double x = std::floor(xAt(*m_playhead)) + 0.5;
    if (x < canvas.left() - 1 || x > canvas.right() + 2) return;
    painter.fillRect(QRectF(x - 2, canvas.top(), 4, canvas.height()),
                     theme().translucent(Token::background, 0.55));
    painter.fillRect(QRectF(x - 0.75, canvas.top() - 2, 1.5, canvas.height() + 2),
                     theme().colour(Token::sound));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().colour(Token::sound));
    const double top = canvas.top() - 7.0;
    painter.drawPolygon(QPolygonF({QPointF(x - kFlag, top), QPointF(x + kFlag, top), QPointF(x, top + 8)}));
    painter.restore();
}

void TimelineView::paintNote(QPainter& painter) const {
    const QRect canvas = canvasRect();
    painter.setFont(Theme::font(TextRole::body));
    if (!m_sound) {
        painter.setPen(theme().colour(Token::dim));
        painter.drawText(canvas, Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    if (m_outline->error) {
        painter.setPen(theme().colour(Token::bad));
        const int where = m_outline->chunks.empty() ? Qt::AlignCenter : Qt::AlignHCenter | Qt::AlignBottom;
        painter.drawText(canvas.adjusted(16, 16, -16, -16), where | Qt::TextWordWrap,
                         QString::fromStdString(m_outline->error->sentence));
    } else if (!m_outline->complete) {
        painter.setPen(theme().colour(Token::dim));
        painter.drawText(canvas.adjusted(8, 6, -8, -6), Qt::AlignRight | Qt::AlignTop,
                         tr("reading, %1 %").arg(static_cast<int>(m_outline->fraction() * 100)));
    }
}

}  // namespace smidgen
