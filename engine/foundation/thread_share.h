// The machine's cores, shared between computations that can be divided.
#pragma once

#include <functional>

namespace smidgen {

/// While it lives, a computation counts as one that uses the cores; all that do have the same number of
/// threads. For work whose result does not depend on how it is divided. Thread-safe.
class ThreadShare {
 public:
    ThreadShare();
    ~ThreadShare();
    ThreadShare(const ThreadShare&) = delete;
    ThreadShare& operator=(const ThreadShare&) = delete;

    /// How many this one may use at this moment; at least 1.
    [[nodiscard]] int threads() const;
    /// work(part) for each part in [0, parts), all but the first on threads of their own, as far as the
    /// system gives them; returns when all are done. `work` must not throw.
    static void run(int parts, const std::function<void(int part)>& work);
    /// At most so many for all together; below 1: as many as there are cores, the state at the beginning.
    static void setMost(int threads);
};

}  // namespace smidgen
