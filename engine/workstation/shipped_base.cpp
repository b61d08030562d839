#include "engine/jobs/training_plan.h"
#include "engine/workstation/workstation.h"

namespace smidgen {

std::optional<std::filesystem::path> Workstation::shippedBase(ModelKind kind) {
    TrainingRequest request;
    request.kind = kind;
    const auto plan = planTraining(request, 1);
    return plan && !plan->base.empty() ? std::optional(plan->base) : std::nullopt;
}

}  // namespace smidgen
