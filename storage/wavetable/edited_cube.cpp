#include "storage/wavetable/edited_cube.h"

#include <algorithm>
#include <string>
#include <utility>

namespace smidgen::storage {
namespace {

/// The node at `index`, or where it would be.
std::ptrdiff_t placeOf(std::span<const StoredNode> nodes, const CubeLayout& layout, std::size_t index) {
    return std::lower_bound(nodes.begin(), nodes.end(), index,
                            [&](const StoredNode& other, std::size_t wanted) {
                                return layout.indexOf(other.point) < wanted;
                            }) -
           nodes.begin();
}

}  // namespace

EditedCube::EditedCube(std::shared_ptr<const NodeStorage> base)
    : m_base(std::move(base)), m_layout(m_base->layout()) {
    const auto nodes = m_base->nodes();
    m_nodes.assign(nodes.begin(), nodes.end());
    m_sources.resize(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) m_sources[i].number = i;
}

Status EditedCube::nameAxes(const std::array<std::string, 3>& axes) {
    CubeLayout named = m_layout;
    named.axes = axes;
    if (auto checked = checkLayout(named); !checked) return checked;
    m_layout = std::move(named);
    return {};
}

Status EditedCube::set(const GridPoint& point, Bytes stream) {
    if (auto checked = checkPoint(layout(), point); !checked) return checked;
    auto header = readStreamHeader(stream);
    if (!header) return propagate(header);
    const StoredNode node{point, *header, stream.size()};
    Source source{0, std::make_shared<const Bytes>(std::move(stream))};
    const auto at = placeOf(m_nodes, layout(), layout().indexOf(point));
    if (at < std::ssize(m_nodes) && m_nodes[static_cast<std::size_t>(at)].point == point) {
        m_nodes[static_cast<std::size_t>(at)] = node;
        m_sources[static_cast<std::size_t>(at)] = std::move(source);
        return {};
    }
    m_nodes.insert(m_nodes.begin() + at, node);
    m_sources.insert(m_sources.begin() + at, std::move(source));
    return {};
}

Status EditedCube::erase(const GridPoint& point) {
    if (auto checked = checkPoint(layout(), point); !checked) return checked;
    const auto at = placeOf(m_nodes, layout(), layout().indexOf(point));
    if (at == std::ssize(m_nodes) || m_nodes[static_cast<std::size_t>(at)].point != point)
        return failure(ErrorCode::notFound, "Nothing lies at " + pointText(point) + " of the cube.");
    m_nodes.erase(m_nodes.begin() + at);
    m_sources.erase(m_sources.begin() + at);
    return {};
}

Result<Bytes> EditedCube::read(std::size_t number) const {
    if (number >= m_sources.size())
        return failure(ErrorCode::notFound, "The cube has no sound number " + std::to_string(number) + ".");
    const Source& source = m_sources[number];
    if (source.own) return *source.own;
    return m_base->read(source.number);
}

}  // namespace smidgen::storage
