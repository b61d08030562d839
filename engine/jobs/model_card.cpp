#include "engine/jobs/model_card.h"

#include <chrono>

#include "engine/generation/generator.h"
#include "engine/jobs/training_plan.h"
#include "engine/jobs/training_words.h"

namespace smidgen {

std::map<std::string, std::string> metadataOf(const ModelCard& card, const TrainingSetup& setup,
                                              const TrainingMaterial& material, const TrainingState& state,
                                              const models::MelVaeTrainer& trainer) {
    namespace keys = model_metadata;
    const TrainingRequest& request = setup.request;
    double seconds = 0;
    for (const SoundReference& sound : card.sounds) seconds += sound.seconds;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    std::string health = modelHealth(card.heldOut, card.overfitted);
    const int codebookSize = trainer.training().shape.codebookSize;
    if (!models::codebooksHealthy(card.levels, codebookSize))
        health += "; " + models::codebookSentence(card.levels, codebookSize);
    const std::string plainName = setup.growth ? setup.growth->name : setup.collectionName;
    std::map<std::string, std::string> metadata{
        {"kind", nameOf(request.kind)},
        {keys::kId, state.model},
        {keys::kName, request.name.empty() ? plainName : request.name},
        {keys::kCreatedMs,
         std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(now).count())},
        {keys::kSteps, std::to_string(trainer.step())},
        {keys::kCpuSeconds, std::to_string(state.cpuSeconds)},
        {keys::kHeldOutMelL1, std::to_string(card.heldOut)},
        {keys::kSounds, std::to_string(card.sounds.size())},
        {keys::kSoundSeconds, std::to_string(seconds)},
        {keys::kCollection, setup.collectionName},
        {keys::kHealth, health},
        {keys::kBase, state.base},
        {"seed", std::to_string(request.seed)},
    };
    if (setup.growth) metadata[keys::kGrownFrom] = setup.growth->id;
    if (!request.asBase) metadata[keys::kSoundReferences] = toJson(card.sounds);
    if (!card.levels.empty()) metadata[keys::kCodebooks] = toJson(CodebookCard{codebookSize, card.levels});
    if (material.sideLevelDb) metadata[kSideLevelMetadata] = std::to_string(*material.sideLevelDb);
    return metadata;
}

}  // namespace smidgen
