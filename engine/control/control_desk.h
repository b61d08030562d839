// Everything that can be controlled from outside, and everything that controls it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/control/control_change.h"
#include "engine/control/control_router.h"
#include "engine/control/osc_addresses.h"

namespace smidgen {

/// One movement of a MIDI control, mapped or not.
struct HeardMove {
    std::string port;
    MidiMove move;
};

/// What has arrived since the last time.
struct TakenControls {
    /// In order. A slider moved several times between two presses is told once, where it was last put.
    std::vector<ControlChange> changes;
    std::vector<HeardMove> moves;
    /// What learning has settled; the owner adds it to the mappings.
    std::optional<ControlMapping> learned;
    /// Sentences that were answered to OSC messages that could not be done.
    std::vector<std::string> refusals;
};

/// Threads: heardMidi() may be called by any, and the OSC server has one of its own; both hand over through a
/// lock-free queue. All else happens on the one thread that receives: it calls take() after each wake-up.
class ControlDesk {
 public:
    /// `wake` is called on the sending thread, once until take() begins.
    ControlDesk(std::vector<ControlTarget> targets, std::function<void()> wake);
    ~ControlDesk();
    ControlDesk(const ControlDesk&) = delete;
    ControlDesk& operator=(const ControlDesk&) = delete;

    /// Any thread: bytes of MIDI from the input that addPort() numbered (0 or more).
    void heardMidi(int port, std::span<const std::uint8_t> bytes);

    /// The number of the MIDI input of that name, the same for the same name. Its running status and chosen
    /// parameters begin anew.
    int addPort(const std::string& name);
    /// `now`: milliseconds of a steady clock.
    [[nodiscard]] TakenControls take(double now);

    [[nodiscard]] const std::vector<ControlTarget>& targets() const;
    [[nodiscard]] const OscAddresses& addresses() const;
    /// Mappings of unknown targets do nothing.
    void setMappings(std::vector<ControlMapping> mappings);
    /// A device that has come anew: where its controls stood is forgotten, other devices keep theirs.
    void forgetPort(const std::string& port);
    [[nodiscard]] std::optional<double> waitingAt(std::size_t mapping) const;

    void learn(const ControlTarget& target);
    void cancelLearning();
    [[nodiscard]] bool learning() const;
    [[nodiscard]] std::string learningHint() const;

    /// Where a slider (nothing: left as it comes) or toggle (0 or 1) stands now, whoever moved it. Devices
    /// and subscribers are shown it, but for the one that asked for just this.
    void moved(const std::string& target, std::optional<double> value, double now);
    /// Shows devices how everything stands: after mappings were set, or a device came.
    void showEverything(double now);
    [[nodiscard]] const ControlState& state() const;

    /// Where to send what devices shall show.
    void onMidiReply(std::function<void(const MidiReply&)> reply);

    /// Errors: as OscServer::open. An open server is closed first; subscribers are then forgotten.
    [[nodiscard]] Status openOsc(int port, bool otherMachines);
    void closeOsc();
    [[nodiscard]] std::optional<int> oscPort() const;
    [[nodiscard]] std::size_t subscribers() const;

 private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
