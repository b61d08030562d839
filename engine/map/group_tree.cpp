#include "engine/map/group_tree.h"

#include <algorithm>
#include <numeric>

namespace smidgen {
namespace {

constexpr int kRounds = 6;
constexpr std::size_t kLeastShare = 8;  ///< of a split, one in …

using Centre = std::vector<float>;

Centre meanOf(const EmbeddingTable& table, std::span<const std::uint32_t> items) {
    std::vector<double> sums(table.dims, 0.0);
    for (const std::uint32_t item : items) {
        const auto row = table.row(item);
        for (std::size_t d = 0; d < table.dims; ++d) sums[d] += row[d];
    }
    Centre mean(table.dims);
    for (std::size_t d = 0; d < table.dims; ++d)
        mean[d] = static_cast<float>(sums[d] / static_cast<double>(items.size()));
    return mean;
}

float gapBetween(std::span<const float> a, std::span<const float> b) {
    float sum = 0;
    for (std::size_t d = 0; d < a.size(); ++d) sum += (a[d] - b[d]) * (a[d] - b[d]);
    return sum;
}

std::uint32_t farthestFrom(const EmbeddingTable& table, std::span<const std::uint32_t> items,
                           std::span<const float> place) {
    std::uint32_t farthest = items.front();
    float most = -1;
    for (const std::uint32_t item : items) {
        const float gap = gapBetween(table.row(item), place);
        if (gap > most) {
            most = gap;
            farthest = item;
        }
    }
    return farthest;
}

/// Orders `items` so that the first part is one side; returns how long that is, at least 1.
std::size_t split(const EmbeddingTable& table, std::span<std::uint32_t> items) {
    const std::size_t size = items.size();
    if (size == 2) return 1;
    const auto a = table.row(farthestFrom(table, items, meanOf(table, items)));
    const auto b = table.row(farthestFrom(table, items, a));
    Centre first(a.begin(), a.end());
    Centre second(b.begin(), b.end());
    std::vector<std::pair<float, std::uint32_t>> lean(size);  // below 0: to the first
    std::size_t cut = 0;
    for (int round = 0; round < kRounds; ++round) {
        for (std::size_t i = 0; i < size; ++i) {
            const auto row = table.row(items[i]);
            lean[i] = {gapBetween(row, first) - gapBetween(row, second), items[i]};
        }
        const std::size_t least = std::max<std::size_t>(1, size / kLeastShare);
        std::sort(lean.begin(), lean.end());
        const auto middle = std::lower_bound(lean.begin(), lean.end(), std::pair(0.0F, 0U));
        const std::size_t next =
            std::clamp(static_cast<std::size_t>(middle - lean.begin()), least, size - least);
        for (std::size_t i = 0; i < size; ++i) items[i] = lean[i].second;
        const bool settled = next == cut;
        cut = next;
        if (settled) break;
        first = meanOf(table, items.first(cut));
        second = meanOf(table, items.subspan(cut));
    }
    return cut;
}

class Growing {
 public:
    Growing(const EmbeddingTable& table, const CancelToken& cancel) : m_table(table), m_cancel(cancel) {
        m_tree.items = static_cast<std::uint32_t>(table.count());
        m_tree.joins.reserve(m_tree.items);
    }

    /// The node that stands for `items`. `outside`: the mean of the branch beside it; may be empty.
    std::uint32_t grow(std::span<std::uint32_t> items, const Centre& outside) {
        if (items.size() == 1) return items.front();
        if (m_cancel.cancelled()) {  // any tree will do: nobody sees it
            m_stopped = true;
            std::uint32_t node = items.front();
            for (const std::uint32_t item : items.subspan(1)) node = join(node, item, 0);
            return node;
        }
        const std::size_t cut = split(m_table, items);
        const std::span<std::uint32_t> sides[2] = {items.first(cut), items.subspan(cut)};
        const Centre centres[2] = {meanOf(m_table, sides[0]), meanOf(m_table, sides[1])};
        const std::uint32_t nodes[2] = {grow(sides[0], centres[1]), grow(sides[1], centres[0])};
        const bool turn =
            !outside.empty() && gapBetween(centres[1], outside) < gapBetween(centres[0], outside);
        return join(nodes[turn ? 1 : 0], nodes[turn ? 0 : 1], gapBetween(centres[0], centres[1]));
    }
    [[nodiscard]] bool wasStopped() const { return m_stopped; }
    [[nodiscard]] storage::Hierarchy take() { return std::move(m_tree); }

 private:
    std::uint32_t join(std::uint32_t a, std::uint32_t b, float height) {
        m_tree.joins.push_back({a, b, height});
        return m_tree.nodes() - 1;
    }

    const EmbeddingTable& m_table;
    CancelToken m_cancel;
    storage::Hierarchy m_tree;
    bool m_stopped = false;
};

}  // namespace

Result<storage::Hierarchy> bisectedTree(const EmbeddingTable& table, const CancelToken& cancel) {
    if (table.count() == 0) return failure(ErrorCode::invalidArgument, "There is nothing to group.");
    std::vector<std::uint32_t> items(table.count());
    std::iota(items.begin(), items.end(), 0U);
    Growing growing(table, cancel);
    growing.grow(items, {});
    if (growing.wasStopped()) return failure(ErrorCode::cancelled, "Laying out the map was cancelled.");
    return growing.take();
}

LeafOrder leafOrder(const storage::Hierarchy& tree) {
    LeafOrder order;
    order.items.resize(tree.items);
    order.first.assign(tree.nodes(), 0);
    order.counts.assign(tree.nodes(), 1);
    order.depth.assign(tree.nodes(), 0);
    for (std::size_t i = 0; i < tree.joins.size(); ++i)
        order.counts[tree.items + i] = order.counts[tree.joins[i].first] + order.counts[tree.joins[i].second];
    for (std::size_t i = tree.joins.size(); i-- > 0;) {
        const auto& join = tree.joins[i];
        const std::size_t node = tree.items + i;
        order.first[join.first] = order.first[node];
        order.first[join.second] = order.first[node] + order.counts[join.first];
        order.depth[join.first] = order.depth[join.second] = order.depth[node] + 1;
    }
    for (std::uint32_t item = 0; item < tree.items; ++item) order.items[order.first[item]] = item;
    return order;
}

}  // namespace smidgen
