#include "engine/playback/audio_output.h"

#include <juce_audio_devices/juce_audio_devices.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "engine/playback/jack_library.h"
#include "engine/playback/renderer.h"

namespace smidgen {
namespace {

constexpr int kPreferredRate = 48000;
/// Polls without a callback after which a device that says nothing counts as gone.
constexpr int kSilentPollsUntilLost = 8;

juce::String toJuce(const std::string& text) {
    return juce::String::fromUTF8(text.c_str());
}

juce::OwnedArray<juce::AudioIODeviceType> makeDeviceTypes() {
    static_cast<void>(jackLibrary());  // quiet before JUCE asks it
    juce::OwnedArray<juce::AudioIODeviceType> types;
    juce::AudioDeviceManager().createAudioDeviceTypes(types);
    return types;
}

/// A manager of one device type. A new one for every opening: JUCE's ALSA type scans once in its life, and
/// changing types inside one manager opens that type's default device first and sleeps 1.5 s.
class SingleTypeManager final : public juce::AudioDeviceManager {
 public:
    explicit SingleTypeManager(juce::String type) : m_type(std::move(type)) {}
    void createAudioDeviceTypes(juce::OwnedArray<juce::AudioIODeviceType>& list) override {
        auto all = makeDeviceTypes();
        for (int i = all.size(); --i >= 0;)
            if (all[i]->getTypeName() == m_type) list.add(all.removeAndReturn(i));
    }

 private:
    juce::String m_type;
};

/// JUCE's names are whatever the driver says; the ones we hand out can be matched exactly.
std::string nameOf(const OutputDevice& device) {
    return "'" + device.name + "' (" + device.type + ")";
}

template <typename T>
std::string listed(const std::vector<T>& values) {
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) text += (i ? ", " : "") + std::to_string(values[i]);
    return text;
}

class DeviceCallback final : public juce::AudioIODeviceCallback {
 public:
    void audioDeviceIOCallbackWithContext(const float* const*, int, float* const* outputs, int channels,
                                          int frames,
                                          const juce::AudioIODeviceCallbackContext&) noexcept override {
        renderer->render(outputs, channels, frames);
    }
    void audioDeviceAboutToStart(juce::AudioIODevice*) override { stopped.store(false); }
    void audioDeviceStopped() override { stopped.store(true); }  ///< any thread

    Renderer* renderer = nullptr;  ///< set before the callback is added
    std::atomic<bool> stopped{false};
};

}  // namespace

struct AudioOutput::Impl {
    explicit Impl(const OutputDevice& wanted) : manager(toJuce(wanted.type)) { opened.device = wanted; }
    ~Impl() { halt(); }

    void halt() {
        if (callback.renderer) manager.removeAudioCallback(&callback);
        callback.renderer = nullptr;
    }

    SingleTypeManager manager;
    DeviceCallback callback;
    OutputState opened;  ///< as it was when opened
    std::uint64_t callbacksSeen = 0;
    int silentPolls = 0;
};

AudioOutput::AudioOutput(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
AudioOutput::~AudioOutput() = default;

std::vector<OutputDevice> AudioOutput::scan() {
    std::vector<OutputDevice> devices;
    std::vector<OutputDevice> defaults;
    const auto types = makeDeviceTypes();
    for (auto* type : types) {
        type->scanForDevices();
        const auto names = type->getDeviceNames(false);
        for (int i = 0; i < names.size(); ++i) {
            OutputDevice device{type->getTypeName().toStdString(), names[i].toStdString()};
            // A JACK server someone started is what they want to hear through; it also holds the card.
            if (device.type == "JACK" && device.name == "system")
                defaults.insert(defaults.begin(), std::move(device));
            else if (i == type->getDefaultDeviceIndex(false))
                defaults.push_back(std::move(device));
            else
                devices.push_back(std::move(device));
        }
    }
    devices.insert(devices.begin(), std::make_move_iterator(defaults.begin()),
                   std::make_move_iterator(defaults.end()));
    return devices;
}

Result<std::unique_ptr<AudioOutput>> AudioOutput::open(const OutputSetup& setup) {
    const auto offered = scan();
    const auto& wanted = setup.device;
    const auto found = std::find_if(offered.begin(), offered.end(), [&](const OutputDevice& device) {
        return (wanted.type.empty() || wanted.type == device.type) &&
               (wanted.name.empty() || wanted.name == device.name);
    });
    if (found == offered.end()) {
        if (wanted.name.empty() && wanted.type.empty())
            return failure(ErrorCode::device,
                           "No sound device was found. Connect one or start a JACK server, then try again.");
        if (wanted.name.empty())
            return failure(ErrorCode::device, "No " + wanted.type + " device was found.");
        return failure(ErrorCode::device,
                       "The sound device " +
                           (wanted.type.empty() ? "'" + wanted.name + "'" : nameOf(wanted)) +
                           " is not there. Connect it or choose another one.");
    }

    auto impl = std::make_unique<Impl>(*found);
    juce::AudioDeviceManager::AudioDeviceSetup request;
    request.outputDeviceName = toJuce(found->name);
    request.sampleRate = setup.rate > 0 ? setup.rate : kPreferredRate;
    request.bufferSize = setup.bufferSize;
    const auto problem = impl->manager.initialise(0, 2, nullptr, false, {}, &request);
    auto* device = impl->manager.getCurrentAudioDevice();
    if (problem.isNotEmpty() || !device)
        return failure(
            ErrorCode::device,
            "The sound device " + nameOf(*found) + " could not be opened. Is another program using it?",
            problem.toStdString());

    auto& state = impl->opened;
    state.open = true;
    state.rate = static_cast<int>(std::lround(device->getCurrentSampleRate()));
    state.bufferSize = device->getCurrentBufferSizeSamples();
    state.latencyMs = 1000.0 * (device->getOutputLatencyInSamples() + state.bufferSize) / state.rate;
    for (const double rate : device->getAvailableSampleRates())
        state.rates.push_back(static_cast<int>(std::lround(rate)));
    for (const int size : device->getAvailableBufferSizes()) state.bufferSizes.push_back(size);
    if (setup.rate > 0 && setup.rate != state.rate)
        return failure(ErrorCode::device, nameOf(*found) + " cannot run at " + std::to_string(setup.rate) +
                                              " Hz. It offers: " + listed(state.rates) + ".");
    if (setup.bufferSize > 0 && setup.bufferSize != state.bufferSize)
        return failure(ErrorCode::device, nameOf(*found) + " cannot use a buffer of " +
                                              std::to_string(setup.bufferSize) +
                                              " samples. It offers: " + listed(state.bufferSizes) + ".");
    return std::unique_ptr<AudioOutput>(new AudioOutput(std::move(impl)));
}

void AudioOutput::start(Renderer& renderer) {
    m_impl->callback.renderer = &renderer;
    m_impl->manager.addAudioCallback(&m_impl->callback);
}

void AudioOutput::halt() {
    m_impl->halt();
}

OutputState AudioOutput::state() const {
    auto state = m_impl->opened;
    auto* device = m_impl->manager.getCurrentAudioDevice();
    if (!device || m_impl->callback.stopped.load()) return state;
    state.channels = device->getActiveOutputChannels().countNumberOfSetBits();
    state.xruns = std::max(0, device->getXRunCount());
    return state;
}

bool AudioOutput::looksLost() {
    auto& callback = m_impl->callback;
    if (!callback.renderer) return false;
    if (callback.stopped.load()) return true;
    const auto callbacks = callback.renderer->callbacks();
    auto* device = m_impl->manager.getCurrentAudioDevice();
    const bool mute = device && device->getActiveOutputChannels().isZero();
    m_impl->silentPolls = callbacks == m_impl->callbacksSeen && !mute ? m_impl->silentPolls + 1 : 0;
    m_impl->callbacksSeen = callbacks;
    return m_impl->silentPolls >= kSilentPollsUntilLost;
}

}  // namespace smidgen
