#include "app/cli/slider_options.h"

#include <charconv>
#include <optional>

#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "app/cli/slider_judgement.h"
#include "engine/generation/latent_directions.h"

namespace smidgen::cli {
namespace {

template <typename Number>
std::optional<Number> numberOf(const std::string& text) {
    Number number{};
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

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
    const auto position = numberOf<double>(value);
    if (!position)
        return failure(ErrorCode::invalidArgument, "'" + text +
                                                       "': a slider is set to a number, as in --set " + name +
                                                       "=0.8, or let go, as in --set " + name + "=free.");
    recipe.sliders[*attribute] = *position;
    return {};
}

/// "2=-1.5".
Status setDirection(const std::string& text, Recipe& recipe) {
    const std::size_t sign = text.find('=');
    const auto number = numberOf<std::size_t>(text.substr(0, sign));
    const auto amount = numberOf<double>(sign == std::string::npos ? "" : text.substr(sign + 1));
    if (!number || !amount || *number < 1 || *number > kMostDirections)
        return failure(
            ErrorCode::invalidArgument,
            "'" + text + "': a direction is named by its number, 1 to " + std::to_string(kMostDirections) +
                ", and a way along it, as in --explore 2=-1.5. 'smidgen model explore' lists them.");
    if (recipe.explore.size() < *number) recipe.explore.resize(*number);
    recipe.explore[*number - 1] = *amount;
    while (!recipe.explore.empty() && recipe.explore.back() == 0) recipe.explore.pop_back();
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

void addExploreOption(CLI::App& command, std::vector<std::string>& moves) {
    command
        .add_option(
            "--explore", moves,
            "Go along a direction of the model's own, by its number in 'smidgen model explore', so many "
            "standard deviations of its sounds: -3 to 3")
        ->type_name("NUMBER=WAY")
        ->check(notEmpty());
}

Status setExplore(const std::vector<std::string>& texts, Recipe& recipe) {
    for (const std::string& text : texts)
        if (Status set = setDirection(text, recipe); !set) return set;
    return {};
}

}  // namespace smidgen::cli
