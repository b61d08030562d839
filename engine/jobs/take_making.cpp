#include "engine/jobs/take_making.h"

#include <algorithm>

#include "engine/generation/decoder_shelf.h"
#include "engine/generation/generator.h"

namespace smidgen {
namespace {

void sortByNovelty(const Library& library, std::vector<TakeId>& takes) {
    const auto noveltyOf = [&](const TakeId& id) {
        const auto take = library.take(id);
        return take != nullptr && take->novelty ? take->novelty->novelty : 0.0;
    };
    std::ranges::stable_sort(takes,
                             [&](const TakeId& a, const TakeId& b) { return noveltyOf(a) > noveltyOf(b); });
}

}  // namespace

Status makeTakes(Library& library, const TakeVoice& voice, const Recipe& recipe, int count, JobContext& job,
                 const std::function<void(const TakeId&)>& made) {
    for (int i = 0; i < count; ++i) {
        Recipe one = recipe;
        one.seed += static_cast<std::uint64_t>(i);
        if (one.decoder.empty()) one.decoder = defaultDecoder();
        const std::string what = "Making take " + std::to_string(i + 1) + " of " + std::to_string(count);
        const auto say = [&](double share) { job.say((i + share) / count, what); };
        say(0);
        auto take = renderTake(voice.voices(), one, job.cancel(), say);
        if (!take) return propagate(take);
        std::optional<TakeNovelty> novelty;
        if (one.prior && voice.judge != nullptr) {
            auto judged = voice.judge->judge(take->codes, take->latents);
            if (!judged) return propagate(judged);
            novelty = std::move(*judged);
        }
        auto record = library.addTake(
            take->audio, take->loudness, one, std::move(novelty),
            take->steering ? outcomesOf(*take->steering, one.sliders) : std::vector<SliderOutcome>());
        if (!record) return propagate(record);
        job.change([&](JobSnapshot& snapshot) { snapshot.takes.push_back((*record)->id); });
        made((*record)->id);
    }
    if (recipe.prior) job.change([&](JobSnapshot& snapshot) { sortByNovelty(library, snapshot.takes); });
    job.say(1, count == 1 ? "Made one take." : "Made " + std::to_string(count) + " takes.");
    return {};
}

}  // namespace smidgen
