// Export: chosen takes as sound files, with the names they will get, progress and what was written.
#pragma once

#include <QDialog>

#include "ui/commands/studio.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace smidgen::ui {

class ExportForm;

class ExportDialog final : public QDialog {
    Q_OBJECT

 public:
    ExportDialog(const Studio& studio, std::vector<TakeId> takes, QWidget* parent = nullptr);

    [[nodiscard]] ExportForm& form() { return *m_form; }
    [[nodiscard]] JobId job() const { return m_job; }
    void start();

 private:
    void showNames();
    void readJob();
    [[nodiscard]] ExportRequest request() const;

    Studio m_studio;
    std::vector<TakeId> m_takes;
    JobId m_job = 0;
    ExportForm* m_form;
    QLabel* m_names;
    QLabel* m_state;
    QProgressBar* m_progress;
    QPushButton* m_export;
    QPushButton* m_cancel;
    QPushButton* m_show;
};

}  // namespace smidgen::ui
