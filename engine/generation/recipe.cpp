#include "engine/generation/recipe.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/generation/decoder_shelf.h"
#include "engine/generation/latent_directions.h"
#include "models/code_prior.h"

namespace smidgen {
namespace {

constexpr int kRecipeVersion = 8;
/// Recipes are readable by programs that know all they ask for.
constexpr int kVersionCorrected = 8, kVersionExploring = 7, kVersionWithBlend = 6, kVersionBinaural = 5,
              kVersionWithSliders = 3, kVersionWithPrior = 2, kPlainVersion = 1;

/// Whether samples hang on how Griffin-Lim goes about it; takes choose it where nothing is chosen.
bool goesByGriffinLim(const Recipe& recipe) {
    return recipe.decoder.empty() || recipe.decoder == kGriffinLimDecoder;
}

int versionOf(const Recipe& recipe) {
    if (goesByGriffinLim(recipe) && recipe.griffinLim.rounds > 0) return kVersionCorrected;
    if (!recipe.explore.empty()) return kVersionExploring;
    if (!recipe.blend.empty()) return kVersionWithBlend;
    if (recipe.space == OutputSpace::binaural) return kVersionBinaural;
    if (recipe.sliders.anySet()) return kVersionWithSliders;
    return recipe.prior ? kVersionWithPrior : kPlainVersion;
}

constexpr double kLeastOfFirst = 0.001;

Status requireRange(const char* field, double value, double low, double high, const char* unit) {
    if (std::isfinite(value) && value >= low && value <= high) return {};
    auto text = [](double v) {
        std::string s = std::to_string(v);
        s.erase(s.find_last_not_of('0') + 1);
        if (s.back() == '.') s.pop_back();
        return s;
    };
    return failure(ErrorCode::invalidArgument,
                   std::string("The ") + field + " must be between " + text(low) + " and " + text(high) +
                       unit + "; it is " + (std::isfinite(value) ? text(value) : "not a number") + ".");
}

nlohmann::ordered_json toJson(const SourcePosition& position) {
    return {
        {"azimuth", position.azimuth}, {"elevation", position.elevation}, {"distance", position.distance}};
}

SourcePosition positionFrom(const nlohmann::json& json) {
    return {json.at("azimuth").get<double>(), json.at("elevation").get<double>(),
            json.at("distance").get<double>()};
}

nlohmann::ordered_json toJson(const BinauralRecipe& binaural) {
    nlohmann::ordered_json json = toJson(binaural.position);
    for (const SourcePoint& point : binaural.path) {
        nlohmann::ordered_json row = toJson(point.position);
        row["seconds"] = point.seconds;
        json["path"].push_back(row);
    }
    json["hrtf"] = binaural.hrtf;
    return json;
}

BinauralRecipe binauralFrom(const nlohmann::json& json) {
    BinauralRecipe binaural;
    binaural.position = positionFrom(json);
    if (json.contains("path"))
        for (const auto& row : json.at("path"))
            binaural.path.push_back({row.at("seconds").get<double>(), positionFrom(row)});
    binaural.hrtf = json.at("hrtf").get<std::string>();
    return binaural;
}

}  // namespace

std::vector<SourcePoint> BinauralRecipe::way() const {
    std::vector<SourcePoint> points{{0, position}};
    points.insert(points.end(), path.begin(), path.end());
    return points;
}

std::string_view nameOf(OutputSpace space) {
    switch (space) {
        case OutputSpace::mono:
            return "mono";
        case OutputSpace::stereo:
            return "stereo";
        case OutputSpace::binaural:
            return "binaural";
    }
    return "";
}

std::optional<OutputSpace> outputSpaceNamed(std::string_view name) {
    for (const OutputSpace space : {OutputSpace::mono, OutputSpace::stereo, OutputSpace::binaural})
        if (nameOf(space) == name) return space;
    return std::nullopt;
}

Status Recipe::validate() const {
    const auto checks = {
        requireRange("duration", seconds, kShortestTakeSeconds, kLongestTakeSeconds, " seconds"),
        requireRange("width", width, 0, 1.5, ""),
        requireRange("variation", variation, 0, 2, ""),
        requireRange("loudness target", targetLufs, -60, 0, " LUFS"),
        requireRange("true-peak ceiling", truePeakCeilingDb, -20, 0, " dBTP"),
        requireRange("number of Griffin-Lim iterations", griffinLim.iterations, 1, 1000, ""),
        requireRange("number of corrections after Griffin-Lim", griffinLim.rounds, 0, 100, ""),
    };
    for (const Status& check : checks) {
        if (!check) return check;
    }
    for (const Attribute attribute : kAttributes)
        if (const auto& position = sliders[attribute])
            if (auto checked = requireRange(std::string(wordsFor(attribute).name).c_str(), *position,
                                            kLowestPosition, kHighestPosition, "");
                !checked)
                return checked;
    if (explore.size() > kMostDirections)
        return failure(ErrorCode::invalidArgument,
                       "A model has at most " + std::to_string(kMostDirections) + " directions of its own.");
    for (const double amount : explore)
        if (auto checked = requireRange("way along a direction", amount, -kFarthestAlong, kFarthestAlong,
                                        " standard deviations");
            !checked)
            return checked;
    if (space == OutputSpace::binaural)
        if (auto valid = smidgen::validate(binaural.way()); !valid) return valid;
    if (blend.size() > kMostBlendParts)
        return failure(ErrorCode::invalidArgument, "A blend has eight models at most.");
    double others = 0;
    for (const BlendPart& part : blend) {
        if (part.modelId == modelId && !modelId.empty())
            return failure(ErrorCode::invalidArgument,
                           "The model '" + modelName + "' cannot be blended with itself. Name another one.");
        if (auto checked = requireRange("share of a model in a blend", part.ratio, 0, 1, ""); !checked)
            return checked;
        others += part.ratio;
    }
    if (!blend.empty() && others > 1 - kLeastOfFirst)
        return failure(ErrorCode::invalidArgument,
                       "The shares of the other models in a blend must leave something for the first: "
                       "together they are less than 1.");
    if (!prior) return {};
    return models::SamplingSettings{prior->temperature, prior->topK, prior->topP, prior->guidance, seed}
        .validate();
}

std::string toJson(const Recipe& recipe) {
    // Seeds are 64 bits wide, more than a JSON number is sure to carry: they travel as text.
    nlohmann::ordered_json json = {
        {"smidgen_recipe", versionOf(recipe)},
        {"model", recipe.modelId},
        {"model_name", recipe.modelName},
        {"seed", std::to_string(recipe.seed)},
        {"seconds", recipe.seconds},
        {"space", nameOf(recipe.space)},
        {"width", recipe.width},
        {"variation", recipe.variation},
        {"target_lufs", recipe.targetLufs},
        {"true_peak_ceiling_db", recipe.truePeakCeilingDb},
        {"decoder", recipe.decoder},
        {"griffin_lim_iterations", recipe.griffinLim.iterations},
    };
    if (recipe.griffinLim.rounds > 0) json["griffin_lim_corrections"] = recipe.griffinLim.rounds;
    if (recipe.space == OutputSpace::binaural) json["binaural"] = toJson(recipe.binaural);
    if (recipe.prior) {
        json["prior"] = {{"temperature", recipe.prior->temperature},
                         {"top_k", recipe.prior->topK},
                         {"top_p", recipe.prior->topP},
                         {"guidance", recipe.prior->guidance},
                         {"continue", recipe.prior->continueFrom}};
    }
    if (recipe.sliders.anySet()) {
        for (const Attribute attribute : kAttributes)
            if (const auto& position = recipe.sliders[attribute])
                json["sliders"][std::string(wordsFor(attribute).name)] = *position;
        json["slider_tools"] = recipe.sliderTools;
    }
    if (!recipe.explore.empty()) json["explore"] = recipe.explore;
    if (!recipe.blend.empty()) {
        json["blend"]["kind"] = recipe.blendKind == BlendKind::audio ? "audio" : "latents";
        for (const BlendPart& part : recipe.blend)
            json["blend"]["with"].push_back(
                {{"model", part.modelId}, {"model_name", part.modelName}, {"ratio", part.ratio}});
    }
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<Recipe> recipeFromJson(const std::string& text) {
    try {
        const auto json = nlohmann::json::parse(text);
        if (json.at("smidgen_recipe").get<int>() > kRecipeVersion) {
            return failure(ErrorCode::unusableInput,
                           "This recipe was written by a newer Smidgen. Update Smidgen to use it.");
        }
        Recipe recipe;
        recipe.modelId = json.at("model").get<std::string>();
        recipe.modelName = json.value("model_name", "");
        recipe.seed = std::stoull(json.at("seed").get<std::string>());
        recipe.seconds = json.at("seconds").get<double>();
        const auto space = json.at("space").get<std::string>();
        const auto known = outputSpaceNamed(space);
        if (!known) {
            return failure(ErrorCode::unusableInput, "The recipe asks for the output '" + space +
                                                         "', which this Smidgen does not know.");
        }
        recipe.space = *known;
        recipe.width = json.at("width").get<double>();
        recipe.variation = json.at("variation").get<double>();
        recipe.targetLufs = json.at("target_lufs").get<double>();
        recipe.truePeakCeilingDb = json.at("true_peak_ceiling_db").get<double>();
        // Recipes written before there was a choice.
        recipe.decoder = json.value("decoder", "griffin-lim");
        recipe.griffinLim.iterations = json.at("griffin_lim_iterations").get<int>();
        recipe.griffinLim.rounds = json.value("griffin_lim_corrections", 0);  // nor was there this
        if (recipe.space == OutputSpace::binaural) recipe.binaural = binauralFrom(json.at("binaural"));
        if (json.contains("prior")) {
            const auto& settings = json.at("prior");
            PriorRecipe prior;
            prior.temperature = settings.at("temperature").get<double>();
            prior.topK = settings.at("top_k").get<int>();
            prior.topP = settings.at("top_p").get<double>();
            prior.guidance = settings.at("guidance").get<double>();
            prior.continueFrom = settings.at("continue").get<std::string>();
            recipe.prior = std::move(prior);
        }
        if (json.contains("sliders")) {
            for (const auto& [name, position] : json.at("sliders").items()) {
                const auto attribute = attributeNamed(name);
                if (!attribute)
                    return failure(ErrorCode::unusableInput, "The recipe moves a slider '" + name +
                                                                 "', which this Smidgen does not know.");
                recipe.sliders[*attribute] = position.get<double>();
            }
            recipe.sliderTools = json.value("slider_tools", true);
        }
        if (json.contains("explore")) recipe.explore = json.at("explore").get<std::vector<double>>();
        if (json.contains("blend")) {
            const auto kind = json.at("blend").at("kind").get<std::string>();
            if (kind != "audio" && kind != "latents")
                return failure(ErrorCode::unusableInput,
                               "The recipe blends by '" + kind + "', which this Smidgen does not know.");
            recipe.blendKind = kind == "audio" ? BlendKind::audio : BlendKind::latents;
            for (const auto& part : json.at("blend").at("with"))
                recipe.blend.push_back({part.at("model").get<std::string>(), part.value("model_name", ""),
                                        part.at("ratio").get<double>()});
        }
        return recipe;
    } catch (const std::exception& error) {
        return failure(ErrorCode::unusableInput,
                       "This is not a Smidgen recipe: it is damaged or something else.", error.what());
    }
}

}  // namespace smidgen
