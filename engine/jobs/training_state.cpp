#include "engine/jobs/training_state.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "engine/foundation/atomic_file.h"
#include "engine/foundation/random.h"
#include "engine/jobs/training_plan.h"

namespace smidgen {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

const char* nameOf(TrainingMode mode) {
    switch (mode) {
        case TrainingMode::draft:
            return "draft";
        case TrainingMode::standard:
            return "standard";
        case TrainingMode::studio:
            return "studio";
    }
    return "draft";
}

TrainingMode modeNamed(const std::string& name) {
    if (name == "standard") return TrainingMode::standard;
    if (name == "studio") return TrainingMode::studio;
    return TrainingMode::draft;
}

template <typename T>
json optional(const std::optional<T>& value) {
    return value ? json(*value) : json();
}

template <typename T>
std::optional<T> optional(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return {};
    return found->get<T>();
}

fs::path fromUtf8(const std::string& text) {
    return fs::path(std::u8string(text.begin(), text.end()));
}

template <typename Value, typename Read>
Result<Value> readJson(const std::string& text, const char* what, Read&& read) {
    try {
        return read(json::parse(text));
    } catch (const std::exception& error) {
        return failure(ErrorCode::unusableInput, std::string("The record of ") + what + " is damaged.",
                       error.what());
    }
}

}  // namespace

std::string toJson(const TrainingState& state) {
    json curve = json::array();
    for (const CurvePoint& point : state.curve) {
        curve.push_back({point.step, point.cpuSeconds, point.training, optional(point.heldOut)});
    }
    return json{{"model", state.model},
                {"elapsed_seconds", state.elapsedSeconds},
                {"cpu_seconds", state.cpuSeconds},
                {"smoothed_training", state.smoothedTraining},
                {"best_held_out", state.bestHeldOut},
                {"best_step", state.bestStep},
                {"curve", curve},
                {"warnings", state.warnings},
                {"batch_size", state.batchSize},
                {"base", state.base},
                {"heard_before", state.heardBefore},
                {"growth", {state.before.fresh, state.before.known, state.best.fresh, state.best.known}}}
        .dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<TrainingState> trainingStateFromJson(const std::string& text) {
    return readJson<TrainingState>(text, "a training", [](const json& object) {
        TrainingState state;
        state.model = object.at("model").get<std::string>();
        state.elapsedSeconds = object.at("elapsed_seconds").get<double>();
        state.cpuSeconds = object.at("cpu_seconds").get<double>();
        state.smoothedTraining = object.at("smoothed_training").get<double>();
        state.bestHeldOut = object.at("best_held_out").get<double>();
        state.bestStep = object.at("best_step").get<std::int64_t>();
        for (const json& row : object.at("curve")) {
            CurvePoint point{
                row.at(0).get<std::int64_t>(), row.at(1).get<double>(), row.at(2).get<double>(), {}};
            if (!row.at(3).is_null()) point.heldOut = row.at(3).get<double>();
            state.curve.push_back(point);
        }
        state.warnings = object.at("warnings").get<std::vector<std::string>>();
        state.batchSize = object.at("batch_size").get<int>();
        state.base = object.value("base", "");
        state.heardBefore = object.value("heard_before", 0.0);
        if (const auto growth = object.find("growth"); growth != object.end()) {
            state.before = {growth->at(0).get<double>(), growth->at(1).get<double>()};
            state.best = {growth->at(2).get<double>(), growth->at(3).get<double>()};
        } else {  // written before sounds could be added to a model
            state.before = state.best = {state.bestHeldOut, 0};
        }
        return state;
    });
}

std::string toJson(const TrainingRequest& request) {
    json paths = json::array();
    for (const fs::path& path : request.paths) paths.push_back(displayName(path));
    return json{{"collection", request.collection},
                {"paths", paths},
                {"name", request.name},
                {"mode", nameOf(request.mode)},
                {"kind", nameOf(request.kind)},
                {"codebook_size", optional(request.codebookSize)},
                {"levels", optional(request.levels)},
                {"commitment", optional(request.commitment)},
                {"base", request.base ? json(displayName(*request.base)) : json()},
                {"add_to", optional(request.addTo)},
                {"starred_takes", request.starredTakes},
                {"from_zero", request.fromZero},
                {"as_base", request.asBase},
                {"out", request.asBase && request.out ? json(displayName(*request.out)) : json()},
                {"minutes", optional(request.minutes)},
                {"cpu_seconds", optional(request.cpuSeconds)},
                {"steps", optional(request.steps)},
                {"batch_size", optional(request.batchSize)},
                {"seed", std::to_string(request.seed)},
                {"held_out_share", request.heldOutShare},
                {"force", request.force},
                {"stop_on_plateau", request.stopOnPlateau}}
        .dump(1, ' ', false, json::error_handler_t::replace);
}

Result<TrainingRequest> trainingRequestFromJson(const std::string& text) {
    return readJson<TrainingRequest>(text, "a training request", [](const json& object) {
        TrainingRequest request;
        request.collection = object.at("collection").get<std::string>();
        for (const json& path : object.at("paths"))
            request.paths.push_back(fromUtf8(path.get<std::string>()));
        request.name = object.at("name").get<std::string>();
        request.mode = modeNamed(object.at("mode").get<std::string>());
        request.kind = object.value("kind", "vae") == "rvq" ? ModelKind::rvq : ModelKind::vae;
        request.codebookSize = optional<int>(object, "codebook_size");
        request.levels = optional<int>(object, "levels");
        request.commitment = optional<double>(object, "commitment");
        if (const auto base = optional<std::string>(object, "base")) request.base = fromUtf8(*base);
        request.addTo = optional<std::string>(object, "add_to");
        request.starredTakes = object.value("starred_takes", false);
        request.fromZero = object.value("from_zero", false);
        request.asBase = object.value("as_base", false);
        if (const auto out = optional<std::string>(object, "out")) request.out = fromUtf8(*out);
        request.minutes = optional<double>(object, "minutes");
        request.cpuSeconds = optional<double>(object, "cpu_seconds");
        request.steps = optional<std::int64_t>(object, "steps");
        request.batchSize = optional<int>(object, "batch_size");
        request.seed = std::stoull(object.at("seed").get<std::string>());
        request.heldOutShare = object.at("held_out_share").get<double>();
        request.force = object.at("force").get<bool>();
        request.stopOnPlateau = object.at("stop_on_plateau").get<bool>();
        return request;
    });
}

std::string trainingKey(const TrainingRequest& request, std::span<const SoundEntry> sounds) {
    std::vector<std::string> hashes;
    for (const SoundEntry& sound : sounds) hashes.push_back(sound.contentHash);
    std::ranges::sort(hashes);
    std::uint64_t key = mixSeed(request.seed, static_cast<std::uint64_t>(request.mode),
                                static_cast<std::uint64_t>(request.heldOutShare * 1e6));
    const std::string settings =
        std::string(nameOf(request.kind)) + " " + std::to_string(request.codebookSize.value_or(0)) + " " +
        std::to_string(request.levels.value_or(0)) + " " + std::to_string(request.commitment.value_or(-1)) +
        " " + (request.fromZero ? "0" : displayName(request.base.value_or(fs::path()))) +
        (request.addTo ? " add to " + displayName(fs::path(*request.addTo).filename()) : "") +
        (request.asBase ? " base" : "") +
        (request.batchSize ? " batch " + std::to_string(*request.batchSize) : "");
    hashes.push_back(settings);
    for (const std::string& hash : hashes) {
        for (const char c : hash) key = mixSeed(key, static_cast<unsigned char>(c));
    }
    char text[20];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(key));
    return text;
}

Status validate(const TrainingRequest& request) {
    if (!(request.heldOutShare >= 0 && request.heldOutShare <= 0.5)) {
        return failure(ErrorCode::invalidArgument, "The held-out share must be between 0 and 0.5.");
    }
    if ((request.minutes && !(*request.minutes > 0)) || (request.steps && *request.steps < 1) ||
        (request.cpuSeconds && !(*request.cpuSeconds > 0))) {
        return failure(ErrorCode::invalidArgument, "The training budget must be more than nothing.");
    }
    return {};
}

std::vector<TrainingRequest> unfinishedTrainings(const std::filesystem::path& folder) {
    std::vector<TrainingRequest> all;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        if (!std::filesystem::exists(entry.path() / "checkpoint.safetensors", ignored)) continue;
        auto text = readWholeFile(entry.path() / "request.json", 1 << 20);
        if (!text) continue;
        auto request = trainingRequestFromJson(*text);
        if (!request) continue;
        request->resume = true;
        all.push_back(std::move(*request));
    }
    return all;
}

void thinCurve(std::vector<CurvePoint>& curve, std::size_t limit) {
    if (curve.size() <= limit) return;
    std::vector<CurvePoint> kept;
    for (std::size_t i = 0; i < curve.size(); ++i) {
        if (i >= curve.size() / 2 || i % 2 == 0 || curve[i].heldOut) kept.push_back(curve[i]);
    }
    curve = std::move(kept);
}

}  // namespace smidgen
