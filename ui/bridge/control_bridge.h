// MIDI controllers and OSC as the window sees them.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QStringList>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <optional>

#include "engine/control/control_desk.h"
#include "engine/control/control_settings.h"
#include "engine/playback/midi_ports.h"

namespace smidgen::ui {

/// Owns what can be controlled, the mappings and the ports. Lives on the window's thread; create it after the
/// PlaybackBridge, which owns JUCE's queue, and destroy it before. Opens nothing until start(). Every change
/// of the settings is written to their file at once.
class ControlBridge final : public QObject {
    Q_OBJECT

 public:
    /// `shortcuts`: resources/shortcuts.json, whose actions can be pressed.
    ControlBridge(std::filesystem::path file, const QByteArray& shortcuts, QObject* parent = nullptr);
    ~ControlBridge() override;

    /// Opens the MIDI inputs and the OSC port the settings name. Tells by warned() what cannot be.
    void start();

    [[nodiscard]] const std::vector<ControlTarget>& targets() const { return m_desk.targets(); }
    [[nodiscard]] QString nameOf(const std::string& target) const;
    [[nodiscard]] const ControlSettings& settings() const { return m_settings; }
    [[nodiscard]] const ControlDesk& desk() const { return m_desk; }
    /// The MIDI inputs there are now.
    [[nodiscard]] const std::vector<MidiInputPort>& inputs() const { return m_ports.inputs(); }
    /// "Controller 7 on channel 1 of nanoKONTROL2".
    [[nodiscard]] static QString describe(const ControlMapping& mapping);
    /// Whether anything moves it.
    [[nodiscard]] bool isMapped(const std::string& target) const;

    /// The sentences say what else the new mapping's control moves. Errors: as checkMapping.
    [[nodiscard]] Result<QStringList> setMapping(std::size_t index, const ControlMapping& mapping);
    void removeMapping(std::size_t index);
    /// Every mapping of a target.
    void forget(const std::string& target);
    void listenTo(bool all, std::vector<std::string> names);
    /// Errors: as OscServer::open; the settings then keep what was asked for, and nothing listens.
    [[nodiscard]] Status setOsc(bool on, int port, bool otherMachines);

    /// The next control that moves is bound to it.
    void learn(const std::string& target);
    void cancelLearning();
    [[nodiscard]] std::optional<std::string> learning() const { return m_learning; }
    [[nodiscard]] QString learningHint() const;

    /// Where a slider or switch stands now: shown on devices and told to subscribers.
    void report(const std::string& target, std::optional<double> value);

 Q_SIGNALS:
    /// A controller asks for this; whoever does it reports where the target came to stand.
    void asked(const smidgen::ControlChange& change);
    /// Also when learning has added one.
    void mappingsChanged();
    void learningChanged();
    /// Inputs or OSC.
    void portsChanged();
    /// What a control just did, in a line.
    void noted(const QString& line);
    void learned(const QString& sentence);
    void warned(const QString& sentence);

 private:
    void take();
    void look();
    void tell(const MidiPorts::Changes& changes);
    void bind(ControlMapping mapping);
    void useMappings();
    void save();
    void noteWaiting(const HeardMove& move);
    [[nodiscard]] double now() const { return static_cast<double>(m_clock.nsecsElapsed()) / 1e6; }

    std::filesystem::path m_file;
    QElapsedTimer m_clock;
    ControlDesk m_desk;
    MidiPorts m_ports;
    ControlSettings m_settings;
    QString m_readProblem;
    std::optional<std::string> m_learning;
    QTimer m_look;
};

}  // namespace smidgen::ui
