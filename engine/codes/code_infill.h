// The prior draws chosen cells anew, knowing what stands around them.
#pragma once

#include <functional>
#include <span>

#include "engine/codes/code_mutation.h"
#include "engine/foundation/cancel_token.h"
#include "models/code_prior.h"

namespace smidgen {

/// Cells in locked lanes stay; so do cells of another channel than the first cell's. The sound's own global
/// vector is told as its condition. Takes in as much of the sound around the cells as the prior can see.
/// Deterministic. Errors: invalidArgument (no cell that may change, settings), unusableInput (the prior is of
/// another model), cancelled, outOfMemory.
[[nodiscard]] Result<CodeMutation> infillCells(const CodeDocument& document, const models::CodePrior& prior,
                                               std::span<const CodeCell> cells,
                                               const models::SamplingSettings& sampling,
                                               const CancelToken& cancel = {},
                                               const std::function<void(double)>& progress = {});

}  // namespace smidgen
