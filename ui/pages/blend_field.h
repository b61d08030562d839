// Another model in the take: which, how much of it, and how the two meet.
#pragma once

#include <QToolButton>
#include <map>

#include "ui/commands/studio.h"

class QComboBox;
class QLabel;
class QSlider;
class QSpinBox;

namespace smidgen::ui {

/// A button that says it, with the settings behind it. Latents can be chosen only where the models fit, which
/// is measured in the background when a model is chosen; otherwise it says why not. A recipe of more models
/// than two, or of one that is gone, is kept as it is until another model is chosen.
class BlendField final : public QToolButton {
    Q_OBJECT

 public:
    explicit BlendField(const Studio& studio, QWidget* parent = nullptr);

    void setModel(const ModelId& first);
    /// Of a recipe.
    void setBlend(const std::vector<BlendPart>& parts, BlendKind kind);
    /// Into a recipe.
    void put(Recipe& recipe) const;

 private:
    void readModels();
    void measure();
    void showFit();
    void showText();
    [[nodiscard]] ModelId other() const;
    [[nodiscard]] QWidget* makePanel();

    Studio m_studio;
    ModelId m_first;
    std::vector<BlendPart> m_more;  ///< of a recipe that cannot be shown here
    std::map<std::pair<ModelId, ModelId>, BlendFit> m_fits;
    QComboBox* m_other;
    QSlider* m_share;
    QSpinBox* m_percent;
    QComboBox* m_kind;
    QLabel* m_about;
};

}  // namespace smidgen::ui
