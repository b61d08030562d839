// What a controller can move or press.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smidgen {

enum class TargetKind {
    slider,  ///< one of the eight; a position, 0 … 1 the collection's own range
    action,  ///< something that is done once, like "generate"
    toggle   ///< an action that is on or off, like "loop"
};

struct ControlTarget {
    std::string id;    ///< "slider.brightness", or the id of the window's action: "transport.loop"
    std::string name;  ///< "Brightness", "Loop"
    TargetKind kind = TargetKind::action;
    bool operator==(const ControlTarget&) const = default;
};

/// "slider.brightness" of "brightness".
[[nodiscard]] std::string sliderTarget(std::string_view attribute);
/// "brightness" of "slider.brightness"; nothing for what is no slider.
[[nodiscard]] std::optional<std::string> sliderOf(std::string_view target);

/// The eight sliders, then the actions: what `shortcuts` (resources/shortcuts.json, as text) lists. Which of
/// them are on or off stands in "toggle": true there. Nothing but the sliders when it cannot be read.
[[nodiscard]] std::vector<ControlTarget> controlTargets(const std::string& shortcuts);

[[nodiscard]] const ControlTarget* findTarget(const std::vector<ControlTarget>& targets, std::string_view id);

}  // namespace smidgen
