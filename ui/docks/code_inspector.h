// What is known of the chosen cells, the code under the cursor, and the codebooks.
#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "engine/workstation/code_desk.h"
#include "ui/commands/studio.h"

class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;

namespace smidgen {
class CodeGridView;
class CodeHeatMap;
class CodeSwatches;
}  // namespace smidgen

namespace smidgen::ui {

/// Shows; what is asked for here is told by signals.
class CodeInspector final : public QWidget {
    Q_OBJECT

 public:
    CodeInspector(const Studio& studio, QWidget* parent = nullptr);

    /// `grid`: of the same document, or null when nothing is open.
    void show(const std::shared_ptr<const CodeView>& view, const CodeGridView* grid);
    /// What a blend goes toward; empty: nothing was copied.
    void setClip(const QString& text);
    void setBlended(const std::optional<double>& distance);
    /// The blend begins anew: at its beginning.
    void resetBlend();

 Q_SIGNALS:
    void codeChosen(int code);
    void blendMoved(double amount);
    void alikeRequested(double distance);
    void temperatureChanged(double temperature);

 private:
    void showSelection(const CodeView& view, const CodeGridView& grid);
    void showCode(const CodeView& view, const CodeGridView& grid);
    void showHealth(const CodeView& view);
    void showHistory(const CodeView& view);

    Studio m_studio;
    QWidget* m_details;  ///< of an open sound
    QLabel *m_chosen, *m_chosenFacts, *m_code, *m_codeFacts, *m_swatch, *m_clip, *m_blend, *m_alike,
        *m_health, *m_history;
    CodeSwatches* m_nearest;
    QSlider *m_blendSlider, *m_alikeSlider;
    QPushButton* m_alikeButton;
    QDoubleSpinBox* m_temperature;
    CodeHeatMap* m_heat;
    std::optional<double> m_distance;
    std::shared_ptr<const CodeSpace> m_healthOf;
    QStringList m_laneNames;
};

}  // namespace smidgen::ui
