// The system's MIDI inputs, and the outputs of the same devices.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/foundation/result.h"

namespace smidgen {

struct MidiInputPort {
    std::string name;        ///< unique: a second "Pads" is "Pads (2)"
    bool listening = false;  ///< open now
    bool operator==(const MidiInputPort&) const = default;
};

/// Inputs through JUCE's devices (ALSA's sequencer on Linux), and one port "JACK MIDI" while a JACK server
/// runs. All calls on the thread that owns MessageLoop; destroy before it.
class MidiPorts {
 public:
    struct Listener {
        /// Owner's thread: the number by which an input that is about to be opened will be known.
        std::function<int(const std::string& name)> number;
        /// A MIDI thread: one message of that input.
        std::function<void(int port, std::span<const std::uint8_t> message)> heard;
    };
    struct Changes {
        std::vector<std::string> came;     ///< opened since the last look
        std::vector<std::string> went;     ///< were open, and are unplugged
        std::vector<std::string> refused;  ///< a sentence for each that could not be opened
    };

    explicit MidiPorts(Listener listener);
    ~MidiPorts();
    MidiPorts(const MidiPorts&) = delete;
    MidiPorts& operator=(const MidiPorts&) = delete;

    /// Listens to every input, or to those of these names once they are there.
    [[nodiscard]] Changes listenTo(bool all, std::vector<std::string> names);
    /// Looks for inputs that came or went; call it about once a second.
    [[nodiscard]] Changes refresh();
    [[nodiscard]] const std::vector<MidiInputPort>& inputs() const;
    /// Why there is no MIDI from devices, in a sentence; empty where there is.
    [[nodiscard]] static std::string problem();

    /// To the output of that name, if there is one; a message of up to three bytes.
    void send(const std::string& name, std::span<const std::uint8_t> message);

    /// The name of the port other programs reach through JACK.
    static constexpr const char* kJackPort = "JACK MIDI";

 private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen
