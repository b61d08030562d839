// The last line: what is under the pointer, what is being done, what went wrong with the sound.
#pragma once

#include <QWidget>

#include "ui/commands/studio.h"

class QLabel;
class QProgressBar;
class QToolButton;

namespace smidgen {
class ElidedLabel;
}

namespace smidgen::ui {

class StatusLine final : public QWidget {
    Q_OBJECT

 public:
    explicit StatusLine(const Studio& studio, QWidget* parent = nullptr);

    /// Empty: what the page usually says.
    void setHint(const QString& hint);

 Q_SIGNALS:
    /// The job shown was clicked.
    void jobChosen(smidgen::JobId job);
    /// What listens to controllers was clicked.
    void controlsChosen();

 private:
    void readJobs();
    void openJobs();
    void showSound();
    void showControls();

    Studio m_studio;
    JobId m_job = 0;
    ElidedLabel* m_hint;
    QWidget* m_jobArea;
    QToolButton* m_sentence;
    QProgressBar* m_progress;
    QToolButton* m_cancel;
    QToolButton* m_controls;
    QLabel* m_xruns;
};

}  // namespace smidgen::ui
