// How the code grid looks.
#include <QPaintEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/canvas/code_grid_view.h"
#include "ui/theme/code_colours.h"
#include "ui/theme/metrics.h"

namespace smidgen {
namespace {

constexpr double kWideForGaps = 4;      ///< pixels of a column from which on cells stand apart
constexpr double kWideForNumbers = 22;  ///< … and say their number
constexpr double kTallForNumbers = 15;
constexpr int kMark = 2;  ///< height of the line below edited cells
constexpr double kPale = 0.72, kGhostPale = 0.45;

QRgb mixed(QRgb a, QRgb b, double share) {
    const auto part = [share](int from, int to) { return static_cast<int>(from + share * (to - from)); };
    return qRgb(part(qRed(a), qRed(b)), part(qGreen(a), qGreen(b)), part(qBlue(a), qBlue(b)));
}

}  // namespace

QRgb CodeGridView::meanColour(const std::vector<std::uint16_t>& codes, int level, double from,
                              double to) const {
    const std::int64_t frames = m_document->frames().value;
    const auto first = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor(from)), 0, frames - 1);
    const auto last = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::ceil(to)), first + 1, frames);
    const auto& colours = m_colours[static_cast<std::size_t>(level)];
    const auto levels = static_cast<std::size_t>(m_document->levels());
    int red = 0, green = 0, blue = 0;
    for (std::int64_t frame = first; frame < last; ++frame) {
        const QRgb colour =
            colours[codes[static_cast<std::size_t>(frame) * levels + static_cast<std::size_t>(level)]];
        red += qRed(colour);
        green += qGreen(colour);
        blue += qBlue(colour);
    }
    const auto count = static_cast<int>(last - first);
    return qRgb(red / count, green / count, blue / count);
}

/// One colour a column of pixels. `lane` in device pixels of the image.
void CodeGridView::renderStrip(QImage& image, const QRect& lane, int level, bool original,
                               double paleness) const {
    const auto& codes = (original ? m_document->original : m_document->edited)
                            .parts[static_cast<std::size_t>(m_channel)]
                            .codes;
    const QRgb ground = theme().colour(Token::background).rgb();
    const double end = static_cast<double>(m_document->frames().value);
    auto* const first = reinterpret_cast<QRgb*>(image.scanLine(lane.top()));
    for (int x = lane.left(); x <= lane.right(); ++x) {
        const double from = frameAt(x / m_pictureScale), to = frameAt((x + 1) / m_pictureScale);
        if (to <= 0 || from >= end) continue;
        first[x] = mixed(meanColour(codes, level, from, to), ground, paleness);
    }
    for (int y = lane.top() + 1; y <= lane.bottom(); ++y)
        std::copy(first + lane.left(), first + lane.right() + 1,
                  reinterpret_cast<QRgb*>(image.scanLine(y)) + lane.left());
}

void CodeGridView::renderCells(QPainter& painter, const QRect& lane, int level) const {
    const double wide = xOf(1) - xOf(0);
    const bool apart = wide >= kWideForGaps;
    const bool numbers = wide >= kWideForNumbers && lane.height() >= kTallForNumbers;
    const std::int64_t frames = m_document->frames().value;
    const auto first =
        std::clamp<std::int64_t>(static_cast<std::int64_t>(frameAt(lane.left())), 0, frames - 1);
    const auto last =
        std::clamp<std::int64_t>(static_cast<std::int64_t>(frameAt(lane.right() + 1)) + 1, first, frames);
    const QColor mark = theme().colour(Token::text);
    const QColor ground = theme().colour(Token::background);
    const QColor dark = theme().isDark() ? ground : theme().colour(Token::text);
    painter.setFont(Theme::font(TextRole::small));
    painter.setClipRect(lane);
    const bool heard = m_document->audible(level);
    double lastMark = -1;
    for (std::int64_t frame = first; frame < last; ++frame) {
        const CodeCell cell{m_channel, level, frame};
        const int original = m_document->originalCode(cell);
        const int code = m_originalShown ? original : m_document->code(cell);
        const bool edited = !m_originalShown && code != original;
        if (!apart && !edited) continue;
        QRectF area = cellRect(cell);
        if (apart) {
            area.setRight(area.right() - 1);
            const QRgb colour =
                heard ? colourOf(level, code) : mixed(colourOf(level, code), ground.rgb(), kPale);
            painter.fillRect(area, QColor(colour));
            if (theme().marksColours()) {
                // Below the number, where there is one: it stays readable.
                QRectF patterned = area;
                if (numbers) patterned.setTop(area.bottom() - (area.height() - kTallForNumbers) / 2);
                painter.fillRect(patterned, QBrush(ground, codePattern(m_space->tint(level, code).hue)));
            }
        }
        if (edited && area.right() > lastMark) {
            painter.fillRect(QRectF(area.left(), area.bottom() - kMark, std::max(1.0, area.width()), kMark),
                             mark);
            lastMark = area.left() + 1;
        }
        if (!numbers) continue;
        painter.setPen(heard ? dark : theme().colour(Token::dim));
        painter.drawText(area, Qt::AlignCenter, QString::number(code));
    }
}

void CodeGridView::renderPicture() {
    m_pictureStale = false;
    m_pictureScale = devicePixelRatioF();
    const QSize size(qRound(width() * m_pictureScale), qRound(height() * m_pictureScale));
    if (m_picture.size() != size) m_picture = QImage(size, QImage::Format_RGB32);
    m_picture.fill(theme().colour(Token::background));
    if (!m_document || m_colours.empty()) return;
    const auto onPicture = [&](const QRect& part) {
        return QRect(QPoint(qRound(part.left() * m_pictureScale), qRound(part.top() * m_pictureScale)),
                     QSize(qRound(part.width() * m_pictureScale), qRound(part.height() * m_pictureScale)))
            .intersected(m_picture.rect());
    };
    const bool apart = xOf(1) - xOf(0) >= kWideForGaps;
    for (int level = 0; level < m_document->levels() && !apart; ++level)
        renderStrip(m_picture, onPicture(laneRect(level)), level, m_originalShown,
                    m_document->audible(level) ? 0 : kPale);
    // The original of the coarsest level says where one is.
    renderStrip(m_picture, onPicture(ghostRect()), 0, true, kGhostPale);
    QPainter painter(&m_picture);
    painter.scale(m_pictureScale, m_pictureScale);
    for (int level = 0; level < m_document->levels(); ++level) renderCells(painter, laneRect(level), level);
}

void CodeGridView::paintEvent(QPaintEvent* event) {
    if (m_pictureStale || m_pictureScale != devicePixelRatioF()) renderPicture();
    QPainter painter(this);
    const QRect dirty = event->rect();
    painter.save();
    painter.scale(1 / m_pictureScale, 1 / m_pictureScale);
    const QRect source =
        QRectF(QPointF(dirty.topLeft()) * m_pictureScale, QSizeF(dirty.size()) * m_pictureScale)
            .toAlignedRect()
            .intersected(m_picture.rect());
    painter.drawImage(source.topLeft(), m_picture, source);
    painter.restore();
    if (m_document) {
        painter.setClipRect(QRect(m_margin, 0, width() - 2 * m_margin, height()));
        paintSelection(painter);
        paintCursor(painter);
        paintPlayhead(painter);
        painter.setClipping(false);
    }
    if (showsFocus()) paintFocusRing(painter, rect(), metrics::kRadius);
}

void CodeGridView::paintSelection(QPainter& painter) const {
    if (m_selection.empty() || m_selection.channel() != m_channel) return;
    const QColor line = theme().colour(Token::text);
    const QColor wash = theme().translucent(Token::text, 0.14);
    const QColor thinWash = theme().translucent(Token::text, 0.55);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(wash);
    painter.setPen(QPen(line, 1.5));
    // Thousands of thin cells are washed over; a frame around each would hide them, and take its time.
    const bool thin = xOf(1) - xOf(0) < kWideForGaps;
    const auto frame = [&](const QRectF& area) {
        if (thin && area.width() < 3 * kWideForGaps)
            painter.fillRect(area, thinWash);
        else
            painter.drawRoundedRect(area.adjusted(0.5, -0.5, -0.5, 0.5), 3, 3);
    };
    const CodeRegion bounds = m_selection.bounds();
    const std::int64_t whole = bounds.frames * bounds.levels;
    if (whole == m_selection.count()) {
        const QRectF first = cellRect({m_channel, bounds.level, bounds.frame});
        frame(first.united(
            cellRect({m_channel, bounds.level + bounds.levels - 1, bounds.frame + bounds.frames - 1})));
        return;
    }
    // Runs of what is in view, lane by lane; what falls into one pixel is one.
    const std::int64_t frames = m_document->frames().value;
    const auto from = std::clamp<std::int64_t>(static_cast<std::int64_t>(frameAt(m_margin)), 0, frames - 1);
    const auto to =
        std::clamp<std::int64_t>(static_cast<std::int64_t>(frameAt(width() - m_margin)) + 1, from, frames);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (int level = bounds.level; level < bounds.level + bounds.levels; ++level) {
        QRectF run;
        for (std::int64_t at = from; at < to; ++at) {
            if (!m_selection.has({m_channel, level, at})) continue;
            const QRectF area = cellRect({m_channel, level, at});
            if (!run.isNull() && area.left() - run.right() < 1) {
                run.setRight(area.right());
                continue;
            }
            if (!run.isNull()) frame(run);
            run = area;
        }
        if (!run.isNull()) frame(run);
    }
}

void CodeGridView::paintCursor(QPainter& painter) const {
    if (!m_document->contains(m_cursor)) return;
    QRectF area = cellRect(m_cursor);
    if (area.width() < 3) area.adjust(-1.5, 0, 1.5, 0);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().colour(Token::background), 4));
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter.setPen(QPen(theme().colour(hasFocus() ? Token::code : Token::dim), 2));
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
}

void CodeGridView::paintPlayhead(QPainter& painter) const {
    if (!m_playhead) return;
    const double x = std::floor(m_axis.x(*m_playhead) + m_margin) + 0.5;
    painter.fillRect(QRectF(x - 2, 0, 4, height()), theme().translucent(Token::background, 0.55));
    painter.fillRect(QRectF(x - 0.75, 0, 1.5, height()), theme().colour(Token::sound));
}

}  // namespace smidgen
