#include "engine/foundation/thread_share.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <thread>
#include <vector>

namespace smidgen {
namespace {

std::atomic<int> computations{0};
std::atomic<int> most{0};

}  // namespace

ThreadShare::ThreadShare() {
    ++computations;
}

ThreadShare::~ThreadShare() {
    --computations;
}

int ThreadShare::threads() const {
    const int set = most;
    const int all = set > 0 ? set : static_cast<int>(std::thread::hardware_concurrency());
    return std::max(1, all / std::max(1, computations.load()));
}

void ThreadShare::run(int parts, const std::function<void(int part)>& work) {
    std::vector<std::thread> others;
    others.reserve(static_cast<std::size_t>(std::max(0, parts - 1)));
    int started = 1;
    try {
        for (; started < parts; ++started) others.emplace_back(std::cref(work), started);
    } catch (const std::exception&) {
        // No more threads to be had, or no memory for one: this one does what is left.
    }
    if (parts > 0) work(0);
    for (int part = started; part < parts; ++part) work(part);
    for (std::thread& other : others) other.join();
}

void ThreadShare::setMost(int threads) {
    most = threads;
}

}  // namespace smidgen
