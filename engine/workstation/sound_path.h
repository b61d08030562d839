// The way from one sound to another: heard, and kept.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/workstation/snapshots.h"

namespace smidgen {

class Workstation;

/// An end of the way.
struct PathEnd {
    std::string name;
    std::string id;              ///< of a take; else empty
    std::filesystem::path file;  ///< of its sound
};

struct SoundPath {
    PathEnd from, to;
    std::optional<double> seconds;  ///< nothing: as long as the sounds on the way
};

/// Blocking. The two sounds as the ends of a cube two nodes long, heard along it from one to the other.
/// Errors: unusableInput (a sound longer than kLongestMelNode, empty, not readable), notFound, cancelled.
[[nodiscard]] Result<AudioBuffer> renderPath(const SoundPath& path, const CancelToken& cancel = {});

/// Blocking. A take of what renderPath() made. The cube is kept in the library, and the take's recipe says
/// the way through it (cube_takes.h), so that it can be rendered again. Errors: as renderPath, io.
[[nodiscard]] Result<TakeId> keepPath(const Workstation& workstation, const SoundPath& path,
                                      const AudioBuffer& sound, const std::string& name);

}  // namespace smidgen
