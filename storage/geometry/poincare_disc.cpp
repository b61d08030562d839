#include "storage/geometry/poincare_disc.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "storage/geometry/gap.h"

namespace smidgen::storage {
namespace {

/// Radius at which 1 − |point| still has three digits in double.
constexpr double kRim = 30.0;

std::vector<int> depths(const Hierarchy& hierarchy) {
    std::vector<int> depth(hierarchy.nodes(), 0);
    for (std::size_t i = hierarchy.joins.size(); i-- > 0;) {
        const auto& join = hierarchy.joins[i];
        depth[join.first] = depth[join.second] = depth[hierarchy.items + i] + 1;
    }
    return depth;
}

bool wellFormed(const Hierarchy& hierarchy) {
    if (hierarchy.items == 0 || hierarchy.joins.size() + 1 != hierarchy.items) return false;
    std::vector<bool> joined(hierarchy.nodes(), false);
    for (std::size_t i = 0; i < hierarchy.joins.size(); ++i)
        for (const std::uint32_t node : {hierarchy.joins[i].first, hierarchy.joins[i].second}) {
            if (node >= hierarchy.items + i || joined[node]) return false;
            joined[node] = true;
        }
    return true;
}

}  // namespace

double edgeThatFits(const Hierarchy& hierarchy, double wanted) {
    if (!wellFormed(hierarchy)) return 0.0;
    const std::vector<int> depth = depths(hierarchy);
    const int deepest = *std::max_element(depth.begin(), depth.end());
    return deepest == 0 ? wanted : std::min(wanted, kRim / deepest);
}

Result<std::vector<DiscPoint>> layOutHierarchy(const Hierarchy& hierarchy, double edge) {
    if (!wellFormed(hierarchy))
        return failure(ErrorCode::invalidArgument, "This hierarchy is not a tree of joins.");
    // A quotient of the rim by the depth, times the depth, may come out a rounding above the rim.
    if (!(edge > 0.0) || edgeThatFits(hierarchy, edge) < edge * (1.0 - 1e-12))
        return failure(ErrorCode::invalidArgument,
                       "The edges of this map are too long for a tree as deep as this one.");
    std::vector<DiscPoint> place(hierarchy.nodes());
    std::vector<DiscPoint> parentOf(hierarchy.nodes());
    const double reach = std::tanh(0.5 * edge);
    for (std::size_t i = hierarchy.joins.size(); i-- > 0;) {
        const auto& join = hierarchy.joins[i];
        const std::size_t node = hierarchy.items + i;
        const bool root = i + 1 == hierarchy.joins.size();
        const DiscPoint here = place[node];
        const double towardsParent = root ? 0.0 : std::arg(translated(parentOf[node], -here));
        const double step = 2.0 * std::numbers::pi / (root ? 2.0 : 3.0);
        double angle = towardsParent;
        for (const std::uint32_t child : {join.first, join.second}) {
            angle += step;
            place[child] = translated(std::polar(reach, angle), here);
            parentOf[child] = here;
        }
    }
    return place;
}

double discDistance(DiscPoint a, DiscPoint b) {
    return distanceFromGap(2.0 * std::norm(a - b) / ((1.0 - std::norm(a)) * (1.0 - std::norm(b))), 1.0);
}

DiscPoint translated(DiscPoint point, DiscPoint shift) {
    return (point + shift) / (1.0 + std::conj(shift) * point);
}

DiscPoint discGeodesic(DiscPoint a, DiscPoint b, double t) {
    const DiscPoint way = translated(b, -a);
    const double length = std::abs(way);
    if (length == 0.0) return a;
    return translated(way * (std::tanh(t * std::atanh(length)) / length), a);
}

// Two half turns, about `from` and about the middle of the way, make one translation along the way.
DiscPan::DiscPan(DiscPoint from, DiscPoint to) {
    const DiscPoint middle = discGeodesic(from, to, 0.5);
    const std::array<DiscPoint, 2> centres{from, middle};
    m_a = 1.0;
    m_b = 0.0;
    for (const DiscPoint centre : centres) {
        // The half turn about c: a = i(1 + |c|²), b = −2ic, over 1 − |c|².
        const DiscPoint i{0.0, 1.0};
        const double scale = 1.0 / (1.0 - std::norm(centre));
        const DiscPoint a = i * (1.0 + std::norm(centre)) * scale;
        const DiscPoint b = -2.0 * i * centre * scale;
        const DiscPoint product = a * m_a + b * std::conj(m_b);
        m_b = a * m_b + b * std::conj(m_a);
        m_a = product;
    }
}

DiscPoint DiscPan::operator()(DiscPoint point) const {
    return (m_a * point + m_b) / (std::conj(m_b) * point + std::conj(m_a));
}

}  // namespace smidgen::storage
