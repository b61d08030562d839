#include "app/cli/space_options.h"

#include <array>
#include <charconv>
#include <filesystem>

#include "app/cli/option_checks.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {
namespace {

tl::unexpected<Error> unreadable(const std::string& text) {
    return failure(ErrorCode::invalidArgument,
                   "'" + text +
                       "': a move is a time in seconds and where the sound is then, as azimuth, "
                       "elevation and distance or the first of them: --move 4:180 or --move 4:180,0,2.");
}

/// "4:180,0,2": what is not said stays as it was before.
Result<SourcePoint> moveIn(const std::string& text, SourcePoint point) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) return unreadable(text);
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    const std::array<double*, 4> numbers{&point.seconds, &point.position.azimuth, &point.position.elevation,
                                         &point.position.distance};
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto [stop, problem] = std::from_chars(at, end, *numbers.at(i));
        if (problem != std::errc()) return unreadable(text);
        if (stop == end) {
            if (i == 0) return unreadable(text);
            return point;
        }
        if (*stop != (i == 0 ? ':' : ',')) return unreadable(text);
        at = stop + 1;
    }
    return unreadable(text);
}

}  // namespace

void addSpaceOptions(CLI::App& command, SpaceOptions& options) {
    command.add_option("--space", options.space, "Channels (default mono)")
        ->check(oneOf({"mono", "stereo", "binaural"}));
    command.add_option("--width", options.width, "Stereo width: 0 is mono (default 0.7)")
        ->check(numberBetween(0, 1.5, ""));
    command
        .add_option("--azimuth", options.azimuth,
                    "Binaural: degrees to the left, 0 ahead, 180 behind, -90 right (default 0)")
        ->check(numberBetween(-3600, 3600, "degrees"));
    command.add_option("--elevation", options.elevation, "Binaural: degrees up (default 0)")
        ->check(numberBetween(-90, 90, "degrees"));
    command.add_option("--distance", options.distance, "Binaural: how far away (default 1)")
        ->check(numberBetween(kNearestSource, kFarthestSource, "metres"));
    command
        .add_option("--move", options.moves,
                    "Binaural: be there at this time, and go straight there; several make a way")
        ->type_name("SECONDS:AZIMUTH[,ELEVATION[,DISTANCE]]")
        ->allow_extra_args(false)
        ->check(notEmpty());
    command.add_option("--hrtf", options.hrtf, "Binaural: a SOFA file of other ears than MIT KEMAR's")
        ->type_name("FILE")
        ->check(notEmpty());
}

Status applySpace(const SpaceOptions& options, Recipe& recipe) {
    if (options.space) recipe.space = outputSpaceNamed(*options.space).value_or(recipe.space);
    if (options.width) recipe.width = *options.width;
    if (options.width && recipe.space != OutputSpace::stereo)
        return failure(ErrorCode::invalidArgument, "--width changes stereo takes only. Add --space stereo.");
    const bool placed = options.azimuth || options.elevation || options.distance || !options.moves.empty() ||
                        !options.hrtf.empty();
    if (placed && recipe.space != OutputSpace::binaural)
        return failure(
            ErrorCode::invalidArgument,
            "--azimuth, --elevation, --distance, --move and --hrtf change binaural takes only. Add "
            "--space binaural.");
    SourcePosition& position = recipe.binaural.position;
    position.azimuth = options.azimuth.value_or(position.azimuth);
    position.elevation = options.elevation.value_or(position.elevation);
    position.distance = options.distance.value_or(position.distance);
    if (!options.moves.empty()) recipe.binaural.path.clear();
    for (const std::string& text : options.moves) {
        auto point = moveIn(text, recipe.binaural.way().back());
        if (!point) return propagate(point);
        recipe.binaural.path.push_back(*point);
    }
    if (!options.hrtf.empty()) recipe.binaural.hrtf = displayName(std::filesystem::absolute(options.hrtf));
    return {};
}

}  // namespace smidgen::cli
