// The prior of the chosen model: to be trained, or what it is like.
#pragma once

#include <QWidget>

#include "ui/commands/studio.h"

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace smidgen::ui {

/// Shown for models with codes only.
class PriorPanel final : public QWidget {
    Q_OBJECT

 public:
    explicit PriorPanel(const Studio& studio, QWidget* parent = nullptr);

    /// While a training runs there is no second one.
    void setTrainingRuns(bool runs);

 Q_SIGNALS:
    void trainRequested(const smidgen::PriorTrainingRequest& request);

 private:
    void read();
    /// The model's own collection, or else the chosen one; null when there is neither.
    [[nodiscard]] std::shared_ptr<const CollectionSnapshot> soundsFor(const ModelSnapshot& model) const;
    [[nodiscard]] PriorTrainingRequest request() const;
    void showWithout(const ModelSnapshot& model, const CollectionSnapshot* sounds);
    void showWith(const ModelSnapshot& model);

    Studio m_studio;
    bool m_trainingRuns = false;
    QLabel* m_title;
    QLabel* m_sentence;
    QLabel* m_remark;
    QCheckBox* m_large;
    QDoubleSpinBox* m_minutes;
    QPushButton* m_train;
};

}  // namespace smidgen::ui
