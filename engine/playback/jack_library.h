// libjack, found at run time: a machine without it plays and listens through ALSA. Private to
// engine/playback.
#pragma once

#include <jack/jack.h>
#include <jack/midiport.h>

namespace smidgen {

/// The functions that are called here; all of them are there.
struct JackLibrary {
    decltype(&jack_client_open) clientOpen = nullptr;
    decltype(&jack_client_close) clientClose = nullptr;
    decltype(&jack_activate) activate = nullptr;
    decltype(&jack_on_shutdown) onShutdown = nullptr;
    decltype(&jack_set_process_callback) setProcessCallback = nullptr;
    decltype(&jack_port_register) portRegister = nullptr;
    decltype(&jack_port_get_buffer) portGetBuffer = nullptr;
    decltype(&jack_midi_get_event_count) midiEventCount = nullptr;
    decltype(&jack_midi_event_get) midiEventGet = nullptr;
    decltype(&jack_midi_clear_buffer) midiClearBuffer = nullptr;
    decltype(&jack_midi_event_write) midiEventWrite = nullptr;
};

/// Null when the system has no libjack. The library prints to standard error whenever no server runs; it is
/// kept quiet, for we say that ourselves.
[[nodiscard]] const JackLibrary* jackLibrary();

}  // namespace smidgen
