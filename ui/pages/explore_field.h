// The model's own directions: sliders that say what they change.
#pragma once

#include <QToolButton>
#include <vector>

#include "engine/generation/latent_directions.h"
#include "ui/commands/studio.h"

class QGridLayout;
class QLabel;
class QSlider;

namespace smidgen::ui {

/// A button that says how many are set, with a slider for each direction behind it. What the directions do is
/// measured in the background when the panel is first opened for a model. Every gesture is one step to undo.
class ExploreField final : public QToolButton {
    Q_OBJECT

 public:
    explicit ExploreField(const Studio& studio, QWidget* parent = nullptr);

    void setModel(const ModelId& model);
    [[nodiscard]] const ModelId& model() const { return m_model; }
    /// In standard deviations, as in a recipe.
    [[nodiscard]] const std::vector<double>& amounts() const { return m_amounts; }
    /// Without a step to undo.
    void setAmounts(const std::vector<double>& amounts);

 Q_SIGNALS:
    /// By hand or undo.
    void amountsChanged();

 private:
    struct Row {
        QLabel* low = nullptr;
        QSlider* slider = nullptr;
        QLabel* high = nullptr;
        QLabel* about = nullptr;
    };
    [[nodiscard]] QWidget* makePanel();
    [[nodiscard]] Row makeRow(std::size_t direction, QGridLayout& grid);
    void measure();
    void showDirections();
    void showAmounts();
    void moved(std::size_t direction, int value);
    void push(const QString& text, std::vector<double> after);

    Studio m_studio;
    ModelId m_model;
    ModelId m_measured;  ///< whose directions are shown
    std::vector<DirectionMeaning> m_directions;
    std::vector<double> m_amounts;
    std::vector<Row> m_rows;
    QLabel* m_about;
    int m_gesture = 0;
    bool m_showing = false;
};

}  // namespace smidgen::ui
