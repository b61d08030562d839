#include "engine/playback/message_loop.h"

#include <juce_events/juce_events.h>

#if JUCE_LINUX || JUCE_BSD
#if JUCE_MAJOR_VERSION >= 8
#include <juce_events/native/juce_EventLoopInternal_linux.h>
#else
#include <juce_events/native/juce_linux_EventLoopInternal.h>
#endif
#include <poll.h>
#include <signal.h>
#endif

#include <algorithm>
#include <chrono>
#include <mutex>
#include <utility>

namespace smidgen {
namespace {

#if JUCE_LINUX || JUCE_BSD
/// JUCE installs its own SIGINT handler while it initialises; this puts the program's back.
class InterruptHandlerKeeper {
 public:
    InterruptHandlerKeeper() { ::sigaction(SIGINT, nullptr, &m_before); }
    ~InterruptHandlerKeeper() { ::sigaction(SIGINT, &m_before, nullptr); }
    InterruptHandlerKeeper(const InterruptHandlerKeeper&) = delete;
    InterruptHandlerKeeper& operator=(const InterruptHandlerKeeper&) = delete;

 private:
    struct sigaction m_before {};
};
#endif

struct Initialiser {
#if JUCE_LINUX || JUCE_BSD
    InterruptHandlerKeeper keeper;
#endif
    std::unique_ptr<juce::ScopedJuceInitialiser_GUI> juce =
        std::make_unique<juce::ScopedJuceInitialiser_GUI>();
};

}  // namespace

struct MessageLoop::Impl
#if JUCE_LINUX || JUCE_BSD
    : juce::LinuxEventLoopInternal::Listener
#endif
{
    std::unique_ptr<juce::ScopedJuceInitialiser_GUI> juce = std::move(Initialiser().juce);
    std::mutex mutex;
    std::function<void()> changed;  ///< guarded by mutex

#if JUCE_LINUX || JUCE_BSD
    Impl() {
        juce::LinuxEventLoopInternal::registerLinuxEventLoopListener(*this);
    }
    ~Impl() override {
        juce::LinuxEventLoopInternal::deregisterLinuxEventLoopListener(*this);
    }

    void fdCallbacksChanged() override {
        std::function<void()> call;
        {
            const std::lock_guard lock(mutex);
            call = changed;
        }
        if (call) call();
    }
#endif
};

MessageLoop::MessageLoop() : m_impl(std::make_unique<Impl>()) {}
MessageLoop::~MessageLoop() = default;

void MessageLoop::onDescriptorsChanged(std::function<void()> changed) {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->changed = std::move(changed);
}

#if JUCE_LINUX || JUCE_BSD

std::vector<int> MessageLoop::descriptors() const {
    return juce::LinuxEventLoopInternal::getRegisteredFds();
}

void MessageLoop::dispatch(int descriptor) {
    juce::LinuxEventLoopInternal::invokeEventLoopCallbackForFd(descriptor);
}

void MessageLoop::runFor(int milliseconds) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
        if (left <= 0) return;
        std::vector<pollfd> polled;
        for (const int descriptor : descriptors()) polled.push_back({descriptor, POLLIN, 0});
        if (::poll(polled.data(), polled.size(), static_cast<int>(left)) <= 0) continue;
        for (const auto& entry : polled)
            if (entry.revents != 0) dispatch(entry.fd);
    }
}

#else

std::vector<int> MessageLoop::descriptors() const {
    return {};
}
void MessageLoop::dispatch(int) {}
void MessageLoop::runFor(int milliseconds) {
    juce::MessageManager::getInstance()->runDispatchLoopUntil(milliseconds);
}

#endif

}  // namespace smidgen
