#include "ui/canvas/level_bars.h"

#include <QPainter>
#include <algorithm>

#include "ui/theme/metrics.h"

namespace smidgen {
namespace {

constexpr int kRow = 18;
constexpr double kNumberWidth = 14;
constexpr double kShareWidth = 38;
constexpr double kPerplexityWidth = 62;
constexpr double kUnusedWidth = 44;
constexpr double kWordsWidth = 116;
constexpr double kBarHeight = 6;
constexpr int kWidthForWords = 360;

Token tokenOf(LevelState state) {
    if (state == LevelState::healthy) return Token::model;
    return state == LevelState::underused ? Token::warn : Token::bad;
}

/// Where the columns of one row lie.
struct Columns {
    Columns(int width, double top) {
        double right = width;
        const auto column = [&](double wide) {
            right -= wide;
            return QRectF(right, top, wide, kRow);
        };
        if (width >= kWidthForWords) words = column(kWordsWidth);
        unused = column(kUnusedWidth);
        perplexity = column(kPerplexityWidth);
        share = column(kShareWidth);
        number = QRectF(0, top, kNumberWidth, kRow);
        bar = QRectF(kNumberWidth, top + (kRow - kBarHeight) / 2, std::max(12.0, right - kNumberWidth),
                     kBarHeight);
    }
    QRectF number, bar, share, perplexity, unused, words;
};

}  // namespace

LevelBars::LevelBars(const Theme& theme, QWidget* parent) : Canvas(theme, parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Use of the codes, level by level"));
    setToolTip(
        tr("Used: share of the codes that occur. Perplexity: how many of them do the work. Unused: codes "
           "that never occur."));
    setStatusTip(toolTip());
}

void LevelBars::setCodebooks(CodebookCard codebooks) {
    m_codebooks = std::move(codebooks);
    updateGeometry();
    update();
    announce();
}

QString LevelBars::words(LevelState state) const {
    switch (state) {
        case LevelState::healthy:
            return tr("healthy");
        case LevelState::underused:
            return tr("some codes idle");
        case LevelState::collapsed:
            return tr("collapsed");
    }
    return {};
}

QString LevelBars::spokenValue() const {
    QStringList levels;
    for (std::size_t i = 0; i < m_codebooks.levels.size(); ++i) {
        const models::LevelHealth& level = m_codebooks.levels[i];
        levels.append(tr("level %1 %2: %3 percent used, perplexity %4 of %5, %6 unused")
                          .arg(i + 1)
                          .arg(words(stateOf(level, m_codebooks.codebookSize)))
                          .arg(qRound(100 * level.usage))
                          .arg(qRound(level.perplexity))
                          .arg(m_codebooks.codebookSize)
                          .arg(level.deadCodes));
    }
    return levels.isEmpty() ? tr("not measured yet") : levels.join(QStringLiteral("; "));
}

QSize LevelBars::sizeHint() const {
    return {320, kRow * (static_cast<int>(m_codebooks.levels.size()) + 1)};
}

QSize LevelBars::minimumSizeHint() const {
    return {190, sizeHint().height()};
}

void LevelBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(Theme::font(TextRole::small));
    painter.setPen(theme().colour(Token::dim));
    const Columns head(width(), 0);
    painter.drawText(QRectF(0, 0, head.share.left(), kRow), Qt::AlignLeft | Qt::AlignVCenter, tr("level"));
    painter.drawText(head.share, Qt::AlignRight | Qt::AlignVCenter, tr("used"));
    painter.drawText(head.perplexity, Qt::AlignRight | Qt::AlignVCenter, tr("perplexity"));
    painter.drawText(head.unused, Qt::AlignRight | Qt::AlignVCenter, tr("unused"));
    for (int i = 0; i < static_cast<int>(m_codebooks.levels.size()); ++i)
        paintLevel(painter, i, kRow * (i + 1));
}

void LevelBars::paintLevel(QPainter& painter, int index, double top) const {
    const models::LevelHealth& level = m_codebooks.levels[static_cast<std::size_t>(index)];
    const LevelState state = stateOf(level, m_codebooks.codebookSize);
    const QColor colour = theme().colour(tokenOf(state));
    const Columns at(width(), top);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().colour(Token::line));
    painter.drawRoundedRect(at.bar, kBarHeight / 2, kBarHeight / 2);
    QRectF used = at.bar;
    used.setWidth(std::max(kBarHeight, at.bar.width() * std::clamp(level.usage, 0.0, 1.0)));
    painter.setBrush(colour);
    painter.drawRoundedRect(used, kBarHeight / 2, kBarHeight / 2);
    painter.setPen(theme().colour(Token::text));
    painter.drawText(at.number, Qt::AlignLeft | Qt::AlignVCenter, QString::number(index + 1));
    painter.drawText(at.share, Qt::AlignRight | Qt::AlignVCenter, tr("%1 %").arg(qRound(100 * level.usage)));
    painter.drawText(at.perplexity, Qt::AlignRight | Qt::AlignVCenter,
                     tr("%1 of %2").arg(qRound(level.perplexity)).arg(m_codebooks.codebookSize));
    painter.drawText(at.unused, Qt::AlignRight | Qt::AlignVCenter, QString::number(level.deadCodes));
    if (at.words.isNull()) return;
    painter.setPen(colour);
    painter.drawText(at.words.adjusted(metrics::kSpaceL, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     words(state));
}

}  // namespace smidgen
