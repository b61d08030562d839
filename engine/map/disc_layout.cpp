#include "engine/map/disc_layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "engine/foundation/random.h"
#include "engine/map/group_tree.h"

namespace smidgen {
namespace {

constexpr int kCentringSteps = 12;
constexpr double kLeastWidth = 3.0;  ///< hyperbolic radius within which nine tenths lie, at least

/// As storage::translated, in line: it is called some hundred million times for many items.
inline DiscPoint translated(DiscPoint point, DiscPoint shift) {
    const double x = point.real() + shift.real();
    const double y = point.imag() + shift.imag();
    const double u = 1.0 + shift.real() * point.real() + shift.imag() * point.imag();
    const double v = shift.real() * point.imag() - shift.imag() * point.real();
    const double scale = 1.0 / (u * u + v * v);
    return {(x * u + y * v) * scale, (y * u - x * v) * scale};
}

/// Euclidean radius of a point that far from the middle, and back.
inline double tanhOfHalf(double distance) {
    const double e = std::exp(-std::abs(distance));
    return std::copysign((1.0 - e) / (1.0 + e), distance);
}
inline double distanceOf(double radius) {
    return std::log((1.0 + radius) / (1.0 - radius));
}

constexpr std::uint64_t kDrawSeed = 0x64697363;
constexpr double kLongestEdge = 1.1;  ///< ln 3: branches of a binary tree do not cross
constexpr int kEpochs = 200;
constexpr int kEpochsOfMany = 20;
constexpr std::size_t kMany = 20'000;
constexpr int kPushes = 4;  ///< away from others, for each pull
constexpr double kLongestStep = 0.4;
constexpr double kRadiusPull = 0.15;  ///< of the way to its radius, an epoch
constexpr double kLeastReach = 2.6;
constexpr double kNearest = 0.05;  ///< pushes grow no more below this distance

tl::unexpected<Error> stopped() {
    return failure(ErrorCode::cancelled, "Laying out the map was cancelled.");
}

/// The hyperbolic radius of the whole, so that many have room.
double reachFor(std::size_t count) {
    const double outermost = 2.0 * std::atanh(kOutermost);
    return std::min(outermost - 0.2, std::max(kLeastReach, 0.42 * std::log(static_cast<double>(count) + 1)));
}

/// Where each item's rank by specialness lets it stand.
std::vector<double> radii(const EmbeddingTable& table) {
    const std::size_t count = table.count();
    std::vector<double> mean(table.dims, 0.0);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t d = 0; d < table.dims; ++d)
            mean[d] += static_cast<double>(table.row(i)[d]) / static_cast<double>(count);
    std::vector<std::pair<double, std::size_t>> rank(count);
    for (std::size_t i = 0; i < count; ++i) {
        double gap = 0;
        for (std::size_t d = 0; d < table.dims; ++d) {
            const double by = table.row(i)[d] - mean[d];
            gap += by * by;
        }
        rank[i] = {gap, i};
    }
    std::sort(rank.begin(), rank.end());
    // As many in each ring as an even spread over the drawn disc has.
    const double rim = std::tanh(0.5 * reachFor(count));
    std::vector<double> radius(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
        radius[rank[i].second] = 2.0 * std::atanh(rim * std::sqrt(share));
    }
    return radius;
}

DiscPoint held(DiscPoint point) {
    const double square = std::norm(point);
    return square > kOutermost * kOutermost ? point * (kOutermost / std::sqrt(square)) : point;
}

/// From `from` a signed hyperbolic way towards `to`; negative: away from it.
DiscPoint stepped(DiscPoint from, DiscPoint direction, double way) {
    return held(translated(direction * tanhOfHalf(way), from));
}

class Drawing {
 public:
    Drawing(const NeighbourGraph& graph, std::vector<DiscPoint>& places, const std::vector<bool>& fixed,
            std::vector<double> radius, int epochs)
        : m_graph(graph), m_places(places), m_fixed(fixed), m_radius(std::move(radius)), m_epochs(epochs) {}

    void epoch(int number) {
        const double rate = 1.0 - static_cast<double>(number) / m_epochs;
        const std::size_t count = m_places.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (m_fixed[i]) continue;
            Random random(mixSeed(kDrawSeed, static_cast<std::uint64_t>(number), i));
            for (std::size_t n = 0; n < m_graph.k; ++n) {
                // Nearer ones pull more often.
                if (random.uniform() > 1.0 / (1.0 + 0.15 * static_cast<double>(n))) continue;
                pull(i, m_graph.of(i)[n], rate);
                for (int p = 0; p < kPushes; ++p) push(i, random.below(count), rate);
            }
            towardsRadius(i, rate);
        }
    }

 private:
    struct Way {
        DiscPoint direction;
        double length;
    };
    [[nodiscard]] Way wayTo(std::size_t from, std::size_t to) const {
        const DiscPoint way = translated(m_places[to], -m_places[from]);
        const double length = std::sqrt(std::norm(way));
        if (length < 1e-12) return {{1.0, 0.0}, 0.0};
        return {way / length, distanceOf(std::min(length, 1.0 - 1e-15))};
    }
    void pull(std::size_t i, std::size_t other, double rate) {
        const Way way = wayTo(i, other);
        const double length = kSharpness * way.length;
        const double step = std::min(kLongestStep, rate * 0.5 * length / (1.0 + length * length));
        m_places[i] = stepped(m_places[i], way.direction, std::min(step, 0.5 * way.length));
        if (!m_fixed[other]) {
            const Way back = wayTo(other, i);
            m_places[other] = stepped(m_places[other], back.direction, std::min(step, 0.5 * back.length));
        }
    }
    void push(std::size_t i, std::size_t other, double rate) {
        if (other == i) return;
        const Way way = wayTo(i, other);
        const double length = kSharpness * way.length;
        if (length > kPushReach) return;
        const double least = std::max(length, kNearest);
        m_places[i] = stepped(m_places[i], way.direction,
                              -std::min(kLongestStep, rate * 0.1 / (least * (1.0 + length * length))));
    }
    void towardsRadius(std::size_t i, double rate) {
        const double now = 2.0 * std::atanh(std::abs(m_places[i]));
        if (now < 1e-9) return;
        const double next = now + kRadiusPull * rate * (m_radius[i] - now);
        m_places[i] = held(m_places[i] / std::abs(m_places[i]) * std::tanh(0.5 * next));
    }

    static constexpr double kSharpness = 3.0;
    static constexpr double kPushReach = 8.0;
    const NeighbourGraph& m_graph;
    std::vector<DiscPoint>& m_places;
    const std::vector<bool>& m_fixed;
    std::vector<double> m_radius;
    int m_epochs;
};

/// Beside the nearest that have a place.
void placeBeside(const EmbeddingTable& table, const NeighbourGraph& graph,
                 const std::vector<std::optional<DiscPoint>>& known, std::vector<DiscPoint>& places) {
    std::vector<std::uint32_t> settled;
    for (std::uint32_t i = 0; i < known.size(); ++i)
        if (known[i]) settled.push_back(i);
    for (std::uint32_t i = 0; i < places.size(); ++i) {
        if (known[i]) continue;
        std::optional<std::uint32_t> nearest;
        for (const std::uint32_t other : graph.of(i))
            if (known[other] && !nearest) nearest = other;
        if (!nearest)
            nearest = *std::min_element(settled.begin(), settled.end(),
                                        [&](auto a, auto b) { return table.gap(i, a) < table.gap(i, b); });
        Random random(mixSeed(kDrawSeed, i));
        places[i] =
            held(translated(std::polar(0.02, random.uniform(0, 2 * std::numbers::pi)), *known[*nearest]));
    }
}

/// All of it about the middle of the disc, and wide enough to be seen: few things that are much alike would
/// lie in a heap. Keeps angles about the middle, and who is nearer to whom but for small differences.
void spreadAboutMiddle(std::vector<DiscPoint>& places) {
    for (int step = 0; step < kCentringSteps; ++step) {
        DiscPoint mean = 0;
        for (const DiscPoint place : places) mean += place / static_cast<double>(places.size());
        for (DiscPoint& place : places) place = held(translated(place, -mean));
    }
    std::vector<double> radii;
    for (const DiscPoint place : places)
        radii.push_back(2 * std::atanh(std::min(std::abs(place), kOutermost)));
    const auto outer = radii.begin() + static_cast<std::ptrdiff_t>(radii.size() * 9 / 10);
    std::nth_element(radii.begin(), outer, radii.end());
    if (!(*outer > 0) || *outer >= kLeastWidth) return;
    const double wider = kLeastWidth / *outer;
    for (DiscPoint& place : places) {
        const double from = std::abs(place);
        if (from > 0) place = held(place / from * std::tanh(wider * std::atanh(from)));
    }
}

}  // namespace

Result<std::vector<DiscPoint>> treePlaces(const EmbeddingTable& table, const CancelToken& cancel) {
    auto tree = bisectedTree(table, cancel);
    if (!tree) return propagate(tree);
    const LeafOrder order = leafOrder(*tree);
    const int deepest = *std::max_element(order.depth.begin(), order.depth.end());
    const double wanted = deepest == 0 ? kLongestEdge : 2.0 * std::atanh(kOutermost) / deepest;
    auto nodes =
        storage::layOutHierarchy(*tree, storage::edgeThatFits(*tree, std::min(kLongestEdge, wanted)));
    if (!nodes) return propagate(nodes);
    nodes->resize(tree->items);
    return std::move(*nodes);
}

Result<std::vector<DiscPoint>> discPlaces(const EmbeddingTable& table,
                                          const std::vector<std::optional<DiscPoint>>& known,
                                          const CancelToken& cancel,
                                          const std::function<void(double)>& progress) {
    const std::size_t count = table.count();
    if (count == 0) return std::vector<DiscPoint>();
    if (count == 1) return std::vector<DiscPoint>{known.empty() ? 0.0 : known[0].value_or(0.0)};
    auto graph = nearestOthers(table, kLayoutNeighbours, cancel);
    if (!graph) return propagate(graph);
    if (progress) progress(0.2);
    std::vector<bool> fixed(count, false);
    std::vector<DiscPoint> places;
    bool any = false;
    for (std::size_t i = 0; i < known.size(); ++i) {
        fixed[i] = known[i].has_value();
        any = any || fixed[i];
    }
    if (any) {
        places.resize(count);
        for (std::size_t i = 0; i < count; ++i) places[i] = known[i].value_or(0.0);
        placeBeside(table, *graph, known, places);
    } else {
        auto begun = treePlaces(table, cancel);
        if (!begun) return propagate(begun);
        places = std::move(*begun);
    }
    const int epochs = count > kMany ? kEpochsOfMany : kEpochs;
    Drawing drawing(*graph, places, fixed, radii(table), epochs);
    for (int i = 0; i < epochs; ++i) {
        if (cancel.cancelled()) return stopped();
        drawing.epoch(i);
        if (progress) progress(0.2 + 0.8 * (i + 1) / epochs);
    }
    if (!any) spreadAboutMiddle(places);
    return places;
}

LayoutFigures judgeLayout(const EmbeddingTable& table, const std::vector<DiscPoint>& places, std::size_t k,
                          std::size_t samples) {
    const std::size_t count = table.count();
    if (count < 2 * k + 2) return {1, 1};
    const std::size_t step = samples == 0 || samples >= count ? 1 : count / samples;
    std::vector<std::uint32_t> rank(count);
    double kept = 0, penalty = 0;
    std::size_t judged = 0;
    std::vector<std::uint32_t> byTruth(count), byDisc(count);
    std::vector<double> gap(count);
    const auto sorted = [&](std::vector<std::uint32_t>& order, std::size_t self) {
        std::iota(order.begin(), order.end(), 0U);
        gap[self] = -1;
        std::sort(order.begin(), order.end(), [&](auto a, auto b) { return gap[a] < gap[b]; });
    };
    for (std::size_t i = 0; i < count; i += step, ++judged) {
        for (std::size_t j = 0; j < count; ++j) gap[j] = table.gap(i, j);
        sorted(byTruth, i);
        for (std::size_t r = 0; r < count; ++r) rank[byTruth[r]] = static_cast<std::uint32_t>(r);
        for (std::size_t j = 0; j < count; ++j) gap[j] = storage::discDistance(places[i], places[j]);
        sorted(byDisc, i);
        for (std::size_t r = 1; r <= k; ++r) {
            if (rank[byDisc[r]] <= k)
                kept += 1;
            else
                penalty += static_cast<double>(rank[byDisc[r]]) - static_cast<double>(k);
        }
    }
    const auto n = static_cast<double>(count);
    const auto kk = static_cast<double>(k);
    const auto j = static_cast<double>(judged);
    return {kept / (j * kk), 1.0 - 2.0 * penalty / (j * kk * (2.0 * n - 3.0 * kk - 1.0))};
}

}  // namespace smidgen
