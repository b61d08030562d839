// Work on numbered items by several threads.
#pragma once

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace smidgen {

/// Calls work(i) for i in [0, count), in order of starting, on `threads` threads (the caller's among them),
/// until all are done or `work` returned false. An exception stops the rest and is thrown again here.
template <typename Work>
void forEachInParallel(std::size_t count, int threads, const Work& work) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr broken;
    std::mutex brokenMutex;
    const auto run = [&] {
        try {
            for (std::size_t i = next++; i < count; i = next++)
                if (!work(i)) next = count;
        } catch (...) {
            next = count;
            const std::lock_guard lock(brokenMutex);
            if (!broken) broken = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (int t = 1; t < threads && static_cast<std::size_t>(t) < count; ++t) helpers.emplace_back(run);
        run();
    }
    if (broken) std::rethrow_exception(broken);
}

/// `wanted`, or for 0 the cores but one; at least 1.
[[nodiscard]] inline int threadCount(int wanted) {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    return wanted > 0 ? wanted : cores > 2 ? cores - 1 : 1;
}

}  // namespace smidgen
