// MIDI on the command line: what inputs there are, and listening to them. A program built without playback
// has none, and says so.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/control/control_desk.h"
#include "engine/foundation/result.h"

namespace smidgen::cli {

struct MidiInputList {
    std::vector<std::string> names;
    std::string problem;  ///< why there is no MIDI from devices; empty where there is
};
[[nodiscard]] MidiInputList listMidiInputs();

class MidiListening {
 public:
    /// Hands `desk` what the inputs send, and shows them what moves; all of them when `name` is empty.
    /// Errors: notFound (with the names there are), device (none at all and one was named).
    [[nodiscard]] static Result<std::unique_ptr<MidiListening>> open(ControlDesk& desk,
                                                                     const std::string& name);
    ~MidiListening();
    /// Serves devices for so long; sentences about inputs that came or went.
    [[nodiscard]] std::vector<std::string> serve(int milliseconds);
    [[nodiscard]] std::vector<std::string> names() const;

 private:
    struct Impl;
    explicit MidiListening(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace smidgen::cli
