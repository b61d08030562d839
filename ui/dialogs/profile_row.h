// Export settings under names: recalled, saved, renamed, deleted, and which of them a drag out of the window
// uses.
#pragma once

#include <QWidget>
#include <functional>

#include "engine/workstation/export_profiles.h"
#include "ui/commands/studio.h"

class QComboBox;
class QToolButton;

namespace smidgen::ui {

class ProfileRow final : public QWidget {
    Q_OBJECT

 public:
    /// `settings`: what is set now, to be saved.
    ProfileRow(const Studio& studio, std::function<ExportSettings()> settings, QWidget* parent = nullptr);

    /// Keeps what is set now. Like the others it asks no questions, goes on by itself and tells errors.
    void save(const QString& name, bool replace);
    void rename(const QString& name);
    void remove();
    void restore(const QString& name);
    void choose(const QString& name);
    /// The chosen one; empty when none is.
    [[nodiscard]] QString chosen() const;

 Q_SIGNALS:
    void recalled(const smidgen::ExportSettings& settings);

 private:
    void read(const QString& choose);
    void askName(const QString& title, const QString& name, const std::function<void(QString)>& then);
    void openMenu();
    void change(const std::function<Status(const Workstation&)>& work, const std::function<void()>& then);

    Studio m_studio;
    std::function<ExportSettings()> m_settings;
    QComboBox* m_profiles;
    QToolButton* m_menu;
};

}  // namespace smidgen::ui
