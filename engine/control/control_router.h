// From movements of MIDI controls to changes of what they are mapped to, and back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/control/control_change.h"
#include "engine/control/control_mapping.h"
#include "engine/control/midi_stream.h"

namespace smidgen {

/// What a device shall be sent.
struct MidiReply {
    std::string port;
    std::vector<ChannelMessage> messages;
};

/// Holds what each mapping has to remember: whether it has picked its target up, where the control stands,
/// what the device shows. Times are of one steady clock, in milliseconds. One thread.
class ControlRouter {
 public:
    /// Each has passed checkMapping(). Everything is forgotten: controls pick up anew.
    void setMappings(std::vector<ControlMapping> mappings, const std::vector<ControlTarget>& targets);
    /// What that device moved last is picked up anew.
    void forget(const std::string& port);
    [[nodiscard]] const std::vector<ControlMapping>& mappings() const { return m_mappings; }

    /// `state` is where everything stood before this movement.
    [[nodiscard]] std::vector<ControlChange> route(const std::string& port, const MidiMove& move,
                                                   const ControlState& state, double now);

    /// The target stands at `value` (toggle: 0 or 1): what devices shall show, but for the control that did
    /// it. What they show already is not sent again.
    [[nodiscard]] std::vector<MidiReply> show(const std::string& target, double value,
                                              const ChangeOrigin& origin, double now);

    /// Where an absolute control stands that has not met its slider yet (a position); nothing when it holds.
    [[nodiscard]] std::optional<double> waitingAt(std::size_t mapping) const;

 private:
    struct Memory {
        TargetKind kind = TargetKind::slider;
        std::string port;              ///< the device that moved it last
        std::optional<double> stands;  ///< position where the control stands
        std::optional<double> put;     ///< position where it put the slider; nothing: it does not hold it
        bool waiting = false;          ///< it has moved without meeting its slider
        bool down = false;             ///< of a button
        std::optional<int> shown;      ///< the device's value, as sent or received
        int shownBefore = 0;           ///< what it showed when it was sent something else
        std::optional<double> sentAt;  ///< when
    };
    std::optional<ControlChange> slide(const ControlMapping& mapping, Memory& memory, const MidiMove& move,
                                       const ControlState& state);
    std::optional<ControlChange> press(const ControlMapping& mapping, Memory& memory, const MidiMove& move);
    [[nodiscard]] static bool isEcho(const Memory& memory, const MidiMove& move, double now);

    std::vector<ControlMapping> m_mappings;
    std::vector<Memory> m_memories;
};

}  // namespace smidgen
