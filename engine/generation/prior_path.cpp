#include "engine/generation/prior_path.h"

#include <algorithm>
#include <cmath>

#include "engine/analysis/mel.h"
#include "engine/audio/audio_reader.h"
#include "engine/foundation/atomic_file.h"
#include "engine/foundation/random.h"

namespace smidgen {
namespace {

using models::CodePrior;
using models::MelCodes;
using models::MelVae;
using models::PriorSection;

constexpr std::uint64_t kSectionStream = 20, kMidStream = 21, kSideStream = 22;
/// A rest shorter than this is no section of its own.
constexpr double kShortestSectionSeconds = 0.25;
constexpr double kLeanAtVariationOne = 0.25;

std::size_t drawSource(const CodePrior& prior, Random& random) {
    const auto weight = [](const models::CodedSound& sound) {
        return std::sqrt(static_cast<double>(sound.grid.frames().value));
    };
    double sum = 0;
    for (const auto& sound : prior.sources()) sum += weight(sound);
    double left = random.uniform() * sum;
    for (std::size_t i = 0; i < prior.sources().size(); ++i) {
        left -= weight(prior.sources()[i]);
        if (left < 0) return i;
    }
    return prior.sources().size() - 1;
}

PriorSection drawSection(const CodePrior& prior, double variation, Random& random) {
    const auto& source = prior.sources()[drawSource(prior, random)];
    const auto& other = prior.sources()[drawSource(prior, random)];
    PriorSection section{source.grid.frames().value, source.conditions};
    const double share = std::min(0.5, kLeanAtVariationOne * variation) * random.uniform();
    const auto lean = [&](std::vector<float>& values, const std::vector<float>& toward) {
        if (values.size() != toward.size()) return;
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] += static_cast<float>(share) * (toward[i] - values[i]);
    };
    lean(section.conditions.global, other.conditions.global);
    lean(section.conditions.descriptors, other.conditions.descriptors);
    return section;
}

std::vector<PriorSection> drawSections(const CodePrior& prior, const Recipe& recipe, std::int64_t frames,
                                       const MelCodes& given) {
    Random random(mixSeed(recipe.seed, kSectionStream));
    const auto shortest =
        static_cast<std::int64_t>(std::ceil(kShortestSectionSeconds * prior.shape().framesPerSecond));
    std::vector<PriorSection> sections;
    std::int64_t filled = 0;
    if (given.frames().value > 0) {
        // What is given and what follows are one sound, which goes on to the end.
        sections.push_back({frames, {{}, given.g}});
        filled = frames;
    }
    while (filled < frames) {
        PriorSection section = drawSection(prior, recipe.variation, random);
        section.frames = std::min(std::max(section.frames, shortest), frames - filled);
        if (frames - filled - section.frames < shortest) section.frames = frames - filled;
        filled += section.frames;
        sections.push_back(std::move(section));
    }
    return sections;
}

Result<models::Latents> latentsOf(const MelVae& model, const MelCodes& codes,
                                  const std::vector<PriorSection>& sections) {
    MelCodes one = codes;
    one.g.assign(static_cast<std::size_t>(model.shape().globalDims), 0.0F);
    auto latents = model.latentsOf(one);
    if (!latents) return latents;
    latents->g.clear();
    for (const PriorSection& section : sections)
        for (std::int64_t t = 0; t < section.frames; ++t)
            latents->g.insert(latents->g.end(), section.conditions.global.begin(),
                              section.conditions.global.end());
    return latents;
}

}  // namespace

Result<MelCodes> codesOfFile(const MelVae& model, const std::filesystem::path& file) {
    auto audio = readAudioAtInternalRate(file);
    if (!audio) return propagate(audio);
    const MidSide parts = toMidSide(*audio);
    MelAnalyzer analyzer;
    return model.encodeCodes(analyzer.analyze(parts.mid).values);
}

Result<PriorPath> samplePriorPath(const MelVae& model, const CodePrior& prior, const Recipe& recipe,
                                  Frames frames, bool withSide, const CancelToken& cancel,
                                  const std::function<void(double)>& progress) {
    const auto& sources = prior.sources();
    const auto fits = [&](const models::CodedSound& sound) {
        return sound.conditions.global.size() == static_cast<std::size_t>(model.shape().globalDims);
    };
    if (prior.shape().levels != model.shape().levels ||
        prior.shape().codebookSize != model.shape().codebookSize || sources.empty() ||
        !std::ranges::all_of(sources, fits))
        return failure(ErrorCode::unusableInput, "The prior in '" + recipe.modelName +
                                                     "' belongs to other codes than the model's. Train it "
                                                     "anew with 'smidgen train-prior'.");
    const PriorRecipe settings = recipe.prior.value_or(PriorRecipe{});
    models::PriorRequest request;
    if (!settings.continueFrom.empty()) {
        auto given = codesOfFile(model, settings.continueFrom);
        if (!given) return propagate(given);
        if (given->frames() >= frames)
            return failure(ErrorCode::unusableInput, "'" + settings.continueFrom +
                                                         "' lasts as long as the take is to be. Ask for a "
                                                         "longer duration to hear it go on.");
        request.given = std::move(*given);
    }
    request.sections = drawSections(prior, recipe, frames.value, request.given);
    request.sampling = {settings.temperature, settings.topK, settings.topP, settings.guidance,
                        mixSeed(recipe.seed, kMidStream)};
    auto codes = prior.sample(request, cancel, progress);
    if (!codes) return propagate(codes);
    PriorPath path;
    path.codes = std::move(*codes);
    auto mid = latentsOf(model, path.codes, request.sections);
    if (!mid) return propagate(mid);
    path.mid = std::move(*mid);
    if (!withSide) return path;

    // Side moves with mid: it shares the coarsest level and is drawn anew in the finer ones.
    request.given = path.codes;
    request.open.assign(path.codes.codes.size(), 1);
    for (std::size_t i = 0; i < request.open.size(); i += static_cast<std::size_t>(path.codes.levels))
        request.open[i] = 0;
    request.sampling.seed = mixSeed(recipe.seed, kSideStream);
    auto sideCodes = prior.sample(request, cancel, progress);
    if (!sideCodes) return propagate(sideCodes);
    auto side = latentsOf(model, *sideCodes, request.sections);
    if (!side) return propagate(side);
    path.side = std::move(*side);
    return path;
}

}  // namespace smidgen
