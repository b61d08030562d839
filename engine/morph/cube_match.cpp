#include "engine/morph/cube_match.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <new>
#include <unordered_map>
#include <vector>

#include "storage/wavetable/resample.h"

namespace smidgen {
namespace {

using storage::Coordinate;
using storage::CubeLayout;
using storage::NodePointer;
using storage::NodeShape;
using storage::NodeSource;
using storage::SamplePlan;

constexpr std::uint32_t kMostRows = 64;
constexpr std::size_t kMostBytes = std::size_t{512} << 20;
constexpr std::size_t kMostCoarsePlaces = 100'000;
constexpr std::size_t kStarts = 8;
constexpr int kIterations = 40;
constexpr double kDerivativeStep = 1e-4;
constexpr double kNoBetter = 1e-4;  ///< of the mean square: as close as the other
constexpr double kFinestStep = 1.0 / 2000;

double& along(Coordinate& place, std::size_t axis) {
    return axis == 0 ? place.x : axis == 1 ? place.y : place.z;
}

/// The first channel alone: what is mono and what is stereo are compared by their mid.
Result<NodePointer> firstChannel(const NodePointer& node) {
    if (node->shape.channels == 1) return node;
    NodeShape shape = node->shape;
    shape.channels = 1;
    std::vector<float> values;
    values.reserve(shape.count());
    const auto all = node->floats();
    for (std::size_t i = 0; i < all.size(); i += node->shape.channels) values.push_back(all[i]);
    return storage::makeNode(shape, values);
}

Result<NodePointer> comparable(const NodePointer& node, const NodeShape& shape) {
    auto first = firstChannel(node);
    if (!first) return propagate(first);
    return resampled(*first, shape);
}

/// What the mix at any place differs from the target, by the products of the nodes' own differences: since
/// weights sum to 1, mix − target = Σ wᵢ (nodeᵢ − target).
class Mismatch {
 public:
    Mismatch(const NodeSource& source, storage::SamplingOptions sampling)
        : m_source(&source), m_sampling(sampling) {}

    [[nodiscard]] Status read(const storage::Node& target, const CancelToken& cancel);

    /// Mean square; infinite where nothing is near.
    [[nodiscard]] double at(const Coordinate& place) {
        SamplePlan plan;
        if (!planAt(place, plan)) return std::numeric_limits<double>::infinity();
        double sum = 0;
        for (std::size_t i = 0; i < plan.count; ++i)
            for (std::size_t j = 0; j < plan.count; ++j)
                sum += static_cast<double>(plan.parts[i].weight) * plan.parts[j].weight *
                       product(numberOf(plan.parts[i]), numberOf(plan.parts[j]));
        return std::max(0.0, sum);
    }
    /// Weights at `place` by node.
    [[nodiscard]] bool weightsAt(const Coordinate& place,
                                 std::unordered_map<std::size_t, double>& weights) const {
        SamplePlan plan;
        if (!planAt(place, plan)) return false;
        weights.clear();
        for (std::size_t i = 0; i < plan.count; ++i) weights[numberOf(plan.parts[i])] += plan.parts[i].weight;
        return true;
    }
    [[nodiscard]] double product(std::size_t a, std::size_t b) {
        const std::size_t low = std::min(a, b), high = std::max(a, b);
        const auto [found, isNew] = m_products.try_emplace(low * m_differences.size() + high, 0.0);
        if (isNew) {
            const std::vector<float>&u = m_differences[low], &v = m_differences[high];
            double sum = 0;
            for (std::size_t i = 0; i < u.size(); ++i) sum += static_cast<double>(u[i]) * v[i];
            found->second = sum / static_cast<double>(u.size());
        }
        return found->second;
    }

 private:
    [[nodiscard]] bool planAt(const Coordinate& place, SamplePlan& plan) const {
        return planSample(m_source->layout(), m_source->presence(), place, m_sampling, plan) ==
               storage::PlanOutcome::ready;
    }
    [[nodiscard]] std::size_t numberOf(const storage::WeightedPoint& part) const {
        return m_numbers.at(m_source->layout().indexOf(part.point));
    }

    const NodeSource* m_source;
    storage::SamplingOptions m_sampling;
    std::unordered_map<std::size_t, std::size_t> m_numbers;  ///< of differences, by grid index
    std::vector<std::vector<float>> m_differences;
    std::unordered_map<std::size_t, double> m_products;
};

Status Mismatch::read(const storage::Node& target, const CancelToken& cancel) {
    const auto presence = m_source->presence();
    const auto count = static_cast<std::size_t>(
        std::ranges::count_if(presence, [](std::uint8_t present) { return present != 0; }));
    if (count == 0)
        return failure(ErrorCode::notFound, "There is nothing in this cube yet: put sounds on its nodes.");
    const auto largest = storage::largestShape(*m_source);
    if (!largest || largest->columns != target.shape.columns)
        return failure(ErrorCode::invalidArgument,
                       "This sound cannot be compared with the cube: its rows have " +
                           std::to_string(target.shape.columns) + " numbers, those of the cube " +
                           std::to_string(largest ? largest->columns : 0) + ".");
    NodeShape shape = *largest;
    shape.channels = 1;
    shape.rows = std::min(kMostRows, std::max(shape.rows, target.shape.rows));
    while (shape.rows > 1 && shape.bytes() * count > kMostBytes) shape.rows /= 2;
    auto wanted = comparable(std::make_shared<const storage::Node>(target), shape);
    if (!wanted) return propagate(wanted);
    const auto goal = (*wanted)->floats();
    m_differences.reserve(count);
    for (std::size_t i = 0; i < presence.size(); ++i) {
        if (presence[i] == 0) continue;
        if (cancel.cancelled()) return failure(ErrorCode::cancelled, "The search was stopped.");
        auto node = m_source->load(m_source->layout().pointAt(i));
        if (!node) return propagate(node);
        auto brought = comparable(*node, shape);
        if (!brought) return propagate(brought);
        const auto values = (*brought)->floats();
        std::vector<float> difference(values.size());
        for (std::size_t k = 0; k < values.size(); ++k) {
            difference[k] = values[k] - goal[k];
            if (!std::isfinite(difference[k]))
                return failure(ErrorCode::unusableInput,
                               "The cube or the sound holds values that are not numbers.");
        }
        m_numbers.emplace(i, m_differences.size());
        m_differences.push_back(std::move(difference));
    }
    return {};
}

struct Candidate {
    Coordinate place;
    double value = 0;
};

Coordinate clamped(const CubeLayout& layout, Coordinate place) {
    for (std::size_t axis = 0; axis < 3; ++axis)
        along(place, axis) = std::clamp(along(place, axis), 0.0, layout.size[axis] - 1.0);
    return place;
}

/// The best places of a grid over the whole cube, best first.
Result<std::vector<Candidate>> coarse(const CubeLayout& layout, Mismatch& mismatch,
                                      const CancelToken& cancel) {
    int perCell = 4;
    const auto counts = [&](std::size_t axis) {
        return std::size_t{layout.size[axis] - 1} * static_cast<std::size_t>(perCell) + 1;
    };
    while (perCell > 1 && counts(0) * counts(1) * counts(2) > kMostCoarsePlaces) perCell /= 2;
    std::vector<Candidate> best;
    const auto worse = [](const Candidate& a, const Candidate& b) { return a.value < b.value; };
    for (std::size_t x = 0; x < counts(0); ++x) {
        if (cancel.cancelled()) return failure(ErrorCode::cancelled, "The search was stopped.");
        for (std::size_t y = 0; y < counts(1); ++y)
            for (std::size_t z = 0; z < counts(2); ++z) {
                const Coordinate place{static_cast<double>(x) / perCell, static_cast<double>(y) / perCell,
                                       static_cast<double>(z) / perCell};
                const double value = mismatch.at(place);
                if (!std::isfinite(value)) continue;
                if (best.size() == kStarts && value >= best.back().value) continue;
                best.insert(std::ranges::upper_bound(best, Candidate{place, value}, worse), {place, value});
                if (best.size() > kStarts) best.pop_back();
            }
    }
    return best;
}

/// Solves the damped normal equations of the axes in `free`; others stay.
std::array<double, 3> solved(std::array<std::array<double, 3>, 3> a, std::array<double, 3> b, double damping,
                             const std::array<bool, 3>& free) {
    for (std::size_t i = 0; i < 3; ++i) {
        a[i][i] += damping * std::max(a[i][i], 1e-12);
        if (free[i]) continue;
        for (std::size_t j = 0; j < 3; ++j) a[i][j] = a[j][i] = 0;
        a[i][i] = 1;
        b[i] = 0;
    }
    // Cholesky without square roots; the matrix is positive definite by its damping.
    for (std::size_t k = 0; k < 3; ++k)
        for (std::size_t i = k + 1; i < 3; ++i) {
            const double f = a[i][k] / a[k][k];
            for (std::size_t j = k; j < 3; ++j) a[i][j] -= f * a[k][j];
            b[i] -= f * b[k];
        }
    std::array<double, 3> x{};
    for (std::size_t i = 3; i-- > 0;) {
        double sum = b[i];
        for (std::size_t j = i + 1; j < 3; ++j) sum -= a[i][j] * x[j];
        x[i] = sum / a[i][i];
    }
    return x;
}

using Weights = std::unordered_map<std::size_t, double>;

/// (Σ uᵢ dᵢ) · (Σ vⱼ dⱼ) of sparse u and v.
double productOf(Mismatch& mismatch, const Weights& u, const Weights& v) {
    double sum = 0;
    for (const auto& [i, a] : u)
        for (const auto& [j, b] : v) sum += a * b * mismatch.product(i, j);
    return sum;
}

/// Levenberg–Marquardt (Marquardt 1963) on where the weights are mixed.
Candidate descended(const CubeLayout& layout, Mismatch& mismatch, Candidate at) {
    std::array<bool, 3> free{};
    for (std::size_t axis = 0; axis < 3; ++axis) free[axis] = layout.size[axis] > 1;
    double damping = 1e-3;
    Weights weights;
    for (int i = 0; i < kIterations && damping < 1e6; ++i) {
        if (!mismatch.weightsAt(at.place, weights)) break;
        std::array<Weights, 3> slopes;
        for (std::size_t axis = 0; axis < 3; ++axis) {
            if (!free[axis]) continue;
            // Into the cell that lies ahead, or back from the cube's far side.
            Coordinate beside = at.place;
            const double room = layout.size[axis] - 1.0 - along(beside, axis);
            const double step = room >= kDerivativeStep ? kDerivativeStep : -kDerivativeStep;
            along(beside, axis) += step;
            if (!mismatch.weightsAt(beside, slopes[axis])) return at;
            for (const auto& [number, weight] : weights) slopes[axis][number] -= weight;
            for (auto& [number, slope] : slopes[axis]) slope /= step;
        }
        std::array<std::array<double, 3>, 3> curvature{};
        std::array<double, 3> descent{};
        for (std::size_t a = 0; a < 3; ++a) {
            descent[a] = -productOf(mismatch, slopes[a], weights);
            for (std::size_t b = 0; b < 3; ++b) curvature[a][b] = productOf(mismatch, slopes[a], slopes[b]);
        }
        const auto step = solved(curvature, descent, damping, free);
        Coordinate next = at.place;
        for (std::size_t axis = 0; axis < 3; ++axis) along(next, axis) += std::clamp(step[axis], -0.5, 0.5);
        next = clamped(layout, next);
        const double value = mismatch.at(next);
        if (value < at.value) {
            at = {next, value};
            damping = std::max(1e-9, damping / 10);
        } else {
            damping *= 10;
        }
    }
    // Where cells meet the slopes jump: a pattern search (Hooke and Jeeves 1961) goes over the edges.
    for (double step = 0.125; step > kFinestStep;) {
        Candidate best = at;
        for (std::size_t axis = 0; axis < 3; ++axis)
            for (const double sign : {-1.0, 1.0}) {
                Coordinate next = at.place;
                along(next, axis) += sign * step;
                next = clamped(layout, next);
                if (const double value = mismatch.at(next); value < best.value) best = {next, value};
            }
        if (best.value < at.value)
            at = best;
        else
            step /= 2;
    }
    return at;
}

Candidate nearestNode(const NodeSource& source, Mismatch& mismatch) {
    Candidate best{{}, std::numeric_limits<double>::infinity()};
    const auto presence = source.presence();
    for (std::size_t i = 0; i < presence.size(); ++i) {
        if (presence[i] == 0) continue;
        const storage::GridPoint point = source.layout().pointAt(i);
        const Coordinate place{static_cast<double>(point.x), static_cast<double>(point.y),
                               static_cast<double>(point.z)};
        if (const double value = mismatch.at(place); value < best.value) best = {place, value};
    }
    return best;
}

double spreadOf(const storage::Node& node) {
    const auto values = node.floats();
    double sum = 0, squares = 0;
    for (const float value : values) sum += value;
    const double mean = sum / static_cast<double>(values.size());
    for (const float value : values) squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(values.size()));
}

}  // namespace

Result<PlaceMatch> closestPlace(const NodeSource& source, const storage::Node& target,
                                const storage::SamplingOptions& sampling, const CancelToken& cancel) {
    try {
        Mismatch mismatch(source, sampling);
        if (auto read = mismatch.read(target, cancel); !read) return propagate(read);
        auto starts = coarse(source.layout(), mismatch, cancel);
        if (!starts) return propagate(starts);
        if (starts->empty())
            return failure(ErrorCode::notFound, "There is nothing in this cube that can be heard.");
        // Beside a gap a whole stretch sounds as one node does: the node itself is the place to name.
        Candidate best = nearestNode(source, mismatch);
        for (const Candidate& start : *starts) {
            if (cancel.cancelled()) return failure(ErrorCode::cancelled, "The search was stopped.");
            const Candidate end = descended(source.layout(), mismatch, start);
            if (end.value < (1 - kNoBetter) * best.value) best = end;
        }
        return PlaceMatch{best.place, std::sqrt(best.value), spreadOf(target)};
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory, "There is not enough memory to compare the whole cube.");
    }
}

}  // namespace smidgen
