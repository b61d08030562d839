#include "storage/wavetable/gaussian_search.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/foundation/random.h"

namespace smidgen::storage {
namespace {

constexpr int kIterations = 25;
constexpr int kLastIterations = 60;
constexpr int kRounds = 24;
constexpr int kQuickRounds = 2;
constexpr int kRestarts = 24;
/// A true mixture has less than this share of its energy left when all hills are set, right or wrong.
constexpr double kHopeful = 0.05;
/// The quick search ends where half of the hills leave more than this share of the energy: more hills would
/// not explain such a node.
constexpr double kHopefulHalfway = 0.6;
/// What a change of hills must leave of the error to be kept.
constexpr double kWorthwhile = 0.95;

struct Fitted {
    GaussianMixture mixture;
    double error = 0;
};

/// One hill taken out, the least missed first, and set where most is missing; the first such change that
/// helps.
std::optional<Fitted> oneHillReset(const FitGrid& grid, const Fitted& current) {
    std::vector<std::pair<double, std::size_t>> losses;
    for (std::size_t k = 0; k < current.mixture.hills.size(); ++k) {
        GaussianMixture rest = withoutHill(current.mixture, k);
        losses.emplace_back(refineMixture(grid, rest, 0), k);
    }
    std::sort(losses.begin(), losses.end());
    for (const auto& [loss, k] : losses) {
        Fitted other{withoutHill(current.mixture, k), 0};
        addHill(grid, other.mixture);
        other.error = refineMixture(grid, other.mixture, kIterations);
        if (other.error < kWorthwhile * current.error) return other;
    }
    return std::nullopt;
}

/// Two to four random hills taken out and set anew.
std::optional<Fitted> someHillsReset(const FitGrid& grid, const Fitted& current, Random& random) {
    for (std::size_t restart = 0; restart < kRestarts; ++restart) {
        Fitted other = current;
        for (std::size_t dropped = 0; dropped < 2 + restart % 3; ++dropped)
            other.mixture = withoutHill(other.mixture,
                                        static_cast<std::size_t>(random.below(other.mixture.hills.size())));
        refineMixture(grid, other.mixture, kIterations / 3);
        while (other.mixture.hills.size() < kMostHills) {
            addHill(grid, other.mixture);
            refineMixture(grid, other.mixture, kIterations / 2);
        }
        other.error = refineMixture(grid, other.mixture, kIterations);
        if (other.error < kWorthwhile * current.error) return other;
    }
    return std::nullopt;
}

}  // namespace

bool searchMixture(const FitGrid& grid, SearchEffort effort,
                   const std::function<bool(const GaussianMixture&, double)>& accept) {
    Fitted current;
    current.mixture.floors.assign(grid.channels, 0);
    current.error = refineMixture(grid, current.mixture, 0);
    if (accept(current.mixture, current.error)) return true;
    const bool thorough = effort == SearchEffort::thorough;
    const double energy = grid.energy();
    while (current.mixture.hills.size() < kMostHills) {
        addHill(grid, current.mixture);
        current.error = refineMixture(grid, current.mixture, kIterations);
        if (accept(current.mixture, current.error)) return true;
        const bool halfway = current.mixture.hills.size() == kMostHills / 2;
        if (!thorough && halfway && current.error > kHopefulHalfway * energy) return false;
    }
    current.error = refineMixture(grid, current.mixture, kLastIterations);
    if (accept(current.mixture, current.error)) return true;
    if (current.error > kHopeful * energy) return false;
    Random random(1);
    for (int round = 0; round < (thorough ? kRounds : kQuickRounds); ++round) {
        auto better = oneHillReset(grid, current);
        if (!better && thorough) better = someHillsReset(grid, current, random);
        if (!better) break;
        current = std::move(*better);
        if (accept(current.mixture, current.error)) return true;
    }
    refineMixture(grid, current.mixture, 3 * kLastIterations);
    return accept(current.mixture, refineMixture(grid, current.mixture, 0));
}

}  // namespace smidgen::storage
