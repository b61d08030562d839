// Takes leave the library as files.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/audio/audio_writer.h"
#include "engine/audio/loudness.h"
#include "engine/jobs/job_runner.h"
#include "engine/library/library.h"

namespace smidgen {

struct ExportRequest {
    std::vector<TakeId> takes;
    std::filesystem::path folder;
    std::string nameTemplate = "{name}";        ///< {name} {seed} {model} {date} {index}; made file-safe
    std::optional<std::filesystem::path> file;  ///< one take, to exactly this file: instead of the two above
    WriteProfile profile;
    std::optional<LoudnessTarget> loudness;  ///< nullopt: as the take is
    bool sidecar = false;
    bool overwrite = false;  ///< else " (2)" is appended
};

/// The file name, without folder, of the take that is `index`-th (from 0) in its request. Characters no file
/// system likes become
/// '_'; an empty result becomes "take".
[[nodiscard]] std::string exportName(const ExportRequest& request, const TakeRecord& take, std::size_t index);

/// Writes the takes one after the other; each file is whole or absent. Errors: notFound, invalidArgument, io,
/// cancelled; files that were finished before stay and are named in the job.
[[nodiscard]] Status exportTakes(const Library& library, const ExportRequest& request, JobContext& job);

/// Brings `audio` to the target by one linear gain.
[[nodiscard]] Status applyLoudness(AudioBuffer& audio, const LoudnessTarget& target);

}  // namespace smidgen
