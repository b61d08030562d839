#include "app/cli/slider_options.h"

#include <charconv>

#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "app/cli/slider_judgement.h"

namespace smidgen::cli {
namespace {

/// "brightness=0.8", or "brightness=free".
Status setSlider(const std::string& text, Recipe& recipe) {
    const std::size_t sign = text.find('=');
    const std::string name = text.substr(0, sign);
    const auto attribute = attributeNamed(name);
    if (!attribute)
        return failure(ErrorCode::invalidArgument,
                       "There is no slider '" + name + "'. There are " + joined(sliderNames()) + ".");
    const std::string value = sign == std::string::npos ? "" : text.substr(sign + 1);
    if (value == "free") {
        recipe.sliders[*attribute].reset();
        return {};
    }
    double position = 0;
    const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), position);
    if (problem != std::errc() || end != value.data() + value.size() || value.empty())
        return failure(ErrorCode::invalidArgument, "'" + text +
                                                       "': a slider is set to a number, as in --set " + name +
                                                       "=0.8, or let go, as in --set " + name + "=free.");
    recipe.sliders[*attribute] = position;
    return {};
}

}  // namespace

void addSetOption(CLI::App& command, std::vector<std::string>& sliders) {
    command
        .add_option("--set", sliders,
                    "Move a slider: density, brightness, warmth, roughness, tension, rhythm, pulse or space; "
                    "0 to 1 is little to much among the collection's sounds, -0.25 and 1.25 are its "
                    "outermost; 'free' lets it go")
        ->type_name("SLIDER=VALUE")
        ->check(notEmpty());
}

Status setSliders(const std::vector<std::string>& texts, Recipe& recipe) {
    for (const std::string& text : texts)
        if (Status set = setSlider(text, recipe); !set) return set;
    return {};
}

}  // namespace smidgen::cli
