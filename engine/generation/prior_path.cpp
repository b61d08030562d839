#include "engine/generation/prior_path.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/analysis/mel.h"
#include "engine/audio/audio_reader.h"
#include "engine/foundation/atomic_file.h"
#include "engine/foundation/random.h"
#include "engine/steering/near_draw.h"

namespace smidgen {
namespace {

using models::CodePrior;
using models::MelCodes;
using models::MelVae;
using models::PriorSection;

constexpr std::uint64_t kSectionStream = 20, kMidStream = 21, kSideStream = 22, kNearStream = 23;
/// A rest shorter than this is no section of its own.
constexpr double kShortestSectionSeconds = 0.25;
constexpr double kLeanAtVariationOne = 0.25;
/// A take is one piece, not a row of samples: what follows is the likest of so many drawn …
constexpr int kChoicesAtVariationOne = 4;
/// … and timbre goes over into it before it begins.
constexpr double kTimbreFadeSeconds = 1.0;

std::size_t drawSource(const std::vector<double>& shares, Random& random) {
    double sum = 0;
    for (const double share : shares) sum += share;
    double left = random.uniform() * sum;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        left -= shares[i];
        if (left < 0) return i;
    }
    return shares.size() - 1;
}

double squareDistance(const std::vector<float>& a, const std::vector<float>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        sum += static_cast<double>(a[i] - b[i]) * static_cast<double>(a[i] - b[i]);
    return sum;
}

/// Draws training sounds by their usual shares; then, where sliders ask for others, puts those in the place
/// of some, so that a take has what the take without sliders has, but for what must differ.
class SourceDraw {
 public:
    SourceDraw(const CodePrior& prior, const PriorSteering& steering, std::uint64_t seed)
        : m_prior(&prior),
          m_usual(usualShares(prior)),
          m_shares(steering.shares),
          m_seed(seed),
          m_random(mixSeed(seed, kSectionStream)) {}

    [[nodiscard]] Random& random() { return m_random; }

    std::size_t draw() {
        const std::size_t drawn = drawSource(m_usual, m_random);
        ++m_count;
        if (m_shares.size() != m_usual.size()) return drawn;
        return drawNear(drawn, m_usual, m_shares, Random(mixSeed(m_seed, kNearStream, m_count)));
    }

    /// The likest in timbre to the sound `before` (none: any) of those drawn: many at a variation of 0, one
    /// at 2.
    std::size_t drawFollower(std::optional<std::size_t> before, double variation) {
        std::size_t best = draw();
        if (!before) return best;
        const auto far = [&](std::size_t i) {
            if (i == *before) return std::numeric_limits<double>::max();
            return squareDistance(m_prior->sources()[i].conditions.global,
                                  m_prior->sources()[*before].conditions.global);
        };
        const int choices = std::max(1, static_cast<int>(kChoicesAtVariationOne * (2 - variation) + 0.5));
        for (int choice = 1; choice < choices; ++choice) {
            const std::size_t other = draw();
            if (far(other) < far(best)) best = other;
        }
        return best;
    }

 private:
    const CodePrior* m_prior;
    std::vector<double> m_usual, m_shares;
    std::uint64_t m_seed;
    std::uint64_t m_count = 0;
    Random m_random;
};

/// `before`: the sound that the section before was like; becomes the one that this is like.
PriorSection drawSection(const CodePrior& prior, const PriorSteering& steering,
                         std::optional<std::size_t>& before, double variation, SourceDraw& draw) {
    before = draw.drawFollower(before, variation);
    const auto& source = prior.sources()[*before];
    const auto& other = prior.sources()[draw.draw()];
    PriorSection section{source.grid.frames().value, source.conditions};
    const double share = std::min(0.5, kLeanAtVariationOne * variation) * draw.random().uniform();
    const auto lean = [&](std::vector<float>& values, const std::vector<float>& toward) {
        if (values.size() != toward.size()) return;
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] += static_cast<float>(share) * (toward[i] - values[i]);
    };
    lean(section.conditions.global, other.conditions.global);
    lean(section.conditions.descriptors, other.conditions.descriptors);
    if (section.conditions.descriptors.size() == kAttributeCount)
        for (std::size_t a = 0; a < kAttributeCount; ++a)
            if (steering.set.values[a])
                section.conditions.descriptors[a] = static_cast<float>(steering.wanted.values[a]);
    return section;
}

std::vector<PriorSection> drawSections(const CodePrior& prior, const PriorSteering& steering,
                                       const Recipe& recipe, std::int64_t frames, const MelCodes& given) {
    SourceDraw draw(prior, steering, recipe.seed);
    const auto shortest =
        static_cast<std::int64_t>(std::ceil(kShortestSectionSeconds * prior.shape().framesPerSecond));
    std::vector<PriorSection> sections;
    std::optional<std::size_t> before;
    std::int64_t filled = 0;
    if (given.frames().value > 0) {
        // What is given and what follows are one sound, which goes on to the end.
        sections.push_back({frames, {{}, given.g}});
        filled = frames;
    }
    while (filled < frames) {
        PriorSection section = drawSection(prior, steering, before, recipe.variation, draw);
        section.frames = std::min(std::max(section.frames, shortest), frames - filled);
        if (frames - filled - section.frames < shortest) section.frames = frames - filled;
        filled += section.frames;
        sections.push_back(std::move(section));
    }
    return sections;
}

Result<models::Latents> latentsOf(const MelVae& model, const MelCodes& codes,
                                  const std::vector<PriorSection>& sections, double framesPerSecond) {
    MelCodes one = codes;
    one.g.assign(static_cast<std::size_t>(model.shape().globalDims), 0.0F);
    auto latents = model.latentsOf(one);
    if (!latents) return latents;
    latents->g.clear();
    const double fade = kTimbreFadeSeconds * framesPerSecond;
    for (std::size_t s = 0; s < sections.size(); ++s) {
        const auto& own = sections[s].conditions.global;
        const auto& next = sections[std::min(s + 1, sections.size() - 1)].conditions.global;
        // At most the last eighth of a section is on its way to the next, which begins as itself.
        const auto frames = static_cast<double>(sections[s].frames);
        const double length = std::min(fade, frames / 8);
        for (std::int64_t t = 0; t < sections[s].frames; ++t) {
            const double way = (static_cast<double>(t) + 0.5 - (frames - length)) / length;
            const double share = way > 0 ? 0.5 - 0.5 * std::cos(std::numbers::pi * way) : 0.0;
            for (std::size_t i = 0; i < own.size(); ++i)
                latents->g.push_back(own[i] + static_cast<float>(share) * (next[i] - own[i]));
        }
    }
    return latents;
}

}  // namespace

std::vector<double> usualShares(const CodePrior& prior) {
    std::vector<double> shares;
    for (const auto& sound : prior.sources())
        shares.push_back(std::sqrt(static_cast<double>(sound.grid.frames().value)));
    return shares;
}

Result<MelCodes> codesOfFile(const MelVae& model, const std::filesystem::path& file) {
    auto audio = readAudioAtInternalRate(file);
    if (!audio) return propagate(audio);
    const MidSide parts = toMidSide(*audio);
    MelAnalyzer analyzer;
    return model.encodeCodes(analyzer.analyze(parts.mid).values);
}

Result<PriorPath> samplePriorPath(const MelVae& model, const CodePrior& prior, const Recipe& recipe,
                                  Frames frames, bool withSide, const CancelToken& cancel,
                                  const std::function<void(double)>& progress,
                                  const PriorSteering& steering) {
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
    request.sections = drawSections(prior, steering, recipe, frames.value, request.given);
    request.sampling = {settings.temperature, settings.topK, settings.topP, settings.guidance,
                        mixSeed(recipe.seed, kMidStream)};
    auto codes = prior.sample(request, cancel, progress);
    if (!codes) return propagate(codes);
    PriorPath path;
    path.codes = std::move(*codes);
    const double framesPerSecond = prior.shape().framesPerSecond;
    auto mid = latentsOf(model, path.codes, request.sections, framesPerSecond);
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
    auto side = latentsOf(model, *sideCodes, request.sections, framesPerSecond);
    if (!side) return propagate(side);
    path.side = std::move(*side);
    return path;
}

}  // namespace smidgen
