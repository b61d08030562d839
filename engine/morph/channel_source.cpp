#include "engine/morph/channel_source.h"

#include <utility>

namespace smidgen {

using storage::GridPoint;
using storage::NodePointer;
using storage::NodeShape;

ChannelSource::ChannelSource(const storage::NodeSource& inner, std::vector<float> silentRow)
    : m_inner(&inner), m_silentRow(std::move(silentRow)) {
    const auto presence = inner.presence();
    for (std::size_t i = 0; i < presence.size() && !m_stereo; ++i) {
        if (presence[i] == 0) continue;
        const auto shape = inner.shapeAt(inner.layout().pointAt(i));
        m_stereo = shape && shape->channels == 2;
    }
}

bool ChannelSource::needsSide(const NodeShape& shape) const {
    return m_stereo && shape.channels == 1 && shape.columns == m_silentRow.size();
}

std::optional<NodeShape> ChannelSource::shapeAt(const GridPoint& point) const {
    auto shape = m_inner->shapeAt(point);
    if (shape && needsSide(*shape)) shape->channels = 2;
    return shape;
}

Result<NodePointer> ChannelSource::load(const GridPoint& point) const {
    auto node = m_inner->load(point);
    if (!node || !needsSide((*node)->shape)) return node;
    NodeShape shape = (*node)->shape;
    shape.channels = 2;
    if (auto checked = storage::checkShape(shape); !checked) return propagate(checked);
    std::vector<float> values(shape.count());
    const auto mid = (*node)->floats();
    for (std::size_t i = 0; i < mid.size(); ++i) {
        values[2 * i] = mid[i];
        values[2 * i + 1] = m_silentRow[i % shape.columns];
    }
    return storage::makeNode(shape, values, (*node)->metadata);
}

}  // namespace smidgen
