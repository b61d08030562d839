#include "models/code_prior_state.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/foundation/random.h"
#include "models/code_prior_network.h"

namespace smidgen::models {
namespace {

constexpr std::uint64_t kWeightStream = 0x77656967687473ULL;
constexpr std::uint64_t kProjectionStream = 0x70726f6a656374ULL;
/// Deviation of the sum of a step's embeddings.
constexpr double kEmbeddingDeviation = 0.7;
/// The last layer starts near zero: every code is as likely as any other.
constexpr double kHeadShare = 0.05;

void fillNormal(float* out, std::int64_t count, double deviation, Random& random) {
    for (std::int64_t i = 0; i < count; ++i) out[i] = static_cast<float>(deviation * random.normal());
}

/// Rows of a level's embedding from its codebook: standardised, projected to the width.
void embedCodebook(const CodePriorShape& shape, std::span<const float> codebook, double deviation,
                   Random& random, float* out) {
    const auto codes = static_cast<std::size_t>(shape.codebookSize);
    const std::size_t dims = codebook.size() / codes;
    std::vector<double> mean(dims);
    for (std::size_t i = 0; i < codebook.size(); ++i)
        mean[i % dims] += codebook[i] / static_cast<double>(codes);
    double square = 0;
    for (std::size_t i = 0; i < codebook.size(); ++i) square += std::pow(codebook[i] - mean[i % dims], 2);
    const double scale = deviation / std::sqrt(std::max(square / static_cast<double>(codes), 1e-12));
    const auto width = static_cast<std::size_t>(shape.width);
    std::vector<float> projection(dims * width);
    fillNormal(projection.data(), static_cast<std::int64_t>(projection.size()), 1.0, random);
    for (std::size_t code = 0; code < codes; ++code)
        for (std::size_t w = 0; w < width; ++w) {
            double sum = 0;
            for (std::size_t d = 0; d < dims; ++d)
                sum += (codebook[code * dims + d] - mean[d]) * projection[d * width + w];
            out[code * width + w] = static_cast<float>(scale * sum);
        }
}

/// Gives queries and keys a constant part that makes three of four heads look at the step itself, the next
/// one (which only the surroundings of a gap show) and the one before: with rotary positions a constant pair
/// (a, 0) against one turned by δ scores a² cos(θ (distance − δ)). Learning where to look takes long
/// otherwise.
void lookAtNeighbours(const CodePriorShape& shape, float* queryBias) {
    constexpr double kContrast = 2.0;  // in the softmax, of the chosen step over its neighbours
    const int half = shape.width / shape.heads / 2;
    const auto frequency = [&](int i) {
        return std::pow(kPriorRotationBase, -static_cast<double>(i) / half);
    };
    double contrast = 0;
    for (int i = 0; i < half; ++i) contrast += 1 - std::cos(frequency(i));
    const double a = std::sqrt(kContrast * std::sqrt(2.0 * half) / contrast);
    for (int h = 0; h < shape.heads; ++h) {
        if (h % 4 == 3) continue;
        const double back = h % 4 == 0 ? 0 : h % 4 == 1 ? -1 : 1;
        float* query = queryBias + 2 * half * h;
        float* key = query + shape.width;
        for (int i = 0; i < half; ++i) {
            query[i] = static_cast<float>(a);
            key[i] = static_cast<float>(a * std::cos(frequency(i) * back));
            key[half + i] = static_cast<float>(a * std::sin(frequency(i) * back));
        }
    }
}

}  // namespace

at::Tensor startingWeights(const CodePriorShape& shape, std::uint64_t seed,
                           std::span<const std::vector<float>> codebooks) {
    const at::NoGradGuard noGradients;
    PriorWeights<at::Tensor> views;
    std::int64_t total = 0;
    for (const auto& slot : priorSlots(shape, views)) total += slot.count();
    at::Tensor flat = at::zeros({total}, at::kFloat);
    viewFlat(shape, flat, views);
    const double level = kEmbeddingDeviation / std::sqrt(static_cast<double>(shape.levels));
    std::uint64_t stream = 0;
    for (const auto& slot : priorSlots(shape, views)) {
        Random random(mixSeed(seed, kWeightStream, stream++));
        float* out = slot.tensor->data_ptr<float>();
        const double perInput = 1.0 / std::sqrt(static_cast<double>(slot.shape.front()));
        if (slot.name.ends_with("gain"))
            slot.tensor->fill_(1.0);
        else if (slot.name == "embedding")
            fillNormal(out, slot.count(), level, random);
        else if (slot.name == "missing" || slot.name == "memory")
            fillNormal(out, slot.count(), 0.1, random);
        else if (slot.name == "head.weight")
            fillNormal(out, slot.count(), kHeadShare * perInput, random);
        else if (slot.name.ends_with("out.weight") || slot.name.ends_with("down.weight"))
            fillNormal(out, slot.count(), perInput / std::sqrt(2.0 * shape.layers), random);
        else if (slot.decays)
            fillNormal(out, slot.count(), perInput, random);
    }
    for (const auto& layer : views.layers) lookAtNeighbours(shape, layer.queryBias.data_ptr<float>());
    for (std::size_t l = 0; l < codebooks.size(); ++l) {
        Random random(mixSeed(seed, kProjectionStream, l));
        const auto rows = static_cast<std::int64_t>(l) * embeddingRows(shape);
        embedCodebook(shape, codebooks[l], level, random,
                      views.embedding.data_ptr<float>() + rows * shape.width);
    }
    return flat;
}

Status checkSounds(const CodePriorShape& shape, std::span<const CodedSound> sounds) {
    if (sounds.empty())
        return failure(ErrorCode::invalidArgument, "A prior needs at least one sound to learn from.");
    for (const CodedSound& sound : sounds) {
        const std::string name = "'" + sound.name + "'";
        if (sound.grid.levels != shape.levels || sound.grid.frames().value < 1 ||
            sound.grid.codes.size() % static_cast<std::size_t>(shape.levels) != 0)
            return failure(ErrorCode::invalidArgument, "The codes of " + name + " do not fit this prior.");
        if (std::ranges::any_of(sound.grid.codes, [&](int code) { return code >= shape.codebookSize; }))
            return failure(ErrorCode::invalidArgument, "A code of " + name + " lies outside its codebook.");
        const SoundConditions& about = sound.conditions;
        const auto fits = [](const std::vector<float>& values, std::size_t count) {
            return (values.empty() || values.size() == count) &&
                   std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
        };
        if (!fits(about.descriptors, kDescriptors) ||
            !fits(about.global, static_cast<std::size_t>(shape.globalDims)))
            return failure(ErrorCode::invalidArgument,
                           "What is known about " + name + " does not fit this prior.");
    }
    return {};
}

Status checkCodebooks(const CodePriorShape& shape, std::span<const std::vector<float>> codebooks) {
    const auto fits = [&](const std::vector<float>& codebook) {
        return !codebook.empty() && codebook.size() % static_cast<std::size_t>(shape.codebookSize) == 0 &&
               std::ranges::all_of(codebook, [](float value) { return std::isfinite(value); });
    };
    if (!codebooks.empty() &&
        (codebooks.size() != static_cast<std::size_t>(shape.levels) || !std::ranges::all_of(codebooks, fits)))
        return failure(ErrorCode::invalidArgument, "The codebooks do not fit this prior.");
    return {};
}

std::string fingerprintOf(std::span<const CodedSound> sounds) {
    std::uint64_t hash = mixSeed(sounds.size());
    const auto values = [&](const std::vector<float>& all) {
        hash = mixSeed(hash, all.size());
        for (const float value : all) hash = mixSeed(hash, std::bit_cast<std::uint32_t>(value));
    };
    for (const CodedSound& sound : sounds) {
        hash = mixSeed(hash, sound.grid.codes.size());
        for (const std::uint16_t code : sound.grid.codes) hash = mixSeed(hash, code);
        values(sound.conditions.descriptors);
        values(sound.conditions.global);
    }
    return std::to_string(hash);
}

}  // namespace smidgen::models
