#include "engine/steering/steering_card.h"

#include "engine/steering/slider_ranges.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace smidgen {
namespace {

constexpr int kCardVersion = 2;

/// Four digits say all there is to say.
nlohmann::ordered_json rowOf(const Attributes& attributes) {
    nlohmann::ordered_json row = nlohmann::ordered_json::array();
    for (const double value : attributes.values) row.push_back(std::round(value * 1e4) / 1e4);
    return row;
}

tl::unexpected<Error> notACard(const std::string& detail) {
    return failure(ErrorCode::unusableInput, "What the model says of its sliders cannot be read.", detail);
}

}  // namespace

std::string toJson(const SteeringCard& card) {
    nlohmann::ordered_json ranges = nlohmann::ordered_json::object();
    for (const Attribute attribute : kAttributes) {
        const AttributeRange& range = card.ranges[attribute];
        ranges[std::string(wordsFor(attribute).name)] = {{"quantiles", range.quantiles},
                                                         {"deviation", range.deviation}};
    }
    nlohmann::ordered_json anchors = nlohmann::ordered_json::array();
    for (const Attributes& anchor : card.anchors) anchors.push_back(rowOf(anchor));
    nlohmann::ordered_json json{
        {"version", kCardVersion}, {"sounds", card.ranges.sounds}, {"ranges", ranges}, {"anchors", anchors}};
    if (card.spread) json["spread"] = rowOf(*card.spread);
    return json.dump();
}

Result<SteeringCard> steeringCardFromJson(const std::string& text) {
    const auto bad = [](double value) { return !std::isfinite(value) || std::abs(value) > 1e6; };
    try {
        const auto json = nlohmann::json::parse(text);
        if (json.at("version").get<int>() != kCardVersion) return notACard("another version");
        SteeringCard card;
        card.ranges.sounds = json.at("sounds").get<std::size_t>();
        for (const Attribute attribute : kAttributes) {
            const auto& from = json.at("ranges").at(std::string(wordsFor(attribute).name));
            AttributeRange& range = card.ranges.ranges[static_cast<std::size_t>(attribute)];
            range.quantiles = from.at("quantiles").get<decltype(range.quantiles)>();
            range.deviation = from.at("deviation").get<double>();
            if (std::ranges::any_of(range.quantiles, bad) || bad(range.deviation) || range.deviation < 0 ||
                !std::ranges::is_sorted(range.quantiles))
                return notACard("a range that is none");
        }
        for (const auto& row : json.at("anchors")) {
            Attributes anchor;
            anchor.values = row.get<decltype(anchor.values)>();
            if (!std::ranges::all_of(anchor.values, [](double value) { return std::isfinite(value); }))
                return notACard("a number that is not finite");
            card.anchors.push_back(anchor);
        }
        if (json.contains("spread")) {
            card.spread.emplace().values = json.at("spread").get<decltype(Attributes::values)>();
            if (std::ranges::any_of(card.spread->values,
                                    [&](double value) { return bad(value) || value < 0; }))
                return notACard("a spread that is none");
        }
        card.ranges = sliderRanges(card.ranges);
        return card;
    } catch (const nlohmann::json::exception& error) {
        return notACard(error.what());
    }
}

Attributes targetsOf(const SliderPositions& positions, const DescriptorRanges& ranges,
                     const Attributes& free) {
    Attributes targets = free;
    for (const Attribute attribute : kAttributes)
        if (const auto& position = positions[attribute])
            targets[attribute] =
                ranges[attribute].valueAt(std::clamp(*position, kLowestPosition, kHighestPosition));
    return targets;
}

}  // namespace smidgen
