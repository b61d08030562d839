// The files that a library's blocks name: samples of takes, weights of models, nodes of cubes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/library_blocks.h"

namespace smidgen {

class Library;

/// Of all takes, models and cubes, in the trash or not, one a block. Errors: io.
[[nodiscard]] Result<std::vector<KeptFile>> filesOf(const Library& library);

/// Whole and synced, or not there. Makes the folder. Errors: io.
[[nodiscard]] Status copyFile(const std::filesystem::path& from, const std::filesystem::path& to);

/// Copies the files to the same places below `target`. One that is gone by then is left out; checks name it.
/// Errors: io, cancelled.
[[nodiscard]] Status copyFiles(const Library& library, const std::filesystem::path& target,
                               const CancelToken& cancel, const std::function<void(double)>& progress);

/// Copies those that `to` does not have at their places, and says which. Errors: io, cancelled; what was
/// copied then is taken away again.
[[nodiscard]] Result<std::vector<std::string>> takeFilesOver(const Library& from, const Library& to,
                                                             const CancelToken& cancel);
/// Of these places, removes the files that no block came for. How many stay. Errors: io.
[[nodiscard]] Result<std::uint64_t> keepNamedFiles(const Library& library,
                                                   const std::vector<std::string>& places);

/// Copies those of which `to` says that they are what `from` has, and has others: models whose block came
/// over. How many were copied. Errors: io, cancelled.
[[nodiscard]] Result<std::uint64_t> replaceFiles(const Library& from, const Library& to,
                                                 const CancelToken& cancel);

}  // namespace smidgen
