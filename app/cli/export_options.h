// How files are exported, as options of every command that exports.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/output_place.h"
#include "engine/workstation/export_profiles.h"
#include "engine/workstation/workstation.h"

namespace smidgen::cli {

struct ExportOptions {
    std::string profile;  ///< a saved one, which the rest changes
    SoundOptions sound;
    bool withoutDither = false;
    std::optional<double> quality, lufs, peak, ceiling, cutStart, cutEnd, silence, fadeIn, fadeOut;
    std::optional<std::string> channels, fadeShape, nameTemplate;
    std::string loop;
    std::vector<std::string> tags;
    bool sidecar = false;
};

void addExportOptions(CLI::App& command, ExportOptions& options);

/// The profile, if one is named, then what the options say. `nameTemplate`: when neither says one. Errors:
/// invalidArgument, notFound.
[[nodiscard]] Result<ExportSettings> exportSettings(Workstation& workstation, const ExportOptions& options,
                                                    const OutputPlace& place,
                                                    const std::string& nameTemplate);
/// The part that needs no library, to be asked before long work. Errors: invalidArgument.
[[nodiscard]] Status checkExportOptions(const ExportOptions& options, const OutputPlace& place);

/// "a.wav: -16.0 LUFS, true peak -1.1 dB", and its remark.
[[nodiscard]] std::string lineOf(const ExportedFile& file);

}  // namespace smidgen::cli
