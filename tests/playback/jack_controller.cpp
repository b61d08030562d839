#include "jack_controller.h"

#include <algorithm>

namespace smidgen::testing {

JackController::JackController() {
    jack_status_t status{};
    m_client = jack_client_open("knobs", JackNoStartServer, &status);
    if (m_client == nullptr) return;
    m_in = jack_port_register(m_client, "lamps", JACK_DEFAULT_MIDI_TYPE, JackPortIsInput, 0);
    m_out = jack_port_register(m_client, "knobs", JACK_DEFAULT_MIDI_TYPE, JackPortIsOutput, 0);
    jack_set_process_callback(m_client, process, this);
    m_connected = jack_activate(m_client) == 0 &&
                  jack_connect(m_client, "knobs:knobs", "Smidgen MIDI:in") == 0 &&
                  jack_connect(m_client, "Smidgen MIDI:out", "knobs:lamps") == 0;
}

JackController::~JackController() {
    if (m_client != nullptr) jack_client_close(m_client);
}

void JackController::send(const Bytes& message) {
    const std::lock_guard lock(m_mutex);
    m_waiting.push_back(message);
}

std::vector<JackController::Bytes> JackController::shown() const {
    const std::lock_guard lock(m_mutex);
    return m_shown;
}

int JackController::process(jack_nframes_t frames, void* self) {
    auto& controller = *static_cast<JackController*>(self);
    const std::lock_guard lock(controller.m_mutex);
    void* out = jack_port_get_buffer(controller.m_out, frames);
    jack_midi_clear_buffer(out);
    jack_nframes_t time = 0;
    for (const Bytes& message : controller.m_waiting)
        jack_midi_event_write(out, std::min(time++, frames - 1), message.data(), message.size());
    controller.m_waiting.clear();
    void* in = jack_port_get_buffer(controller.m_in, frames);
    for (std::uint32_t i = 0; i < jack_midi_get_event_count(in); ++i) {
        jack_midi_event_t event{};
        if (jack_midi_event_get(&event, in, i) == 0)
            controller.m_shown.emplace_back(event.buffer, event.buffer + event.size);
    }
    return 0;
}

}  // namespace smidgen::testing
