// Takes become files on the command line: by `generate`, and out of the history.
#pragma once

#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/export_options.h"

namespace smidgen::cli {

/// Writes the takes and waits for it. What was written, also of a batch in which some takes could not be.
/// Errors: the job's own, after a line for each file that was written; cancelled.
[[nodiscard]] Result<std::vector<ExportedFile>> exportTakes(Session& session, Workstation& workstation,
                                                            std::vector<TakeId> takes,
                                                            const OutputPlace& place,
                                                            const ExportSettings& settings);

/// history export.
void addHistoryExportCommand(CLI::App& history, Invocation& invocation);

}  // namespace smidgen::cli
