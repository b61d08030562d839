#include "engine/analysis/pre_echo.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace smidgen {
namespace {

constexpr std::int64_t kAfter = 240;      // 5 ms
constexpr std::int64_t kBefore = 960;     // 20 ms
constexpr std::int64_t kFarBefore = 864;  // 18 ms
constexpr std::int64_t kNearBefore = 96;  // 2 ms
constexpr std::int64_t kApart = 2400;     // 50 ms
constexpr std::int64_t kStep = 24;        // half a millisecond
constexpr double kJump = 100.0;           // 20 dB
constexpr double kLeastShare = 1e-4;      // 40 dB below the loudest
constexpr double kTinyEnergy = 1e-12;

/// Running sums of squares: energy(from, to) in two look-ups.
class Energies {
 public:
    explicit Energies(std::span<const float> signal) : m_sums(signal.size() + 1, 0.0) {
        for (std::size_t i = 0; i < signal.size(); ++i)
            m_sums[i + 1] = m_sums[i] + static_cast<double>(signal[i]) * static_cast<double>(signal[i]);
    }
    /// Mean square of [from, to), clipped to the signal.
    [[nodiscard]] double mean(std::int64_t from, std::int64_t to) const {
        const auto size = static_cast<std::int64_t>(m_sums.size()) - 1;
        from = std::clamp<std::int64_t>(from, 0, size);
        to = std::clamp<std::int64_t>(to, 0, size);
        if (to <= from) return 0;
        return (m_sums[static_cast<std::size_t>(to)] - m_sums[static_cast<std::size_t>(from)]) /
               static_cast<double>(to - from);
    }

 private:
    std::vector<double> m_sums;
};

}  // namespace

std::vector<std::int64_t> findAttacks(std::span<const float> signal) {
    const Energies energies(signal);
    const auto size = static_cast<std::int64_t>(signal.size());
    double loudest = 0;
    for (std::int64_t n = 0; n < size; n += kStep) loudest = std::max(loudest, energies.mean(n, n + kAfter));
    std::vector<std::int64_t> attacks;
    for (std::int64_t n = kBefore; n + kAfter <= size; n += kStep) {
        if (!attacks.empty() && n - attacks.back() < kApart) continue;
        const double after = energies.mean(n, n + kAfter);
        if (after <= kLeastShare * loudest || after <= kJump * (energies.mean(n - kBefore, n) + kTinyEnergy))
            continue;
        // The jump begins where most of these 5 ms is reached for the first time.
        std::int64_t best = n;
        for (std::int64_t m = n; m < n + kAfter && m + kAfter <= size; m += kStep)
            if (energies.mean(m, m + kAfter) / (energies.mean(m - kBefore, m) + kTinyEnergy) >
                energies.mean(best, best + kAfter) / (energies.mean(best - kBefore, best) + kTinyEnergy))
                best = m;
        attacks.push_back(best);
    }
    return attacks;
}

double preEchoDb(std::span<const float> reference, std::span<const float> other, int* attacks) {
    const std::size_t length = std::min(reference.size(), other.size());
    const std::span<const float> a = reference.first(length), b = other.first(length);
    const Energies own(a), told(b);
    const std::vector<std::int64_t> found = findAttacks(a);
    if (attacks != nullptr) *attacks = static_cast<int>(found.size());
    double sum = 0;
    for (const std::int64_t n : found) {
        const double excess =
            told.mean(n - kFarBefore, n - kNearBefore) - own.mean(n - kFarBefore, n - kNearBefore);
        sum += std::max(0.0, excess) / own.mean(n, n + kAfter);
    }
    if (found.empty() || sum <= 0) return -std::numeric_limits<double>::infinity();
    return 10.0 * std::log10(sum / static_cast<double>(found.size()));
}

}  // namespace smidgen
