#include "storage/wavetable/encoded_cube.h"

#include <algorithm>
#include <utility>

namespace smidgen::storage {

Result<std::unique_ptr<EncodedCube>> EncodedCube::create(CubeLayout layout) {
    if (auto checked = checkLayout(layout); !checked) return propagate(checked);
    return std::unique_ptr<EncodedCube>(new EncodedCube(std::move(layout)));
}

Result<std::unique_ptr<EncodedCube>> EncodedCube::encode(const NodeSource& source,
                                                         const EncodeRequest& request) {
    auto cube = create(source.layout());
    if (!cube) return cube;
    const auto presence = source.presence();
    for (std::size_t i = 0; i < presence.size(); ++i) {
        if (presence[i] == 0) continue;
        const GridPoint point = source.layout().pointAt(i);
        auto node = source.load(point);
        if (!node) return propagate(node);
        auto encoded = encodeNode(**node, request);
        if (!encoded) return propagate(encoded);
        if (!encoded->note.empty()) (*cube)->m_notes.push_back(pointText(point) + ": " + encoded->note);
        if (auto put = (*cube)->set(point, std::move(encoded->stream)); !put) return propagate(put);
    }
    return cube;
}

Status EncodedCube::set(const GridPoint& point, Bytes stream) {
    if (auto checked = checkPoint(m_layout, point); !checked) return checked;
    auto header = readStreamHeader(stream);
    if (!header) return propagate(header);
    const StoredNode node{point, *header, stream.size()};
    const auto at = std::lower_bound(
        m_nodes.begin(), m_nodes.end(), m_layout.indexOf(point),
        [this](const StoredNode& other, std::size_t index) { return m_layout.indexOf(other.point) < index; });
    const auto number = at - m_nodes.begin();
    if (at != m_nodes.end() && at->point == point) {
        *at = node;
        m_streams[static_cast<std::size_t>(number)] = std::move(stream);
        return {};
    }
    m_nodes.insert(at, node);
    m_streams.insert(m_streams.begin() + number, std::move(stream));
    return {};
}

Result<Bytes> EncodedCube::read(std::size_t number) const {
    if (number >= m_streams.size())
        return failure(ErrorCode::notFound, "The cube has no sound number " + std::to_string(number) + ".");
    return m_streams[number];
}

}  // namespace smidgen::storage
