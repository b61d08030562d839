// The crops of a training's steps, and how many threads learn from them.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/jobs/training_crops.h"
#include "models/mel_vae_trainer.h"

namespace smidgen {

/// The batch of a step, for MelVaeTrainer::trainStep. `rank` of a group: the sounds of its processes follow
/// each other, so that together they are those of one process with a larger batch.
[[nodiscard]] Status readBatch(const TrainingCrops& sampler, const models::MelVaeTraining& training,
                               std::int64_t step, int rank, std::vector<float>& crops);

/// `wanted`: threads, 0 for as many as this machine has.
[[nodiscard]] int mostThreads(int wanted);

/// Sets the threads: those wanted, else the fastest number on the first batch. → how many.
[[nodiscard]] Result<int> chooseThreads(models::MelVaeTrainer& trainer, const TrainingCrops& sampler,
                                        int wanted);

}  // namespace smidgen
