// Codes side by side: the nearest to one, each with its distance.
#pragma once

#include <vector>

#include "ui/canvas/canvas.h"

namespace smidgen {

/// Click, or Left/Right and Enter, chooses one.
class CodeSwatches : public Canvas {
    Q_OBJECT
 public:
    struct Swatch {
        int code = 0;
        double distance = 0;
        QRgb colour = 0;
        bool operator==(const Swatch&) const = default;
    };
    explicit CodeSwatches(const Theme& theme, QWidget* parent = nullptr);

    void setSwatches(std::vector<Swatch> swatches);
    [[nodiscard]] const std::vector<Swatch>& swatches() const { return m_swatches; }
    [[nodiscard]] QRect swatchRect(int index) const;

    [[nodiscard]] QString spokenValue() const override;
    [[nodiscard]] QSize sizeHint() const override { return {220, 52}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 52}; }

 Q_SIGNALS:
    void chosen(int code);

 protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    std::vector<Swatch> m_swatches;
    int m_current = 0;
};

}  // namespace smidgen
