#include <condition_variable>
#include <mutex>
#include <thread>

#include "storage/blocks/maintenance.h"

namespace smidgen::storage {

struct Scrubber::State {
    std::mutex mutex;
    std::condition_variable wake;
    bool cancelled = false;
    std::atomic<std::uint64_t> bytes{0};
    std::thread thread;
};

Scrubber::Scrubber(BlockStore& store, std::uint64_t bytesPerSecond,
                   std::function<void(const Result<VerifyReport>&)> onDone)
    : m_state(std::make_unique<State>()) {
    State& state = *m_state;
    state.thread = std::thread([&state, &store, bytesPerSecond, done = std::move(onDone)] {
        const auto start = std::chrono::steady_clock::now();
        const auto pace = [&](std::uint64_t bytes) {
            const std::uint64_t total = state.bytes.fetch_add(bytes) + bytes;
            std::unique_lock lock(state.mutex);
            if (bytesPerSecond > 0) {
                const std::chrono::duration<double> due(static_cast<double>(total) /
                                                        static_cast<double>(bytesPerSecond));
                const auto until =
                    start + std::chrono::duration_cast<std::chrono::steady_clock::duration>(due);
                state.wake.wait_until(lock, until, [&] { return state.cancelled; });
            }
            return !state.cancelled;
        };
        done(scrubStore(store, pace));
    });
}

Scrubber::~Scrubber() {
    cancel();
    m_state->thread.join();
}

void Scrubber::cancel() {
    const std::lock_guard lock(m_state->mutex);
    m_state->cancelled = true;
    m_state->wake.notify_all();
}

std::uint64_t Scrubber::bytesDone() const {
    return m_state->bytes.load();
}

}  // namespace smidgen::storage
