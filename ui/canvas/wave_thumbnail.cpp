#include "ui/canvas/wave_thumbnail.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/canvas/wave_painter.h"

namespace smidgen {

WaveThumbnail::WaveThumbnail(const Theme& theme, QWidget* parent) : Canvas(theme, parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setMinimumSize(24, 12);
    setAccessibleName(tr("Waveform"));
}

void WaveThumbnail::setPeaks(std::vector<PeakPair> peaks) {
    m_peaks = std::move(peaks);
    update();
    announce();
}

void WaveThumbnail::setTint(Token tint) {
    m_tint = tint;
    update();
}

void WaveThumbnail::setPlayed(std::optional<double> share) {
    if (share == m_played) return;
    m_played = share;
    update();
}

QString WaveThumbnail::spokenValue() const {
    float most = 0;
    for (const PeakPair& pair : m_peaks) most = std::max({most, pair.high, -pair.low});
    if (m_peaks.empty()) return tr("no sound yet");
    if (most <= 0) return tr("silence");
    const QString level =
        tr("peak %1 dB").arg(QLocale().toString(20.0 * std::log10(static_cast<double>(most)), 'f', 1));
    return m_played ? tr("%1, played to %2 percent").arg(level).arg(qRound(*m_played * 100)) : level;
}

void WaveThumbnail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    WaveStyle style;
    style.colour = theme().colour(m_tint);
    if (m_played) {
        style.played = style.colour;
        style.playedShare = *m_played;
        style.colour = theme().mixed(m_tint, Token::panel, 0.55);
    }
    paintWave(painter, rect(), m_peaks, style);
}

}  // namespace smidgen
