#include "storage/wavetable/cube_snapshot.h"

#include <utility>

#include "storage/wavetable/blend_loops.h"
#include "storage/wavetable/resample.h"

namespace smidgen::storage {

CubeSnapshot::CubeSnapshot(CubeLayout layout, const NodeShape& shape, SamplingOptions options)
    : m_layout(std::move(layout)), m_shape(shape), m_options(options) {}

Result<std::shared_ptr<const CubeSnapshot>> CubeSnapshot::create(const NodeSource& source,
                                                                 const NodeShape& shape,
                                                                 SamplingOptions options) {
    if (auto checked = checkShape(shape); !checked) return propagate(checked);
    if (options.sliceAxis > 2)
        return failure(ErrorCode::invalidArgument, "A slice runs across axis 0, 1 or 2 of the cube.");
    std::shared_ptr<CubeSnapshot> snapshot(new CubeSnapshot(source.layout(), shape, options));
    const auto presence = source.presence();
    snapshot->m_presence.assign(presence.begin(), presence.end());
    snapshot->m_nodes.resize(presence.size());
    snapshot->m_values.resize(presence.size());
    bool any = false;
    for (std::size_t i = 0; i < presence.size(); ++i) {
        if (presence[i] == 0) continue;
        auto node = source.load(snapshot->m_layout.pointAt(i));
        if (!node) return propagate(node);
        auto common = resampled(*node, shape);
        if (!common) return propagate(common);
        snapshot->m_nodes[i] = std::move(*common);
        snapshot->m_values[i] = snapshot->m_nodes[i]->values.get();
        any = true;
    }
    if (!any)
        return failure(ErrorCode::notFound, "The cube is empty. Place a sound in it before it is played.");
    return std::shared_ptr<const CubeSnapshot>(std::move(snapshot));
}

bool CubeSnapshot::readRow(const Coordinate& coordinate, std::uint32_t row,
                           std::span<float> out) const noexcept {
    if (row >= m_shape.rows || out.size() != m_shape.rowCount()) return false;
    return mix(coordinate, row * m_shape.rowCount(), out);
}

bool CubeSnapshot::read(const Coordinate& coordinate, std::span<float> out) const noexcept {
    return out.size() == m_shape.count() && mix(coordinate, 0, out);
}

bool CubeSnapshot::mix(const Coordinate& coordinate, std::size_t from, std::span<float> out) const noexcept {
    SamplePlan plan;
    if (planSample(m_layout, m_presence, coordinate, m_options, plan) != PlanOutcome::ready) return false;
    std::array<const float*, 27> inputs{};
    std::array<float, 27> weights{};
    for (std::size_t i = 0; i < plan.count; ++i) {
        inputs[i] = m_values[m_layout.indexOf(plan.parts[i].point)] + from;
        weights[i] = plan.parts[i].weight;
    }
    blend(out.data(), inputs.data(), weights.data(), plan.count, out.size());
    return true;
}

void SnapshotExchange::publish(std::shared_ptr<const CubeSnapshot> snapshot) {
    const std::lock_guard lock(m_publishing);
    const CubeSnapshot* current = snapshot.get();
    m_current.store(current);
    if (snapshot) m_kept.push_back(std::move(snapshot));
    const CubeSnapshot* inUse = m_inUse.load();
    std::erase_if(m_kept, [=](const auto& kept) { return kept.get() != current && kept.get() != inUse; });
}

const CubeSnapshot* SnapshotExchange::acquire() noexcept {
    const CubeSnapshot* seen = m_current.load();
    for (;;) {
        m_inUse.store(seen);
        const CubeSnapshot* again = m_current.load();
        if (again == seen) return seen;
        seen = again;
    }
}

std::size_t SnapshotExchange::kept() const {
    const std::lock_guard lock(m_publishing);
    return m_kept.size();
}

}  // namespace smidgen::storage
