#include "engine/steering/closed_loop.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/steering/attribute_matrix.h"

namespace smidgen {
namespace {

constexpr std::size_t kSize = kAttributeCount;
using Row = AttributeRow;
using Square = AttributeMatrix;

constexpr double kRidge = 0.03;   ///< of amounts, against squared misses in σ
constexpr double kAtRest = 0.1;   ///< σ
constexpr double kEnough = 0.12;  ///< σ, root of the weighted mean square
constexpr double kLongestStep = 0.7;
constexpr double kPeakier = 6;          ///< dB of peak over loudness that a tool may add unpunished
constexpr double kPeakierByOne = 4;     ///< dB that then count as a miss by σ
constexpr std::size_t kMoment = 19200;  ///< samples, 0.4 s: what loudness is the mean of
constexpr double kStuck = 0.35;      ///< σ; what is missed by more is looked for over the tool's whole way
constexpr double kFarOff = 0.7;      ///< σ; what is missed by more is searched for from another start
constexpr double kOtherStart = 0.6;  ///< amount
constexpr int kLastRounds = 8;
constexpr std::array<double, 5> kLooks{0.15, 0.35, 0.55, 0.8, 1.0};
constexpr std::array<double, 2> kNearLooks{0.12, 0.3};

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

/// Misses in σ, as far as they matter.
Row missesOf(const SteeringAim& aim, const Attributes& found) {
    Row misses{};
    for (std::size_t a = 0; a < kSize; ++a)
        if (aim.deviation[a] > 0)
            misses[a] = aim.weight[a] * (aim.wanted.values[a] - found.values[a]) / aim.deviation[a];
    return misses;
}

/// How far the peak lies above the loudest moment, in dB; of silence 0.
double peakiness(std::span<const float> sound) {
    double peak = 0, loudest = 0, sum = 0;
    for (std::size_t i = 0; i < sound.size(); ++i) {
        const double square = static_cast<double>(sound[i]) * static_cast<double>(sound[i]);
        peak = std::max(peak, square);
        sum += square;
        if (i >= kMoment) {
            const double gone = static_cast<double>(sound[i - kMoment]);
            sum -= gone * gone;
        }
        loudest = std::max(loudest, sum);
    }
    return loudest > 0 ? 10 * std::log10(peak * static_cast<double>(kMoment) / loudest) : 0;
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

/// One setting of the tools, and what came of it.
struct Heard {
    ToolAmounts amounts;
    Attributes found;
    Row misses{};
    double score = 0;  ///< σ²
};

class Listener {
 public:
    Listener(const ToolChain& chain, const SteeringAim& aim, SoundDescriber& describer)
        : m_chain(chain), m_aim(aim), m_describer(describer), m_peakiness(peakiness(chain.mid())) {}

    [[nodiscard]] Heard hear(const ToolAmounts& amounts) {
        ++m_count;
        const std::vector<float> sound = m_chain.applyToMid(amounts);
        Heard heard{amounts, m_describer.describe(sound).attributes, {}, 0};
        heard.misses = missesOf(m_aim, heard.found);
        // Peaks that no limiter can hold without being heard cost the take its loudness.
        const double over = std::max(0.0, peakiness(sound) - m_peakiness - kPeakier) / kPeakierByOne;
        heard.score = meanSquare(heard.misses) + over * over;
        return heard;
    }
    [[nodiscard]] int count() const { return m_count; }

 private:
    const ToolChain& m_chain;
    const SteeringAim& m_aim;
    SoundDescriber& m_describer;
    double m_peakiness;
    int m_count = 0;
};

/// From one setting of the tools to a better one.
class Search {
 public:
    Search(Listener& listener, const SteeringAim& aim, Heard start, const CancelToken& cancel)
        : m_listener(listener), m_aim(aim), m_best(std::move(start)), m_cancel(cancel) {}

    [[nodiscard]] const Heard& best() const { return m_best; }
    [[nodiscard]] bool idle() const {
        return std::ranges::none_of(m_inUse, [](bool used) { return used; }) ||
               m_best.score < kEnough * kEnough;
    }
    /// Of attributes that miss, and those already turned.
    void takeTools() {
        for (std::size_t a = 0; a < kSize; ++a)
            m_inUse[a] = m_inUse[a] || std::abs(m_best.misses[a]) > kAtRest * m_aim.weight[a] ||
                         m_best.amounts.values[a] != 0;
    }
    /// Gauss–Newton steps.
    [[nodiscard]] Status descend(int rounds);
    /// A tool that moves events does by leaps what it does: steps that believe in a slope may find no way.
    /// `near`: a little further towards what is missed, else over its whole way to that side.
    [[nodiscard]] Status look(bool near);

 private:
    Listener& m_listener;
    const SteeringAim& m_aim;
    Heard m_best;
    const CancelToken& m_cancel;
    std::array<bool, kSize> m_inUse{};
    Square m_table = kUsual;
};

tl::unexpected<Error> notFinished() {
    return failure(ErrorCode::cancelled, "The sound was not finished.");
}

Status Search::descend(int rounds) {
    double ridge = kRidge;
    for (int round = 0; round < rounds && !idle(); ++round) {
        if (m_cancel.cancelled()) return notFinished();
        const Row step = stepFor(m_table, m_aim, m_best.misses, m_best.amounts, m_inUse, ridge);
        double length = 0;
        for (const double part : step) length += part * part;
        if (length < 1e-6) break;
        ToolAmounts next = m_best.amounts;
        for (std::size_t i = 0; i < kSize; ++i) next.values[i] += step[i];
        const Heard heard = m_listener.hear(next);
        // What the step did beside what the table said, goes into the table.
        for (std::size_t a = 0; a < kSize; ++a) {
            double said = 0;
            for (std::size_t i = 0; i < kSize; ++i) said += m_table[a][i] * step[i];
            const double surprise = heard.found.values[a] - m_best.found.values[a] - said;
            for (std::size_t i = 0; i < kSize; ++i) m_table[a][i] += surprise * step[i] / length;
        }
        // Levenberg (1944): a step that made it worse is taken back, and the next is shorter.
        if (!(heard.score < m_best.score)) {
            ridge *= 6;
            continue;
        }
        ridge = std::max(kRidge, ridge / 3);
        m_best = heard;
    }
    return {};
}

Status Search::look(bool near) {
    for (std::size_t a = 0; a < kSize; ++a) {
        if (!(std::abs(m_best.misses[a]) > kStuck)) continue;
        if (m_cancel.cancelled()) return notFinished();
        const Heard from = m_best;
        for (const double look :
             near ? std::span<const double>(kNearLooks) : std::span<const double>(kLooks)) {
            ToolAmounts next = from.amounts;
            const double way = std::copysign(look, from.misses[a]);
            next.values[a] = near ? std::clamp(from.amounts.values[a] + way, -1.0, 1.0) : way;
            if (const Heard heard = m_listener.hear(next); heard.score < m_best.score) m_best = heard;
        }
    }
    return {};
}

/// Where to begin once more: the tools of what is still far off turned by kOtherStart, others at rest. None
/// where these are turned as far that way already.
std::optional<ToolAmounts> otherStart(const Heard& best) {
    ToolAmounts start;
    for (std::size_t a = 0; a < kSize; ++a)
        if (std::abs(best.misses[a]) > kFarOff &&
            std::copysign(1.0, best.misses[a]) * best.amounts.values[a] < kOtherStart)
            start.values[a] = std::copysign(kOtherStart, best.misses[a]);
    if (start.areZero()) return std::nullopt;
    return start;
}

}  // namespace

Result<ClosedLoopResult> closeLoop(const ToolChain& chain, const SteeringAim& aim, SoundDescriber& describer,
                                   int rounds, const CancelToken& cancel) {
    Listener listener(chain, aim, describer);
    const Heard first = listener.hear({});
    ClosedLoopResult result;
    result.before = first.found;
    const auto searchFrom = [&](const Heard& start) -> Result<Search> {
        Search search(listener, aim, start, cancel);
        search.takeTools();
        if (auto done = search.descend(rounds); !done) return propagate(done);
        // What one tool brings back another may have moved again: twice.
        for (const bool near : {false, true})
            if (auto done = search.look(near); !done) return propagate(done);
        return search;
    };
    auto search = searchFrom(first);
    if (!search) return propagate(search);
    Search* last = &*search;
    std::optional<Search> other;
    if (const auto start = otherStart(search->best())) {
        auto found = searchFrom(listener.hear(*start));
        if (!found) return propagate(found);
        other.emplace(*found);
        if (other->best().score < search->best().score) last = &*other;
    }
    last->takeTools();
    if (auto done = last->descend(kLastRounds); !done) return propagate(done);
    result.amounts = last->best().amounts;
    result.reached = last->best().found;
    result.measurements = listener.count();
    return result;
}

}  // namespace smidgen
