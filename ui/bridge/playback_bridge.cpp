#include "ui/bridge/playback_bridge.h"

#include <QMetaObject>
#include <QPointer>
#include <QSocketNotifier>

#include "ui/bridge/text.h"

namespace smidgen::ui {

namespace {
constexpr int kPollMs = 25;
constexpr int kMeterFallMs = 3000;
}  // namespace

PlaybackBridge::PlaybackBridge(QObject* parent)
    : QObject(parent), m_messages(std::make_unique<MessageLoop>()), m_playback(std::make_unique<Playback>()) {
    watchDescriptors();
    m_messages->onDescriptorsChanged(
        [this] { QMetaObject::invokeMethod(this, &PlaybackBridge::watchDescriptors, Qt::QueuedConnection); });
    m_playback->onEvent([this](Playback::Event event) {
        if (event == Playback::Event::deviceChanged) Q_EMIT deviceChanged();
        transportMoved();
    });
    m_poll.setInterval(kPollMs);
    m_poll.setTimerType(Qt::PreciseTimer);
    connect(&m_poll, &QTimer::timeout, this, &PlaybackBridge::poll);
}

PlaybackBridge::~PlaybackBridge() {
    m_messages->onDescriptorsChanged({});
    m_playback->onEvent({});
    m_playback.reset();
    m_notifiers.clear();
    m_messages.reset();
}

void PlaybackBridge::watchDescriptors() {
    const std::vector<int> wanted = m_messages->descriptors();
    std::erase_if(m_notifiers, [&](const auto& item) {
        return std::find(wanted.begin(), wanted.end(), item.first) == wanted.end();
    });
    for (const int descriptor : wanted) {
        auto& notifier = m_notifiers[descriptor];
        if (notifier) continue;
        notifier = std::make_unique<QSocketNotifier>(descriptor, QSocketNotifier::Read);
        connect(notifier.get(), &QSocketNotifier::activated, this,
                [this, descriptor] { m_messages->dispatch(descriptor); });
    }
}

void PlaybackBridge::openDevice(const OutputSetup& setup) {
    m_setup = setup;
    const Status opened = m_playback->open(setup);
    Q_EMIT deviceChanged();
    if (!opened) Q_EMIT failed(toText(opened.error().sentence));
}

bool PlaybackBridge::load(const Listening& item) {
    if (item.key == m_loaded.key && item.file == m_loaded.file) return true;
    return take(item, nullptr);
}

bool PlaybackBridge::load(const Listening& item, std::shared_ptr<const AudioBuffer> sound) {
    return take(item, std::move(sound));
}

bool PlaybackBridge::take(const Listening& item, std::shared_ptr<const AudioBuffer> sound) {
    const Status loaded = m_playback->load(PlayItem{sound, sound ? std::filesystem::path() : item.file});
    if (!loaded) {
        Q_EMIT failed(toText(loaded.error().sentence));
        return false;
    }
    m_loaded = item;
    m_samples = std::move(sound);
    m_marked.reset();
    applyLoop();
    Q_EMIT loadedChanged();
    Q_EMIT markedChanged();
    transportMoved();
    Q_EMIT positionChanged(0);
    return true;
}

bool PlaybackBridge::exchange(const Listening& item, std::shared_ptr<const AudioBuffer> sound) {
    if (m_loaded.key.isEmpty()) return take(item, std::move(sound));
    if (const Status done =
            m_playback->exchange(PlayItem{sound, sound ? std::filesystem::path() : item.file});
        !done) {
        Q_EMIT failed(toText(done.error().sentence));
        return false;
    }
    m_loaded = item;
    m_samples = std::move(sound);
    Q_EMIT loadedChanged();
    return true;
}

void PlaybackBridge::audition(const Listening& item) {
    if (playing(item.key)) {
        stop();
        return;
    }
    if (!load(item)) return;
    m_playback->stop();
    toggle();
}

bool PlaybackBridge::playing() const {
    return m_playback->transport() == TransportState::playing;
}

void PlaybackBridge::toggle() {
    if (playing()) {
        m_playback->pause();
    } else if (!m_loaded.key.isEmpty()) {
        if (m_marked && (position() < m_marked->first || position() >= m_marked->second))
            seek(m_marked->first);
        if (const Status started = m_playback->play(); !started)
            Q_EMIT failed(toText(started.error().sentence));
    }
    transportMoved();
}

void PlaybackBridge::stop() {
    m_playback->stop();
    transportMoved();
    Q_EMIT positionChanged(position());
}

void PlaybackBridge::seek(double seconds) {
    m_playback->seek(Seconds(std::clamp(seconds, 0.0, length())));
    Q_EMIT sought();
    Q_EMIT positionChanged(position());
}

void PlaybackBridge::setMarked(Range range) {
    if (range && range->second - range->first < 0.001) range.reset();
    if (range == m_marked) return;
    m_marked = range;
    applyLoop();
    Q_EMIT markedChanged();
}

void PlaybackBridge::setLooping(bool on) {
    if (on == m_looping) return;
    m_looping = on;
    applyLoop();
    Q_EMIT loopingChanged(on);
}

void PlaybackBridge::applyLoop() {
    if (!m_looping || m_loaded.key.isEmpty()) {
        m_playback->setLoop(std::nullopt);
        return;
    }
    const auto range = m_marked.value_or(std::pair(0.0, length()));
    m_playback->setLoop(std::pair(Seconds(range.first), Seconds(range.second)));
}

void PlaybackBridge::transportMoved() {
    if (playing()) {
        m_sinceSound.restart();
        if (!m_poll.isActive()) m_poll.start();
    }
    m_lastTransport = m_playback->transport();
    Q_EMIT transportChanged();
}

void PlaybackBridge::poll() {
    Q_EMIT metersChanged(m_playback->meters());
    Q_EMIT positionChanged(position());
    if (m_playback->transport() != m_lastTransport) transportMoved();
    if (playing()) {
        m_sinceSound.restart();
    } else if (!m_sinceSound.isValid() || m_sinceSound.elapsed() > kMeterFallMs) {
        m_poll.stop();
    }
}

}  // namespace smidgen::ui
