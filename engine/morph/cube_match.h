// Where in a cube the mix comes closest to a given node.
#pragma once

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "storage/wavetable/node_source.h"
#include "storage/wavetable/sample_plan.h"

namespace smidgen {

struct PlaceMatch {
    storage::Coordinate place;
    double distance = 0;  ///< root mean square of what differs there, in the nodes' own units
    double target = 0;    ///< root mean square of the target about its mean, in the same units
};

/// The place whose mix differs least from `target`, all brought to one shape of at most
/// 64 rows and compared by their first channel: a search
/// over the whole cube in steps of a quarter of a cell (wider in large cubes), then Levenberg–Marquardt on
/// the mixing weights and a pattern search down to 1/2000 of a cell from the best of them. Of places that
/// are as close, a node. Deterministic.
/// Errors: notFound (an empty cube), invalidArgument (columns that do not fit), unusableInput
/// (values that are not finite), loading's, cancelled, outOfMemory.
[[nodiscard]] Result<PlaceMatch> closestPlace(const storage::NodeSource& source, const storage::Node& target,
                                              const storage::SamplingOptions& sampling,
                                              const CancelToken& cancel = {});

}  // namespace smidgen
