// A sound to begin with: a take, a sound of the collection, or any file.
#pragma once

#include <QPushButton>
#include <filesystem>

#include "ui/commands/studio.h"

class QMenu;

namespace smidgen::ui {

/// Says what is chosen, opens a menu to choose from, and takes files that are dropped on it.
class SoundField final : public QPushButton {
    Q_OBJECT

 public:
    explicit SoundField(const Studio& studio, QWidget* parent = nullptr);

    /// Empty: none.
    [[nodiscard]] const std::filesystem::path& file() const { return m_file; }
    void setFile(const std::filesystem::path& file);

 Q_SIGNALS:
    void fileChanged();

 protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

 private:
    void fillMenu();
    void browse();
    [[nodiscard]] QString nameOf(const std::filesystem::path& file) const;

    Studio m_studio;
    QMenu* m_menu;
    std::filesystem::path m_file;
};

}  // namespace smidgen::ui
