// Takes leave the library as files.
#pragma once

#include <cstddef>
#include <filesystem>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/jobs/export_settings.h"
#include "engine/jobs/job_runner.h"
#include "engine/library/library.h"

namespace smidgen {

struct ExportRequest {
    std::vector<TakeId> takes;
    std::filesystem::path folder;               ///< made when missing
    std::optional<std::filesystem::path> file;  ///< one take, to exactly this file: instead of the folder
    ExportSettings settings;
    bool overwrite = false;  ///< else " (2)" is appended
};

/// The file of each take, at most of the first `most`: no two alike, and none that is there already unless
/// it may be replaced. Errors: invalidArgument (settings, several takes into one file), notFound.
[[nodiscard]] Result<std::vector<std::filesystem::path>> exportTargets(
    const Library& library, const ExportRequest& request,
    std::size_t most = std::numeric_limits<std::size_t>::max());

/// Writes the takes one after the other; each file is whole, verified and measured, or absent. A take that
/// cannot be written as asked is left out, and the rest go on; the error in the end says which and why.
/// Errors: as exportTargets; of a single take its own; io and cancelled end it at once. Files that were
/// finished before stay and are named in the job.
[[nodiscard]] Status exportTakes(const Library& library, const ExportRequest& request, JobContext& job);

}  // namespace smidgen
