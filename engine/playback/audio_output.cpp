#include "engine/playback/audio_output.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "engine/playback/device_types.h"
#include "engine/playback/renderer.h"

namespace smidgen {
namespace {

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
    explicit Impl(const AudioDevice& wanted) : manager(wanted.type) { opened.device = wanted; }
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

Result<std::unique_ptr<AudioOutput>> AudioOutput::open(const OutputSetup& setup) {
    auto found = findDevice(setup.device, SoundDirection::out);
    if (!found) return propagate(found);
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
            "The sound device " + quotedName(*found) + " could not be opened. Is another program using it?",
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
        return failure(ErrorCode::device, quotedName(*found) + " cannot run at " +
                                              std::to_string(setup.rate) +
                                              " Hz. It offers: " + listed(state.rates) + ".");
    if (setup.bufferSize > 0 && setup.bufferSize != state.bufferSize)
        return failure(ErrorCode::device, quotedName(*found) + " cannot use a buffer of " +
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
    return m_impl->silentPolls >= kSilentLooksUntilLost;
}

}  // namespace smidgen
