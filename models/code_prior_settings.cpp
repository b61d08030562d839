#include "models/code_prior_settings.h"

#include <nlohmann/json.hpp>

#include "models/code_prior_file.h"

namespace smidgen::models {
namespace {

/// The settings with a range, by name: one list for checking, writing and reading.
template <typename Training, typename Visit>
void visitSettings(Training& training, const Visit& visit) {
    visit("cropFrames", training.cropFrames, 2, 16384);
    visit("batchSize", training.batchSize, 1, 4096);
    visit("shards", training.shards, 1, 64);
    visit("learningRate", training.learningRate, 1e-8, 1);
    visit("weightDecay", training.weightDecay, 0, 1);
    visit("warmUpSteps", training.warmUpSteps, 0, 1e9);
    visit("gradientClip", training.gradientClip, 1e-6, 1e6);
    visit("dropout", training.dropout, 0, 0.9);
    visit("conditionDrop", training.conditionDrop, 0, 1);
    visit("fillShare", training.fillShare, 0, 1);
    visit("inputNoise", training.inputNoise, 0, 0.5);
    visit("emaDecay", training.emaDecay, 0, 0.999999);
}

}  // namespace

Status validate(const CodePriorTraining& training) {
    if (auto valid = validate(training.shape); !valid) return valid;
    Status status;
    visitSettings(training, [&](const char* name, auto value, double low, double high) {
        if (static_cast<double>(value) >= low && static_cast<double>(value) <= high) return;
        const auto number = [](double bound) { return nlohmann::json(bound).dump(); };
        status = failure(ErrorCode::invalidArgument, std::string("The training setting '") + name +
                                                         "' must lie between " + number(low) + " and " +
                                                         number(high) + ".");
    });
    return status;
}

std::string toJson(const CodePriorTraining& training) {
    nlohmann::json json{{"shape", toJson(training.shape)}, {"seed", training.seed}};
    visitSettings(training, [&](const char* name, auto value, double, double) { json[name] = value; });
    return json.dump();
}

Result<CodePriorTraining> priorTrainingFromJson(const std::string& text, const std::string& name) {
    const auto refuse = [&](const std::string& detail) {
        return failure(ErrorCode::unusableInput,
                       "'" + name + "' does not say how its training was set. Start the training anew.",
                       detail);
    };
    try {
        const auto json = nlohmann::json::parse(text);
        CodePriorTraining training;
        auto shape = priorShapeFromJson(json.at("shape").get<std::string>(), name);
        if (!shape) return refuse(shape.error().sentence);
        training.shape = *shape;
        json.at("seed").get_to(training.seed);
        visitSettings(training,
                      [&](const char* key, auto& value, double, double) { json.at(key).get_to(value); });
        if (auto valid = validate(training); !valid) return refuse(valid.error().sentence);
        return training;
    } catch (const nlohmann::json::exception& error) {
        return refuse(error.what());
    }
}

}  // namespace smidgen::models
