// Presets: settings under a name, of the library or come with the program.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/workstation/snapshots.h"

namespace smidgen {

class Workstation;

using Preset = std::shared_ptr<const PresetSnapshot>;

/// Their ids begin with it; they can be used and copied, not changed.
inline constexpr const char* kFactoryPrefix = "factory:";
[[nodiscard]] bool isFactory(const PresetSnapshot& preset);

/// The library's by name, then those that came with the program. With `trashed`, those in the trash.
[[nodiscard]] std::vector<Preset> presetsOf(const Workstation& workstation, bool trashed = false);
/// By id or name; else by the beginning of an id or the last part of a name, when no other fits (of those
/// that came with the program, only when none of the library's does). Errors: notFound with the nearest
/// names; invalidArgument when several fit.
[[nodiscard]] Result<Preset> findPreset(const Workstation& workstation, const std::string& idOrName,
                                        bool trashed = false);

/// Blocking. The take that the preset sounds like (engine/library/preset_takes.h); of those that came with
/// the program none.
[[nodiscard]] std::optional<TakeId> takeOfPreset(const Workstation& workstation, const PresetId& preset);

/// "Folder/Name", trimmed: 1 to 200 bytes, no empty part and no control character. Errors: invalidArgument.
[[nodiscard]] Result<std::string> presetName(const std::string& name);
/// A new one, or other settings for the one of that name when `replace`. Errors: invalidArgument (name,
/// recipe), conflict (there is one of that name), io.
[[nodiscard]] Result<Preset> savePreset(Workstation& workstation, const std::string& name,
                                        const Recipe& recipe, bool replace = false);
/// Errors: invalidArgument (name, one that came with the program), conflict, notFound, io.
[[nodiscard]] Status renamePreset(Workstation& workstation, const PresetId& preset, const std::string& name);
[[nodiscard]] Status tagPreset(Workstation& workstation, const PresetId& preset,
                               const std::vector<std::string>& tags);
[[nodiscard]] Status trashPreset(Workstation& workstation, const PresetId& preset);
[[nodiscard]] Status restorePreset(Workstation& workstation, const PresetId& preset);
/// For good; only out of the trash.
[[nodiscard]] Status purgePreset(Workstation& workstation, const PresetId& preset);

/// `recipe` as the preset has it, but for the model, seed and length, which stay. A prior is asked for only
/// where `priorThere`.
[[nodiscard]] Recipe withPreset(const Recipe& recipe, const PresetSnapshot& preset, bool priorThere);

}  // namespace smidgen
