#include "app/cli/midi_listening.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#if SMIDGEN_PLAYBACK
#include "engine/playback/message_loop.h"
#include "engine/playback/midi_ports.h"
#endif

namespace smidgen::cli {

#if SMIDGEN_PLAYBACK

namespace {

constexpr auto kLookEvery = std::chrono::seconds(1);

std::vector<std::string> sentencesOf(const MidiPorts::Changes& changes) {
    std::vector<std::string> sentences;
    for (const std::string& name : changes.came) sentences.push_back("Listening to " + name + ".");
    for (const std::string& name : changes.went) sentences.push_back(name + " was unplugged.");
    sentences.insert(sentences.end(), changes.refused.begin(), changes.refused.end());
    return sentences;
}

std::vector<std::string> namesOf(const MidiPorts& ports) {
    std::vector<std::string> names;
    for (const MidiInputPort& port : ports.inputs()) names.push_back(port.name);
    return names;
}

}  // namespace

struct MidiListening::Impl {
    explicit Impl(ControlDesk& to)
        : desk(to),
          ports(
              {[this](const std::string& name) { return desk.addPort(name); },
               [this](int port, std::span<const std::uint8_t> message) { desk.heardMidi(port, message); }}) {
        desk.onMidiReply([this](const MidiReply& reply) {
            for (const ChannelMessage& message : reply.messages)
                ports.send(reply.port, bytesOf(message).span());
        });
    }
    ~Impl() { desk.onMidiReply({}); }

    ControlDesk& desk;
    MessageLoop loop;
    MidiPorts ports;
    std::vector<std::string> news;
    std::chrono::steady_clock::time_point looked = std::chrono::steady_clock::now();
};

MidiInputList listMidiInputs() {
    const MessageLoop loop;
    MidiPorts ports({[](const std::string&) { return 0; }, [](int, std::span<const std::uint8_t>) {}});
    static_cast<void>(ports.listenTo(false, {MidiPorts::kJackPort}));
    return {namesOf(ports), MidiPorts::problem()};
}

Result<std::unique_ptr<MidiListening>> MidiListening::open(ControlDesk& desk, const std::string& name) {
    auto impl = std::make_unique<Impl>(desk);
    impl->news = sentencesOf(impl->ports.listenTo(
        name.empty(), name.empty() ? std::vector<std::string>() : std::vector<std::string>{name}));
    const auto names = namesOf(impl->ports);
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
        std::string known;
        for (const std::string& each : names) known += (known.empty() ? "'" : ", '") + each + "'";
        if (known.empty())
            return failure(ErrorCode::device,
                           "There is no MIDI input '" + name + "', nor any other. " + MidiPorts::problem());
        return failure(ErrorCode::notFound,
                       "There is no MIDI input '" + name + "'. Those there are: " + known + ".");
    }
    return std::unique_ptr<MidiListening>(new MidiListening(std::move(impl)));
}

std::vector<std::string> MidiListening::serve(int milliseconds) {
    m_impl->loop.runFor(milliseconds);
    if (std::chrono::steady_clock::now() - m_impl->looked > kLookEvery) {
        m_impl->looked = std::chrono::steady_clock::now();
        for (std::string& sentence : sentencesOf(m_impl->ports.refresh()))
            m_impl->news.push_back(std::move(sentence));
    }
    return std::exchange(m_impl->news, {});
}

std::vector<std::string> MidiListening::names() const {
    return namesOf(m_impl->ports);
}

#else

struct MidiListening::Impl {};

MidiInputList listMidiInputs() {
    return {{}, "This program was built without playback, and so without MIDI."};
}

Result<std::unique_ptr<MidiListening>> MidiListening::open(ControlDesk&, const std::string& name) {
    if (!name.empty()) return failure(ErrorCode::device, listMidiInputs().problem);
    return std::unique_ptr<MidiListening>(new MidiListening(nullptr));
}

std::vector<std::string> MidiListening::serve(int milliseconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    return {};
}

std::vector<std::string> MidiListening::names() const {
    return {};
}

#endif

MidiListening::MidiListening(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
MidiListening::~MidiListening() = default;

}  // namespace smidgen::cli
