// How new and how varied the takes of a prior are, in figures.
#pragma once

#include <functional>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/recipe.h"
#include "engine/generation/take_novelty.h"
#include "engine/jobs/take_making.h"

namespace smidgen {

struct TakeEvaluation {
    std::vector<TakeNovelty> takes;  ///< in the order of their seeds
    double novelty = 0;              ///< mean of theirs: distance to the training / that of unheard sounds
    double diversity = 0;  ///< distance between takes / that between training sounds; 0 for fewer than two
    int copied = 0;        ///< takes that copy a training sound
};

/// Samples `count` takes of `recipe` (which must ask for the prior) from following seeds and judges their mid
/// channels as the model rebuilds them; nothing is rendered or kept. Errors: invalidArgument (recipe, count
/// outside 1 … 1000), cancelled, and those of samplePriorPath.
[[nodiscard]] Result<TakeEvaluation> evaluateTakes(const TakeVoice& voice, const Recipe& recipe, int count,
                                                   const CancelToken& cancel,
                                                   const std::function<void(int)>& done = {});

}  // namespace smidgen
