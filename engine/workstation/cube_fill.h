// The gaps of a cube rendered by a model, and what its axes are called.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "engine/workstation/cube_nodes.h"

namespace smidgen {

/// Blocking. What a model makes of every gap: the latents of the nodes around it, stretched to one length,
/// are mixed by the inverse square of their distance, and, for a cube of sounds, decoded. A cube of latents
/// has its own model; `model` (id, name or file) is for the others. Nothing is put yet: see putBack(). A node
/// says that it is a model's (madeByModel()). Deterministic. `progress`: gaps done, of how many. Errors:
/// notFound (cube, model; an empty cube), invalidArgument (no gap, a cube of cycles or numbers), cancelled,
/// MelVae's.
[[nodiscard]] Result<std::vector<KeptNode>> renderGaps(
    Workstation& workstation, const CubeId& cube, const std::string& model, const CancelToken& cancel = {},
    const std::function<void(std::size_t, std::size_t)>& progress = {});

/// Whether a node was rendered into a gap.
[[nodiscard]] bool madeByModel(const NodeOrigin& origin);

/// Other names for x, y and z; nodes stay as they are. Errors: notFound, invalidArgument (no name, too long),
/// io.
[[nodiscard]] Status nameCubeAxes(Workstation& workstation, const CubeId& cube,
                                  const std::array<std::string, 3>& axes);

}  // namespace smidgen
