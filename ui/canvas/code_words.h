// Words of codes and cubes that the engine keeps in English, in the window's language.
#pragma once

#include <QString>
#include <string>

namespace smidgen {

/// A lane's name as it is shown: the names that come with a sound are translated, a person's own stay.
[[nodiscard]] QString laneText(const std::string& name);
/// A step of a sound's history: "Brush", "Swap".
[[nodiscard]] QString editText(const std::string& step);

/// An axis of a cube, likewise: "Timbre".
[[nodiscard]] QString axisText(const std::string& name);

}  // namespace smidgen
