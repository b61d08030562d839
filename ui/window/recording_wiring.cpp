#include "ui/window/recording_wiring.h"

#include <QSettings>
#include <QTimer>
#include <algorithm>

#include "ui/bridge/text.h"

namespace smidgen::ui {

namespace {
constexpr const char* kCollection = "recording/collection";  ///< the last one they went into
}  // namespace

RecordingWiring::RecordingWiring(const Studio& studio, const Shortcuts& shortcuts, QObject* parent)
    : QObject(parent), m_studio(studio) {
    RecordingBridge& recording = studio.recording;
    QAction& action = shortcuts.action(QStringLiteral("transport.record"));
    action.setCheckable(true);
    connect(&action, &QAction::triggered, this, [&recording](bool on) {
        if (on)
            recording.start();
        else
            recording.stop();
    });
    connect(&recording, &RecordingBridge::recordingChanged, &action, &QAction::setChecked);
    connect(&recording, &RecordingBridge::failed, this, [this](const QString& sentence) {
        m_studio.notices.tell(
            {Tone::bad, sentence, tr("Audio settings"), [this] { Q_EMIT audioSettingsRequested(); }});
    });
    connect(&recording, &RecordingBridge::ended, this, &RecordingWiring::keep);
    connect(&studio.library, &LibraryActions::imported, this, &RecordingWiring::noteCollection);
    connect(&studio.bridge, &EngineBridge::jobEnded, this, [this](JobId id) {
        if (m_waiting.empty() || id != m_adding) return;
        m_waiting.pop_front();
        if (!m_waiting.empty()) addFirst();
    });
    QTimer::singleShot(0, this, [&recording] { recording.offerLeft(); });
}

void RecordingWiring::keep(const std::filesystem::path& file, const QString& sentence) {
    m_studio.sound.load({QStringLiteral("recording:") + toText(file), toText(file.stem()), file});
    m_studio.notices.tell({sentence.isEmpty() ? Tone::good : Tone::warn,
                           sentence.isEmpty() ? tr("Recorded: %1").arg(toText(file)) : sentence,
                           {},
                           {}});
    m_waiting.push_back(file);
    if (m_waiting.size() == 1) addFirst();
}

/// One after another, so that the second finds the collection that the first has made.
void RecordingWiring::addFirst() {
    m_adding = m_studio.library.addRecording(m_waiting.front(), collection(), tr("Recordings").toStdString());
}

void RecordingWiring::noteCollection(const CollectionId& id) {
    if (m_waiting.empty()) return;
    const auto snapshot = m_studio.engine().collection(id);
    if (!snapshot) return;
    const auto& entries = snapshot->collection.entries;
    if (std::any_of(entries.begin(), entries.end(),
                    [&](const SoundEntry& entry) { return entry.path == m_waiting.front(); }))
        m_studio.settings.setValue(QLatin1String(kCollection), toText(id));
}

CollectionId RecordingWiring::collection() const {
    const CollectionId id = m_studio.settings.value(QLatin1String(kCollection)).toString().toStdString();
    if (!id.empty() && m_studio.engine().collection(id)) return id;
    for (const auto& other : m_studio.engine().collections())
        if (other->collection.name == tr("Recordings").toStdString()) return other->collection.id;
    return {};
}

}  // namespace smidgen::ui
