#include "engine/map/neighbours.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/foundation/random.h"

namespace smidgen {
namespace {

constexpr int kTrees = 6;
constexpr std::size_t kLeaf = 40;
constexpr int kRounds = 2;  ///< of neighbours of neighbours
constexpr std::uint64_t kForestSeed = 0x6d6170;

tl::unexpected<Error> stopped() {
    return failure(ErrorCode::cancelled, "Laying out the map was cancelled.");
}

/// The nearest so far, nearest first.
class ShortList {
 public:
    ShortList(std::uint32_t* near, float* gap, std::size_t k) : m_near(near), m_gap(gap), m_k(k) {}
    void offer(std::uint32_t other, float gap) {
        if (m_count == m_k && gap >= m_gap[m_k - 1]) return;
        for (std::size_t i = 0; i < m_count; ++i)
            if (m_near[i] == other) return;
        std::size_t at = m_count < m_k ? m_count++ : m_k - 1;
        for (; at > 0 && m_gap[at - 1] > gap; --at) {
            m_gap[at] = m_gap[at - 1];
            m_near[at] = m_near[at - 1];
        }
        m_gap[at] = gap;
        m_near[at] = other;
    }
    [[nodiscard]] std::size_t count() const { return m_count; }
    void setCount(std::size_t count) { m_count = count; }

 private:
    std::uint32_t* m_near;
    float* m_gap;
    std::size_t m_k;
    std::size_t m_count = 0;
};

/// Splits items[from, to) at the median of a random direction until leaves are small; each leaf's items are
/// offered to each other.
template <typename Leaf>
void growTree(const EmbeddingTable& table, std::span<std::uint32_t> items, Random& random, Leaf&& leaf) {
    if (items.size() <= kLeaf) return leaf(items);
    // The direction between two of them: follows the data, unlike a random one.
    const auto a = table.row(items[random.below(items.size())]);
    const auto b = table.row(items[random.below(items.size())]);
    std::vector<std::pair<float, std::uint32_t>> along;
    along.reserve(items.size());
    for (const std::uint32_t item : items) {
        const auto row = table.row(item);
        float sum = 0;
        for (std::size_t d = 0; d < table.dims; ++d) sum += (b[d] - a[d]) * row[d];
        along.emplace_back(sum, item);
    }
    const std::size_t half = items.size() / 2;
    std::nth_element(along.begin(), along.begin() + static_cast<std::ptrdiff_t>(half), along.end());
    for (std::size_t i = 0; i < items.size(); ++i) items[i] = along[i].second;
    along = {};
    growTree(table, items.first(half), random, leaf);
    growTree(table, items.subspan(half), random, leaf);
}

}  // namespace

float EmbeddingTable::gap(std::size_t a, std::size_t b) const {
    const float* x = values.data() + a * dims;
    const float* y = values.data() + b * dims;
    float lanes[8] = {};
    std::size_t d = 0;
    for (; d + 8 <= dims; d += 8)
        for (std::size_t lane = 0; lane < 8; ++lane) {
            const float by = x[d + lane] - y[d + lane];
            lanes[lane] += by * by;
        }
    float sum = 0;
    for (; d < dims; ++d) sum += (x[d] - y[d]) * (x[d] - y[d]);
    for (const float lane : lanes) sum += lane;
    return sum;
}

Result<NeighbourGraph> nearestOthers(const EmbeddingTable& table, std::size_t k, const CancelToken& cancel) {
    const std::size_t count = table.count();
    NeighbourGraph graph;
    graph.k = std::min(k, count > 0 ? count - 1 : 0);
    if (graph.k == 0) return graph;
    graph.near.resize(count * graph.k);
    graph.distance.assign(count * graph.k, std::numeric_limits<float>::infinity());
    std::vector<ShortList> lists;
    lists.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        lists.emplace_back(graph.near.data() + i * graph.k, graph.distance.data() + i * graph.k, graph.k);
    const auto compare = [&](std::uint32_t a, std::uint32_t b) {
        const float gap = table.gap(a, b);
        lists[a].offer(b, gap);
        lists[b].offer(a, gap);
    };
    if (count <= kMostComparedAll) {
        for (std::uint32_t i = 1; i < count; ++i) {
            if (cancel.cancelled()) return stopped();
            for (std::uint32_t j = 0; j < i; ++j) compare(i, j);
        }
    } else {
        std::vector<std::uint32_t> items(count);
        for (int tree = 0; tree < kTrees; ++tree) {
            if (cancel.cancelled()) return stopped();
            std::iota(items.begin(), items.end(), 0U);
            Random random(mixSeed(kForestSeed, static_cast<std::uint64_t>(tree)));
            growTree(table, std::span(items), random, [&](std::span<const std::uint32_t> leaf) {
                for (std::size_t i = 1; i < leaf.size(); ++i)
                    for (std::size_t j = 0; j < i; ++j) compare(leaf[i], leaf[j]);
            });
        }
        for (int round = 0; round < kRounds; ++round)
            for (std::uint32_t i = 0; i < count; ++i) {
                if (i % 4096 == 0 && cancel.cancelled()) return stopped();
                const std::vector<std::uint32_t> now(graph.of(i).begin(), graph.of(i).end());
                for (std::size_t a = 1; a < now.size(); ++a)
                    for (std::size_t b = 0; b < a; ++b)
                        if (now[a] != now[b]) compare(now[a], now[b]);
            }
    }
    for (float& gap : graph.distance) gap = std::sqrt(gap);
    return graph;
}

}  // namespace smidgen
