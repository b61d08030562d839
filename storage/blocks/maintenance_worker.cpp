#include "storage/blocks/maintenance_worker.h"

#include "storage/blocks/store_core.h"

namespace smidgen::storage {
namespace {

constexpr std::chrono::seconds kBetweenFlushes{5};

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

void MaintenanceWorker::work() {
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        m_wake.wait_for(lock, kBetweenFlushes, [&] { return m_stopping || m_logHasGrown; });
        const bool move = std::exchange(m_logHasGrown, false);
        if (m_stopping) return;
        lock.unlock();
        (void)m_core.flushAccess();
        if (move) (void)m_core.checkpoint(false);
        lock.lock();
    }
}

}  // namespace smidgen::storage
