#include "ui/bridge/recording_bridge.h"

#include <QDateTime>
#include <QSettings>
#include <QStandardPaths>
#include <system_error>

#include "ui/bridge/playback_bridge.h"
#include "ui/bridge/text.h"

namespace smidgen::ui {

namespace {

constexpr int kPollMs = 40;
constexpr const char* kFolder = "recording/folder";
constexpr const char* kType = "recording/type";
constexpr const char* kDevice = "recording/device";
constexpr const char* kChannels = "recording/channels";
constexpr const char* kGoingOn = "recording/goingOn";  ///< the file, while it is recorded

}  // namespace

RecordingBridge::RecordingBridge(const PlaybackBridge&, QSettings& settings, QObject* parent)
    : QObject(parent), m_settings(settings), m_recorder(std::make_unique<Recorder>()) {
    m_recorder->onEnded([this] { stop(); });
    m_poll.setInterval(kPollMs);
    connect(&m_poll, &QTimer::timeout, this, &RecordingBridge::poll);
}

RecordingBridge::~RecordingBridge() = default;

std::filesystem::path RecordingBridge::folder() const {
    const QString chosen = m_settings.value(QLatin1String(kFolder)).toString();
    if (!chosen.isEmpty()) return toPath(chosen);
    return toPath(QStandardPaths::writableLocation(QStandardPaths::MusicLocation)) / "Smidgen";
}

void RecordingBridge::setFolder(const std::filesystem::path& folder) {
    m_settings.setValue(QLatin1String(kFolder), toText(folder));
}

AudioDevice RecordingBridge::input() const {
    return {m_settings.value(QLatin1String(kType)).toString().toStdString(),
            m_settings.value(QLatin1String(kDevice)).toString().toStdString()};
}

void RecordingBridge::setInput(const AudioDevice& input) {
    m_settings.setValue(QLatin1String(kType), toText(input.type));
    m_settings.setValue(QLatin1String(kDevice), toText(input.name));
}

int RecordingBridge::channels() const {
    return m_settings.value(QLatin1String(kChannels), 2).toInt() == 1 ? 1 : 2;
}

void RecordingBridge::setChannels(int channels) {
    m_settings.setValue(QLatin1String(kChannels), channels);
}

/// "Recording 2026-11-30 21.30.05.wav"; a second one of that second gets a number, and comes after it in
/// every list.
std::filesystem::path RecordingBridge::nextFile() const {
    const QString name =
        tr("Recording %1").arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH.mm.ss")));
    std::filesystem::path file = folder() / toPath(name + QStringLiteral(".wav"));
    std::error_code ignored;
    for (int number = 2; std::filesystem::exists(file, ignored); ++number)
        file = folder() / toPath(QStringLiteral("%1_%2.wav").arg(name).arg(number));
    return file;
}

void RecordingBridge::start() {
    if (recording()) return;
    const RecordingSetup setup{input(), channels(), nextFile()};
    m_settings.setValue(QLatin1String(kGoingOn), toText(setup.file));
    m_settings.sync();
    if (const Status started = m_recorder->start(setup); !started) {
        m_settings.remove(QLatin1String(kGoingOn));
        Q_EMIT recordingChanged(false);
        Q_EMIT failed(toText(started.error().sentence));
        return;
    }
    m_poll.start();
    Q_EMIT recordingChanged(true);
    Q_EMIT lengthChanged(0);
}

void RecordingBridge::stop() {
    const Result<Recording> recorded = m_recorder->stop();
    m_poll.stop();
    if (!recorded) return;
    m_settings.remove(QLatin1String(kGoingOn));
    Q_EMIT metersChanged({});
    Q_EMIT recordingChanged(false);
    QString sentence = toText(recorded->problem);
    if (recorded->length.value == 0) {
        Q_EMIT failed(sentence.isEmpty() ? tr("Nothing was recorded: the input gave no sound yet.")
                                         : sentence);
        return;
    }
    if (sentence.isEmpty() && recorded->lost.value > 0)
        sentence = tr("The disk was too slow for a moment: %1 s of the recording are silence.")
                       .arg(numberText(toSeconds(recorded->lost, recorded->rate).value, 2));
    Q_EMIT ended(recorded->file, sentence);
}

QString RecordingBridge::inputName() const {
    return toText(m_recorder->device().name);
}

void RecordingBridge::offerLeft() {
    const QString left = m_settings.value(QLatin1String(kGoingOn)).toString();
    if (left.isEmpty() || recording()) return;
    m_settings.remove(QLatin1String(kGoingOn));
    std::error_code ignored;
    if (std::filesystem::exists(toPath(left), ignored))
        Q_EMIT ended(toPath(left), tr("The recording that was going on when the studio ended was kept."));
}

void RecordingBridge::poll() {
    Q_EMIT metersChanged(m_recorder->meters());
    Q_EMIT lengthChanged(length());
}

}  // namespace smidgen::ui
