// The files that a library's blocks name: samples of takes, weights of models, nodes of cubes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/library_blocks.h"

namespace smidgen {

class Library;

/// Of takes, models and cubes of all projects, in the trash or not: for what must not miss any.
struct NamedFiles {
    std::vector<KeptFile> files;  ///< one a block, in the order of their making
    std::set<std::string> places;
    std::uint64_t damaged = 0;  ///< blocks that cannot be read: what they stand for is not known
    /// Does a block stand for it? While some cannot be read, one may.
    [[nodiscard]] bool isNamed(const std::string& place) const {
        return damaged > 0 || places.contains(place);
    }
};
/// Errors: io.
[[nodiscard]] Result<NamedFiles> namedFiles(const Library& library);
/// Of the takes, models and cubes that the library's caller may read, one a block. Errors: io, unusableInput.
[[nodiscard]] Result<std::vector<KeptFile>> visibleFiles(const Library& library);
/// Whether a file has come from another library that has not sent its block yet.
[[nodiscard]] bool isBeingSent(const Library& library, const std::filesystem::path& file);

/// Whether a file is there with the bytes of that sum (KeptFile::sum).
[[nodiscard]] bool holds(const std::filesystem::path& file, const std::string& sum);

/// Whole and synced, or not there. Makes the folder. Errors: io.
[[nodiscard]] Status copyFile(const std::filesystem::path& from, const std::filesystem::path& to);

/// Copies the files of all projects to the same places below `target`. One that is gone by then is left out;
/// checks name it. Errors: io, cancelled.
[[nodiscard]] Status copyFiles(const Library& library, const std::filesystem::path& target,
                               const CancelToken& cancel, const std::function<void(double)>& progress);

/// Copies those that `from` shows its caller and `to` does not have at their places, and says which. Errors:
/// io, cancelled; what was copied then is taken away again.
[[nodiscard]] Result<std::vector<std::string>> takeFilesOver(const Library& from, const Library& to,
                                                             const CancelToken& cancel);
/// Of these places, removes the files that no block came for. How many stay. Errors: io.
[[nodiscard]] Result<std::uint64_t> keepNamedFiles(const Library& library,
                                                   const std::vector<std::string>& places);

/// Copies those of which `to` says that they are what `from` has, and has others: models whose block came
/// over, and that no other block names. How many were copied. Errors: io, cancelled.
[[nodiscard]] Result<std::uint64_t> replaceFiles(const Library& from, const Library& to,
                                                 const CancelToken& cancel);

}  // namespace smidgen
