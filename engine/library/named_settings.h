// Settings of the program that a person keeps under a name: a state block each, with the settings as text.
// Recipes under a name are presets, items of the library.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/library/library.h"

namespace smidgen {

/// What settings are for, and how to speak of them. `mime` is the blocks' MIME type.
struct SettingsKind {
    std::string_view mime;
    std::string_view noun;  ///< "export profile"
};

struct NamedSettings {
    std::string name;
    std::string text;
    std::int64_t changedMs = 0;
};

/// Of the project, those that the caller may read, by name. Errors: io, unusableInput (damaged).
[[nodiscard]] Result<std::vector<NamedSettings>> namedSettings(const Library& library,
                                                               const SettingsKind& kind);
/// Errors: notFound with the nearest name there is; io, unusableInput.
[[nodiscard]] Result<NamedSettings> findNamedSettings(const Library& library, const SettingsKind& kind,
                                                      const std::string& name);
/// A new name, or with `replace` other settings under an old one, whose versions the store keeps. Errors:
/// invalidArgument (no name, one too long, one that is taken), refused, io.
[[nodiscard]] Status saveNamedSettings(const Library& library, const SettingsKind& kind,
                                       const std::string& name, const std::string& text, bool replace);
/// Errors: notFound, invalidArgument (as above), refused, io.
[[nodiscard]] Status renameNamedSettings(const Library& library, const SettingsKind& kind,
                                         const std::string& name, const std::string& newName);
/// Into the trash, out of which restoring takes the newest of that name. Errors: notFound, refused, io;
/// restoring also invalidArgument (the name is taken again).
[[nodiscard]] Status removeNamedSettings(const Library& library, const SettingsKind& kind,
                                         const std::string& name);
[[nodiscard]] Status restoreNamedSettings(const Library& library, const SettingsKind& kind,
                                          const std::string& name);

}  // namespace smidgen
