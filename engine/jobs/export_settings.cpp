#include "engine/jobs/export_settings.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "engine/audio/sound_tags.h"
#include "engine/jobs/export_name.h"

namespace smidgen {
namespace {

constexpr int kSettingsVersion = 1;

using Json = nlohmann::ordered_json;

Json optional(const std::optional<double>& value) {
    return value ? Json(*value) : Json();
}

std::optional<double> optional(const Json& json, const char* key) {
    if (!json.contains(key) || json.at(key).is_null()) return std::nullopt;
    return json.at(key).get<double>();
}

/// `named(word)`, or an exception that ends the reading.
template <typename Named>
auto word(const Json& json, const char* key, Named named) {
    const auto text = json.at(key).get<std::string>();
    const auto value = named(text);
    if (!value) throw std::invalid_argument(std::string(key) + " " + text);
    return *value;
}

}  // namespace

std::string_view nameOf(ExportChannels channels) {
    return channels == ExportChannels::mono     ? "mono"
           : channels == ExportChannels::stereo ? "stereo"
                                                : "as-is";
}

std::optional<ExportChannels> exportChannelsNamed(std::string_view name) {
    for (const ExportChannels channels :
         {ExportChannels::asTheyAre, ExportChannels::mono, ExportChannels::stereo})
        if (nameOf(channels) == name) return channels;
    return std::nullopt;
}

Status ExportSettings::validate() const {
    if (auto valid = profile.validate(); !valid) return valid;
    if (auto valid = edges.validate(); !valid) return valid;
    if (auto valid = level.validate(); !valid) return valid;
    if (loop && !(loop->start >= 0 && (!loop->end || *loop->end > loop->start)))
        return failure(ErrorCode::invalidArgument, "A loop ends after it starts, and starts at 0 or later.");
    if (loop && profile.format == FileFormat::mp3) return noLoopIn(profile.format);
    if (auto named = completeTags(tags, ""); !named) return propagate(named);
    return checkNameTemplate(nameTemplate);
}

std::string toJson(const ExportSettings& settings) {
    const SoundEdges& edges = settings.edges;
    Json json = {{"smidgen_export", kSettingsVersion},
                 {"format", nameOf(settings.profile.format)},
                 {"depth", nameOf(settings.profile.depth)},
                 {"rate", settings.profile.rate},
                 {"dither", settings.profile.dither},
                 {"quality", settings.profile.lossyQuality},
                 {"channels", nameOf(settings.channels)},
                 {"target_lufs", optional(settings.level.lufs)},
                 {"peak_db", optional(settings.level.peakDb)},
                 {"ceiling_db", optional(settings.level.ceilingDb)},
                 {"cut_start", edges.cutStart},
                 {"cut_end", edges.cutEnd},
                 {"silence_db", optional(edges.silenceDb)},
                 {"fade_in", edges.fadeIn},
                 {"fade_in_shape", nameOf(edges.shapeIn)},
                 {"fade_out", edges.fadeOut},
                 {"fade_out_shape", nameOf(edges.shapeOut)},
                 {"name", settings.nameTemplate},
                 {"tags", settings.tags},
                 {"sidecar", settings.sidecar}};
    if (settings.loop)
        json["loop"] = {{"start", settings.loop->start}, {"end", optional(settings.loop->end)}};
    return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

Result<ExportSettings> exportSettingsFromJson(const std::string& text) {
    try {
        const Json json = Json::parse(text);
        if (json.at("smidgen_export").get<int>() > kSettingsVersion)
            return failure(ErrorCode::unusableInput,
                           "This export profile was written by a newer Smidgen. Update Smidgen to use it.");
        ExportSettings settings;
        settings.profile = {word(json, "format", formatNamed), word(json, "depth", depthNamed),
                            json.at("rate").get<int>(), json.at("dither").get<bool>(),
                            json.at("quality").get<double>()};
        settings.channels = word(json, "channels", exportChannelsNamed);
        settings.level = {optional(json, "target_lufs"), optional(json, "peak_db"),
                          optional(json, "ceiling_db")};
        settings.edges = {json.at("cut_start").get<double>(),
                          json.at("cut_end").get<double>(),
                          optional(json, "silence_db"),
                          json.at("fade_in").get<double>(),
                          json.at("fade_out").get<double>(),
                          word(json, "fade_in_shape", fadeShapeNamed),
                          word(json, "fade_out_shape", fadeShapeNamed)};
        settings.nameTemplate = json.at("name").get<std::string>();
        settings.tags = json.at("tags").get<Tags>();
        settings.sidecar = json.at("sidecar").get<bool>();
        if (json.contains("loop"))
            settings.loop =
                LoopRange{json.at("loop").at("start").get<double>(), optional(json.at("loop"), "end")};
        return settings;
    } catch (const std::exception& problem) {
        return failure(ErrorCode::unusableInput,
                       "This is no export profile: it is damaged or something else.", problem.what());
    }
}

}  // namespace smidgen
