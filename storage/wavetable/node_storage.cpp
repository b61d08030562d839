#include "storage/wavetable/node_storage.h"

#include <algorithm>

namespace smidgen::storage {

CubeReport reportOf(const NodeStorage& storage) {
    CubeReport report;
    for (const StoredNode& node : storage.nodes()) {
        ++report.nodes;
        report.valueBytes += node.header.shape.bytes();
        report.storedBytes += node.length;
        ++report.nodesByCodec[static_cast<std::size_t>(node.header.codec)];
        report.largestError = std::max(report.largestError, node.header.error.largest);
    }
    return report;
}

}  // namespace smidgen::storage
