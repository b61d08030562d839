// How long things take, counted without locks.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstdint>

namespace smidgen::storage {

/// Percentiles of what was counted since the store was opened.
struct LatencySummary {
    std::uint64_t count = 0;
    double p50 = 0.0;  ///< microseconds, to within a ninth
    double p95 = 0.0;
};

/// Eight buckets to a doubling, from a nanosecond to hours. Thread-safe.
class LatencyHistogram {
 public:
    void add(std::chrono::nanoseconds time) {
        const auto ns = static_cast<std::uint64_t>(time.count() < 1 ? 1 : time.count());
        m_buckets[bucketOf(ns)].fetch_add(1, std::memory_order_relaxed);
    }
    [[nodiscard]] LatencySummary summary() const {
        LatencySummary summary;
        std::array<std::uint64_t, kBuckets> counts{};
        for (std::size_t i = 0; i < kBuckets; ++i) {
            counts[i] = m_buckets[i].load(std::memory_order_relaxed);
            summary.count += counts[i];
        }
        summary.p50 = percentile(counts, summary.count, 0.50);
        summary.p95 = percentile(counts, summary.count, 0.95);
        return summary;
    }

 private:
    static constexpr std::size_t kBuckets = 8 * 48;
    static std::size_t bucketOf(std::uint64_t ns) {
        const auto octave = static_cast<std::size_t>(std::bit_width(ns) - 1);
        const std::uint64_t within = octave >= 3 ? (ns >> (octave - 3)) & 7 : (ns << (3 - octave)) & 7;
        const std::size_t bucket = octave * 8 + static_cast<std::size_t>(within);
        return bucket < kBuckets ? bucket : kBuckets - 1;
    }
    /// Middle of the bucket in which the percentile falls, in microseconds.
    static double percentile(const std::array<std::uint64_t, kBuckets>& counts, std::uint64_t total,
                             double part) {
        const auto wanted = static_cast<std::uint64_t>(part * static_cast<double>(total));
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < kBuckets; ++i) {
            seen += counts[i];
            if (seen > wanted)
                return (1.0 + (static_cast<double>(i % 8) + 0.5) / 8.0) *
                       static_cast<double>(std::uint64_t{1} << (i / 8)) / 1000.0;
        }
        return 0.0;
    }

    std::array<std::atomic<std::uint64_t>, kBuckets> m_buckets{};
};

/// Adds the time from its making to its end.
class Stopwatch {
 public:
    explicit Stopwatch(LatencyHistogram& histogram) : m_histogram(histogram) {}
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;
    ~Stopwatch() { m_histogram.add(std::chrono::steady_clock::now() - m_start); }

 private:
    LatencyHistogram& m_histogram;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

}  // namespace smidgen::storage
