#include "engine/playback/jack_midi.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <semaphore>
#include <thread>
#include <utility>

#include "engine/playback/jack_library.h"
#include "engine/playback/spsc_queue.h"

namespace smidgen {
namespace {

/// More than any cable carries (3125 bytes a second) in ten seconds.
constexpr std::size_t kInputRoom = 16384;
constexpr std::size_t kOutputRoom = 1024;

struct ShortEvent {
    std::array<std::uint8_t, 3> bytes{};
    std::uint8_t size = 0;
};

ShortEvent eventOf(const std::uint8_t* bytes, std::size_t size) noexcept {
    ShortEvent event;
    std::copy_n(bytes, size, event.bytes.begin());
    event.size = static_cast<std::uint8_t>(size);
    return event;
}

}  // namespace

struct JackMidi::Impl {
    explicit Impl(Receive call) : receive(std::move(call)) {}

    const JackLibrary* jack = jackLibrary();
    Receive receive;
    jack_client_t* client = nullptr;
    jack_port_t* in = nullptr;
    jack_port_t* out = nullptr;
    SpscQueue<ShortEvent> heard{kInputRoom};  ///< JACK's thread → ours
    SpscQueue<ShortEvent> toSend{kOutputRoom};
    std::counting_semaphore<> arrivals{0};
    std::atomic<bool> lost{false};
    std::atomic<bool> stop{false};
    std::thread pump;

    ~Impl() {
        if (client != nullptr) jack->clientClose(client);
        stop.store(true);
        arrivals.release();
        if (pump.joinable()) pump.join();
    }

    bool open() {
        jack_status_t status{};
        client = jack->clientOpen("Smidgen MIDI", JackNoStartServer, &status);
        if (client == nullptr) return false;
        in = jack->portRegister(client, "in", JACK_DEFAULT_MIDI_TYPE, JackPortIsInput, 0);
        out = jack->portRegister(client, "out", JACK_DEFAULT_MIDI_TYPE, JackPortIsOutput, 0);
        if (in == nullptr || out == nullptr) return false;
        jack->setProcessCallback(
            client,
            [](jack_nframes_t frames, void* self) {
                static_cast<Impl*>(self)->process(frames);
                return 0;
            },
            this);
        jack->onShutdown(
            client, [](void* self) { static_cast<Impl*>(self)->lost.store(true); }, this);
        pump = std::thread([this] { run(); });
        return jack->activate(client) == 0;
    }

    /// JACK's thread: neither allocates nor locks.
    void process(jack_nframes_t frames) noexcept {
        void* input = jack->portGetBuffer(in, frames);
        const std::uint32_t count = jack->midiEventCount(input);
        bool any = false;
        for (std::uint32_t i = 0; i < count; ++i) {
            jack_midi_event_t event{};
            if (jack->midiEventGet(&event, input, i) != 0 || event.size == 0 || event.size > 3) continue;
            any = heard.try_enqueue(eventOf(event.buffer, event.size)) || any;
        }
        if (any) arrivals.release();
        void* output = jack->portGetBuffer(out, frames);
        jack->midiClearBuffer(output);
        while (const ShortEvent* event = toSend.peek()) {
            if (jack->midiEventWrite(output, 0, event->bytes.data(), event->size) != 0) break;
            toSend.pop();
        }
    }

    void run() {
        while (!stop.load()) {
            arrivals.acquire();
            for (ShortEvent event; heard.try_dequeue(event);)
                receive(std::span(event.bytes).first(event.size));
        }
    }
};

JackMidi::JackMidi(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
JackMidi::~JackMidi() = default;

bool JackMidi::available() {
    return jackLibrary() != nullptr;
}

std::unique_ptr<JackMidi> JackMidi::open(Receive receive) {
    if (jackLibrary() == nullptr) return nullptr;
    auto impl = std::make_unique<Impl>(std::move(receive));
    if (!impl->open()) return nullptr;
    return std::unique_ptr<JackMidi>(new JackMidi(std::move(impl)));
}

bool JackMidi::lost() const {
    return m_impl->lost.load();
}

void JackMidi::send(std::span<const std::uint8_t> message) {
    if (message.empty() || message.size() > 3) return;
    static_cast<void>(m_impl->toSend.try_enqueue(eventOf(message.data(), message.size())));
}

}  // namespace smidgen
