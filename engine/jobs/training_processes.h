// One training in several processes: the first decides, judges and keeps; the others help it step by step.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/jobs/training_run.h"
#include "models/process_group.h"

namespace smidgen {

enum class StepOrder { step, finish, stop };

/// What the first process tells the others before every step.
struct StepWord {
    StepOrder order = StepOrder::step;
    double progress = 0;  ///< 0…1
};

/// The group of the request's place; null when it trains alone. Errors: as ProcessGroup::join.
[[nodiscard]] Result<std::shared_ptr<models::ProcessGroup>> joinProcesses(const TrainingRequest& request,
                                                                          JobContext& job);

/// In all processes, before they prepare anything. Errors: unusableInput when they have other sounds or
/// settings.
[[nodiscard]] Status checkSameTraining(models::ProcessGroup& group, const std::string& key);

/// The first process's word. → whether another one was told to stop.
[[nodiscard]] Result<bool> tellOthers(models::ProcessGroup& group, const StepWord& word);

/// Takes part in the training of the group's first process until that says it is over, and keeps nothing.
/// Cancelled: asks the first process to stop, which then keeps its checkpoint.
[[nodiscard]] Status helpTraining(Library& library, const TrainingSetup& setup, JobContext& job,
                                  const std::function<void(const TrainingSnapshot&)>& publish,
                                  const std::shared_ptr<models::ProcessGroup>& group);

/// What a training goes on with when memory ran out; 0 when the batch is too small to halve.
[[nodiscard]] int smallerBatch(int batchSize);

}  // namespace smidgen
