// Everything of one open studio, in the order it must live and die.
#pragma once

#include <QSettings>
#include <filesystem>
#include <memory>

#include "engine/workstation/workstation.h"
#include "ui/theme/theme.h"

namespace smidgen::ui {

class MainWindow;
struct Studio;

class Session final {
 public:
    struct Options {
        std::filesystem::path library;  ///< empty: the default library
        QString settingsFile;           ///< empty: the person's own
        bool openAudio = true;          ///< open the remembered device once the window is shown
        bool openControllers = true;    ///< then listen to MIDI and, when it is on, OSC
    };
    /// Needs a QApplication and a Theme. Errors: as Workstation::open.
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(Theme& theme, const Options& options);
    ~Session();

    [[nodiscard]] MainWindow& window();
    [[nodiscard]] Studio& studio();

 private:
    Session();
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

/// The settings a person keeps: an INI file, the given one or their own.
[[nodiscard]] std::unique_ptr<QSettings> openSettings(const QString& file);

}  // namespace smidgen::ui
