#include "ui/canvas/code_heat_map.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace smidgen {
namespace {

constexpr int kTextHeight = 17;
constexpr int kSquares = 12;  ///< height of a level's squares
constexpr int kGap = 6;
constexpr int kRow = kTextHeight + kSquares + kGap;

Token tokenOf(LevelState state) {
    switch (state) {
        case LevelState::healthy:
            return Token::model;
        case LevelState::underused:
            return Token::warn;
        case LevelState::collapsed:
            break;
    }
    return Token::bad;
}

}  // namespace

CodeHeatMap::CodeHeatMap(const Theme& theme, QWidget* parent) : Canvas(theme, parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Codebook health"));
    setStatusTip(tr("One square a code: the fuller, the more it is used in the sounds the model knows."));
}

void CodeHeatMap::setUsage(CodeUsage usage, QStringList names) {
    m_usage = std::move(usage);
    m_health = m_usage.health();
    m_names = std::move(names);
    updateGeometry();
    update();
    announce();
}

QString CodeHeatMap::words(LevelState state) {
    switch (state) {
        case LevelState::healthy:
            return tr("Healthy");
        case LevelState::underused:
            return tr("Some codes unused");
        case LevelState::collapsed:
            break;
    }
    return tr("Collapsed");
}

LevelState CodeHeatMap::state(int level) const {
    const auto i = static_cast<std::size_t>(level);
    return stateOf(m_health[i], static_cast<int>(m_usage.counts[i].size()));
}

QString CodeHeatMap::spokenValue() const {
    QStringList all;
    for (int level = 0; level < static_cast<int>(m_health.size()); ++level)
        all << tr("%1: %2, %3 percent used")
                   .arg(m_names.value(level), words(state(level)))
                   .arg(qRound(100 * m_health[static_cast<std::size_t>(level)].usage));
    return all.isEmpty() ? tr("nothing measured") : all.join(QStringLiteral("; "));
}

QSize CodeHeatMap::sizeHint() const {
    return {220, kRow * static_cast<int>(m_health.size())};
}

QSize CodeHeatMap::minimumSizeHint() const {
    return {140, sizeHint().height()};
}

QRect CodeHeatMap::squaresRect(int level) const {
    return {0, level * kRow + kTextHeight, width(), kSquares};
}

void CodeHeatMap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(Theme::font(TextRole::small));
    for (int level = 0; level < static_cast<int>(m_health.size()); ++level) {
        const auto& counts = m_usage.counts[static_cast<std::size_t>(level)];
        const QColor colour = theme().colour(tokenOf(state(level)));
        const QRect text(0, level * kRow, width(), kTextHeight);
        painter.setPen(theme().colour(Token::text));
        painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, m_names.value(level));
        painter.setPen(colour);
        const QString told = tr("%1 · %2 %")
                                 .arg(words(state(level)))
                                 .arg(qRound(100 * m_health[static_cast<std::size_t>(level)].usage));
        const int room = text.width() - painter.fontMetrics().horizontalAdvance(m_names.value(level)) - kGap;
        painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter,
                         painter.fontMetrics().horizontalAdvance(told) <= room ? told : words(state(level)));
        const auto most = static_cast<double>(std::max<std::int64_t>(1, *std::ranges::max_element(counts)));
        const QRect area = squaresRect(level);
        painter.fillRect(area, theme().colour(Token::raised));
        const double wide = static_cast<double>(area.width()) / static_cast<double>(counts.size());
        for (std::size_t code = 0; code < counts.size(); ++code) {
            if (counts[code] == 0) continue;
            QColor shade = colour;
            // Use is spread over decades: the root tells seldom from never.
            shade.setAlphaF(
                static_cast<float>(0.2 + 0.8 * std::sqrt(static_cast<double>(counts[code]) / most)));
            const double left = area.left() + static_cast<double>(code) * wide;
            painter.fillRect(QRectF(left, area.top(), std::max(0.75, wide - (wide > 3 ? 1 : 0)), kSquares),
                             shade);
        }
    }
}

bool CodeHeatMap::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        for (int level = 0; level < static_cast<int>(m_health.size()); ++level) {
            const QRect area = squaresRect(level);
            if (!area.contains(help->pos())) continue;
            const auto size = static_cast<int>(m_usage.counts[static_cast<std::size_t>(level)].size());
            const int code = std::clamp(help->pos().x() * size / std::max(1, width()), 0, size - 1);
            QToolTip::showText(help->globalPos(),
                               tr("%1, code %2: %3 %")
                                   .arg(m_names.value(level))
                                   .arg(code)
                                   .arg(QLocale().toString(100 * m_usage.share(level, code), 'f', 1)));
            return true;
        }
    }
    return Canvas::event(event);
}

}  // namespace smidgen
