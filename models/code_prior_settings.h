// CodePriorTraining as text, for checkpoints, and what it may contain. Torch-free.
#pragma once

#include <string>

#include "engine/foundation/result.h"
#include "models/code_prior_trainer.h"

namespace smidgen::models {

/// Errors: invalidArgument naming the setting and its range.
[[nodiscard]] Status validate(const CodePriorTraining& training);

[[nodiscard]] std::string toJson(const CodePriorTraining& training);
/// Exact inverse. Errors: unusableInput; `name` is the file it came from.
[[nodiscard]] Result<CodePriorTraining> priorTrainingFromJson(const std::string& text,
                                                              const std::string& name);

}  // namespace smidgen::models
