// A flag that a person's "stop" travels in: set on any thread, polled by the work.
#pragma once

#include <atomic>
#include <memory>

namespace smidgen {

/// Copies share one flag. Thread-safe, lock-free.
class CancelToken {
 public:
    CancelToken() : m_flag(std::make_shared<std::atomic<bool>>(false)) {}
    void cancel() const noexcept { m_flag->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool cancelled() const noexcept { return m_flag->load(std::memory_order_relaxed); }

 private:
    std::shared_ptr<std::atomic<bool>> m_flag;
};

}  // namespace smidgen
