// How the prior of a model is asked for codes.
#pragma once

#include <QWidget>

#include "ui/commands/studio.h"

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace smidgen::ui {

class SoundField;

/// For a model with a prior its settings, for others one line that tells how to get one.
class PriorFields final : public QWidget {
    Q_OBJECT

 public:
    explicit PriorFields(const Studio& studio, QWidget* parent = nullptr);

    void setModel(const std::shared_ptr<const ModelSnapshot>& model);
    /// Nothing when there is no prior, or it is not to be used.
    [[nodiscard]] std::optional<PriorRecipe> recipe() const;
    void setRecipe(const std::optional<PriorRecipe>& recipe);
    /// The prior is there and used.
    [[nodiscard]] bool active() const;

 Q_SIGNALS:
    void activeChanged();

 private:
    QWidget* makeFields();
    void showState();

    Studio m_studio;
    std::shared_ptr<const ModelSnapshot> m_model;
    QLabel* m_line;
    QCheckBox* m_use;
    QWidget* m_fields;
    QDoubleSpinBox* m_temperature;
    QSpinBox* m_topK;
    QDoubleSpinBox* m_topP;
    QDoubleSpinBox* m_guidance;
    SoundField* m_continue;
};

}  // namespace smidgen::ui
