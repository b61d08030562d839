#include "models/thread_tuning.h"

#include <algorithm>
#include <chrono>
#include <exception>

namespace smidgen::models {

int fastestThreadCount(int most, int runs, const std::function<void(int)>& work) {
    int fastest = 1;
    double fastestSeconds = 0;
    try {
        work(most);
        for (int threads = 1; threads <= most; ++threads) {
            double best = 0;
            for (int run = 0; run < runs; ++run) {
                const auto start = std::chrono::steady_clock::now();
                work(threads);
                const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
                best = run == 0 ? spent.count() : std::min(best, spent.count());
            }
            if (threads == 1 || best < fastestSeconds) {
                fastest = threads;
                fastestSeconds = best;
            }
        }
    } catch (const std::exception&) {
        return 1;
    }
    return fastest;
}

}  // namespace smidgen::models
