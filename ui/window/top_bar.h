// The strip at the top: name, transport, time, level, device, undo.
#pragma once

#include <QWidget>

#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"

class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace smidgen {
class ElidedLabel;
class LevelMeter;
}  // namespace smidgen

namespace smidgen::ui {

class TopBar final : public QWidget {
    Q_OBJECT

 public:
    TopBar(const Studio& studio, const Shortcuts& shortcuts, QWidget* parent = nullptr);

    /// Of everything the studio can do.
    [[nodiscard]] QMenu* menu() const { return m_menu; }

 Q_SIGNALS:
    void audioSettingsRequested();

 private:
    QToolButton* actionButton(const QString& id, const QString& icon);
    void makeMenu(QToolButton& button);
    void showTransport();
    void showTime(double seconds);
    void showMeters(const Meters& meters, bool ofInput);
    void showDevice();
    void showRecording();

    Studio m_studio;
    const Shortcuts& m_shortcuts;
    QMenu* m_menu;
    QToolButton* m_play;
    QLabel* m_clock;
    ElidedLabel* m_heard;
    LevelMeter* m_meter;
    QPushButton* m_device;
};

}  // namespace smidgen::ui
