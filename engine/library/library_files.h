// The files that a library's blocks name: samples of takes, weights of models.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/library_blocks.h"

namespace smidgen {

class Library;

/// Of all takes and models, in the trash or not. What cannot be listed is left out.
[[nodiscard]] std::vector<KeptFile> filesOf(const Library& library);

/// Copies them to the same places below `target`. A file that is gone by then is left out; checks name it.
/// Errors: io, cancelled.
[[nodiscard]] Status copyFiles(const Library& library, const std::filesystem::path& target,
                               const CancelToken& cancel, const std::function<void(double)>& progress);

/// Copies those that `to` does not have at their places. How many were copied. Errors: io, cancelled.
[[nodiscard]] Result<std::uint64_t> takeFilesOver(const Library& from, const Library& to,
                                                  const CancelToken& cancel);

/// Copies those of which `to` says that they are what `from` has, and has others: models whose block came
/// over. How many were copied. Errors: io, cancelled.
[[nodiscard]] Result<std::uint64_t> replaceFiles(const Library& from, const Library& to,
                                                 const CancelToken& cancel);

}  // namespace smidgen
