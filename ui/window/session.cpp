#include "ui/window/session.h"

#include <QFile>
#include <QTimer>

#include "ui/bridge/text.h"
#include "ui/commands/shortcuts.h"
#include "ui/commands/studio.h"
#include "ui/dialogs/audio_dialog.h"
#include "ui/window/main_window.h"

namespace smidgen::ui {

namespace {

/// Beside the settings' own file; for a person's own that is defaultControlFile().
std::filesystem::path controlFile(const QSettings& settings) {
    return toPath(settings.fileName()).parent_path() / "controls.json";
}

}  // namespace

/// Members die in reverse order: the window first, the workstation last.
struct Session::Parts {
    Parts(std::unique_ptr<Workstation> opened, Theme& theme, const QString& settingsFile,
          const QByteArray& shortcuts)
        : engine(std::move(opened)),
          settings(openSettings(settingsFile)),
          bridge(*engine),
          recording(sound, *settings),
          controls(controlFile(*settings), shortcuts),
          library(bridge),
          studio{bridge, sound, recording, controls, selection, library, notices, theme, *settings} {}

    std::unique_ptr<Workstation> engine;
    std::unique_ptr<QSettings> settings;
    EngineBridge bridge;
    PlaybackBridge sound;
    RecordingBridge recording;
    ControlBridge controls;
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
    const QByteArray tableText = table.readAll();
    Result<std::vector<Shortcut>> shortcuts = shortcutsFromJson(tableText);
    if (!shortcuts) return propagate(shortcuts);
    Workstation::Options engineOptions;
    engineOptions.library = options.library;
    Result<std::unique_ptr<Workstation>> engine = Workstation::open(engineOptions);
    if (!engine) return propagate(engine);

    std::unique_ptr<Session> session(new Session);
    session->m_parts = std::make_unique<Parts>(std::move(*engine), theme, options.settingsFile, tableText);
    Parts& parts = *session->m_parts;
    parts.window = std::make_unique<MainWindow>(parts.studio, std::move(*shortcuts));
    if (options.openAudio)
        QTimer::singleShot(50, parts.window.get(),
                           [&parts] { parts.sound.openDevice(rememberedOutput(*parts.settings)); });
    if (options.openControllers)
        QTimer::singleShot(100, parts.window.get(), [&parts] { parts.controls.start(); });
    return session;
}

MainWindow& Session::window() {
    return *m_parts->window;
}
Studio& Session::studio() {
    return m_parts->studio;
}

}  // namespace smidgen::ui
