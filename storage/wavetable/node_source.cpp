#include "storage/wavetable/node_source.h"

#include <algorithm>

namespace smidgen::storage {

std::optional<NodeShape> largestShape(const NodeSource& source) {
    std::optional<NodeShape> largest;
    const auto presence = source.presence();
    for (std::size_t i = 0; i < presence.size(); ++i) {
        if (presence[i] == 0) continue;
        const auto shape = source.shapeAt(source.layout().pointAt(i));
        if (!shape) continue;
        if (!largest) largest = NodeShape{};
        largest->rows = std::max(largest->rows, shape->rows);
        largest->columns = std::max(largest->columns, shape->columns);
        largest->channels = std::max(largest->channels, shape->channels);
    }
    return largest;
}

}  // namespace smidgen::storage
