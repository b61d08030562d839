#include "storage/wavetable/cube.h"

#include <algorithm>
#include <utility>

namespace smidgen::storage {

Cube::Cube(CubeLayout layout) : m_layout(std::move(layout)), m_presence(m_layout.pointCount(), 0) {}

Result<std::unique_ptr<Cube>> Cube::sparse(CubeLayout layout) {
    if (auto checked = checkLayout(layout); !checked) return propagate(checked);
    return std::unique_ptr<Cube>(new Cube(std::move(layout)));
}

Result<std::unique_ptr<Cube>> Cube::dense(CubeLayout layout, const NodeShape& shape, const Fill& fill) {
    if (auto checked = checkShape(shape); !checked) return propagate(checked);
    auto cube = sparse(std::move(layout));
    if (!cube) return cube;
    const std::size_t points = (*cube)->m_layout.pointCount();
    const std::size_t stride = (shape.count() + 15) / 16 * 16;  // every node on a cache line of its own
    const std::shared_ptr<float[]> slab = allocateFloats(points * stride);
    if (!slab) return outOfMemory(points * stride * sizeof(float));
    (*cube)->m_isDense = true;
    (*cube)->m_byIndex.reserve(points);
    for (std::size_t i = 0; i < points; ++i) {
        float* values = slab.get() + i * stride;
        fill((*cube)->m_layout.pointAt(i), {values, shape.count()});
        (*cube)->m_byIndex.push_back(std::make_shared<const Node>(
            Node{shape, std::shared_ptr<const float[]>(slab, values), std::string()}));
    }
    std::fill((*cube)->m_presence.begin(), (*cube)->m_presence.end(), std::uint8_t{1});
    return cube;
}

Status Cube::set(const GridPoint& point, NodePointer node) {
    if (auto checked = checkPoint(m_layout, point); !checked) return checked;
    if (!node || !node->values)
        return failure(ErrorCode::invalidArgument,
                       "Nothing was given to place at " + pointText(point) + " of the cube.");
    if (auto checked = checkShape(node->shape); !checked) return checked;
    const std::size_t index = m_layout.indexOf(point);
    if (m_isDense) {
        m_byIndex[index] = std::move(node);
    } else {
        m_sparse[index] = std::move(node);
    }
    m_presence[index] = 1;
    return {};
}

Status Cube::erase(const GridPoint& point) {
    if (auto checked = checkPoint(m_layout, point); !checked) return checked;
    const std::size_t index = m_layout.indexOf(point);
    if (m_presence[index] == 0)
        return failure(ErrorCode::notFound, "Nothing lies at " + pointText(point) + " of the cube.");
    if (m_isDense) {
        m_byIndex[index].reset();
    } else {
        m_sparse.erase(index);
    }
    m_presence[index] = 0;
    return {};
}

Status Cube::nameAxes(std::array<std::string, 3> axes) {
    CubeLayout renamed = m_layout;
    renamed.axes = std::move(axes);
    if (auto checked = checkLayout(renamed); !checked) return checked;
    m_layout = std::move(renamed);
    return {};
}

const NodePointer* Cube::find(const GridPoint& point) const {
    if (!m_layout.contains(point)) return nullptr;
    const std::size_t index = m_layout.indexOf(point);
    if (m_presence[index] == 0) return nullptr;
    if (m_isDense) return &m_byIndex[index];
    return &m_sparse.find(index)->second;
}

std::optional<NodeShape> Cube::shapeAt(const GridPoint& point) const {
    const NodePointer* node = find(point);
    return node != nullptr ? std::optional((*node)->shape) : std::nullopt;
}

Result<NodePointer> Cube::load(const GridPoint& point) const {
    if (const NodePointer* node = find(point)) return *node;
    return failure(ErrorCode::notFound, "Nothing lies at " + pointText(point) + " of the cube.");
}

std::size_t Cube::nodeCount() const {
    return static_cast<std::size_t>(std::count(m_presence.begin(), m_presence.end(), std::uint8_t{1}));
}

std::size_t Cube::bytes() const {
    std::size_t total = 0;
    for (std::size_t i = 0; i < m_presence.size(); ++i) {
        const auto shape = shapeAt(m_layout.pointAt(i));
        if (shape) total += shape->bytes();
    }
    return total;
}

}  // namespace smidgen::storage
