#include "engine/playback/playback.h"

#include <juce_events/juce_events.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>
#include <utility>

#include "engine/playback/audio_output.h"
#include "engine/playback/clip_source.h"
#include "engine/playback/device_types.h"
#include "engine/playback/renderer.h"
#include "engine/playback/sample_feed.h"
#include "engine/playback/stream_source.h"

namespace smidgen {
namespace {

using std::chrono::milliseconds;

constexpr int kPlayingPollMs = 30;
constexpr int kIdlePollMs = 240;
constexpr int kCheckMs = 240;    ///< between two looks at the open device
constexpr int kSearchMs = 1000;  ///< between two searches for a lost device
constexpr int kLongestWaitMs = 100;
constexpr float kHighestGain = 16;  ///< +24 dB

const char* const kNothingOpen = "No sound device is open. Choose one in the audio settings.";

}  // namespace

struct Playback::Impl : juce::Timer {
    Impl() { renderer.prepare(kSampleRate); }
    ~Impl() override {
        stopTimer();
        closeOutput();
    }

    [[nodiscard]] int rate() const { return currentRate.load(); }
    [[nodiscard]] std::int64_t toFrame(Seconds time) const {
        const auto length = source ? source->length() : 0;
        const double frame = std::clamp(time.value * rate(), 0.0, static_cast<double>(length));
        return std::isfinite(frame) ? std::llround(frame) : 0;
    }
    /// After a request: the callback takes it up, or there is none.
    void deliver() {
        if (!output) renderer.settle();
        std::erase_if(sources, [](const auto& owned) { return owned->retired.load(); });
    }

    [[nodiscard]] Result<std::unique_ptr<Source>> makeSource() const;
    void use(std::unique_ptr<Source> next);
    void keep(std::unique_ptr<Source> next);
    [[nodiscard]] Result<std::unique_ptr<Source>> adopt(PlayItem next);
    void fadeToSilence();
    void closeOutput();
    void dropOutput();
    [[nodiscard]] Status openOutput(const OutputSetup& wanted);
    void adoptRate(int rate);
    void loseOutput();
    void timerCallback() override;
    void tell(Event event) {
        if (listener) listener(event);
    }

    Renderer renderer;
    PlayItem item;
    std::vector<std::unique_ptr<Source>> sources;  ///< the one in use and those still fading out
    Source* source = nullptr;
    StreamSource* stream = nullptr;  ///< `source` when it streams
    std::string itemProblem;
    std::optional<std::pair<Seconds, Seconds>> loop;
    std::atomic<int> currentRate{kSampleRate};

    std::unique_ptr<AudioOutput> output;
    OutputSetup setup;
    OutputState closedState;  ///< told while nothing is open
    bool searching = false;   ///< the device was lost
    int stoppedChecks = 0;
    int msSinceCheck = 0;
    int msSinceSearch = 0;
    int earlierXruns = 0;
    std::function<void(Event)> listener;
};

Result<std::unique_ptr<Source>> Playback::Impl::makeSource() const {
    std::unique_ptr<SampleFeed> feed;
    if (item.buffer) {
        if (item.buffer->rate == rate()) return std::make_unique<ClipSource>(item.buffer);
        feed = makeBufferFeed(item.buffer);
    } else {
        auto opened = openFileFeed(item.file);
        if (!opened) return propagate(opened);
        feed = std::move(*opened);
    }
    return std::make_unique<StreamSource>(makeFeedAtRate(std::move(feed), rate()));
}

void Playback::Impl::keep(std::unique_ptr<Source> next) {
    source = next.get();
    stream = dynamic_cast<StreamSource*>(source);
    if (next) sources.push_back(std::move(next));
}

void Playback::Impl::use(std::unique_ptr<Source> next) {
    keep(std::move(next));
    renderer.change(source);
}

/// What `next` is to be played from (null for nothing); it is the item then. Otherwise the item stays.
Result<std::unique_ptr<Source>> Playback::Impl::adopt(PlayItem next) {
    if (next.buffer && next.buffer->length().value == 0)
        return failure(ErrorCode::invalidArgument, "There is nothing to play: the sound has no samples.");
    const bool nothing = !next.buffer && next.file.empty();
    std::swap(item, next);
    std::unique_ptr<Source> made;
    if (!nothing) {
        auto opened = makeSource();
        if (!opened) {
            std::swap(item, next);
            return propagate(opened);
        }
        made = std::move(*opened);
    }
    itemProblem.clear();
    return made;
}

/// Waits until the last sound has left the program and then the device, so that closing it does not click.
void Playback::Impl::fadeToSilence() {
    if (!output || !renderer.sounding()) return;
    if (renderer.state() == TransportState::playing) renderer.pause();
    const auto end = std::chrono::steady_clock::now() + milliseconds(2 * kLongestWaitMs);
    while (renderer.sounding() && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(milliseconds(1));
    const int latency = static_cast<int>(std::ceil(output->state().latencyMs));
    std::this_thread::sleep_for(milliseconds(std::min(latency, kLongestWaitMs)));
}

void Playback::Impl::closeOutput() {
    fadeToSilence();
    dropOutput();
}

void Playback::Impl::dropOutput() {
    if (output) {
        if (renderer.state() == TransportState::playing) renderer.pause();
        earlierXruns += output->state().xruns;
        output->halt();
    }
    output.reset();
    deliver();
}

Status Playback::Impl::openOutput(const OutputSetup& wanted) {
    auto opened = AudioOutput::open(wanted);
    if (!opened) return propagate(opened);
    adoptRate((*opened)->state().rate);
    output = std::move(*opened);
    output->start(renderer);
    searching = false;
    stoppedChecks = 0;
    closedState = {};
    startTimer(kIdlePollMs);
    return {};
}

/// While nothing is open: makes the renderer and what is loaded fit the device.
void Playback::Impl::adoptRate(int newRate) {
    const int oldRate = rate();
    if (newRate == oldRate) return;
    const auto state = renderer.state();
    const double position = static_cast<double>(renderer.position()) / oldRate;
    currentRate.store(newRate);
    renderer.prepare(newRate);
    if (!source) return;
    auto rebuilt = makeSource();
    if (!rebuilt) itemProblem = rebuilt.error().sentence;
    use(rebuilt ? std::move(*rebuilt) : nullptr);
    if (loop) renderer.setLoop({toFrame(loop->first), toFrame(loop->second)});
    renderer.seek(toFrame(Seconds(position)));
    if (state != TransportState::stopped) renderer.pause();
    deliver();
}

void Playback::Impl::loseOutput() {
    const auto lost = output->state().device;
    dropOutput();
    searching = true;
    closedState.problem =
        "The sound device '" + lost.name +
        "' is gone: it was unplugged or its server stopped. Playing is paused and can go on "
        "when the device is back.";
    tell(Event::deviceChanged);
}

void Playback::Impl::timerCallback() {
    msSinceCheck += getTimerInterval();
    msSinceSearch += getTimerInterval();
    if (renderer.takeFinished()) tell(Event::finished);
    if (output && msSinceCheck >= kCheckMs) {
        msSinceCheck = 0;
        // The driver's thread may still be inside its own clean-up: close the device one check later.
        stoppedChecks = output->looksLost() ? stoppedChecks + 1 : 0;
        if (stoppedChecks >= 2) loseOutput();
    }
    if (searching && msSinceSearch >= kSearchMs) {
        msSinceSearch = 0;
        if (openOutput(setup)) tell(Event::deviceChanged);
    }
    deliver();
    const bool playing = output && renderer.state() == TransportState::playing;
    const int interval = playing ? kPlayingPollMs : kIdlePollMs;
    if (interval != getTimerInterval()) startTimer(interval);
}

Playback::Playback() : m_impl(std::make_unique<Impl>()) {}
Playback::~Playback() = default;

std::vector<AudioDevice> Playback::devices() {
    return scanDevices(SoundDirection::out);
}

Status Playback::open(const OutputSetup& setup) {
    auto& impl = *m_impl;
    const auto former = impl.setup;
    const bool wasOpen = impl.output != nullptr;
    const bool wasPlaying = wasOpen && transport() == TransportState::playing;
    impl.closeOutput();
    impl.earlierXruns = 0;
    auto opened = impl.openOutput(setup);
    if (opened) {
        impl.setup = setup;
    } else if (!wasOpen || !impl.openOutput(former)) {
        impl.closedState.problem = opened.error().sentence;
    }
    if (wasPlaying && impl.output) impl.renderer.play();
    return opened;
}

void Playback::close() {
    m_impl->closeOutput();
    m_impl->searching = false;
    m_impl->closedState = {};
    m_impl->stopTimer();
}

OutputState Playback::state() const {
    if (!m_impl->output) return m_impl->closedState;
    auto state = m_impl->output->state();
    state.xruns += m_impl->earlierXruns;
    state.gaps = m_impl->renderer.gaps();
    return state;
}

Status Playback::load(PlayItem item) {
    auto& impl = *m_impl;
    auto next = impl.adopt(std::move(item));
    if (!next) return propagate(next);
    impl.loop.reset();
    impl.use(std::move(*next));
    impl.deliver();
    return {};
}

Status Playback::exchange(PlayItem item) {
    auto& impl = *m_impl;
    if (!impl.source || (!item.buffer && item.file.empty())) return load(std::move(item));
    auto next = impl.adopt(std::move(item));
    if (!next) return propagate(next);
    impl.keep(std::move(*next));
    impl.renderer.exchange(impl.source);
    impl.deliver();
    return {};
}

Status Playback::play() {
    auto& impl = *m_impl;
    if (!impl.output)
        return failure(ErrorCode::device,
                       impl.closedState.problem.empty() ? kNothingOpen : impl.closedState.problem);
    if (!impl.source) return failure(ErrorCode::invalidArgument, "Nothing is loaded that could be played.");
    if (transport() == TransportState::playing) return {};
    if (impl.renderer.position() >= impl.source->length())
        impl.renderer.seek(impl.loop ? impl.toFrame(impl.loop->first) : 0);
    impl.renderer.play();
    impl.startTimer(kPlayingPollMs);
    impl.deliver();
    return {};
}

void Playback::pause() {
    if (transport() != TransportState::playing) return;
    m_impl->renderer.pause();
    m_impl->deliver();
}

void Playback::stop() {
    m_impl->renderer.stop();
    m_impl->deliver();
}

void Playback::seek(Seconds position) {
    m_impl->renderer.seek(m_impl->toFrame(position));
    m_impl->deliver();
}

void Playback::setLoop(std::optional<std::pair<Seconds, Seconds>> range) {
    auto& impl = *m_impl;
    PlayLoop frames;
    if (range) frames = {impl.toFrame(range->first), impl.toFrame(range->second)};
    impl.loop = frames.on() ? range : std::nullopt;
    impl.renderer.setLoop(frames);
    impl.deliver();
}

void Playback::setGain(float linear) {
    if (!std::isfinite(linear)) return;
    m_impl->renderer.setGain(std::clamp(linear, 0.0F, kHighestGain));
    m_impl->deliver();
}

TransportState Playback::transport() const {
    return m_impl->renderer.state();
}

Seconds Playback::position() const {
    return toSeconds(Samples(m_impl->renderer.position()), m_impl->rate());
}

Seconds Playback::length() const {
    return toSeconds(Samples(m_impl->source ? m_impl->source->length() : 0), m_impl->rate());
}

std::string Playback::itemProblem() const {
    return m_impl->stream && m_impl->itemProblem.empty() ? m_impl->stream->problem() : m_impl->itemProblem;
}

Meters Playback::meters() {
    return m_impl->renderer.meters().read();
}
void Playback::resetClip() {
    m_impl->renderer.meters().resetClip();
}

Status Playback::testTone() {
    if (!m_impl->output)
        return failure(ErrorCode::device,
                       m_impl->closedState.problem.empty() ? kNothingOpen : m_impl->closedState.problem);
    m_impl->renderer.startTone();
    return {};
}

void Playback::onEvent(std::function<void(Event)> listener) {
    m_impl->listener = std::move(listener);
}

}  // namespace smidgen
