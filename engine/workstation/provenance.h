// Where a take comes from: take ← codes (← take) ← models ← collections ← files.
#pragma once

#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/workstation/snapshots.h"

namespace smidgen {

class Workstation;

struct ProvenanceNode {
    std::string kind;  ///< "take", "codes", "cube", "model", "collection", "file"
    std::string id;    ///< of the library; of a file its path
    std::string name;
    bool missing = false;  ///< not in the library, or not where it was
};
/// `from` is what `to` was made of; places in `nodes`.
struct ProvenanceEdge {
    std::size_t to = 0, from = 0;
    double share = 1;  ///< of a model in a blend
};
/// A graph without circles, whatever the library says; the first node is the take.
struct Provenance {
    std::vector<ProvenanceNode> nodes;
    std::vector<ProvenanceEdge> edges;
};

/// Looks files up on the disk, not into them. The model that one grew from is a model, too.
[[nodiscard]] Provenance provenanceOf(const Workstation& workstation, const TakeSnapshot& take);

}  // namespace smidgen
