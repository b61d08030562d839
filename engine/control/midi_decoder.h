// What the messages of one MIDI device mean as movements of its controls.
#pragma once

#include <array>
#include <map>
#include <vector>

#include "engine/control/control_source.h"
#include "engine/control/midi_stream.h"

namespace smidgen {

/// Puts halves together (MIDI 1.0, controllers 0–31 with 32–63; NRPN through 98, 99, 6, 38, 96, 97). A coarse
/// half sets its fine half to zero, as the standard has it. A controller below 64 is told as itself and as
/// its pair; who listens decides. Registered parameters, channel mode messages (120–127), aftertouch and
/// releases of notes that never sounded are not controls. One thread.
class MidiDecoder {
 public:
    [[nodiscard]] std::vector<MidiMove> read(const ChannelMessage& message);

 private:
    struct Channel {
        std::array<int, 32> coarse{};  ///< −1: not heard yet
        int parameterCoarse = -1;      ///< of the chosen NRPN
        int parameterFine = -1;
        int registeredCoarse = 127;  ///< of the chosen RPN
        int registeredFine = 127;
        bool registered = false;  ///< an RPN was chosen last
        Channel() { coarse.fill(-1); }
        [[nodiscard]] int parameter() const;  ///< −1: none
    };
    void readController(int channel, int number, int value, std::vector<MidiMove>& moves);
    bool readParameter(int channel, int number, int value, std::vector<MidiMove>& moves);

    std::array<Channel, 16> m_channels;
    std::map<std::pair<int, int>, int> m_parameters;  ///< channel, NRPN → its value
    std::array<std::array<bool, 128>, 16> m_sounding{};
};

/// The messages that make a device show `value` at its control: a motor fader, a ring of lights. Empty for
/// program changes.
[[nodiscard]] std::vector<ChannelMessage> messagesFor(const ControlSource& source, int value);

}  // namespace smidgen
