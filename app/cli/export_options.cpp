#include "app/cli/export_options.h"

#include <spdlog/fmt/fmt.h>

#include <charconv>

#include "app/cli/figures.h"
#include "app/cli/option_checks.h"
#include "app/cli/sound_options.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {
namespace {

std::optional<double> numberIn(std::string_view text) {
    double value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// "0.5:2.5", "0.5:" to the end, or "whole".
Result<LoopRange> loopIn(const std::string& text) {
    if (text == "whole") return LoopRange{};
    const std::size_t colon = text.find(':');
    if (colon != std::string::npos) {
        const auto start = numberIn(std::string_view(text).substr(0, colon));
        const std::string_view rest = std::string_view(text).substr(colon + 1);
        const auto end = numberIn(rest);
        if (start && (end || rest.empty())) return LoopRange{*start, end};
    }
    return failure(ErrorCode::invalidArgument,
                   "'" + text +
                       "': a loop is 'whole', or goes from second to second as in --loop 0.5:2.5, or "
                       "to the end as in --loop 0.5:");
}

/// "artist=Ann"; an empty value takes the field out of a profile.
Status addTag(const std::string& text, Tags& tags) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0)
        return failure(ErrorCode::invalidArgument,
                       "'" + text + "': a tag is a field and its text, as in --tag artist=Ann.");
    if (sign + 1 == text.size())
        tags.erase(text.substr(0, sign));
    else
        tags[text.substr(0, sign)] = text.substr(sign + 1);
    return {};
}

Result<ExportSettings> withOptions(ExportSettings settings, const ExportOptions& options,
                                   const OutputPlace& place) {
    auto profile = writeProfile(options.sound, place, settings.profile);
    if (!profile) return propagate(profile);
    settings.profile = *profile;
    if (options.withoutDither) settings.profile.dither = false;
    if (options.quality) settings.profile.lossyQuality = *options.quality;
    if (options.channels) settings.channels = *exportChannelsNamed(*options.channels);
    if (options.lufs && options.peak)
        return failure(ErrorCode::invalidArgument,
                       "--target-lufs and --peak exclude each other: leave one out.");
    if (options.lufs) settings.level = {options.lufs, {}, settings.level.ceilingDb.value_or(-1.0)};
    if (options.peak) settings.level = {{}, options.peak, settings.level.ceilingDb};
    if (options.ceiling) settings.level.ceilingDb = options.ceiling;
    SoundEdges& edges = settings.edges;
    edges.cutStart = options.cutStart.value_or(edges.cutStart);
    edges.cutEnd = options.cutEnd.value_or(edges.cutEnd);
    if (options.silence) edges.silenceDb = options.silence;
    edges.fadeIn = options.fadeIn.value_or(edges.fadeIn);
    edges.fadeOut = options.fadeOut.value_or(edges.fadeOut);
    if (options.fadeShape) edges.shapeIn = edges.shapeOut = *fadeShapeNamed(*options.fadeShape);
    if (!options.loop.empty()) {
        auto loop = loopIn(options.loop);
        if (!loop) return propagate(loop);
        settings.loop = *loop;
    }
    for (const std::string& tag : options.tags)
        if (auto added = addTag(tag, settings.tags); !added) return propagate(added);
    if (options.sidecar) settings.sidecar = true;
    if (options.nameTemplate) settings.nameTemplate = *options.nameTemplate;
    if (auto valid = settings.validate(); !valid) return propagate(valid);
    return settings;
}

}  // namespace

void addExportOptions(CLI::App& command, ExportOptions& options) {
    command.add_option("--profile", options.profile, "A saved export profile; options given change it")
        ->type_name("NAME")
        ->check(notEmpty());
    addSoundOptions(command, options.sound);
    command.add_option("--quality", options.quality, "Of vorbis, opus and mp3 (default 0.7)")
        ->check(numberBetween(0, 1, ""));
    command.add_flag("--no-dither", options.withoutDither, "Round to 16 or 24 bits without dither");
    command.add_option("--channels", options.channels, "Channels of the file (default as-is)")
        ->check(oneOf({"as-is", "mono", "stereo"}));
    command
        .add_option("--target-lufs", options.lufs,
                    "Bring files to this loudness, limiting peaks that stand in the way")
        ->check(numberBetween(-60, 0, "LUFS"));
    command.add_option("--peak", options.peak, "Bring the highest sample of files to this")
        ->check(numberBetween(-60, 0, "dBFS"));
    command
        .add_option("--ceiling", options.ceiling,
                    "No true peak above this, not even once decoded (default -1 where there is a loudness)")
        ->check(numberBetween(-20, 0, "dBTP"));
    command.add_option("--cut-start", options.cutStart, "Take this off the start")
        ->check(numberBetween(0, 3600, "seconds"));
    command.add_option("--cut-end", options.cutEnd, "Take this off the end")
        ->check(numberBetween(0, 3600, "seconds"));
    command.add_option("--trim-silence", options.silence, "Take off what is softer at both ends")
        ->check(numberBetween(-120, -20, "dBFS"));
    command.add_option("--fade-in", options.fadeIn, "Fade in over this")
        ->check(numberBetween(0, 3600, "seconds"));
    command.add_option("--fade-out", options.fadeOut, "Fade out over this")
        ->check(numberBetween(0, 3600, "seconds"));
    command.add_option("--fade-shape", options.fadeShape, "Of both fades (default smooth)")
        ->check(oneOf({"linear", "equal-power", "smooth", "exponential"}));
    command
        .add_option("--loop", options.loop,
                    "Loop points in seconds of the file; wav, aiff, flac, vorbis and opus hold them")
        ->type_name("START:END|whole")
        ->check(notEmpty());
    command
        .add_option("--name-template", options.nameTemplate,
                    "Names in a folder, from {name} {model} {seed} {number} {date} {time} {lufs} {seconds} "
                    "{space} {format} {rate}")
        ->type_name("TEMPLATE")
        ->check(notEmpty());
    command
        .add_option("--tag", options.tags,
                    "A tag: artist, comment, title, or any other word; the recipe is always among them")
        ->type_name("FIELD=TEXT")
        ->allow_extra_args(false)
        ->check(notEmpty());
    command.add_flag("--sidecar", options.sidecar, "Also write each recipe beside its file as JSON");
}

Status checkExportOptions(const ExportOptions& options, const OutputPlace& place) {
    if (options.nameTemplate && !place.isFolder)
        return failure(ErrorCode::invalidArgument,
                       "--name-template names the files in a folder. Name one with --out.");
    // A profile may bring what makes the options fit together.
    if (!options.profile.empty()) return {};
    auto settings = withOptions({}, options, place);
    if (!settings) return propagate(settings);
    return {};
}

Result<ExportSettings> exportSettings(Workstation& workstation, const ExportOptions& options,
                                      const OutputPlace& place, const std::string& nameTemplate) {
    if (auto good = checkExportOptions(options, place); !good) return propagate(good);
    ExportSettings settings;
    settings.nameTemplate = nameTemplate;
    if (!options.profile.empty()) {
        auto profile = findExportProfile(workstation, options.profile);
        if (!profile) return propagate(profile);
        settings = std::move(profile->settings);
    }
    return withOptions(std::move(settings), options, place);
}

std::string lineOf(const ExportedFile& file) {
    return fmt::format("{}: {} LUFS, true peak {} dB{}", displayName(file.path), decibelText(file.lufs),
                       decibelText(file.truePeakDb), file.remark.empty() ? "" : "; it " + file.remark);
}

}  // namespace smidgen::cli
