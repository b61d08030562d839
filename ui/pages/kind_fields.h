// Which kind of model to train, and what it begins from.
#pragma once

#include <QWidget>

#include "ui/commands/studio.h"

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;
class QToolButton;

namespace smidgen::ui {

class KindFields final : public QWidget {
    Q_OBJECT

 public:
    explicit KindFields(const Studio& studio, QWidget* parent = nullptr);

    [[nodiscard]] ModelKind kind() const;
    /// Whether the sounds are added to one of the person's models.
    [[nodiscard]] bool addsToModel() const;
    /// Kind, base, and what belongs to codes alone.
    void write(TrainingRequest& request) const;
    /// Changes when the cost of a training may change.
    [[nodiscard]] QString key() const;

 Q_SIGNALS:
    void changed();

 private:
    QWidget* makeAdvanced();
    [[nodiscard]] bool ownModelChosen() const;
    void readBases();
    void showKind();

    Studio m_studio;
    QButtonGroup* m_kind;
    QComboBox* m_base;
    QCheckBox* m_add;  ///< there when one of the person's models is begun from
    QLabel* m_purpose;
    QToolButton* m_more;
    QWidget* m_advanced;
    QComboBox* m_codebookSize;
    QSpinBox* m_levels;
    QDoubleSpinBox* m_commitment;
};

}  // namespace smidgen::ui
