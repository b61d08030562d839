#include "engine/steering/near_draw.h"

#include <cmath>
#include <limits>
#include <numeric>

namespace smidgen {
namespace {

double exponential(Random& random) {
    return -std::log(1 - random.uniform());
}

}  // namespace

std::size_t drawNear(std::size_t drawn, std::span<const double> usual, std::span<const double> shares,
                     Random random) {
    const double whole = std::accumulate(usual.begin(), usual.end(), 0.0);
    // By the usual shares the winner finishes at this time, all others later, by as much as they would have
    // needed from the start: exponential waiting has no memory.
    const double won = exponential(random) / whole;
    std::size_t best = drawn;
    double least = std::numeric_limits<double>::max();
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const double later = exponential(random);
        if (!(shares[i] > 0)) continue;
        const double time = (usual[i] * won + (i == drawn ? 0.0 : later)) / shares[i];
        if (time < least) {
            least = time;
            best = i;
        }
    }
    return best;
}

}  // namespace smidgen
