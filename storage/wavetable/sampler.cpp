#include "storage/wavetable/sampler.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "storage/wavetable/blend_loops.h"
#include "storage/wavetable/resample.h"

namespace smidgen::storage {
namespace {

/// What resampled nodes may take before they are made anew.
constexpr std::size_t kMostBroughtBytes = std::size_t{64} << 20;

double distance(const Coordinate& a, const Coordinate& b) {
    return std::hypot(b.x - a.x, b.y - a.y, b.z - a.z);
}

Coordinate between(const Coordinate& a, const Coordinate& b, double t) {
    return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.z + (b.z - a.z) * t};
}

}  // namespace

Result<std::vector<Coordinate>> alongPath(std::span<const Coordinate> corners, std::size_t steps) {
    if (corners.empty() || steps == 0)
        return failure(ErrorCode::invalidArgument, "A path needs at least one corner and one step.");
    std::vector<double> reached{0.0};
    for (std::size_t i = 1; i < corners.size(); ++i)
        reached.push_back(reached.back() + distance(corners[i - 1], corners[i]));
    std::vector<Coordinate> places;
    places.reserve(steps);
    std::size_t leg = 1;
    for (std::size_t s = 0; s < steps; ++s) {
        const double along =
            steps == 1 ? 0.0 : reached.back() * static_cast<double>(s) / static_cast<double>(steps - 1);
        while (leg + 1 < corners.size() && reached[leg] < along) ++leg;
        if (corners.size() == 1) {
            places.push_back(corners[0]);
            continue;
        }
        const double length = reached[leg] - reached[leg - 1];
        const double t = length > 0 ? std::clamp((along - reached[leg - 1]) / length, 0.0, 1.0) : 0.0;
        places.push_back(between(corners[leg - 1], corners[leg], t));
    }
    return places;
}

Result<std::vector<Coordinate>> overPlane(const CubeLayout& layout, std::uint32_t axis, double position,
                                          std::size_t down, std::size_t across) {
    if (axis > 2 || down == 0 || across == 0)
        return failure(ErrorCode::invalidArgument, "A plane needs an axis of 0 to 2 and at least one place.");
    const std::size_t downAxis = axis == 0 ? 1 : 0;
    const std::size_t acrossAxis = axis == 2 ? 1 : 2;
    const auto spread = [&layout](std::size_t along, std::size_t i, std::size_t n) {
        return n == 1 ? 0.0
                      : static_cast<double>(layout.size[along] - 1) * static_cast<double>(i) /
                            static_cast<double>(n - 1);
    };
    std::vector<Coordinate> places;
    places.reserve(down * across);
    for (std::size_t i = 0; i < down; ++i) {
        for (std::size_t j = 0; j < across; ++j) {
            std::array<double, 3> place{};
            place[axis] = position;
            place[downAxis] = spread(downAxis, i, down);
            place[acrossAxis] = spread(acrossAxis, j, across);
            places.push_back({place[0], place[1], place[2]});
        }
    }
    return places;
}

Result<Sampler> Sampler::create(const NodeSource& source, SamplingOptions options) {
    const auto largest = largestShape(source);
    if (!largest)
        return failure(ErrorCode::notFound,
                       "The cube is empty. Place a sound in it before you move through it.");
    return create(source, options, *largest);
}

Result<Sampler> Sampler::create(const NodeSource& source, SamplingOptions options, const NodeShape& shape) {
    if (auto checked = checkShape(shape); !checked) return propagate(checked);
    if (options.sliceAxis > 2)
        return failure(ErrorCode::invalidArgument, "A slice runs across axis 0, 1 or 2 of the cube.");
    return Sampler(source, options, shape);
}

Result<NodePointer> Sampler::sample(const Coordinate& coordinate) {
    auto values = allocateFloats(m_shape.count());
    if (!values) return outOfMemory(m_shape.bytes());
    if (auto mixed = sampleInto(coordinate, {values.get(), m_shape.count()}); !mixed) return propagate(mixed);
    return std::make_shared<const Node>(Node{m_shape, std::move(values), std::string()});
}

Status Sampler::sampleInto(const Coordinate& coordinate, std::span<float> out) {
    if (out.size() != m_shape.count())
        return failure(ErrorCode::invalidArgument,
                       "A sample of the cube needs room for " + std::to_string(m_shape.count()) + " values.");
    return mix(coordinate, 0, out);
}

Status Sampler::sampleBatch(std::span<const Coordinate> places, std::span<float> out) {
    const std::size_t each = m_shape.count();
    if (out.size() != places.size() * each)
        return failure(ErrorCode::invalidArgument, std::to_string(places.size()) +
                                                       " samples of the cube need room for " +
                                                       std::to_string(places.size() * each) + " values.");
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (auto mixed = mix(places[i], 0, out.subspan(i * each, each)); !mixed) return mixed;
    }
    return {};
}

Status Sampler::sampleRow(const Coordinate& coordinate, std::uint32_t row, std::span<float> out) {
    if (row >= m_shape.rows || out.size() != m_shape.rowCount())
        return failure(ErrorCode::invalidArgument, "The cube's samples have " + std::to_string(m_shape.rows) +
                                                       " rows of " + std::to_string(m_shape.rowCount()) +
                                                       " values.");
    return mix(coordinate, row * m_shape.rowCount(), out);
}

Status Sampler::mix(const Coordinate& coordinate, std::size_t from, std::span<float> out) {
    SamplePlan plan;
    const PlanOutcome outcome =
        planSample(m_source->layout(), m_source->presence(), coordinate, m_options, plan);
    if (outcome != PlanOutcome::ready) return planFailure(outcome, m_source->layout(), coordinate);
    std::array<NodePointer, 27> held;
    std::array<const float*, 27> inputs{};
    std::array<float, 27> weights{};
    for (std::size_t i = 0; i < plan.count; ++i) {
        auto node = common(plan.parts[i].point);
        if (!node) return propagate(node);
        held[i] = std::move(*node);
        inputs[i] = held[i]->values.get() + from;
        weights[i] = plan.parts[i].weight;
    }
    blend(out.data(), inputs.data(), weights.data(), plan.count, out.size());
    return {};
}

Result<NodePointer> Sampler::common(const GridPoint& point) {
    auto node = m_source->load(point);
    if (!node || (*node)->shape == m_shape) return node;
    if (const auto found = m_brought.find(node->get()); found != m_brought.end()) return found->second.node;
    auto changed = resampled(*node, m_shape);
    if (!changed) return changed;
    if (m_broughtBytes + m_shape.bytes() > kMostBroughtBytes) {
        m_brought.clear();
        m_broughtBytes = 0;
    }
    m_brought.emplace(node->get(), Brought{*node, *changed});
    m_broughtBytes += m_shape.bytes();
    return changed;
}

}  // namespace smidgen::storage
