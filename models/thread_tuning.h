// How many threads are fastest, found by trying.
#pragma once

#include <functional>

namespace smidgen::models {

/// Times `work(threads)` `runs` times each for 1 … most threads, after one run that warms up, and returns the
/// count whose best run was shortest; 1 when the work throws, since the real work will then meet the same
/// trouble and report it.
[[nodiscard]] int fastestThreadCount(int most, int runs, const std::function<void(int)>& work);

}  // namespace smidgen::models
