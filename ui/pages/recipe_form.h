// What to generate: model, seed, length, output, variation, and how its prior is asked.
#pragma once

#include <QWidget>

#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

class QComboBox;
class QDoubleSpinBox;
class QPushButton;
class QSlider;
class QSpinBox;
class QToolButton;

namespace smidgen::ui {

class BinauralFields;
class PriorFields;
class BlendField;
class ExploreField;
class PresetButton;
class ShapePanel;
class SeedField;

class RecipeForm final : public QWidget {
    Q_OBJECT

 public:
    RecipeForm(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent = nullptr);

    /// Model and name from the library, the rest from the fields.
    [[nodiscard]] Recipe recipe() const;
    /// Everything from a take's recipe; the model only when it is still there.
    void setRecipe(const Recipe& recipe);
    void setModel(const ModelId& id);
    [[nodiscard]] ModelId model() const;
    void setSeed(std::uint64_t seed);
    /// After `count` takes: on to the next seed, unless the person keeps this one.
    void moveOn(int count);
    /// The preset's settings; `whole`: also its model, seed and length. Undone with the undo stack.
    void usePreset(const PresetSnapshot& preset, bool whole);
    /// Asks for a name and keeps these settings under it.
    void savePreset(const Recipe& recipe);
    /// Draws another seed, and moves sliders as far as the amount says; undone with the undo stack.
    void dice();
    /// How many takes at once: chosen where there is a prior to sort them by, else one.
    [[nodiscard]] int count() const;
    [[nodiscard]] ShapePanel& shape() { return *m_shape; }
    [[nodiscard]] ExploreField& explore() { return *m_explore; }
    [[nodiscard]] SeedField& seedField() { return *m_seed; }

 Q_SIGNALS:
    void generateRequested(int count);
    void presetsRequested();
    void helpRequested(const QString& page);

 private:
    void readModels();
    void showOutput();
    void showModel();
    void showCount();

    Studio m_studio;
    Recipe m_rest;  ///< what has no field: loudness target, ceiling, iterations
    QComboBox* m_model;
    SeedField* m_seed;
    QToolButton* m_keep;
    QDoubleSpinBox* m_seconds;
    QComboBox* m_space;
    QDoubleSpinBox* m_width;
    BinauralFields* m_binaural;
    QSlider* m_variation;
    QDoubleSpinBox* m_variationValue;
    PriorFields* m_prior;
    ShapePanel* m_shape;
    BlendField* m_blend;
    ExploreField* m_explore;
    PresetButton* m_presets;
    QWidget* m_countPlace;
    QSpinBox* m_count;
    QPushButton* m_one;
    QPushButton* m_four;
};

}  // namespace smidgen::ui
