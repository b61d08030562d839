// What is remembered of controllers between sessions, as a file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/control/control_mapping.h"

namespace smidgen {

inline constexpr int kDefaultOscPort = 9123;

struct ControlSettings {
    bool allInputs = true;            ///< listen to every MIDI input there is
    std::vector<std::string> inputs;  ///< else to these, by name
    bool osc = false;                 ///< listen for OSC
    int oscPort = kDefaultOscPort;    ///< UDP
    bool oscOpen = false;             ///< also from other machines
    std::vector<ControlMapping> mappings;
    bool operator==(const ControlSettings&) const = default;
};

struct ReadControlSettings {
    ControlSettings settings;
    std::string problem;  ///< a sentence when the file, or an entry of it, could not be used
};

/// JSON, format "smidgen-controls", version 1. A file that is not there gives the defaults. One that cannot
/// be used is kept aside as FILE.unreadable (and .unreadable-2 …); of a file with some bad mappings the good
/// ones are used and the whole is kept aside too. Mappings of targets that `targets` lacks stay as they are:
/// another version may know them.
[[nodiscard]] ReadControlSettings readControlSettings(const std::filesystem::path& file,
                                                      const std::vector<ControlTarget>& targets);
/// Writes beside and renames; makes the folder. Errors: io.
[[nodiscard]] Status writeControlSettings(const std::filesystem::path& file, const ControlSettings& settings);

/// $XDG_CONFIG_HOME/smidgen/controls.json, or ~/.config/smidgen/controls.json.
[[nodiscard]] std::filesystem::path defaultControlFile();

}  // namespace smidgen
