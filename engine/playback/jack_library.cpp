#include "engine/playback/jack_library.h"

#if !defined(_WIN32)
#include <dlfcn.h>
#endif

#include <optional>

namespace smidgen {
namespace {

std::optional<JackLibrary> load() {
#if defined(_WIN32)
    return std::nullopt;
#else
    void* library = ::dlopen("libjack.so.0", RTLD_LAZY);
    if (library == nullptr) return std::nullopt;
    bool complete = true;
    const auto find = [&](const char* name, auto& function) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(::dlsym(library, name));
        complete = complete && function != nullptr;
    };
    decltype(&jack_set_error_function) setError = nullptr;
    decltype(&jack_set_info_function) setInfo = nullptr;
    find("jack_set_error_function", setError);
    find("jack_set_info_function", setInfo);
    JackLibrary jack;
    find("jack_client_open", jack.clientOpen);
    find("jack_client_close", jack.clientClose);
    find("jack_activate", jack.activate);
    find("jack_on_shutdown", jack.onShutdown);
    find("jack_set_process_callback", jack.setProcessCallback);
    find("jack_port_register", jack.portRegister);
    find("jack_port_get_buffer", jack.portGetBuffer);
    find("jack_midi_get_event_count", jack.midiEventCount);
    find("jack_midi_event_get", jack.midiEventGet);
    find("jack_midi_clear_buffer", jack.midiClearBuffer);
    find("jack_midi_event_write", jack.midiEventWrite);
    if (setError != nullptr) setError([](const char*) {});
    if (setInfo != nullptr) setInfo([](const char*) {});
    return complete ? std::optional(jack) : std::nullopt;
#endif
}

}  // namespace

const JackLibrary* jackLibrary() {
    static const std::optional<JackLibrary> kLibrary = load();
    return kLibrary ? &*kLibrary : nullptr;
}

}  // namespace smidgen
