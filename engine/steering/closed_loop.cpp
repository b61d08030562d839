#include "engine/steering/closed_loop.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/steering/attribute_matrix.h"

namespace smidgen {
namespace {

constexpr std::size_t kSize = kAttributeCount;
using Row = AttributeRow;
using Square = AttributeMatrix;

constexpr double kRidge = 0.03;   ///< of amounts, against squared misses in σ
constexpr double kAtRest = 0.1;   ///< σ
constexpr double kEnough = 0.04;  ///< σ, root of the weighted mean square
constexpr double kLongestStep = 0.7;
constexpr int kRoundsForAsked = 3;
constexpr double kFarthestHeld = 1.5;  ///< σ
constexpr double kStuck = 0.2;         ///< σ; what is missed by more is looked for over the tool's whole way
constexpr std::array<double, 5> kLooks{0.15, 0.35, 0.55, 0.8, 1.0};

/// What the tools do on average, in the attributes' own units for an amount of 1: rows are attributes,
/// columns tools, in the order of `Attribute`. Measured by tests/benchmarks/steering_tools.
constexpr Square kUsual{{
    // density brightness warmth roughness tension rhythm pulse space
    {0.6, 0.06, -0.02, 0.05, 0.0, 0.12, 0.0, 0.0},      // density
    {0.0, 1.4, -0.5, 0.0, 0.0, 0.15, 0.0, -0.05},       // brightness
    {0.0, -12.0, 8.0, 0.0, 0.0, -1.0, 0.0, 0.0},        // warmth
    {0.0, 0.01, 0.0, 0.2, 0.03, 0.06, 0.0, 0.0},        // roughness
    {0.01, 0.02, 0.0, 0.01, 0.06, 0.01, 0.0, 0.03},     // tension
    {-0.02, 0.04, -0.02, 0.02, 0.0, 0.1, 0.02, -0.05},  // rhythm
    {-0.02, 0.0, 0.0, 0.0, 0.0, 0.01, 0.1, -0.03},      // pulse
    {0.2, 0.05, 0.0, -0.05, 0.0, -0.4, -0.2, 0.8},      // space
}};

/// Misses in σ, as far as they matter. What is far from where it was to stay must not outweigh what was asked
/// for.
Row missesOf(const SteeringAim& aim, const Attributes& found) {
    Row misses{};
    for (std::size_t a = 0; a < kSize; ++a) {
        if (!(aim.deviation[a] > 0)) continue;
        double miss = (aim.wanted.values[a] - found.values[a]) / aim.deviation[a];
        if (aim.weight[a] < 1) miss = std::clamp(miss, -kFarthestHeld, kFarthestHeld);
        misses[a] = aim.weight[a] * miss;
    }
    return misses;
}

double meanSquare(const Row& misses) {
    double sum = 0;
    for (const double miss : misses) sum += miss * miss;
    return sum;
}

/// The step of the amounts that answers the misses to first order, and keeps the whole small.
Row stepFor(const Square& table, const SteeringAim& aim, const Row& misses, const ToolAmounts& now,
            const std::array<bool, kSize>& inUse, double ridge) {
    Square normal{};
    Row right{};
    for (std::size_t i = 0; i < kSize; ++i) {
        for (std::size_t a = 0; a < kSize; ++a) {
            if (!(aim.deviation[a] > 0)) continue;
            const double weight = aim.weight[a] / aim.deviation[a];
            const double mine = inUse[i] ? weight * table[a][i] : 0;
            right[i] += mine * misses[a];
            for (std::size_t j = 0; j < kSize; ++j)
                normal[i][j] += mine * (inUse[j] ? weight * table[a][j] : 0);
        }
        normal[i][i] += ridge;
        right[i] -= inUse[i] ? kRidge * now.values[i] : 0;
    }
    Row step = solvePositive(normal, right);
    for (std::size_t i = 0; i < kSize; ++i) {
        step[i] = inUse[i] ? std::clamp(step[i], -kLongestStep, kLongestStep) : 0.0;
        step[i] = std::clamp(now.values[i] + step[i], -1.0, 1.0) - now.values[i];
    }
    return step;
}

}  // namespace

Result<ClosedLoopResult> closeLoop(const ToolChain& chain, const SteeringAim& aim, SoundDescriber& describer,
                                   int rounds, const CancelToken& cancel) {
    ClosedLoopResult result;
    result.before = describer.describe(chain.mid()).attributes;
    result.reached = result.before;
    result.measurements = 1;
    Row misses = missesOf(aim, result.before);
    double best = meanSquare(misses);
    std::array<bool, kSize> inUse{};
    bool all = false;
    const auto use = [&](bool held) {
        for (std::size_t a = 0; a < kSize; ++a)
            inUse[a] = (held || aim.weight[a] >= 1) && std::abs(misses[a]) > kAtRest * aim.weight[a];
    };
    use(false);
    Square table = kUsual;
    ToolAmounts now;
    Attributes found = result.before;
    double ridge = kRidge;
    // A tool that moves events does by leaps what it does: steps that believe in a slope may find no way.
    const auto lookFor = [&](std::size_t a) {
        for (const double look : kLooks) {
            ToolAmounts next = now;
            next.values[a] = std::copysign(look, misses[a]);
            const Attributes heard = describer.describe(chain.applyToMid(next)).attributes;
            ++result.measurements;
            const Row missesThere = missesOf(aim, heard);
            if (const double score = meanSquare(missesThere); score < best) {
                best = score;
                result.amounts = next;
                result.reached = heard;
            }
        }
        now = result.amounts;
        found = result.reached;
        misses = missesOf(aim, found);
    };
    for (int round = 0; round < rounds; ++round) {
        // First what was asked for; then what that has moved is brought back.
        const auto idle = [&] { return std::ranges::none_of(inUse, [](bool used) { return used; }); };
        if (!all && (round >= kRoundsForAsked || idle())) use(all = true);
        if (best < kEnough * kEnough || idle()) break;
        if (cancel.cancelled()) return failure(ErrorCode::cancelled, "The sound was not finished.");
        const Row step = stepFor(table, aim, misses, now, inUse, ridge);
        double length = 0;
        for (const double part : step) length += part * part;
        if (length < 1e-6) {
            if (all) break;
            use(all = true);
            continue;
        }
        ToolAmounts next = now;
        for (std::size_t i = 0; i < kSize; ++i) next.values[i] += step[i];
        const Attributes heard = describer.describe(chain.applyToMid(next)).attributes;
        ++result.measurements;
        // What the step did beside what the table said, goes into the table.
        for (std::size_t a = 0; a < kSize; ++a) {
            double said = 0;
            for (std::size_t i = 0; i < kSize; ++i) said += table[a][i] * step[i];
            const double surprise = heard.values[a] - found.values[a] - said;
            for (std::size_t i = 0; i < kSize; ++i) table[a][i] += surprise * step[i] / length;
        }
        const Row missesThere = missesOf(aim, heard);
        const double score = meanSquare(missesThere);
        // Levenberg (1944): a step that made it worse is taken back, and the next is shorter.
        if (!(score < best)) {
            ridge *= 6;
            continue;
        }
        ridge = std::max(kRidge, ridge / 3);
        best = score;
        now = next;
        found = heard;
        misses = missesThere;
        result.amounts = now;
        result.reached = found;
    }
    for (std::size_t a = 0; a < kSize; ++a)
        if (aim.weight[a] >= 1 && std::abs(misses[a]) > kStuck && !cancel.cancelled()) lookFor(a);
    return result;
}

}  // namespace smidgen
