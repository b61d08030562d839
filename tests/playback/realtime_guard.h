// Counts what a callback must not do. While a RealtimeGuard lives, every allocation, release and mutex lock
// of its thread is counted: malloc and its kin and pthread_mutex_lock are replaced for the whole program
// (under the address and thread sanitizers through their own hooks; mutexes are not watched under the
// latter).
#pragma once

namespace smidgen::testing {

class RealtimeGuard {
 public:
    RealtimeGuard();
    ~RealtimeGuard();
    RealtimeGuard(const RealtimeGuard&) = delete;
    RealtimeGuard& operator=(const RealtimeGuard&) = delete;

    static int allocations();  ///< of this thread under guards so far; releases count, too
    static int locks();
    static bool watchesLocks();
};

}  // namespace smidgen::testing
