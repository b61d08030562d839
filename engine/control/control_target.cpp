#include "engine/control/control_target.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/analysis/descriptors.h"

namespace smidgen {
namespace {

constexpr std::string_view kSliderPrefix = "slider.";

std::string withoutDots(std::string text) {
    if (const auto dots = text.find("…"); dots != std::string::npos) text.resize(dots);
    return text;
}

}  // namespace

std::string sliderTarget(std::string_view attribute) {
    return std::string(kSliderPrefix) + std::string(attribute);
}

std::optional<std::string> sliderOf(std::string_view target) {
    if (!target.starts_with(kSliderPrefix)) return std::nullopt;
    target.remove_prefix(kSliderPrefix.size());
    return attributeNamed(target) ? std::optional<std::string>(target) : std::nullopt;
}

std::vector<ControlTarget> controlTargets(const std::string& shortcuts) {
    std::vector<ControlTarget> targets;
    for (const Attribute attribute : kAttributes) {
        std::string name(wordsFor(attribute).name);
        const std::string id = sliderTarget(name);
        name[0] = static_cast<char>(name[0] - 'a' + 'A');
        targets.push_back({id, name, TargetKind::slider});
    }
    const auto document = nlohmann::json::parse(shortcuts, nullptr, false);
    if (!document.is_object() || !document.contains("shortcuts")) return targets;
    for (const auto& entry : document["shortcuts"]) {
        if (!entry.is_object()) continue;
        const auto text = [&entry](const char* key) {
            const auto found = entry.find(key);
            return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
        };
        const auto toggle = entry.find("toggle");
        const bool isToggle = toggle != entry.end() && toggle->is_boolean() && toggle->get<bool>();
        ControlTarget target{text("id"), withoutDots(text("text")),
                             isToggle ? TargetKind::toggle : TargetKind::action};
        if (!target.id.empty() && findTarget(targets, target.id) == nullptr)
            targets.push_back(std::move(target));
    }
    return targets;
}

const ControlTarget* findTarget(const std::vector<ControlTarget>& targets, std::string_view id) {
    const auto found = std::find_if(targets.begin(), targets.end(),
                                    [&](const ControlTarget& target) { return target.id == id; });
    return found == targets.end() ? nullptr : &*found;
}

}  // namespace smidgen
