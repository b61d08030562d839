// A training as it goes: one sentence, progress, curve, previews, warnings, and what can be done.
#pragma once

#include <QWidget>

#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace smidgen {
class CurvePlot;
}

namespace smidgen::ui {

class CodebookPanel;
class PreviewList;

class TrainingView final : public QWidget {
    Q_OBJECT

 public:
    TrainingView(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent = nullptr);

    enum class Subject { model, prior };

    /// Zero: none.
    void setJob(JobId job, Subject subject = Subject::model);
    [[nodiscard]] JobId job() const { return m_job; }
    [[nodiscard]] bool running() const;
    void pauseOrGoOn();
    [[nodiscard]] PreviewList& previews() { return *m_previews; }

 Q_SIGNALS:
    /// Go on to the Generate page with this model.
    void generateRequested(const smidgen::ModelId& model);

 private:
    void read();
    void showSubject();

    Studio m_studio;
    JobId m_job = 0;
    Subject m_subject = Subject::model;
    QLabel* m_curveHeading;
    QWidget* m_right;
    CodebookPanel* m_codebooks;
    QLabel* m_sentence;
    QLabel* m_figures;
    QLabel* m_warnings;
    QProgressBar* m_progress;
    QPushButton* m_pause;
    QPushButton* m_cancel;
    QPushButton* m_generate;
    CurvePlot* m_curve;
    PreviewList* m_previews;
};

}  // namespace smidgen::ui
