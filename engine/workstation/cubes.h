// Wavetable cubes of the library: made, filled, listened to, exchanged.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/griffin_lim_decoding.h"
#include "engine/morph/morph.h"
#include "engine/workstation/snapshots.h"
#include "storage/wavetable/codec.h"
#include "storage/wavetable/grid.h"
#include "storage/wavetable/node_storage.h"

namespace smidgen {

class Workstation;

using CubePlace = storage::GridPoint;  ///< of a node

struct CubeDraft {
    std::string name;
    std::array<std::uint32_t, 3> size{3, 3, 3};
    std::array<std::string, 3> axes{"Timbre", "Brightness", "Harmonicity"};
    CubeContent content = CubeContent::mel;
    std::string model;  ///< of latents: id, name or file
};

/// A sound to be put on a node.
struct CubePlacement {
    CubePlace place;
    std::string sound;              ///< a file, or a take by id or name
    double start = 0;               ///< seconds into it
    std::optional<double> seconds;  ///< of it; nothing: to its end
};

/// How exactly nodes are kept. Decibels for mel, the nodes' own units otherwise.
struct CubeExactness {
    std::optional<storage::Codec> codec;  ///< nothing: the smallest, by trying them
    double largest = 0.5;                 ///< of any value; 0: every bit
};
/// What a cube's content bears without being heard: half a decibel of mel, nothing of anything else.
[[nodiscard]] CubeExactness usualExactness(CubeContent content);

[[nodiscard]] std::vector<std::shared_ptr<const CubeSnapshot>> cubesOf(const Workstation& workstation,
                                                                       bool trashed = false);

/// Errors: invalidArgument (name, size, axes), notFound (model), io.
[[nodiscard]] Result<std::shared_ptr<const CubeSnapshot>> makeCube(Workstation& workstation,
                                                                   const CubeDraft& draft);
/// All of them or none. Another process may fill the same cube at the same time. `progress`: sounds done.
/// Errors: notFound (cube, sound), invalidArgument (outside of the cube, codec), unusableInput (sound),
/// cancelled, io.
[[nodiscard]] Result<std::shared_ptr<const CubeSnapshot>> putOnCube(
    Workstation& workstation, const CubeId& cube, const std::vector<CubePlacement>& placements,
    const CubeExactness& exactness, const CancelToken& cancel = {},
    const std::function<void(std::size_t)>& progress = {});
/// Errors: notFound (cube, or nothing lies there), invalidArgument (outside), io.
[[nodiscard]] Result<std::shared_ptr<const CubeSnapshot>> clearOnCube(Workstation& workstation,
                                                                      const CubeId& cube,
                                                                      const std::vector<CubePlace>& places);

[[nodiscard]] Status renameCube(Workstation& workstation, const CubeId& cube, const std::string& name);
[[nodiscard]] Status tagCube(Workstation& workstation, const CubeId& cube,
                             const std::vector<std::string>& tags);
[[nodiscard]] Status trashCube(Workstation& workstation, const CubeId& cube);
[[nodiscard]] Status restoreCube(Workstation& workstation, const CubeId& cube);
/// For good; only out of the trash.
[[nodiscard]] Status purgeCube(Workstation& workstation, const CubeId& cube);

struct CubeNodeFigures {
    CubePlace place;
    std::string name;    ///< of what lies there; may be empty
    double seconds = 0;  ///< 0 where it has no length
    storage::NodeShape shape;
    storage::Codec codec = storage::Codec::exact;
    std::uint64_t bytes = 0;  ///< as it is kept
    double error = 0;         ///< the largest of any value, verified
};
struct CubeFigures {
    std::vector<CubeNodeFigures> nodes;
    storage::CubeReport report;
};
/// Reads every node. Errors: notFound, io, unusableInput (damaged), cancelled.
[[nodiscard]] Result<CubeFigures> figuresOf(Workstation& workstation, const CubeId& cube,
                                            const CancelToken& cancel = {});

/// Blocking. `decoder`: as for a recipe; empty: what the content asks for. `griffinLimRounds`: of
/// corrections, where that is the decoder. Errors: notFound, and morph()'s.
[[nodiscard]] Result<AudioBuffer> listenToCube(Workstation& workstation, const CubeId& cube,
                                               const MorphRequest& request, const std::string& decoder = {},
                                               const CancelToken& cancel = {},
                                               int griffinLimRounds = GriffinLimDecoding().rounds);
/// The values at one place, mixed as they lie. Errors: notFound, Sampler's.
[[nodiscard]] Result<storage::NodePointer> sampleCube(Workstation& workstation, const CubeId& cube,
                                                      const storage::Coordinate& place,
                                                      const storage::SamplingOptions& sampling);

/// From a NumPy archive (storage/wavetable/npz.h) or a cube file. `content`: what its nodes are, where the
/// archive does not tell (128 columns: mel; a name of latents' model: latents). Errors: notFound, io,
/// unusableInput.
[[nodiscard]] Result<std::shared_ptr<const CubeSnapshot>> importCube(Workstation& workstation,
                                                                     const std::filesystem::path& file,
                                                                     const std::string& name,
                                                                     CubeContent content,
                                                                     const std::string& model);
/// As a NumPy archive when `file` ends in .npz, as a cube file when it ends in .cube. Errors: notFound, io,
/// invalidArgument (another ending).
[[nodiscard]] Status exportCube(Workstation& workstation, const CubeId& cube,
                                const std::filesystem::path& file);

/// Values as one array of a NumPy file. Errors: io.
[[nodiscard]] Status writeNumbers(const storage::Node& node, const std::filesystem::path& file);

}  // namespace smidgen
