#include "models/training_settings.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace smidgen::models {

Status validate(const MelVaeTraining& training) {
    struct Range {
        const char* name;
        double value, low, high;
    };
    for (const Range& range :
         {Range{"cropFrames", static_cast<double>(training.cropFrames), 2, 8192},
          Range{"batchSize", static_cast<double>(training.batchSize), 1, 4096},
          Range{"shards", static_cast<double>(training.shards), 1, 64},
          Range{"learningRate", training.learningRate, 1e-8, 1},
          Range{"weightDecay", training.weightDecay, 0, 1},
          Range{"warmUpSteps", static_cast<double>(training.warmUpSteps), 0, 1e9},
          Range{"gradientClip", training.gradientClip, 1e-6, 1e6}, Range{"klStart", training.klStart, 0, 10},
          Range{"klEnd", training.klEnd, 0, 10}, Range{"freeBits", training.freeBits, 0, 10},
          Range{"bandDifferenceWeight", training.bandDifferenceWeight, 0, 100},
          Range{"emaDecay", training.emaDecay, 0, 0.999999},
          Range{"commitmentWeight", training.commitmentWeight, 0, 100},
          Range{"bypassShare", training.bypassShare, 0, 1},
          Range{"dropoutShare", training.dropoutShare, 0, 1},
          Range{"codebookDecay", training.codebookDecay, 0, 0.999999}})
        if (!(range.value >= range.low && range.value <= range.high)) {
            const auto number = [](double value) { return nlohmann::json(value).dump(); };
            return failure(ErrorCode::invalidArgument, std::string("The training setting '") + range.name +
                                                           "' must lie between " + number(range.low) +
                                                           " and " + number(range.high) + ".");
        }
    if (training.shape.fold > 0 && training.cropFrames % training.shape.fold != 0)
        return failure(ErrorCode::invalidArgument,
                       "The training setting 'cropFrames' must be a multiple of the fold.");
    return {};
}

std::string toJson(const MelVaeTraining& training) {
    const MelVaeShape& shape = training.shape;
    return nlohmann::json{
        {"shape",
         {shape.melBands, shape.width, shape.encoderBlocks, shape.decoderBlocks, shape.latentDims,
          shape.globalDims, shape.fold, shape.levels, shape.codebookSize, shape.codeDims}},
        {"cropFrames", training.cropFrames},
        {"batchSize", training.batchSize},
        {"shards", training.shards},
        {"learningRate", training.learningRate},
        {"weightDecay", training.weightDecay},
        {"warmUpSteps", training.warmUpSteps},
        {"gradientClip", training.gradientClip},
        {"klStart", training.klStart},
        {"klEnd", training.klEnd},
        {"freeBits", training.freeBits},
        {"bandDifferenceWeight", training.bandDifferenceWeight},
        {"emaDecay", training.emaDecay},
        {"commitmentWeight", training.commitmentWeight},
        {"bypassShare", training.bypassShare},
        {"dropoutShare", training.dropoutShare},
        {"codebookDecay", training.codebookDecay},
        {"keepCodes", training.keepCodes},
        {"seed", training.seed}}
        .dump();
}

Result<MelVaeTraining> trainingFromJson(const std::string& text, const std::string& name) {
    const auto refuse = [&](const std::string& detail) {
        return failure(ErrorCode::unusableInput,
                       "'" + name + "' does not say how its training was set. Start the training anew.",
                       detail);
    };
    try {
        const auto json = nlohmann::json::parse(text);
        MelVaeTraining training;
        MelVaeShape& shape = training.shape;
        const auto& sizes = json.at("shape");
        int index = 0;
        for (int* size :
             {&shape.melBands, &shape.width, &shape.encoderBlocks, &shape.decoderBlocks, &shape.latentDims,
              &shape.globalDims, &shape.fold, &shape.levels, &shape.codebookSize, &shape.codeDims})
            *size = sizes.at(static_cast<std::size_t>(index++)).get<int>();
        json.at("cropFrames").get_to(training.cropFrames);
        json.at("batchSize").get_to(training.batchSize);
        json.at("shards").get_to(training.shards);
        json.at("learningRate").get_to(training.learningRate);
        json.at("weightDecay").get_to(training.weightDecay);
        json.at("warmUpSteps").get_to(training.warmUpSteps);
        json.at("gradientClip").get_to(training.gradientClip);
        json.at("klStart").get_to(training.klStart);
        json.at("klEnd").get_to(training.klEnd);
        json.at("freeBits").get_to(training.freeBits);
        json.at("bandDifferenceWeight").get_to(training.bandDifferenceWeight);
        json.at("emaDecay").get_to(training.emaDecay);
        json.at("commitmentWeight").get_to(training.commitmentWeight);
        json.at("bypassShare").get_to(training.bypassShare);
        json.at("dropoutShare").get_to(training.dropoutShare);
        json.at("codebookDecay").get_to(training.codebookDecay);
        training.keepCodes = json.value("keepCodes", false);
        json.at("seed").get_to(training.seed);
        if (auto valid = validate(training); !valid) return refuse(valid.error().sentence);
        return training;
    } catch (const nlohmann::json::exception& error) {
        return refuse(error.what());
    }
}

}  // namespace smidgen::models
