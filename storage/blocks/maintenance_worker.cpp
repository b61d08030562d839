#include "storage/blocks/maintenance_worker.h"

#include "storage/blocks/store_core.h"
#include "storage/blocks/word_backlog.h"

namespace smidgen::storage {
namespace {

constexpr std::chrono::milliseconds kBetweenFlushes{5000};
constexpr std::chrono::milliseconds kBeforeWords{250};
constexpr int kMostLetPass = 4;
constexpr int kTooLong = 4;     ///< in checkpointPages
constexpr int kShortEnd = 200;  ///< pages: about a millisecond to move

}  // namespace

MaintenanceWorker::MaintenanceWorker(StoreCore& core) : m_core(core), m_thread([this] { work(); }) {}

MaintenanceWorker::~MaintenanceWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void MaintenanceWorker::logHasGrown() {
    {
        const std::lock_guard lock(m_mutex);
        m_logHasGrown = true;
    }
    m_wake.notify_one();
}

void MaintenanceWorker::wordsWait() {
    // No need to wake it: it lets more come first.
    const std::lock_guard lock(m_mutex);
    m_wordsWait = true;
}

bool MaintenanceWorker::isStopping() {
    const std::lock_guard lock(m_mutex);
    return m_stopping;
}

void MaintenanceWorker::moveLog() {
    // The log only begins anew when all of it has been moved and nothing came in meanwhile. One that grows on
    // makes every commit dearer, since the file's size has to be made durable with it, and what opens the
    // library after a crash reads all of it. So writers wait for its end: once that is short, or overdue.
    const auto most = m_core.checkpoint(false);
    if (!most) return;
    const auto rest = m_core.checkpoint(false);
    if (!rest) return;
    if (rest->pages - most->pages > kShortEnd && rest->pages < kTooLong * m_core.options.checkpointPages)
        return;
    const auto pause = m_core.queue->pause();
    (void)m_core.checkpoint(false);
}

void MaintenanceWorker::work() {
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        const bool woken = m_wake.wait_for(lock, m_wordsWait ? kBeforeWords : kBetweenFlushes,
                                           [&] { return m_stopping || m_logHasGrown; });
        const bool move = std::exchange(m_logHasGrown, false);
        // In a pause rather than between the batches of an import, but nobody who searches shall wait long.
        m_letPass = woken ? m_letPass + 1 : 0;
        const bool index = m_wordsWait && (!woken || m_letPass >= kMostLetPass);
        if (index) {
            m_wordsWait = false;
            m_letPass = 0;
        }
        if (m_stopping) return;
        lock.unlock();
        (void)m_core.flushAccess();
        if (index) (void)indexWaitingWords(m_core, [&] { return !isStopping(); });
        if (move) moveLog();
        lock.lock();
    }
}

}  // namespace smidgen::storage
