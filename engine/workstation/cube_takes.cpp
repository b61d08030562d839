#include "engine/workstation/cube_takes.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "engine/audio/loudness.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/library/library.h"
#include "engine/workstation/cube_nodes.h"
#include "engine/workstation/cube_render.h"
#include "storage/wavetable/lazy_cube.h"

namespace smidgen {
namespace {

constexpr std::string_view kReference = "cube:";
constexpr double kDecibelsPerNeper = 8.685889638065037;  // 20 / ln 10
constexpr std::size_t kCacheBytes = std::size_t{256} << 20;

/// Of mel: a decibel or two are heard as the same sound, half a dozen as a relative.
const char* wordsFor(const CubeMatch& match) {
    const double measure = match.decibels ? match.match.distance / 3
                                          : 5 * match.match.distance / std::max(match.match.target, 1e-12);
    if (measure < 0.5) return "very close";
    if (measure < 1.5) return "close";
    if (measure < 3.5) return "related";
    return "far away";
}

const char* nameOf(storage::Interpolation how) {
    switch (how) {
        case storage::Interpolation::bilinear:
            return "bilinear";
        case storage::Interpolation::nearest:
            return "nearest";
        case storage::Interpolation::trilinear:
            break;
    }
    return "trilinear";
}

}  // namespace

Result<CubeMatch> matchOnCube(const Workstation& workstation, const CubeId& id, const std::string& sound,
                              const CancelToken& cancel) {
    const auto cube = workstation.items().cube(id);
    if (cube == nullptr) return failure(ErrorCode::notFound, "There is no cube '" + id + "' in the library.");
    auto target = nodeOfSound(workstation, *cube, {{}, sound, 0, {}});
    if (!target) return propagate(target);
    auto nodes = workstation.items().openCube(id);
    if (!nodes) return propagate(nodes);
    const storage::LazyCube source(*nodes, kCacheBytes);
    CubeMatch found;
    auto match = closestPlace(source, **target, {}, cancel);
    if (!match) return propagate(match);
    found.match = *match;
    found.decibels = cube->content == smidgen::nameOf(CubeContent::mel);
    if (found.decibels) {
        found.match.distance *= kDecibelsPerNeper;
        found.match.target *= kDecibelsPerNeper;
    }
    found.words = wordsFor(found);
    return found;
}

std::optional<CubeReference> cubeOf(const Recipe& recipe) {
    const std::string_view text = recipe.modelId;
    const auto brace = text.find('{');
    if (!text.starts_with(kReference) || brace == std::string_view::npos) return std::nullopt;
    const auto json = nlohmann::json::parse(text.substr(brace), nullptr, false);
    if (!json.is_object()) return std::nullopt;
    CubeReference reference{std::string(text.substr(kReference.size(), brace - kReference.size())), {}, {}};
    try {
        for (const auto& place : json.at("places"))
            reference.request.places.push_back(
                {place.at(0).get<double>(), place.at(1).get<double>(), place.at(2).get<double>()});
        reference.request.passes = json.value("passes", 1);
        reference.request.hertz = json.value("hertz", 110.0);
        if (json.contains("seconds")) reference.request.seconds = json.at("seconds").get<double>();
        const std::string how = json.value("how", "trilinear");
        if (how == "bilinear") reference.request.sampling.interpolation = storage::Interpolation::bilinear;
        if (how == "nearest") reference.request.sampling.interpolation = storage::Interpolation::nearest;
        reference.request.sampling.sliceAxis = json.value("slice", 2U);
        reference.nodes = json.value("nodes", "");
    } catch (const nlohmann::json::exception&) {
        return std::nullopt;
    }
    return reference;
}

std::string toModelId(const CubeReference& reference) {
    const MorphRequest& request = reference.request;
    nlohmann::json places = nlohmann::json::array();
    for (const storage::Coordinate& place : request.places) places.push_back({place.x, place.y, place.z});
    nlohmann::json json{{"places", places},
                        {"passes", request.passes},
                        {"hertz", request.hertz},
                        {"how", nameOf(request.sampling.interpolation)},
                        {"slice", request.sampling.sliceAxis}};
    if (request.seconds) json["seconds"] = *request.seconds;
    if (!reference.nodes.empty()) json["nodes"] = reference.nodes;
    return std::string(kReference) + reference.cube + json.dump();
}

Result<AudioBuffer> soundOf(Workstation& workstation, const CubeReference& reference,
                            const std::string& decoder, const CancelToken& cancel, int griffinLimRounds) {
    if (reference.nodes.empty())
        return listenToCube(workstation, reference.cube, reference.request, decoder, cancel,
                            griffinLimRounds);
    auto kept = nodesKept(workstation, reference.nodes);
    if (!kept) return propagate(kept);
    const storage::LazyCube source(kept->nodes, kCacheBytes);
    return renderNodes(workstation, kept->content, kept->model, source, reference.request, decoder, cancel,
                       griffinLimRounds);
}

Result<TakeId> makeTakeOf(Workstation& workstation, const CubeReference& reference, const std::string& name,
                          const CancelToken& cancel) {
    Library& library = workstation.items();
    const auto cube = library.cube(reference.cube);
    if (cube == nullptr)
        return failure(ErrorCode::notFound, "There is no cube '" + reference.cube + "' in the library.");
    Recipe recipe;
    recipe.decoder = defaultDecoder();
    auto nodes = library.openCube(reference.cube);
    if (!nodes) return propagate(nodes);
    const storage::LazyCube source(*nodes, kCacheBytes);
    const NotedSource noted(source);
    auto sound = renderNodes(workstation, cubeContentOf(cube->content).value_or(CubeContent::numbers),
                             cube->model, noted, reference.request, recipe.decoder, cancel);
    if (!sound) return propagate(sound);
    auto loudness = measureLoudness(*sound);
    if (!loudness) return propagate(loudness);
    auto kept = keepNodes(workstation, *cube, **nodes, noted.needed());
    if (!kept) return propagate(kept);
    recipe.modelId = toModelId({reference.cube, reference.request, *kept});
    recipe.modelName = cube->name;
    recipe.seconds = sound->duration().value;
    recipe.space = sound->channelCount() > 1 ? OutputSpace::stereo : OutputSpace::mono;
    auto take = library.addTake(*sound, *loudness, recipe);
    if (!take) return propagate(take);
    const TakeId id = (*take)->id;
    if (auto named = library.changeTake(id, [&](TakeRecord& made) { made.name = name; }); !named)
        return propagate(named);
    workstation.tell({Topic::takes, id, 0});
    return id;
}

}  // namespace smidgen
