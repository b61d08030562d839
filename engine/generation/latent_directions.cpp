#include "engine/generation/latent_directions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <set>

#include "engine/analysis/mel.h"
#include "engine/analysis/principal_axes.h"
#include "engine/generation/model_memory.h"
#include "engine/generation/take_sound.h"

namespace smidgen {
namespace {

constexpr std::size_t kHeardAnchors = 8;
constexpr double kHeardAt = 1.5;       ///< standard deviations to each side
constexpr double kWorthSaying = 0.2;   ///< σ of an attribute per standard deviation
constexpr double kWorthHearing = 0.5;  ///< dB of a region of the spectrum per standard deviation
constexpr std::size_t kMostWords = 2;
constexpr std::size_t kHeardFrames = 24;  ///< latent frames of each sound: half a second
constexpr float kQuietest = 1e-4F;        ///< of the loudest band: what lies below is as good as silent

std::vector<float> meanZ(const models::Latents& latents) {
    const auto dims = static_cast<std::size_t>(latents.latentDims);
    const auto frames = static_cast<std::size_t>(latents.frames().value);
    std::vector<double> sums(dims);
    for (std::size_t i = 0; i < frames * dims; ++i) sums[i % dims] += static_cast<double>(latents.z[i]);
    std::vector<float> mean(dims);
    for (std::size_t i = 0; i < dims; ++i)
        mean[i] = static_cast<float>(sums[i] / static_cast<double>(std::max<std::size_t>(frames, 1)));
    return mean;
}

/// The average spectrum of a sound's beginning as the model makes it, in nepers about its own mean: how it is
/// coloured, however loud it is.
Result<std::vector<float>> colourOf(const models::MelVae& model, const models::Latents& anchor) {
    models::Latents start{anchor.latentDims, anchor.z, anchor.g};
    const auto dims = static_cast<std::size_t>(anchor.latentDims);
    start.z.resize(std::min(start.z.size(), kHeardFrames * dims));
    auto values = model.decode(start);
    if (!values) return propagate(values);
    const auto bands = static_cast<std::size_t>(model.shape().melBands);
    std::vector<float> sums(bands);
    for (std::size_t i = 0; i < values->size(); ++i) sums[i % bands] += std::exp((*values)[i]);
    const auto frames = static_cast<float>(std::max<std::size_t>(values->size() / bands, 1));
    float loudest = 0;
    for (float& sum : sums) loudest = std::max(loudest, sum /= frames);
    float mean = 0;
    for (float& sum : sums) {
        sum = std::log(std::max({sum, loudest * kQuietest, kMelFloor}));
        mean += sum / static_cast<float>(bands);
    }
    for (float& sum : sums) sum -= mean;
    return sums;
}

/// Regions of the spectrum, as people call them; up to these Hz.
struct Region {
    const char* name;
    double toHz;
};
constexpr std::array<Region, kRegions> kRegionNames{
    {{"bass", 200}, {"low mids", 800}, {"mids", 3000}, {"presence", 8000}, {"air", 24000}}};

/// dB of each region above the mean of all.
std::array<double, kRegions> regionsOf(const std::vector<float>& colour, const MelShape& shape) {
    std::array<double, kRegions> sums{}, counts{};
    for (std::size_t band = 0; band < colour.size(); ++band) {
        const double place = (static_cast<double>(band) + 1) / (static_cast<double>(colour.size()) + 1);
        const double mel = place * 2595.0 * std::log10(1.0 + shape.highHz / 700.0);
        const double hz = 700.0 * (std::pow(10.0, mel / 2595.0) - 1.0);
        std::size_t region = 0;
        while (region + 1 < kRegions && hz > kRegionNames[region].toHz) ++region;
        sums[region] += static_cast<double>(colour[band]) * 20.0 / std::numbers::ln10;
        ++counts[region];
    }
    for (std::size_t r = 0; r < kRegions; ++r) sums[r] /= std::max(counts[r], 1.0);
    return sums;
}

/// One thing that a direction changes.
struct Change {
    double size;  ///< in what is worth saying
    std::string high, low;
};

/// The attributes that move most, then regions of the spectrum.
std::vector<Change> changesOf(const DirectionMeaning& direction) {
    std::vector<Change> attributes, regions;
    for (const Attribute attribute : kAttributes) {
        const double moved = direction.moves[static_cast<std::size_t>(attribute)];
        if (std::abs(moved) < kWorthSaying) continue;
        std::string high(wordsFor(attribute).high), low(wordsFor(attribute).low);
        if (moved < 0) std::swap(high, low);
        attributes.push_back({std::abs(moved), std::move(high), std::move(low)});
    }
    for (std::size_t r = 0; r < kRegions; ++r) {
        const double moved = direction.regions[r];
        if (std::abs(moved) < kWorthHearing) continue;
        std::string high = std::string("more ") + kRegionNames[r].name;
        std::string low = std::string("less ") + kRegionNames[r].name;
        if (moved < 0) std::swap(high, low);
        regions.push_back({std::abs(moved), std::move(high), std::move(low)});
    }
    std::ranges::stable_sort(attributes, std::ranges::greater(), &Change::size);
    std::ranges::stable_sort(regions, std::ranges::greater(), &Change::size);
    attributes.insert(attributes.end(), regions.begin(), regions.end());
    return attributes;
}

/// Two things each changes most, as words for both of its ends; a third, or a number, where others have
/// those.
void nameDirections(std::vector<DirectionMeaning>& directions) {
    std::set<std::string> taken;
    for (DirectionMeaning& direction : directions) {
        const auto add = [](std::string& text, const std::string& word) {
            if (!text.empty()) text += ", ";
            text += word;
        };
        std::size_t words = 0;
        for (const Change& change : changesOf(direction)) {
            if (words >= kMostWords && !taken.contains(direction.high)) break;
            add(direction.high, change.high);
            add(direction.low, change.low);
            ++words;
        }
        if (words == 0) direction.high = "other", direction.low = "one";
        const std::string high = direction.high, low = direction.low;
        for (int number = 2; taken.contains(direction.high); ++number) {
            direction.high = high + " " + std::to_string(number);
            direction.low = low + " " + std::to_string(number);
        }
        taken.insert(direction.high);
    }
}

Result<std::vector<LatentDirection>> findDirections(const models::MelVae& model) {
    const auto dims = static_cast<std::size_t>(model.shape().latentDims);
    const auto globals = static_cast<std::size_t>(model.shape().globalDims);
    const bool quantised = model.shape().quantised();
    const std::size_t width = (quantised ? 0 : dims) + globals;
    std::vector<float> colours, places;  // a row for each sound: how it is coloured, where it lies
    for (const models::Latents& anchor : model.anchors()) {
        if (anchor.z.empty() || anchor.g.size() != globals) continue;
        auto colour = colourOf(model, anchor);
        if (!colour) return propagate(colour);
        colours.insert(colours.end(), colour->begin(), colour->end());
        if (!quantised) {
            const std::vector<float> mean = meanZ(anchor);
            places.insert(places.end(), mean.begin(), mean.end());
        }
        places.insert(places.end(), anchor.g.begin(), anchor.g.end());
    }
    const auto bands = static_cast<std::size_t>(model.shape().melBands);
    const std::size_t sounds = colours.size() / bands;
    std::vector<LatentDirection> directions;
    if (sounds >= 2) {
        const PrincipalAxes found =
            principalAxes(colours, static_cast<int>(bands), static_cast<int>(kMostDirections));
        for (std::size_t d = 0; d < found.axes.size(); ++d) {
            // What a sound's place has to do with its score: the mean step that goes with a deviation of it.
            std::vector<double> step(width);
            const double deviation = std::sqrt(found.variances[d]);
            for (std::size_t n = 0; n < sounds; ++n) {
                double score = 0;
                for (std::size_t b = 0; b < bands; ++b)
                    score += (static_cast<double>(colours[n * bands + b]) - found.mean[b]) * found.axes[d][b];
                score /= deviation * static_cast<double>(sounds);
                for (std::size_t i = 0; i < width; ++i)
                    step[i] += score * static_cast<double>(places[n * width + i]);
            }
            LatentDirection direction;
            direction.share = found.variances[d] / found.whole;
            direction.z.assign(dims, 0.0F);
            const std::size_t before = quantised ? 0 : dims;
            for (std::size_t i = 0; i < before; ++i) direction.z[i] = static_cast<float>(step[i]);
            for (std::size_t i = before; i < width; ++i) direction.g.push_back(static_cast<float>(step[i]));
            directions.push_back(std::move(direction));
        }
    }
    return directions;
}

}  // namespace

Result<std::shared_ptr<const std::vector<LatentDirection>>> latentDirections(const models::MelVae& model) {
    static ModelMemory<std::vector<LatentDirection>> memory;
    return memory.get(model, [&] { return findDirections(model); });
}

void moveAlong(const std::vector<LatentDirection>& directions, std::span<const double> amounts,
               models::Latents& path) {
    for (std::size_t d = 0; d < std::min(directions.size(), amounts.size()); ++d) {
        if (amounts[d] == 0) continue;
        const auto amount = static_cast<float>(amounts[d]);
        const std::vector<float>&z = directions[d].z, &g = directions[d].g;
        for (std::size_t i = 0; i < path.z.size(); ++i) path.z[i] += amount * z[i % z.size()];
        for (std::size_t i = 0; i < path.g.size(); ++i) path.g[i] += amount * g[i % g.size()];
    }
}

Result<std::vector<DirectionMeaning>> measureDirections(const models::MelVae& model, MelDecoder& decoder,
                                                        const DescriptorRanges& ranges,
                                                        const CancelToken& cancel) {
    auto found = latentDirections(model);
    if (!found) return propagate(found);
    const std::vector<LatentDirection>& directions = **found;
    const auto& anchors = model.anchors();
    const std::size_t count = std::min(kHeardAnchors, anchors.size());
    SoundDescriber describer;
    std::vector<DirectionMeaning> meanings;
    for (std::size_t d = 0; d < directions.size(); ++d) {
        DirectionMeaning meaning;
        meaning.share = directions[d].share;
        for (std::size_t n = 0; n < count; ++n) {
            const models::Latents& anchor = anchors[n * anchors.size() / count];
            for (const double side : {-1.0, 1.0}) {
                std::vector<double> amounts(d + 1);
                amounts[d] = side * kHeardAt;
                models::Latents moved = anchor;
                moveAlong(directions, amounts, moved);
                auto colour = colourOf(model, moved);
                if (!colour) return propagate(colour);
                const auto regions = regionsOf(*colour, MelShape());
                for (std::size_t r = 0; r < kRegions; ++r)
                    meaning.regions[r] += side * regions[r] / (2 * kHeardAt * static_cast<double>(count));
                auto attributes = attributesOf(model, decoder, describer, moved, cancel);
                if (!attributes) return propagate(attributes);
                for (const Attribute attribute : kAttributes) {
                    const double deviation = std::max(ranges[attribute].deviation, 1e-9);
                    meaning.moves[static_cast<std::size_t>(attribute)] +=
                        side * (*attributes)[attribute] /
                        (2 * kHeardAt * deviation * static_cast<double>(count));
                }
            }
        }
        meanings.push_back(std::move(meaning));
    }
    nameDirections(meanings);
    return meanings;
}

}  // namespace smidgen
