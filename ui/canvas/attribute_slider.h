// One slider of an attribute, with its zones, and where the sound came to stand.
#pragma once

#include <optional>

#include "engine/steering/slider_positions.h"
#include "ui/canvas/canvas.h"

namespace smidgen {

/// A position −0.25 … 1.25, or none ("as it comes"). 0 … 1 is the collection's own range (safe), beyond lie
/// its outermost sounds (a warning, told in words, too).
///
/// Pointer: press or drag sets; with Shift ten times finer; double-click lets go. Wheel and Left/Right: 0.02,
/// with Shift 0.005; Page up/down: 0.1; Home and End: 0 and 1; Delete lets go.
class AttributeSlider : public Canvas {
    Q_OBJECT
 public:
    /// `low` and `high`: what the ends mean ("sparse", "dense").
    AttributeSlider(const Theme& theme, Attribute attribute, const QString& low, const QString& high,
                    QWidget* parent = nullptr);

    [[nodiscard]] Attribute attribute() const { return m_attribute; }
    [[nodiscard]] std::optional<double> position() const { return m_position; }
    /// Says nothing back.
    void setPosition(std::optional<double> position);
    /// Of the take that is shown: where the model by itself came to, and where the take is.
    void setOutcome(const std::optional<SliderOutcome>& outcome);
    /// Held against dice; it can still be moved by hand.
    void setLocked(bool locked);
    /// A controller moves it; marked by a dot and in words.
    void setMapped(bool mapped);

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// x of a position, in widget coordinates.
    [[nodiscard]] double xOf(double position) const;

 Q_SIGNALS:
    /// By hand, key or wheel. `dragging`: the pointer is still down.
    void moved(std::optional<double> position, bool dragging);
    void dragEnded();

 protected:
    /// Its keys are its own, also where the window has shortcuts for them.
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    [[nodiscard]] double resting() const;
    [[nodiscard]] QRectF track() const;
    void moveTo(std::optional<double> position, bool dragging);
    void step(double by);
    void paintOutcome(QPainter& painter) const;

    Attribute m_attribute;
    QString m_low, m_high;
    std::optional<double> m_position;
    std::optional<SliderOutcome> m_outcome;
    bool m_locked = false;
    bool m_mapped = false;
    bool m_dragging = false;
    double m_dragPosition = 0;  ///< under the pointer, before it is rounded
    double m_dragX = 0;
};

}  // namespace smidgen
