// The store's own housekeeper: moves the log when it has grown, writes down access counts.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

namespace smidgen::storage {

struct StoreCore;

/// Must go before the core does. What fails here is tried again the next time; nothing depends on it.
class MaintenanceWorker {
 public:
    explicit MaintenanceWorker(StoreCore& core);
    ~MaintenanceWorker();
    /// Thread-safe; from a commit.
    void logHasGrown();

 private:
    void work();

    StoreCore& m_core;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    bool m_logHasGrown = false;
    std::thread m_thread;
};

}  // namespace smidgen::storage
