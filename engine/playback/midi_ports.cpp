#include "engine/playback/midi_ports.h"

#include <juce_audio_devices/juce_audio_devices.h>

#if JUCE_LINUX
#include <unistd.h>
#endif

#include <algorithm>
#include <cerrno>
#include <map>
#include <set>
#include <utility>

#include "engine/playback/jack_midi.h"

namespace smidgen {
namespace {

/// A JACK server that is not there is looked for at every fifth look.
constexpr int kJackEvery = 5;

struct Device {
    std::string name;
    juce::String identifier;
};

/// Those JUCE offers, each with a name of its own.
std::vector<Device> devicesOf(const juce::Array<juce::MidiDeviceInfo>& infos) {
    std::vector<Device> devices;
    std::map<std::string, int> times;
    for (const auto& info : infos) {
        std::string name = info.name.toStdString();
        if (const int time = ++times[name]; time > 1) name += " (" + std::to_string(time) + ")";
        devices.push_back({std::move(name), info.identifier});
    }
    return devices;
}

std::vector<Device> inputDevices() {
    return MidiPorts::problem().empty() ? devicesOf(juce::MidiInput::getAvailableDevices())
                                        : std::vector<Device>();
}

class OpenInput final : public juce::MidiInputCallback {
 public:
    OpenInput(int number, const MidiPorts::Listener& listener) : m_number(number), m_listener(listener) {}
    ~OpenInput() override {
        if (m_input) m_input->stop();
    }
    [[nodiscard]] bool open(const juce::String& identifier) {
        m_input = juce::MidiInput::openDevice(identifier, this);
        if (m_input) m_input->start();
        return m_input != nullptr;
    }
    void handleIncomingMidiMessage(juce::MidiInput*, const juce::MidiMessage& message) override {
        const int size = message.getRawDataSize();
        if (size >= 1 && size <= 3)
            m_listener.heard(m_number, {message.getRawData(), static_cast<std::size_t>(size)});
    }

 private:
    int m_number;
    const MidiPorts::Listener& m_listener;
    std::unique_ptr<juce::MidiInput> m_input;
};

}  // namespace

struct MidiPorts::Impl {
    explicit Impl(Listener call) : listener(std::move(call)) {}

    Listener listener;
    bool all = false;
    std::vector<std::string> names;
    std::vector<MidiInputPort> inputs;
    std::map<std::string, std::unique_ptr<OpenInput>> open;
    std::map<std::string, std::unique_ptr<juce::MidiOutput>> outputs;  ///< null: there is none
    std::set<std::string> refused;  ///< told once, until they are unplugged
    std::unique_ptr<JackMidi> jack;
    int looksUntilJack = 0;

    [[nodiscard]] bool wants(const std::string& name) const {
        return all || std::find(names.begin(), names.end(), name) != names.end();
    }

    void look(Changes& changes) {
        const std::vector<Device> devices = inputDevices();
        const auto there = [&](const std::string& name) {
            return std::any_of(devices.begin(), devices.end(),
                               [&](const Device& device) { return device.name == name; });
        };
        for (auto entry = open.begin(); entry != open.end();) {
            const bool gone = !there(entry->first);
            if (gone) changes.went.push_back(entry->first);
            entry = gone || !wants(entry->first) ? open.erase(entry) : std::next(entry);
        }
        std::erase_if(refused, [&](const std::string& name) { return !there(name); });
        inputs.clear();
        for (const Device& device : devices) {
            if (wants(device.name) && !open.contains(device.name)) openInput(device, changes);
            inputs.push_back({device.name, open.contains(device.name)});
        }
        lookForJack(changes);
        if (!changes.came.empty() || !changes.went.empty()) outputs.clear();  // found anew when needed
    }

    void openInput(const Device& device, Changes& changes) {
        auto input = std::make_unique<OpenInput>(listener.number(device.name), listener);
        if (input->open(device.identifier)) {
            open[device.name] = std::move(input);
            changes.came.push_back(device.name);
        } else if (refused.insert(device.name).second) {
            changes.refused.push_back("The MIDI input '" + device.name +
                                      "' could not be opened; another program may keep it for itself.");
        }
    }

    void lookForJack(Changes& changes) {
        if (jack && jack->lost()) {
            jack.reset();
            changes.went.emplace_back(kJackPort);
            looksUntilJack = 0;
        }
        if (!wants(kJackPort)) {
            jack.reset();
            looksUntilJack = 0;
        } else if (!jack && --looksUntilJack < 0) {
            looksUntilJack = kJackEvery - 1;
            const int number = listener.number(kJackPort);
            jack = JackMidi::open(
                [this, number](std::span<const std::uint8_t> message) { listener.heard(number, message); });
            if (jack) changes.came.emplace_back(kJackPort);
        }
        // Once not listened to it is still there to be chosen again, whether its server runs or not.
        if (jack || (!wants(kJackPort) && JackMidi::available()))
            inputs.push_back({kJackPort, jack != nullptr});
    }
};

MidiPorts::MidiPorts(Listener listener) : m_impl(std::make_unique<Impl>(std::move(listener))) {}
MidiPorts::~MidiPorts() = default;

MidiPorts::Changes MidiPorts::listenTo(bool all, std::vector<std::string> names) {
    m_impl->all = all;
    m_impl->names = std::move(names);
    m_impl->looksUntilJack = 0;
    return refresh();
}

MidiPorts::Changes MidiPorts::refresh() {
    Changes changes;
    m_impl->look(changes);
    return changes;
}

const std::vector<MidiInputPort>& MidiPorts::inputs() const {
    return m_impl->inputs;
}

std::string MidiPorts::problem() {
#if JUCE_LINUX
    // JUCE asks ALSA's sequencer, which prints to standard error when the kernel has none.
    if (::access("/dev/snd/seq", R_OK | W_OK) != 0)
        return errno == EACCES
                   ? "You may not use MIDI devices: /dev/snd/seq is for members of the group 'audio'."
                   : "This system's kernel offers no MIDI sequencer (/dev/snd/seq is not there; the module "
                     "is snd-seq), so no MIDI device can be heard.";
#endif
    return {};
}

void MidiPorts::send(const std::string& name, std::span<const std::uint8_t> message) {
    if (message.empty() || message.size() > 3) return;
    if (name == kJackPort) {
        if (m_impl->jack) m_impl->jack->send(message);
        return;
    }
    auto found = m_impl->outputs.find(name);
    if (found == m_impl->outputs.end()) {
        std::unique_ptr<juce::MidiOutput> output;
        if (problem().empty())
            for (const Device& device : devicesOf(juce::MidiOutput::getAvailableDevices()))
                if (device.name == name && !output) output = juce::MidiOutput::openDevice(device.identifier);
        found = m_impl->outputs.emplace(name, std::move(output)).first;
    }
    if (found->second)
        found->second->sendMessageNow(juce::MidiMessage(message.data(), static_cast<int>(message.size())));
}

}  // namespace smidgen
