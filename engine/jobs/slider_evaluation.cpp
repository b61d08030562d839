#include "engine/jobs/slider_evaluation.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/analysis/descriptors.h"
#include "engine/analysis/rank_correlation.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/generation/generator.h"

namespace smidgen {
namespace {

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
}

/// Of one take.
struct Heard {
    Attributes attributes;
    double lufs = 0;
};

double positionAt(int index, int positions) {
    return static_cast<double>(index) / (positions - 1);
}

/// `heard`: seeds × positions.
SliderRow rowOf(Attribute slider, const std::vector<Heard>& heard, int positions, int seeds,
                const DescriptorRanges& ranges) {
    SliderRow row;
    row.slider = slider;
    const auto at = [&](int seed, int position) -> const Heard& {
        return heard[static_cast<std::size_t>(seed * positions + position)];
    };
    double quietest = 1e9, loudest = -1e9;
    for (int p = 0; p < positions; ++p) {
        double mean = 0;
        for (int s = 0; s < seeds; ++s) mean += at(s, p).lufs / seeds;
        quietest = std::min(quietest, mean);
        loudest = std::max(loudest, mean);
    }
    row.loudnessDrift = loudest - quietest;
    for (std::size_t a = 0; a < kAttributeCount; ++a) {
        std::vector<double> all, where, each;
        double change = 0;
        for (int s = 0; s < seeds; ++s) {
            std::vector<double> mine, steps;
            for (int p = 0; p < positions; ++p) {
                mine.push_back(at(s, p).attributes.values[a]);
                steps.push_back(positionAt(p, positions));
            }
            each.push_back(rankCorrelation(steps, mine));
            change += (mine.back() - mine.front()) / seeds;
            all.insert(all.end(), mine.begin(), mine.end());
            where.insert(where.end(), steps.begin(), steps.end());
        }
        row.correlation[a] = rankCorrelation(where, all);
        row.bySeed[a] = median(each);
        const double deviation = ranges.ranges[a].deviation;
        row.moved[a] = deviation > 0 ? change / deviation : 0;
    }
    return row;
}

}  // namespace

Result<SliderMatrix> evaluateSliders(const TakeVoice& voice, const SliderEvaluation& evaluation, int threads,
                                     const CancelToken& cancel, const std::function<void(int, int)>& done) {
    if (evaluation.positions < 2 || evaluation.positions > 101 || evaluation.seeds < 1 ||
        evaluation.seeds > 1000)
        return failure(ErrorCode::invalidArgument,
                       "Sliders are judged at 2 to 101 positions, with 1 to 1000 seeds.");
    std::vector<Attribute> sliders = evaluation.sliders;
    if (sliders.empty()) sliders.assign(kAttributes.begin(), kAttributes.end());
    auto card = steeringCardOf(*voice.model, cancel);
    if (!card) return propagate(card);
    const int positions = evaluation.positions, seeds = evaluation.seeds;
    const int takes = static_cast<int>(sliders.size()) * positions * seeds;
    std::vector<std::vector<Heard>> heard(sliders.size(),
                                          std::vector<Heard>(static_cast<std::size_t>(positions * seeds)));

    std::atomic<int> nextSeed{0}, made{0};
    std::mutex mutex;
    std::optional<Error> problem;
    const auto fail = [&](Error error) {
        const std::scoped_lock lock(mutex);
        if (!problem) problem = std::move(error);
        nextSeed = seeds;
    };
    const auto renderSeed = [&](int seed, SoundDescriber& describer) -> Status {
        Recipe recipe = evaluation.recipe;
        recipe.seed += static_cast<std::uint64_t>(seed);
        recipe.sliders = {};
        if (recipe.decoder.empty()) recipe.decoder = defaultDecoder();
        auto free = freeTake(voice.voices(), recipe, cancel);
        if (!free) return propagate(free);
        for (std::size_t s = 0; s < sliders.size(); ++s)
            for (int p = 0; p < positions; ++p) {
                recipe.sliders = {};
                recipe.sliders[sliders[s]] = positionAt(p, positions);
                auto take = renderTake(voice.voices(), recipe, cancel, {}, *free);
                if (!take) return propagate(take);
                heard[s][static_cast<std::size_t>(seed * positions + p)] = {
                    describer.describe(toMidSide(take->audio).mid).attributes, take->loudness.integratedLufs};
                const std::scoped_lock lock(mutex);
                if (done) done(++made, takes);
            }
        return {};
    };
    const auto work = [&] {
        SoundDescriber describer;
        for (int seed = nextSeed++; seed < seeds; seed = nextSeed++)
            if (auto rendered = renderSeed(seed, describer); !rendered) return fail(rendered.error());
    };
    {
        std::vector<std::jthread> others;
        for (int t = 1; t < std::min(threads, seeds); ++t) others.emplace_back(work);
        work();
    }
    if (problem) return tl::unexpected<Error>(*problem);
    SliderMatrix matrix{{}, positions, seeds};
    for (std::size_t s = 0; s < sliders.size(); ++s)
        matrix.rows.push_back(rowOf(sliders[s], heard[s], positions, seeds, (*card)->ranges));
    return matrix;
}

}  // namespace smidgen
