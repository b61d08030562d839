#include "engine/jobs/take_evaluation.h"

#include <string>

#include "engine/generation/generator.h"
#include "engine/generation/prior_path.h"

namespace smidgen {
namespace {

constexpr int kMostTakes = 1000;

}  // namespace

Result<TakeEvaluation> evaluateTakes(const TakeVoice& voice, const Recipe& recipe, int count,
                                     const CancelToken& cancel, const std::function<void(int)>& done) {
    if (auto valid = recipe.validate(); !valid) return propagate(valid);
    if (count < 1 || count > kMostTakes)
        return failure(ErrorCode::invalidArgument, "The number of takes must be between 1 and 1000.");
    if (voice.judge == nullptr)
        return failure(
            ErrorCode::unusableInput,
            "Takes can be judged where a model has a prior. Train one with 'smidgen train-prior'.");
    const Frames frames = pathFrames(*voice.model, recipe.seconds);
    TakeEvaluation evaluation;
    NoveltyIndex takes;
    for (int i = 0; i < count; ++i) {
        Recipe one = recipe;
        one.seed += static_cast<std::uint64_t>(i);
        auto path = samplePriorPath(*voice.model, *voice.prior(), one, frames, false, cancel, {});
        if (!path) return propagate(path);
        auto novelty = voice.judge->judge(path->codes, path->mid);
        if (!novelty) return propagate(novelty);
        auto mel = voice.model->decode(path->mid);
        if (!mel) return propagate(mel);
        takes.add("take " + std::to_string(i), {voice.model->shape().melBands, std::move(*mel)});
        evaluation.novelty += novelty->novelty / count;
        evaluation.copied += novelty->copied ? 1 : 0;
        evaluation.takes.push_back(std::move(*novelty));
        if (done) done(i + 1);
    }
    evaluation.diversity = diversityOf(takes, voice.judge->training());
    return evaluation;
}

}  // namespace smidgen
