// A MIDI controller that hangs on a JACK server: sends known bytes, and keeps what it is shown.
#pragma once

#include <jack/jack.h>
#include <jack/midiport.h>

#include <atomic>
#include <mutex>
#include <vector>

namespace smidgen::testing {

/// Connects itself to the ports of "Smidgen MIDI" when it is made.
class JackController {
 public:
    using Bytes = std::vector<std::uint8_t>;

    JackController();
    ~JackController();
    JackController(const JackController&) = delete;
    JackController& operator=(const JackController&) = delete;

    [[nodiscard]] bool connected() const { return m_connected; }
    /// One message, with the next cycle.
    void send(const Bytes& message);
    [[nodiscard]] std::vector<Bytes> shown() const;

 private:
    static int process(jack_nframes_t frames, void* self);
    jack_client_t* m_client = nullptr;
    jack_port_t* m_in = nullptr;
    jack_port_t* m_out = nullptr;
    bool m_connected = false;
    mutable std::mutex m_mutex;  ///< a test's client need not keep pace
    std::vector<Bytes> m_waiting;
    std::vector<Bytes> m_shown;
};

}  // namespace smidgen::testing
