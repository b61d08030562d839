// Recording as the window sees it: one at a time, into a folder of the person's, and kept over a crash.
#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>
#include <memory>

#include "engine/playback/recorder.h"

class QSettings;

namespace smidgen::ui {

class PlaybackBridge;

/// Window thread. A recording that goes on when this is destroyed, or when the program dies, is kept and told
/// by offerLeft() of the next one on the same settings.
class RecordingBridge final : public QObject {
    Q_OBJECT

 public:
    /// `sound` owns JUCE's queue and outlives this.
    RecordingBridge(const PlaybackBridge& sound, QSettings& settings, QObject* parent = nullptr);
    ~RecordingBridge() override;

    /// Where the next recording goes: what was chosen, else "Smidgen" in the person's music.
    [[nodiscard]] std::filesystem::path folder() const;
    void setFolder(const std::filesystem::path& folder);
    /// What the next one is recorded from; empty: the system's default input.
    [[nodiscard]] AudioDevice input() const;
    void setInput(const AudioDevice& input);
    /// 1 or 2.
    [[nodiscard]] int channels() const;
    void setChannels(int channels);

    /// Blocks while the driver opens the input. A failure is told by failed().
    void start();
    void stop();
    [[nodiscard]] bool recording() const { return m_recorder->recording(); }
    [[nodiscard]] double length() const { return m_recorder->length().value; }
    [[nodiscard]] QString inputName() const;
    void resetClip() { m_recorder->resetClip(); }
    /// ended() for the recording that was going on when the program last ended, if it is still there.
    void offerLeft();

 Q_SIGNALS:
    void recordingChanged(bool on);
    void lengthChanged(double seconds);
    void metersChanged(const smidgen::Meters& meters);
    /// The file is complete. `sentence`: what the person should know about it.
    void ended(const std::filesystem::path& file, const QString& sentence);
    void failed(const QString& sentence);

 private:
    [[nodiscard]] std::filesystem::path nextFile() const;
    void poll();

    QSettings& m_settings;
    std::unique_ptr<Recorder> m_recorder;
    QTimer m_poll;
};

}  // namespace smidgen::ui
