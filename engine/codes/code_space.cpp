#include "engine/codes/code_space.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

#include "engine/analysis/principal_axes.h"

namespace smidgen {
namespace {

std::vector<std::vector<float>> ofEveryLevel(const models::MelVae& model,
                                             std::vector<float> (models::MelVae::*what)(int) const) {
    std::vector<std::vector<float>> all;
    for (int level = 0; level < model.shape().levels; ++level) all.push_back((model.*what)(level));
    return all;
}

/// 0 for the least … just below 1 for the largest, evenly.
std::vector<double> ranks(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> result(values.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        result[order[i]] = static_cast<double>(i) / static_cast<double>(values.size());
    return result;
}

}  // namespace

CodeSpace::CodeSpace(const models::MelVae& model)
    : CodeSpace(ofEveryLevel(model, &models::MelVae::codebook), model.shape().codeDims,
                ofEveryLevel(model, &models::MelVae::codeVectors), model.shape().latentDims) {}

CodeSpace::CodeSpace(std::vector<std::vector<float>> codewords, int codeDims,
                     std::vector<std::vector<float>> vectors, int latentDims)
    : m_codeDims(codeDims),
      m_latentDims(latentDims),
      m_codewords(std::move(codewords)),
      m_vectors(std::move(vectors)) {
    m_size = m_codewords.empty() ? 0 : static_cast<int>(m_codewords.front().size()) / codeDims;
    orderNeighbours();
    chooseTints();
}

std::span<const float> CodeSpace::codeword(int level, int code) const {
    return std::span(m_codewords[static_cast<std::size_t>(level)])
        .subspan(static_cast<std::size_t>(code * m_codeDims), static_cast<std::size_t>(m_codeDims));
}

std::span<const float> CodeSpace::vector(int level, int code) const {
    return std::span(m_vectors[static_cast<std::size_t>(level)])
        .subspan(static_cast<std::size_t>(code * m_latentDims), static_cast<std::size_t>(m_latentDims));
}

double CodeSpace::distance(int level, int a, int b) const {
    const auto from = codeword(level, a), to = codeword(level, b);
    double sum = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const double difference = static_cast<double>(from[i]) - static_cast<double>(to[i]);
        sum += difference * difference;
    }
    return std::sqrt(sum);
}

std::span<const std::uint16_t> CodeSpace::neighbours(int level, int code) const {
    const auto size = static_cast<std::size_t>(m_size);
    return std::span(m_neighbours[static_cast<std::size_t>(level)])
        .subspan(static_cast<std::size_t>(code) * size, size);
}

void CodeSpace::orderNeighbours() {
    const auto size = static_cast<std::size_t>(m_size);
    for (int level = 0; level < levels(); ++level) {
        std::vector<std::uint16_t> all(size * size);
        std::vector<double> far(size);
        for (int code = 0; code < m_size; ++code) {
            for (int other = 0; other < m_size; ++other)
                far[static_cast<std::size_t>(other)] = distance(level, code, other);
            far[static_cast<std::size_t>(code)] = -1;  // itself comes before its doubles
            const auto row = std::span(all).subspan(static_cast<std::size_t>(code) * size, size);
            std::iota(row.begin(), row.end(), std::uint16_t{0});
            std::ranges::stable_sort(row, [&](std::uint16_t a, std::uint16_t b) { return far[a] < far[b]; });
        }
        m_neighbours.push_back(std::move(all));
    }
}

SnappedCode CodeSpace::between(int level, int a, int b, double amount) const {
    const auto from = codeword(level, a), to = codeword(level, b);
    std::vector<double> place(from.size());
    double length = 0;
    for (std::size_t i = 0; i < place.size(); ++i) {
        place[i] = (1 - amount) * static_cast<double>(from[i]) + amount * static_cast<double>(to[i]);
        length += place[i] * place[i];
    }
    length = std::sqrt(length);
    // Opposite codes have nothing between them: the nearer one then.
    if (length < 1e-9) return {static_cast<std::uint16_t>(amount < 0.5 ? a : b), 1.0};
    for (double& value : place) value /= length;
    const auto distanceTo = [&](int code) {
        const auto there = codeword(level, code);
        double sum = 0;
        for (std::size_t i = 0; i < place.size(); ++i)
            sum += (place[i] - static_cast<double>(there[i])) * (place[i] - static_cast<double>(there[i]));
        return sum;
    };
    // The ends win over their doubles, so that nothing changes at 0.
    int best = amount < 0.5 ? a : b;
    double least = distanceTo(best);
    for (int code = 0; code < m_size; ++code) {
        const double here = distanceTo(code);
        if (here < least - 1e-12) {
            least = here;
            best = code;
        }
    }
    return {static_cast<std::uint16_t>(best), std::sqrt(least)};
}

CodeTint CodeSpace::tint(int level, int code) const {
    return m_tints[static_cast<std::size_t>(level)][static_cast<std::size_t>(code)];
}

void CodeSpace::chooseTints() {
    for (int level = 0; level < levels(); ++level) {
        const auto places =
            projectOnPrincipalAxes(m_vectors[static_cast<std::size_t>(level)], m_latentDims, 3);
        std::vector<double> angles, heights;
        for (std::size_t i = 0; i + 2 < places.size(); i += 3) {
            angles.push_back(std::atan2(places[i + 1], places[i]) / (2 * std::numbers::pi) + 0.5);
            heights.push_back(places[i + 2]);
        }
        const std::vector<double> hues = ranks(angles), lights = ranks(heights);
        std::vector<CodeTint> tints;
        for (std::size_t i = 0; i < hues.size(); ++i) tints.push_back({hues[i], lights[i]});
        m_tints.push_back(std::move(tints));
    }
}

models::Latents CodeSpace::latents(const models::MelCodes& codes, const std::vector<bool>& heard,
                                   std::int64_t first, std::int64_t count) const {
    models::Latents result;
    result.latentDims = m_latentDims;
    result.g = codes.g;
    const auto dims = static_cast<std::size_t>(m_latentDims);
    result.z.assign(static_cast<std::size_t>(count) * dims, 0.0F);
    for (std::int64_t frame = 0; frame < count; ++frame) {
        float* const z = result.z.data() + static_cast<std::size_t>(frame) * dims;
        for (int level = 0; level < codes.levels; ++level) {
            if (!heard[static_cast<std::size_t>(level)]) continue;
            const auto at = static_cast<std::size_t>((first + frame) * codes.levels + level);
            const auto part = vector(level, codes.codes[at]);
            for (std::size_t i = 0; i < dims; ++i) z[i] += part[i];
        }
    }
    return result;
}

models::Latents CodeSpace::held(int level, int code, std::span<const float> g, std::int64_t count) const {
    models::Latents result;
    result.latentDims = m_latentDims;
    result.g.assign(g.begin(), g.end());
    const auto part = vector(level, code);
    for (std::int64_t frame = 0; frame < count; ++frame)
        result.z.insert(result.z.end(), part.begin(), part.end());
    return result;
}

}  // namespace smidgen
