// Sounds and cubes: where in a cube a sound lies, and takes made of a place or a way in it.
#pragma once

#include <optional>
#include <string>

#include "engine/morph/cube_match.h"
#include "engine/workstation/cubes.h"
#include "engine/workstation/workstation.h"

namespace smidgen {

struct CubeMatch {
    PlaceMatch match;
    bool decibels = false;  ///< match's figures are decibels of mel; else the nodes' own unit
    std::string words;      ///< "very close", "close", "related", "far away"
};

/// Blocking. `sound`: a file, or a take by id or name. Errors: notFound, invalidArgument (a cube of numbers),
/// unusableInput (the sound), closestPlace()'s.
[[nodiscard]] Result<CubeMatch> matchOnCube(const Workstation& workstation, const CubeId& cube,
                                            const std::string& sound, const CancelToken& cancel = {});

/// What a take of a cube is made of: all of it stands in its recipe, in place of a model.
struct CubeReference {
    CubeId cube;
    MorphRequest request;
    std::string nodes = {};  ///< those it was made of (nodesKept()); empty: the cube's, as they are now
};
/// Nothing for other recipes.
[[nodiscard]] std::optional<CubeReference> cubeOf(const Recipe& recipe);
[[nodiscard]] std::string toModelId(const CubeReference& reference);

/// Blocking. The same sound as when the take was made, whatever became of the cube since. Errors:
/// listenToCube()'s.
[[nodiscard]] Result<AudioBuffer> soundOf(Workstation& workstation, const CubeReference& reference,
                                          const std::string& decoder, const CancelToken& cancel = {},
                                          int griffinLimRounds = GriffinLimDecoding().rounds);

/// Blocking. Renders it and keeps it as a take of that name, with the nodes it was made of. Errors:
/// listenToCube()'s, Library::addTake's.
[[nodiscard]] Result<TakeId> makeTakeOf(Workstation& workstation, const CubeReference& reference,
                                        const std::string& name, const CancelToken& cancel = {});

}  // namespace smidgen
