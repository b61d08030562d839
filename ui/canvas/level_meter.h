// Output level: two bars with peak hold, and momentary loudness in words.
#pragma once

#include <QElapsedTimer>

#include "engine/playback/playback.h"
#include "ui/canvas/canvas.h"

namespace smidgen {

/// Bars rise at once and fall 20 dB a second; the hold mark stays 1.5 s. Range −60…+3 dBFS, piecewise: the
/// upper 20 dB take half the width.
class LevelMeter : public Canvas {
    Q_OBJECT
 public:
    explicit LevelMeter(const Theme& theme, QWidget* parent = nullptr);

    /// Feed it 20–60 times a second; repaints only when a pixel changes.
    void setMeters(const Meters& meters);
    /// The same with the time given, in seconds from anywhere.
    void setMeters(const Meters& meters, double now);

    [[nodiscard]] float shownDb(int channel) const { return m_bars[channel].level; }
    [[nodiscard]] float heldDb(int channel) const { return m_bars[channel].held; }
    /// 0…1 of the bar's width.
    [[nodiscard]] static double barShare(double db);

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QSize sizeHint() const override { return {268, 30}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {150, 24}; }

 Q_SIGNALS:
    void clipResetRequested();  ///< click, Enter or Space while the clip mark shows

 protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    struct Bar {
        float level = -120;
        float held = -120;
        double heldAt = 0;
    };
    [[nodiscard]] QRectF barsRect() const;

    Bar m_bars[2];
    float m_lufs = -120;
    bool m_clipped = false;
    double m_last = 0;
    bool m_fed = false;
    QElapsedTimer m_clock;
    QString m_shown;  ///< what the last repaint showed, in pixels and words
};

}  // namespace smidgen
