#include "engine/jobs/training_plan.h"

#include <string>

#include "engine/analysis/mel.h"
#include "engine/foundation/shipped_files.h"
#include "engine/foundation/units.h"

namespace smidgen {
namespace {

constexpr int kDefaultLevels = 6;
constexpr double kRateOfBases = 7e-4;
constexpr double kRateFromBase = 2e-4;
// Sizes of studio mode: for a graphics card or a night.
constexpr int kStudioWidth = 384;
constexpr int kStudioEncoderBlocks = 4;
constexpr int kStudioDecoderBlocks = 6;
constexpr int kLargestBatch = 512;
constexpr int kSoundsPerShard = 8;

}  // namespace

const char* nameOf(ModelKind kind) {
    return kind == ModelKind::rvq ? "rvq" : "vae";
}

Result<TrainingPlan> planTraining(const TrainingRequest& request, double trainingSeconds,
                                  const std::optional<ModelGrowth>& growth) {
    if (growth && (request.base || request.fromZero || request.asBase))
        return failure(ErrorCode::invalidArgument,
                       "Sounds that are added to a model begin from that model: name no base.");
    TrainingPlan plan;
    models::MelVaeTraining& training = plan.training;
    training.seed = request.seed;
    if (request.batchSize) {
        if (*request.batchSize < 1 || *request.batchSize > kLargestBatch)
            return failure(ErrorCode::invalidArgument, "A batch has 1 to 512 sounds.");
        training.batchSize = *request.batchSize;
        training.shards = (training.batchSize + kSoundsPerShard - 1) / kSoundsPerShard;
    }
    if (growth) {
        if (request.levels || request.codebookSize || request.commitment)
            return failure(ErrorCode::invalidArgument,
                           "Levels, codebook size and commitment are those of the model that is added to.");
        training.shape = growth->model->shape();
        training.keepCodes = training.shape.quantised();
        training.learningRate = kRateFromBase;
        plan.base = growth->file;
        plan.baseCodebooks = models::BaseCodebooks::keep;
        return plan;
    }
    if (request.kind == ModelKind::rvq) {
        training.shape.levels = request.levels.value_or(kDefaultLevels);
        if (training.shape.levels < 2 || training.shape.levels > 6)
            return failure(ErrorCode::invalidArgument, "A quantiser has 2 to 6 levels.");
        const double latentFrames = trainingSeconds * kSampleRate / MelShape().stft.hop / training.shape.fold;
        training.shape.codebookSize =
            request.codebookSize.value_or(models::codebookSizeFor(static_cast<std::int64_t>(latentFrames)));
        if (training.shape.codebookSize < 8 || training.shape.codebookSize > 4096)
            return failure(ErrorCode::invalidArgument, "A codebook has 8 to 4096 codes.");
        training.commitmentWeight = request.commitment.value_or(training.commitmentWeight);
        if (!(training.commitmentWeight >= 0 && training.commitmentWeight <= 10))
            return failure(ErrorCode::invalidArgument, "The commitment weight must be between 0 and 10.");
    } else if (request.levels || request.codebookSize || request.commitment) {
        return failure(ErrorCode::invalidArgument,
                       "Levels, codebook size and commitment belong to models of the kind 'rvq'.");
    }
    if (request.fromZero && request.base)
        return failure(ErrorCode::invalidArgument, "Train from a base or from zero, not both.");
    if (!request.fromZero)
        plan.base = request.base ? *request.base
                                 : shippedFile(std::string("base/") + nameOf(request.kind) + ".safetensors")
                                       .value_or(std::filesystem::path());
    if (!plan.base.empty()) training.learningRate = kRateFromBase;
    if (request.mode == TrainingMode::studio && plan.base.empty()) {
        training.shape.width = kStudioWidth;
        training.shape.encoderBlocks = kStudioEncoderBlocks;
        training.shape.decoderBlocks = kStudioDecoderBlocks;
    }
    if (request.asBase) {
        training.learningRate = kRateOfBases;
        plan.baseCodebooks = models::BaseCodebooks::keep;
    }
    return plan;
}

CropSettings cropSettingsFor(const TrainingRequest& request, int cropFrames) {
    CropSettings settings;
    settings.frames = cropFrames;
    settings.seed = request.seed;
    settings.repeatShare = 0.7;
    settings.cleanShare = 0.25;
    settings.mixupProbability = request.asBase ? 0.15 : 0.1;
    settings.gainLowDb = request.asBase ? -18 : -9;
    settings.gainHighDb = request.asBase ? 15 : 3;
    settings.colourProbability = 0.5;
    settings.colourDb = request.asBase ? 4 : 2;
    settings.mostBandShift = request.asBase ? 4 : 2;
    return settings;
}

}  // namespace smidgen
