#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "engine/library/library.h"

namespace smidgen {
namespace {

constexpr int kTakeVersion = 1;

/// JSON has no infinity: silence is written as null.
nlohmann::json decibels(double value) {
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

double decibels(const nlohmann::json& json) {
    return json.is_null() ? -std::numeric_limits<double>::infinity() : json.get<double>();
}

}  // namespace

std::string toJson(const TakeRecord& record) {
    nlohmann::ordered_json peaks = nlohmann::json::array();
    for (const PeakPair& pair : record.thumbnail) peaks.push_back({pair.low, pair.high});
    nlohmann::ordered_json json = {
        {"smidgen_take", kTakeVersion},
        {"id", record.id},
        {"name", record.name},
        {"recipe", nlohmann::ordered_json::parse(toJson(record.recipe))},
        {"created_ms", record.createdMs},
        {"seconds", record.seconds},
        {"channels", record.channels},
        {"lufs", decibels(record.lufs)},
        {"true_peak_db", decibels(record.truePeakDb)},
        {"starred", record.starred},
        {"trashed", record.trashed},
        {"thumbnail", peaks},
    };
    if (record.novelty) {
        json["novelty"] = {{"ratio", record.novelty->novelty},
                           {"closest", record.novelty->closest},
                           {"closest_distance", record.novelty->closestDistance},
                           {"shared_seconds", record.novelty->sharedSeconds},
                           {"copied", record.novelty->copied}};
    }
    for (const SliderOutcome& slider : record.sliders)
        json["sliders"][std::string(wordsFor(slider.attribute).name)] = {
            {"asked", slider.asked ? nlohmann::json(*slider.asked) : nlohmann::json()},
            {"free", slider.free},
            {"model", slider.model},
            {"reached", slider.reached}};
    return json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<TakeRecord> takeFromJson(const std::string& text) {
    try {
        const auto json = nlohmann::json::parse(text);
        if (json.at("smidgen_take").get<int>() > kTakeVersion) {
            return failure(ErrorCode::unusableInput,
                           "This take was written by a newer Smidgen. Update Smidgen to use it.");
        }
        TakeRecord record;
        record.id = json.at("id").get<std::string>();
        record.name = json.at("name").get<std::string>();
        auto recipe = recipeFromJson(json.at("recipe").dump());
        if (!recipe) return propagate(recipe);
        record.recipe = std::move(*recipe);
        record.createdMs = json.at("created_ms").get<std::int64_t>();
        record.seconds = json.at("seconds").get<double>();
        record.channels = json.at("channels").get<int>();
        record.lufs = decibels(json.at("lufs"));
        record.truePeakDb = decibels(json.at("true_peak_db"));
        record.starred = json.at("starred").get<bool>();
        record.trashed = json.at("trashed").get<bool>();
        if (json.contains("novelty")) {
            const auto& novelty = json.at("novelty");
            record.novelty =
                TakeNovelty{novelty.at("ratio").get<double>(), novelty.at("closest").get<std::string>(),
                            novelty.at("closest_distance").get<double>(),
                            novelty.at("shared_seconds").get<double>(), novelty.at("copied").get<bool>()};
        }
        if (json.contains("sliders")) {
            for (const Attribute attribute : kAttributes) {
                const std::string name(wordsFor(attribute).name);
                if (!json.at("sliders").contains(name)) continue;
                const auto& slider = json.at("sliders").at(name);
                SliderOutcome outcome{attribute,
                                      {},
                                      slider.at("free").get<double>(),
                                      slider.at("model").get<double>(),
                                      slider.at("reached").get<double>()};
                if (!slider.at("asked").is_null()) outcome.asked = slider.at("asked").get<double>();
                record.sliders.push_back(outcome);
            }
        }
        for (const auto& pair : json.at("thumbnail")) {
            record.thumbnail.push_back({pair.at(0).get<float>(), pair.at(1).get<float>()});
        }
        return record;
    } catch (const std::exception& error) {
        return failure(ErrorCode::unusableInput, "The record of a take is damaged.", error.what());
    }
}

}  // namespace smidgen
