// The store's own housekeeper: moves the log when it has grown, writes down access counts, indexes words that
// wait.
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
    /// Thread-safe; from a commit: the log has grown, or a large batch came in.
    void logHasGrown();
    void wordsWait();

 private:
    void work();
    void moveLog();
    [[nodiscard]] bool isStopping();

    StoreCore& m_core;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    bool m_logHasGrown = false;
    bool m_wordsWait = true;  ///< perhaps, from the time before
    int m_letPass = 0;        ///< times that the log has grown while words waited
    std::thread m_thread;
};

}  // namespace smidgen::storage
