// How to train: kind, name, mode, budget, seed, and what it will cost on this machine.
#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>

#include "engine/foundation/cancel_token.h"
#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

class QButtonGroup;
class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace smidgen::ui {

class KindFields;
class SeedField;

class TrainingSettings final : public QWidget {
    Q_OBJECT

 public:
    TrainingSettings(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent = nullptr);

    /// Measures anew when what is trained on has changed.
    ~TrainingSettings() override;

    void setCollection(const std::shared_ptr<const CollectionSnapshot>& collection);
    /// While a training runs there is no second one, and no measuring beside it.
    void setTrainingRuns(bool runs);
    /// Interrupted earlier with this collection: offered to be resumed.
    void setResumable(std::optional<TrainingRequest> request);
    [[nodiscard]] TrainingRequest request() const;
    /// As the button, when it can be pressed.
    void start();

 Q_SIGNALS:
    void trainRequested(const smidgen::TrainingRequest& request);

 private:
    void settingsChanged();
    void measure();
    void showEstimate(const Result<TrainingEstimate>& estimate);
    void showState();

    Studio m_studio;
    std::shared_ptr<const CollectionSnapshot> m_collection;
    std::optional<TrainingRequest> m_resumable;
    bool m_trainingRuns = false;
    bool m_nameTyped = false;
    bool m_measuring = false;
    bool m_measureAgain = false;
    CancelToken m_measurement;  ///< that runs
    QTimer m_settle;            ///< typing settles before a measurement begins
    QString m_measuredFor;

    KindFields* m_kind;
    QLineEdit* m_name;
    QButtonGroup* m_mode;
    QDoubleSpinBox* m_minutes;
    SeedField* m_seed;
    QCheckBox* m_plateau;
    QCheckBox* m_force;
    QCheckBox* m_starred;  ///< there when takes are starred
    QLabel* m_estimate;
    QPushButton* m_train;
    QPushButton* m_resume;
};

}  // namespace smidgen::ui
