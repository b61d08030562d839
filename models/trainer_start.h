// Where a training's weights come from. Internal: includes LibTorch.
#pragma once

#include <filesystem>
#include <span>

#include "models/trainer_core.h"

namespace smidgen::models {

/// Normalisation and principal components of `sample`, small random networks.
void startFromNothing(const MelVaeTraining& training, const at::Device& device, std::span<const float> sample,
                      TrainerCore& core);

/// Weights and normalisation of a model file, and its codebooks when number of levels and code sizes are
/// those of the training: to begin from, or to keep when there are as many codes (each then stands for an
/// even share of the batch). Errors: see MelVaeTrainer::create.
[[nodiscard]] Status startFromBase(const std::filesystem::path& base, const MelVaeTraining& training,
                                   const at::Device& device, TrainerCore& core);

}  // namespace smidgen::models
