#include "ui/canvas/level_meter.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/theme/metrics.h"

namespace smidgen {
namespace {

constexpr double kLowestDb = -60.0;
constexpr double kKneeDb = -20.0;
constexpr double kHighestDb = 3.0;
constexpr double kKneeShare = 0.45;
constexpr double kFallDbPerSecond = 20.0;
constexpr double kHoldSeconds = 1.5;
constexpr float kSilentDb = -120.0F;
constexpr double kHotDb = -1.0;
constexpr int kTextWidth = 78;
constexpr int kBarHeight = 6;
constexpr int kBarGap = 5;

QString loudnessText(float lufs) {
    if (lufs <= -70.0F) return QStringLiteral("−∞ LUFS");  // the absolute gate of BS.1770
    return QStringLiteral("%1%2 LUFS")
        .arg(lufs < 0 ? QStringLiteral("−") : QString())
        .arg(QLocale().toString(std::abs(static_cast<double>(lufs)), 'f', 1));
}

}  // namespace

LevelMeter::LevelMeter(const Theme& theme, QWidget* parent) : Canvas(theme, parent) {
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(tr("Output level"));
    m_clock.start();
}

double LevelMeter::barShare(double db) {
    if (db <= kKneeDb) return std::max(0.0, (db - kLowestDb) / (kKneeDb - kLowestDb)) * kKneeShare;
    return std::min(1.0, kKneeShare + (db - kKneeDb) / (kHighestDb - kKneeDb) * (1 - kKneeShare));
}

void LevelMeter::setMeters(const Meters& meters) {
    setMeters(meters, static_cast<double>(m_clock.elapsed()) / 1000.0);
}

void LevelMeter::setMeters(const Meters& meters, double now) {
    const double elapsed = m_fed ? std::max(0.0, now - m_last) : 0.0;
    const auto fall = static_cast<float>(kFallDbPerSecond * elapsed);
    for (int c = 0; c < 2; ++c) {
        Bar& bar = m_bars[c];
        const float peak = std::isfinite(meters.peakDb[c]) ? meters.peakDb[c] : kSilentDb;
        bar.level = std::max({peak, bar.level - fall, kSilentDb});
        if (peak >= bar.held) {
            bar.held = peak;
            bar.heldAt = now;
        } else if (now - bar.heldAt > kHoldSeconds) {
            bar.held = std::max(bar.level, bar.held - fall);
        }
    }
    m_lufs = std::isfinite(meters.momentaryLufs) ? meters.momentaryLufs : kSilentDb;
    m_clipped = meters.clipped;
    m_last = now;
    m_fed = true;

    QString shown = loudnessText(m_lufs) + QLatin1Char(m_clipped ? '!' : ' ');
    const double pixels = barsRect().width() * devicePixelRatioF();
    for (const Bar& bar : m_bars)
        shown += QStringLiteral("%1,%2;")
                     .arg(qRound(barShare(bar.level) * pixels))
                     .arg(qRound(barShare(bar.held) * pixels));
    if (shown == m_shown) return;
    m_shown = shown;
    update();
}

QRectF LevelMeter::barsRect() const {
    const qreal height = 2 * kBarHeight + kBarGap;
    return {2, std::round((this->height() - height) / 2), std::max(20.0, width() - kTextWidth - 12.0),
            height};
}

QString LevelMeter::spokenValue() const {
    const auto decibels = [](float db) {
        return db <= kLowestDb ? tr("silent") : tr("%1 dB").arg(static_cast<double>(db), 0, 'f', 0);
    };
    QString words = tr("left %1, right %2, %3")
                        .arg(decibels(m_bars[0].level), decibels(m_bars[1].level), loudnessText(m_lufs));
    return m_clipped ? words + tr(", clipped") : words;
}

void LevelMeter::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF bars = barsRect();
    for (int c = 0; c < 2; ++c) {
        const QRectF track(bars.left(), bars.top() + c * (kBarHeight + kBarGap), bars.width(), kBarHeight);
        painter.setPen(theme().marksColours() ? QPen(theme().colour(Token::line), 1) : QPen(Qt::NoPen));
        painter.setBrush(theme().colour(Token::raised));
        painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
        painter.setPen(Qt::NoPen);
        const double share = barShare(m_bars[c].level);
        if (share > 0) {
            painter.save();
            painter.setClipRect(QRectF(track.topLeft(), QSizeF(track.width() * share, track.height())));
            painter.setBrush(theme().colour(Token::model));
            painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
            if (m_bars[c].level > kHotDb) {
                const double hot = track.left() + track.width() * barShare(kHotDb);
                painter.setClipRect(
                    QRectF(hot, track.top(), track.left() + track.width() * share - hot, track.height()));
                painter.setBrush(theme().colour(Token::bad));
                painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
            }
            painter.restore();
        }
        if (const double held = barShare(m_bars[c].held); held > 0) {
            painter.setBrush(theme().colour(m_bars[c].held > kHotDb ? Token::bad : Token::sound));
            painter.drawRect(QRectF(track.left() + std::round(track.width() * held) - 2, track.top() - 1, 2,
                                    track.height() + 2));
        }
    }
    const QRectF text(bars.right() + 10, 0, width() - bars.right() - 10, height());
    painter.setFont(Theme::font(m_clipped ? TextRole::strong : TextRole::body));
    painter.setPen(theme().colour(m_clipped ? Token::bad : Token::dim));
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                     m_clipped ? tr("clipped") : loudnessText(m_lufs));
    if (showsFocus()) paintFocusRing(painter, rect(), metrics::kRadius);
}

void LevelMeter::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && m_clipped) Q_EMIT clipResetRequested();
}

void LevelMeter::keyPressEvent(QKeyEvent* event) {
    const bool confirms =
        event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (confirms && m_clipped) {
        Q_EMIT clipResetRequested();
    } else {
        Canvas::keyPressEvent(event);
    }
}

}  // namespace smidgen
