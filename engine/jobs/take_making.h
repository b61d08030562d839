// Takes from a recipe, into the library.
#pragma once

#include <functional>
#include <memory>

#include "engine/generation/recipe.h"
#include "engine/generation/take_judge.h"
#include "engine/generation/take_sound.h"
#include "engine/jobs/job_runner.h"
#include "engine/library/library.h"
#include "models/mel_vae.h"

namespace smidgen {

/// What sings: a model and, for recipes that ask for its prior, the judge that holds it.
struct TakeVoice {
    std::shared_ptr<const models::MelVae> model;
    std::shared_ptr<const TakeJudge> judge;  ///< may be null
    /// The others of a blend, in the recipe's order: models, and judges where they have priors.
    std::vector<std::shared_ptr<const models::MelVae>> others{};
    std::vector<std::shared_ptr<const TakeJudge>> othersJudges{};
    std::vector<BlendVoice> blend{};  ///< of them

    [[nodiscard]] const models::CodePrior* prior() const {
        return judge == nullptr ? nullptr : &judge->prior();
    }
    [[nodiscard]] TakeVoices voices() const { return {*model, prior(), blend}; }
};

/// `count` takes from following seeds. From a prior, each is judged against what the prior was trained on,
/// and the job names them the most novel first when all are made. Errors: as renderTake and addTake.
[[nodiscard]] Status makeTakes(Library& library, const TakeVoice& voice, const Recipe& recipe, int count,
                               JobContext& job, const std::function<void(const TakeId&)>& made);

}  // namespace smidgen
