#include "ui/canvas/preview_pair.h"

#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

#include "ui/canvas/elided_label.h"
#include "ui/canvas/wave_thumbnail.h"
#include "ui/theme/metrics.h"

namespace smidgen {
namespace {

constexpr int kWaveHeight = 40;

/// A line of text over one half, what the half is on its right.
QLayout* makeHeader(QLabel* text, const QString& caption) {
    auto* side = new QLabel(caption);
    setLook(*side, Look::small);
    auto* row = new QHBoxLayout;
    row->setSpacing(metrics::kSpaceS);
    row->addWidget(text, 1);
    row->addWidget(side);
    return row;
}

}  // namespace

PreviewPair::PreviewPair(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_name(new ElidedLabel), m_note(new ElidedLabel) {
    setLook(*m_name, Look::strong);
    setLook(*m_note, Look::small);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::kSpaceS);
    grid->setVerticalSpacing(metrics::kSpaceXs);
    grid->addLayout(makeHeader(m_name, tr("original")), 0, 0, 1, 2);
    grid->addLayout(makeHeader(m_note, tr("learned")), 0, 3, 1, 2);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_halves[0] = makeHalf(Side::original, tr("original"));
    m_halves[1] = makeHalf(Side::reconstruction, tr("learned"));
    for (int half = 0; half < 2; ++half) {
        grid->addWidget(m_halves[half].button, 1, half * 3);
        grid->addWidget(m_halves[half].wave, 1, half * 3 + 1);
        grid->setColumnStretch(half * 3 + 1, 1);
    }
    grid->setColumnMinimumWidth(2, metrics::kSpaceS);
    showButtons();
}

PreviewPair::Half PreviewPair::makeHalf(Side side, const QString& caption) {
    Half half;
    half.button = new QToolButton;
    half.button->setIconSize({metrics::kIconSize, metrics::kIconSize});
    half.button->setProperty("caption", caption);
    connect(half.button, &QToolButton::clicked, this, [this, side] {
        if (m_playing == side) {
            Q_EMIT stopRequested();
        } else {
            Q_EMIT playRequested(side);
        }
    });
    half.wave = new WaveThumbnail(m_theme);
    half.wave->setTint(side == Side::original ? Token::sound : Token::model);
    half.wave->setFixedHeight(kWaveHeight);
    return half;
}

void PreviewPair::setClip(const QString& name, const QString& note) {
    m_name->setFullText(name);
    m_note->setFullText(note);
    showButtons();
}

void PreviewPair::setPeaks(Side side, std::vector<PeakPair> peaks) {
    m_halves[static_cast<int>(side)].wave->setPeaks(std::move(peaks));
}

void PreviewPair::setPlaying(std::optional<Side> side, double share) {
    const bool changed = side != m_playing;
    m_playing = side;
    for (int half = 0; half < 2; ++half)
        m_halves[half].wave->setPlayed(side && static_cast<int>(*side) == half ? std::optional(share)
                                                                               : std::nullopt);
    if (changed) showButtons();
}

void PreviewPair::showButtons() {
    for (int half = 0; half < 2; ++half) {
        QToolButton& button = *m_halves[half].button;
        const bool playing = m_playing && static_cast<int>(*m_playing) == half;
        const QString caption = button.property("caption").toString();
        button.setIcon(m_theme.icon(playing ? QStringLiteral("stop") : QStringLiteral("play"),
                                    half == 0 ? Token::sound : Token::model));
        button.setToolTip(playing ? tr("Stop") : tr("Play the %1").arg(caption));
        button.setAccessibleName(playing ? tr("Stop %1, %2").arg(m_name->fullText(), caption)
                                         : tr("Play %1, %2").arg(m_name->fullText(), caption));
        m_halves[half].wave->setAccessibleName(tr("%1, %2").arg(m_name->fullText(), caption));
    }
}

}  // namespace smidgen
