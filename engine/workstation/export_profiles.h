// Export settings under names, kept in the library: one taken elsewhere has them, the window and the command
// line see the same, and a replaced or removed one can be had back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/jobs/export_settings.h"

namespace smidgen {

class Workstation;

struct ExportProfile {
    std::string name;
    ExportSettings settings;
    std::int64_t changedMs = 0;
};

/// By name; damaged ones are left out. Errors: io.
[[nodiscard]] Result<std::vector<ExportProfile>> exportProfiles(const Workstation& workstation);
/// Errors: notFound with the nearest name, unusableInput (damaged, of a newer Smidgen), io.
[[nodiscard]] Result<ExportProfile> findExportProfile(const Workstation& workstation,
                                                      const std::string& name);
/// Errors: invalidArgument (settings, name, a taken name without `replace`), refused, io.
[[nodiscard]] Status saveExportProfile(const Workstation& workstation, const std::string& name,
                                       const ExportSettings& settings, bool replace);
/// Errors: notFound, invalidArgument (a taken name), refused, io.
[[nodiscard]] Status renameExportProfile(const Workstation& workstation, const std::string& name,
                                         const std::string& newName);
/// To the trash, and back out of it. Errors: notFound, refused, io.
[[nodiscard]] Status removeExportProfile(const Workstation& workstation, const std::string& name);
[[nodiscard]] Status restoreExportProfile(const Workstation& workstation, const std::string& name);

}  // namespace smidgen
