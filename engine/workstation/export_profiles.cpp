#include "engine/workstation/export_profiles.h"

#include "engine/library/named_settings.h"
#include "engine/workstation/workstation.h"

namespace smidgen {
namespace {

constexpr SettingsKind kKind{"application/vnd.smidgen.export+json", "export profile"};

/// Says that `topic` changed when `outcome` is good.
Status changed(const Workstation& workstation, const std::string& name, Status outcome) {
    if (outcome) workstation.tell({Topic::exportProfiles, name, 0});
    return outcome;
}

}  // namespace

Result<std::vector<ExportProfile>> exportProfiles(const Workstation& workstation) {
    auto kept = namedSettings(workstation.items(), kKind);
    if (!kept) return propagate(kept);
    std::vector<ExportProfile> profiles;
    for (const NamedSettings& each : *kept)
        if (auto settings = exportSettingsFromJson(each.text))
            profiles.push_back({each.name, std::move(*settings), each.changedMs});
    return profiles;
}

Result<ExportProfile> findExportProfile(const Workstation& workstation, const std::string& name) {
    auto kept = findNamedSettings(workstation.items(), kKind, name);
    if (!kept) return propagate(kept);
    auto settings = exportSettingsFromJson(kept->text);
    if (!settings) return propagate(settings);
    return ExportProfile{kept->name, std::move(*settings), kept->changedMs};
}

Status saveExportProfile(const Workstation& workstation, const std::string& name,
                         const ExportSettings& settings, bool replace) {
    if (auto valid = settings.validate(); !valid) return valid;
    return changed(workstation, name,
                   saveNamedSettings(workstation.items(), kKind, name, toJson(settings), replace));
}

Status renameExportProfile(const Workstation& workstation, const std::string& name,
                           const std::string& newName) {
    return changed(workstation, newName, renameNamedSettings(workstation.items(), kKind, name, newName));
}

Status removeExportProfile(const Workstation& workstation, const std::string& name) {
    return changed(workstation, name, removeNamedSettings(workstation.items(), kKind, name));
}

Status restoreExportProfile(const Workstation& workstation, const std::string& name) {
    return changed(workstation, name, restoreNamedSettings(workstation.items(), kKind, name));
}

}  // namespace smidgen
