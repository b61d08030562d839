// The transport as the window sees it: one thing to hear at a time, its position and its meters.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "engine/playback/message_loop.h"
#include "engine/playback/playback.h"

class QSocketNotifier;

namespace smidgen::ui {

/// What is in the transport. `key` says which control started it ("take:…", "sound:…", "preview:…").
struct Listening {
    QString key;
    QString name;
    std::filesystem::path file;
};

/// Owns JUCE's queue and the playback engine; create it after QApplication, on its thread, and destroy it
/// before. Opens no device by itself.
class PlaybackBridge final : public QObject {
    Q_OBJECT

 public:
    using Range = std::optional<std::pair<double, double>>;  ///< seconds

    explicit PlaybackBridge(QObject* parent = nullptr);
    ~PlaybackBridge() override;

    /// The engine below, for the audio settings. This thread only.
    [[nodiscard]] Playback& playback() { return *m_playback; }
    /// Blocks while the driver opens the device. A failure is told by failed() and kept in
    /// Playback::state().
    void openDevice(const OutputSetup& setup);
    [[nodiscard]] const OutputSetup& setup() const { return m_setup; }

    /// Puts it into the transport without a sound. False (and failed()) when it cannot be read.
    bool load(const Listening& item);
    /// Another sound that lies in memory, in the transport from its start; without a marked part, and looping
    /// as a whole when looping is on. False (and failed()) when it cannot be played.
    bool load(const Listening& item, std::shared_ptr<const AudioBuffer> sound);
    /// The same place of another sound, in memory or, without samples, the item's file: what plays goes over
    /// into it without a click; loop, marked part and playhead stay. For versions of one sound; when nothing
    /// is loaded, as load(). False (and failed()) when it cannot be played.
    bool exchange(const Listening& item, std::shared_ptr<const AudioBuffer> sound);
    /// Of what is loaded, when it lies in memory.
    [[nodiscard]] const std::shared_ptr<const AudioBuffer>& samples() const { return m_samples; }
    /// Plays it from the start; stops it when this very thing is playing.
    void audition(const Listening& item);
    [[nodiscard]] const Listening& loaded() const { return m_loaded; }
    [[nodiscard]] bool playing() const;
    [[nodiscard]] bool playing(const QString& key) const { return playing() && m_loaded.key == key; }
    [[nodiscard]] double position() const { return m_playback->position().value; }
    [[nodiscard]] double length() const { return m_playback->length().value; }

    /// Play from where the playhead stands, or from the start of the marked part when it stands outside; or
    /// pause.
    void toggle();
    void stop();
    void seek(double seconds);
    /// The marked part of the loaded sound: looping repeats it, else the whole.
    void setMarked(Range range);
    [[nodiscard]] const Range& marked() const { return m_marked; }
    void setLooping(bool on);
    [[nodiscard]] bool looping() const { return m_looping; }

 Q_SIGNALS:
    void loadedChanged();
    void transportChanged();
    void positionChanged(double seconds);
    /// By seek(), not by playing on.
    void sought();
    void markedChanged();
    void loopingChanged(bool on);
    void metersChanged(const smidgen::Meters& meters);
    void deviceChanged();
    void failed(const QString& sentence);

 private:
    void watchDescriptors();
    void applyLoop();
    bool take(const Listening& item, std::shared_ptr<const AudioBuffer> sound);
    void poll();
    void transportMoved();

    std::unique_ptr<MessageLoop> m_messages;
    std::map<int, std::unique_ptr<QSocketNotifier>> m_notifiers;
    std::unique_ptr<Playback> m_playback;
    OutputSetup m_setup;
    Listening m_loaded;
    std::shared_ptr<const AudioBuffer> m_samples;
    Range m_marked;
    bool m_looping = false;
    TransportState m_lastTransport = TransportState::stopped;
    QTimer m_poll;
    QElapsedTimer m_sinceSound;  ///< meters are read for a moment after the sound has ended
};

}  // namespace smidgen::ui
