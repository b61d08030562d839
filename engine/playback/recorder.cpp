#include "engine/playback/recorder.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <system_error>
#include <thread>
#include <utility>

#include "engine/audio/recording_file.h"
#include "engine/playback/device_types.h"
#include "engine/playback/input_ring.h"

namespace smidgen {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kLookMs = 240;
constexpr milliseconds kWriterNap{10};
constexpr milliseconds kSecureEvery{1000};

class InputCallback final : public juce::AudioIODeviceCallback {
 public:
    explicit InputCallback(InputRing& ring) : m_ring(ring) {}
    void audioDeviceIOCallbackWithContext(const float* const* inputs, int inputCount, float* const* outputs,
                                          int outputCount, int frames,
                                          const juce::AudioIODeviceCallbackContext&) noexcept override {
        for (int c = 0; c < outputCount; ++c) std::fill_n(outputs[c], frames, 0.0F);
        m_ring.push(inputs, inputCount, frames);
    }
    void audioDeviceAboutToStart(juce::AudioIODevice*) override { stopped.store(false); }
    void audioDeviceStopped() override { stopped.store(true); }  ///< any thread

    std::atomic<bool> stopped{false};

 private:
    InputRing& m_ring;
};

/// Takes blocks out of the ring and into the file, on a thread of its own, until it is destroyed or the file
/// refuses.
class Writer {
 public:
    Writer(InputRing& ring, RecordingFile file) : m_ring(ring), m_file(std::move(file)) {
        m_thread = std::thread([this] { run(); });
    }
    ~Writer() {
        if (m_thread.joinable()) static_cast<void>(end());
    }
    /// Once no callback runs any more: writes the rest. What the file refused, first of all.
    [[nodiscard]] Status end() {
        m_ending.store(true);
        m_thread.join();
        if (m_refused.load()) return m_refusal;
        if (const auto lost = m_ring.lostAtEnd(); lost > 0)
            if (Status written = addSilence(lost); !written) return written;
        return m_file.finish();
    }
    [[nodiscard]] bool refused() const { return m_refused.load(); }
    /// After end().
    [[nodiscard]] Samples length() const { return m_file.length(); }
    [[nodiscard]] Samples lost() const { return Samples(m_lost); }

 private:
    void run() {
        auto secured = steady_clock::now();
        InputRing::Block block;
        while (!m_refused.load()) {
            const bool ending = m_ending.load();
            while (m_ring.pop(block))
                if (!keep(append(block))) return;
            if (ending) return;
            if (const auto now = steady_clock::now(); now - secured >= kSecureEvery) {
                secured = now;
                if (!keep(m_file.secure())) return;
            }
            std::this_thread::sleep_for(kWriterNap);
        }
    }
    [[nodiscard]] bool keep(Status status) {
        if (status) return true;
        m_refusal = std::move(status);
        m_refused.store(true);
        return false;
    }
    [[nodiscard]] Status append(const InputRing::Block& block) {
        if (block.lostBefore > 0)
            if (Status written = addSilence(block.lostBefore); !written) return written;
        return m_file.append(
            std::span(block.samples.data(), static_cast<std::size_t>(block.frames) * channels()));
    }
    [[nodiscard]] Status addSilence(std::int64_t frames) {
        m_lost += frames;
        const std::vector<float> silence(InputRing::kBlockFrames * channels());
        for (std::int64_t left = frames; left > 0; left -= InputRing::kBlockFrames) {
            const auto count =
                static_cast<std::size_t>(std::min<std::int64_t>(left, InputRing::kBlockFrames));
            if (Status written = m_file.append(std::span(silence.data(), count * channels())); !written)
                return written;
        }
        return {};
    }
    [[nodiscard]] std::size_t channels() const { return static_cast<std::size_t>(m_ring.channels()); }

    InputRing& m_ring;
    RecordingFile m_file;
    std::int64_t m_lost = 0;
    Status m_refusal;  ///< written before m_refused is set
    std::atomic<bool> m_refused{false};
    std::atomic<bool> m_ending{false};
    std::thread m_thread;
};

}  // namespace

struct Recorder::Impl : juce::Timer {
    ~Impl() override {
        stopTimer();
        if (session) static_cast<void>(end());
    }

    /// One recording: callback, device and writer, in the order in which they are needed.
    struct Session {
        explicit Session(const AudioDevice& chosen) : device(chosen), manager(chosen.type) {}
        ~Session() { halt(); }
        void halt() { manager.removeAudioCallback(&callback); }

        AudioDevice device;
        InputRing ring;
        InputCallback callback{ring};
        SingleTypeManager manager;
        std::unique_ptr<Writer> writer;
        Recording recorded;
        std::uint64_t callbacksSeen = 0;
        int silentLooks = 0;
        bool over = false;  ///< told that it has ended by itself
    };

    void timerCallback() override {
        if (!session || session->over) return;
        if (!session->writer->refused() && !lost()) return;
        session->over = true;
        stopTimer();
        if (listener) listener();
    }
    /// The device has stopped giving samples.
    [[nodiscard]] bool lost() {
        const auto callbacks = session->ring.callbacks();
        const bool silent = session->callback.stopped.load() || callbacks == session->callbacksSeen;
        session->silentLooks = silent ? session->silentLooks + 1 : 0;
        session->callbacksSeen = callbacks;
        return session->silentLooks >= kSilentLooksUntilLost;
    }
    Recording end() {
        const std::unique_ptr<Session> ended = std::move(session);
        ended->halt();
        Recording recorded = std::move(ended->recorded);
        const Status written = ended->writer->end();
        recorded.length = ended->writer->length();
        recorded.lost = ended->writer->lost();
        if (recorded.length.value == 0) {
            // Not worth keeping, and nothing can be made of it.
            std::error_code ignored;
            std::filesystem::remove(recorded.file, ignored);
        }
        if (!written)
            recorded.problem = written.error().sentence + " What was recorded until then is kept.";
        else if (ended->over)
            recorded.problem = "The input '" + ended->device.name +
                               "' is gone: it was unplugged or its server stopped. What was recorded until "
                               "then is kept.";
        return recorded;
    }

    std::unique_ptr<Session> session;
    std::function<void()> listener;
};

Recorder::Recorder() : m_impl(std::make_unique<Impl>()) {}
Recorder::~Recorder() = default;

std::vector<AudioDevice> Recorder::devices() {
    return scanDevices(SoundDirection::in);
}

Status Recorder::start(const RecordingSetup& setup) {
    if (recording()) return failure(ErrorCode::invalidArgument, "A recording is already going on.");
    auto found = findDevice(setup.device, SoundDirection::in);
    if (!found) return propagate(found);
    auto session = std::make_unique<Impl::Session>(*found);
    juce::AudioDeviceManager::AudioDeviceSetup request;
    request.inputDeviceName = toJuce(found->name);
    request.sampleRate = kPreferredRate;
    const auto problem =
        session->manager.initialise(std::clamp(setup.channels, 1, 2), 0, nullptr, false, {}, &request);
    auto* device = session->manager.getCurrentAudioDevice();
    const int inputs = device ? device->getActiveInputChannels().countNumberOfSetBits() : 0;
    if (problem.isNotEmpty() || inputs == 0)
        return failure(ErrorCode::device,
                       "The input " + quotedName(*found) +
                           " could not be opened. Is another program using it, or has it no channels?",
                       problem.toStdString());
    Recording& recorded = session->recorded;
    recorded.file = setup.file;
    recorded.rate = static_cast<int>(std::lround(device->getCurrentSampleRate()));
    recorded.channels = std::min(inputs, std::clamp(setup.channels, 1, 2));
    session->ring.prepare(recorded.channels, recorded.rate);
    auto file = RecordingFile::create(setup.file, recorded.rate, recorded.channels);
    if (!file) return propagate(file);
    session->writer = std::make_unique<Writer>(session->ring, std::move(*file));
    session->manager.addAudioCallback(&session->callback);
    m_impl->session = std::move(session);
    m_impl->startTimer(kLookMs);
    return {};
}

bool Recorder::recording() const {
    return m_impl->session != nullptr;
}

Result<Recording> Recorder::stop() {
    m_impl->stopTimer();
    if (!recording()) return failure(ErrorCode::invalidArgument, "Nothing is being recorded.");
    return m_impl->end();
}

AudioDevice Recorder::device() const {
    return recording() ? m_impl->session->device : AudioDevice();
}

Seconds Recorder::length() const {
    if (!recording()) return Seconds(0);
    return toSeconds(Samples(m_impl->session->ring.frames()), m_impl->session->recorded.rate);
}

Meters Recorder::meters() {
    return recording() ? m_impl->session->ring.meters().read() : Meters();
}

void Recorder::resetClip() {
    if (recording()) m_impl->session->ring.meters().resetClip();
}

void Recorder::onEnded(std::function<void()> listener) {
    m_impl->listener = std::move(listener);
}

}  // namespace smidgen
