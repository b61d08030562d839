// Learning curves: training and held-out error over steps.
#pragma once

#include <QPixmap>
#include <optional>
#include <vector>

#include "engine/workstation/snapshots.h"
#include "ui/canvas/canvas.h"

namespace smidgen {

/// Thin dim line: training. Strong line with dots: held out. Left and Right move the readout, Home and End
/// too.
class CurvePlot : public Canvas {
    Q_OBJECT
 public:
    explicit CurvePlot(const Theme& theme, QWidget* parent = nullptr);

    /// Ascending by step.
    void setCurve(std::vector<CurvePoint> curve);
    /// What is drawn, over the axis: "mel error (log10, lower is better)".
    void setMeasure(const QString& measure);
    /// Points of the curve that is read out, if any.
    [[nodiscard]] std::optional<std::size_t> readout() const { return m_readout; }

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QSize sizeHint() const override { return {480, 240}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {220, 120}; }
    /// Where a step and an error are drawn.
    [[nodiscard]] QPointF position(double step, double error) const;

 protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dropCaches() override;

 private:
    [[nodiscard]] QRectF plotRect() const;
    void setReadout(std::optional<std::size_t> index);
    void paintAxes(QPainter& painter) const;
    void paintCurves(QPainter& painter) const;
    void paintReadout(QPainter& painter) const;
    [[nodiscard]] QString readoutText(const CurvePoint& point) const;

    std::vector<CurvePoint> m_curve;
    QString m_measure;
    double m_lastStep = 1;
    double m_low = 0;
    double m_high = 1;
    std::optional<std::size_t> m_readout;
    QPixmap m_cache;
};

}  // namespace smidgen
