// Train: from a dropped folder to a model, with everything said on the way.
#pragma once

#include <QWidget>

#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace smidgen::ui {

class PreflightPanel;
class PriorPanel;
class TrainingSettings;
class TrainingView;

class TrainPage final : public QWidget {
    Q_OBJECT

 public:
    TrainPage(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent = nullptr);

    /// The pre-flight table of the chosen collection.
    void showSounds();
    void showTraining();
    /// A scan has begun: its progress is shown until it ends.
    void showImport(JobId job);
    void startTraining();
    void resume(const TrainingRequest& request);
    [[nodiscard]] PreflightPanel& preflight() { return *m_preflight; }
    [[nodiscard]] TrainingSettings& settings() { return *m_settings; }
    [[nodiscard]] TrainingView& training() { return *m_training; }

 Q_SIGNALS:
    void addFilesRequested();
    void addFolderRequested();
    void importRequested(const std::filesystem::path& folder);
    void generateRequested(const smidgen::ModelId& model);

 private:
    enum State { nothingYet, scanning, sounds, learning };

    QWidget* makeEmptyState(const Shortcuts& shortcuts);
    QWidget* makeScanning();
    QWidget* makeSounds(const Shortcuts& shortcuts);
    void begin(const TrainingRequest& request);
    void beginPrior(const PriorTrainingRequest& request);
    void showBegun();
    void readCollection();
    void readJobs();
    void setState(State state);

    Studio m_studio;
    JobId m_import = 0;
    QStackedWidget* m_states;
    QWidget* m_switch;
    QToolButton* m_toSounds;
    QToolButton* m_toTraining;
    PreflightPanel* m_preflight;
    TrainingSettings* m_settings;
    TrainingView* m_training;
    PriorPanel* m_prior;
    QWidget* m_priorPlace;  ///< there on the states where a prior can be trained
    QLabel* m_scanSentence;
    QProgressBar* m_scanProgress;
};

}  // namespace smidgen::ui
