// What all custom-painted widgets share: theme, focus ring, and a voice for screen readers.
#pragma once

#include <QWidget>

#include "ui/theme/theme.h"

namespace smidgen {

/// Screen readers hear accessibleName() and spokenValue(). `theme` must outlive the widget.
class Canvas : public QWidget {
    Q_OBJECT
 public:
    explicit Canvas(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] const Theme& theme() const { return m_theme; }
    /// The state in words, as it would be read aloud: "Playhead 1.25 s of 8 s, selected 0.5 to 1.25 s".
    [[nodiscard]] virtual QString spokenValue() const = 0;

 protected:
    /// The scheme changed: drop cached drawings. A repaint follows.
    virtual void dropCaches() {}
    /// Tells screen readers that spokenValue() changed.
    void announce();
    /// It has the focus, and not because of a click: the ring is to be painted.
    [[nodiscard]] bool showsFocus() const { return hasFocus() && m_focusByKeys; }
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintFocusRing(QPainter& painter, const QRectF& rect, qreal radius) const;

 private:
    const Theme& m_theme;
    bool m_focusByKeys = false;
};

}  // namespace smidgen
