#include "ui/window/session.h"

#include <QFile>
#include <QTimer>

#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"
#include "ui/dialogs/audio_dialog.h"
#include "ui/window/main_window.h"

namespace smidgen::ui {

/// Members die in reverse order: the window first, the workstation last.
struct Session::Parts {
    Parts(std::unique_ptr<Workstation> opened, Theme& theme, const QString& settingsFile)
        : engine(std::move(opened)),
          settings(openSettings(settingsFile)),
          bridge(*engine),
          library(bridge),
          studio{bridge, sound, selection, library, notices, theme, *settings} {}

    std::unique_ptr<Workstation> engine;
    std::unique_ptr<QSettings> settings;
    EngineBridge bridge;
    PlaybackBridge sound;
    Selection selection;
    Notices notices;
    LibraryActions library;
    Studio studio;
    std::unique_ptr<MainWindow> window;
};

std::unique_ptr<QSettings> openSettings(const QString& file) {
    if (!file.isEmpty()) return std::make_unique<QSettings>(file, QSettings::IniFormat);
    return std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("smidgen"),
                                       QStringLiteral("studio"));
}

Session::Session() = default;
Session::~Session() = default;

Result<std::unique_ptr<Session>> Session::open(Theme& theme, const Options& options) {
    QFile table(QStringLiteral(":/shortcuts.json"));
    if (!table.open(QIODevice::ReadOnly))
        return failure(ErrorCode::internal, "The table of shortcuts is missing from the program.");
    Result<std::vector<Shortcut>> shortcuts = shortcutsFromJson(table.readAll());
    if (!shortcuts) return propagate(shortcuts);
    Workstation::Options engineOptions;
    engineOptions.library = options.library;
    Result<std::unique_ptr<Workstation>> engine = Workstation::open(engineOptions);
    if (!engine) return propagate(engine);

    std::unique_ptr<Session> session(new Session);
    session->m_parts = std::make_unique<Parts>(std::move(*engine), theme, options.settingsFile);
    Parts& parts = *session->m_parts;
    parts.window = std::make_unique<MainWindow>(parts.studio, std::move(*shortcuts));
    if (options.openAudio)
        QTimer::singleShot(50, parts.window.get(),
                           [&parts] { parts.sound.openDevice(rememberedOutput(*parts.settings)); });
    return session;
}

MainWindow& Session::window() {
    return *m_parts->window;
}
Studio& Session::studio() {
    return m_parts->studio;
}

}  // namespace smidgen::ui
