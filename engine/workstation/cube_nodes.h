// What lies on the nodes of a cube as it is kept, so that a change can be taken back bit for bit.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "engine/workstation/cubes.h"
#include "storage/wavetable/edited_cube.h"

namespace smidgen {

struct KeptNode {
    CubePlace place;
    std::optional<storage::Bytes> stream;  ///< nothing: a gap
};

/// `edit` on the nodes as they are, again when somebody else was quicker. Errors: notFound, `edit`'s, io.
[[nodiscard]] Result<std::shared_ptr<const CubeSnapshot>> changeCubeNodes(
    Workstation& workstation, const CubeId& cube, const std::function<Status(storage::EditedCube&)>& edit);

/// A sound as a node of that cube, put nowhere. Errors: notFound (sound), invalidArgument (a cube of
/// numbers), unusableInput.
[[nodiscard]] Result<storage::NodePointer> nodeOfSound(const Workstation& workstation,
                                                       const CubeSnapshot& cube,
                                                       const CubePlacement& placement);

/// Errors: notFound, invalidArgument (outside), io.
[[nodiscard]] Result<std::vector<KeptNode>> keptNodes(Workstation& workstation, const CubeId& cube,
                                                      const std::vector<CubePlace>& places);
/// Puts every stream in its place and empties where there is none. Errors: as changeCubeNodes.
[[nodiscard]] Status putBack(Workstation& workstation, const CubeId& cube,
                             const std::vector<KeptNode>& nodes);

}  // namespace smidgen
