#include "models/code_prior_stream.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/convnext_kernels.h"

namespace smidgen::models {
namespace {

/// Frames of the memory that go through a layer together.
constexpr std::int64_t kRowsAtOnce = 64;

std::size_t index(std::int64_t value) {
    return static_cast<std::size_t>(value);
}

}  // namespace

PriorRuntime::PriorRuntime(PriorParameters given) : parameters(std::move(given)) {
    const CodePriorShape& shape = parameters.shape;
    const float* from = parameters.flat.data();
    for (const auto& slot : priorSlots(shape, weights)) {
        *slot.tensor = from;
        from += slot.count();
    }
    const std::int64_t width = shape.width;
    const std::int64_t inner = kPriorExpansion * width;
    for (const auto& layer : weights.layers)
        layers.push_back({PackedMatrix(width, 3 * width, layer.queryWeight, layer.queryBias),
                          PackedMatrix(width, width, layer.outWeight, layer.outBias),
                          PackedMatrix(width, inner, layer.upWeight, layer.upBias),
                          PackedMatrix(inner, width, layer.downWeight, layer.downBias)});
    head = PackedMatrix(width, static_cast<std::int64_t>(shape.levels) * shape.codebookSize,
                        weights.headWeight, weights.headBias);
}

ToldRows::ToldRows(const PriorRuntime& runtime, std::span<const PriorSection> sections, bool told)
    : m_width(runtime.parameters.shape.width) {
    const CodePriorShape& shape = runtime.parameters.shape;
    const PriorWeights<const float*>& weights = runtime.weights;
    const auto width = index(m_width);
    const auto globals = index(shape.globalDims);
    const auto add = [&](float* row, const float* values, const float* matrix, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t w = 0; w < width; ++w) row[w] += values[i] * matrix[i * width + w];
    };
    std::vector<float> values(kDescriptors + globals), about(width);
    std::array<float, kConditionParts> present{}, absent{};
    std::array<float, kPositionFeatures> position{};
    for (const PriorSection& section : sections) {
        conditionFeatures(shape, runtime.parameters.conditionScale,
                          told ? section.conditions : SoundConditions{}, values.data(), present.data());
        for (std::size_t part = 0; part < present.size(); ++part) absent[part] = 1 - present[part];
        std::ranges::fill(about, 0.0F);
        if (present[0] > 0) add(about.data(), values.data(), weights.descriptorWeight, kDescriptors);
        if (present[1] > 0) add(about.data(), values.data() + kDescriptors, weights.globalWeight, globals);
        add(about.data(), absent.data(), weights.missing, absent.size());
        for (std::int64_t t = 0; t < section.frames; ++t) {
            positionFeatures(shape, t, section.frames, position.data());
            m_rows.insert(m_rows.end(), about.begin(), about.end());
            add(m_rows.data() + m_rows.size() - width, position.data(), weights.positionWeight,
                position.size());
        }
        m_frames += section.frames;
    }
}

const float* ToldRows::row(std::int64_t frame) const {
    return m_rows.data() + std::clamp<std::int64_t>(frame, 0, m_frames - 1) * m_width;
}

CodePriorStream::CodePriorStream(const PriorRuntime& runtime, std::span<const ToldRows> told)
    : m_runtime(runtime), m_told(told) {
    const CodePriorShape& shape = runtime.parameters.shape;
    const std::size_t cache = index(shape.window) * index(shape.width);
    const Cache empty{std::vector<float>(cache), std::vector<float>(cache)};
    m_recent.assign(told.size(), std::vector<Cache>(index(shape.layers), empty));
    const int half = shape.width / shape.heads / 2;
    for (int i = 0; i < half; ++i)
        m_frequency.push_back(std::pow(kPriorRotationBase, -static_cast<double>(i) / half));
    m_cosine.resize(m_frequency.size());
    m_sine.resize(m_frequency.size());
    const std::size_t rows = std::max(told.size(), index(kRowsAtOnce));
    const auto width = index(shape.width);
    m_x.resize(rows * width);
    m_normal.resize(rows * width);
    m_mixed.resize(rows * width);
    m_query.resize(rows * index(runtime.layers.front().query.paddedOutputs()));
    m_inner.resize(rows * index(runtime.layers.front().up.paddedOutputs()));
    m_product.resize(rows * index(runtime.layers.front().out.paddedOutputs()));
    m_logits.resize(told.size() * index(runtime.head.paddedOutputs()));
    m_noBias.resize(index(runtime.layers.front().up.paddedOutputs()));
    // The memory is seen to both sides.
    m_scores.resize(3 * index(shape.window));
}

void CodePriorStream::embed(std::span<const int> codes, const float* told, bool memory, float* out) const {
    const CodePriorShape& shape = m_runtime.parameters.shape;
    const auto width = index(shape.width);
    std::copy(told, told + width, out);
    for (std::size_t l = 0; l < codes.size(); ++l) {
        const float* row =
            m_runtime.weights.embedding + (l * index(embeddingRows(shape)) + index(codes[l])) * width;
        for (std::size_t w = 0; w < width; ++w) out[w] += row[w];
    }
    if (!memory) return;
    for (std::size_t w = 0; w < width; ++w) out[w] += m_runtime.weights.memory[w];
}

void CodePriorStream::turn(std::int64_t time, float* cosine, float* sine) const {
    for (const double frequency : m_frequency) {
        const double angle = static_cast<double>(time) * frequency;
        *cosine++ = static_cast<float>(std::cos(angle));
        *sine++ = static_cast<float>(std::sin(angle));
    }
}

void CodePriorStream::keep(Cache& cache, std::int64_t capacity, std::int64_t place, const float* row) const {
    const CodePriorShape& shape = m_runtime.parameters.shape;
    const std::int64_t head = shape.width / shape.heads;
    const float* key = row + shape.width;
    const float* value = row + 2 * static_cast<std::int64_t>(shape.width);
    for (std::int64_t i = 0; i < shape.width; ++i) cache.keys[index(i * capacity + place)] = key[i];
    for (std::int64_t h = 0; h < shape.heads; ++h)
        std::copy(value + h * head, value + (h + 1) * head,
                  cache.values.begin() + (h * capacity + place) * head);
}

void CodePriorStream::addProduct(const PackedMatrix& matrix, std::int64_t rows, const float* in,
                                 std::int64_t stride, float* x) {
    matrix.multiply(rows, in, stride, m_product.data());
    const std::int64_t width = m_runtime.parameters.shape.width;
    for (std::int64_t r = 0; r < rows; ++r) {
        const float* product = m_product.data() + r * matrix.paddedOutputs();
        for (std::int64_t i = 0; i < width; ++i) x[r * width + i] += product[i];
    }
}

void CodePriorStream::ask(std::size_t layer, std::int64_t rows, const float* x) {
    const std::int64_t width = m_runtime.parameters.shape.width;
    const auto& weights = m_runtime.weights.layers[layer];
    normaliseRows(rows, width, x, weights.attentionGain, weights.attentionBias, m_normal.data());
    m_runtime.layers[layer].query.multiply(rows, m_normal.data(), width, m_query.data());
}

void CodePriorStream::finish(std::size_t layer, std::int64_t rows, float* x) {
    const std::int64_t width = m_runtime.parameters.shape.width;
    const auto& weights = m_runtime.weights.layers[layer];
    const PriorRuntime::Layer& matrices = m_runtime.layers[layer];
    addProduct(matrices.out, rows, m_mixed.data(), width, x);
    normaliseRows(rows, width, x, weights.forwardGain, weights.forwardBias, m_normal.data());
    matrices.up.multiply(rows, m_normal.data(), width, m_inner.data());
    const std::int64_t inner = matrices.up.paddedOutputs();
    geluWithBias(rows, inner, m_noBias.data(), m_inner.data(), nullptr);
    addProduct(matrices.down, rows, m_inner.data(), inner, x);
}

void CodePriorStream::remember(std::span<const int> cells) {
    const CodePriorShape& shape = m_runtime.parameters.shape;
    m_remembered = static_cast<std::int64_t>(cells.size()) / shape.levels;
    const std::size_t cache = index(m_remembered) * index(shape.width);
    const Cache empty{std::vector<float>(cache), std::vector<float>(cache)};
    m_memory.assign(m_told.size(), std::vector<Cache>(index(shape.layers), empty));
    for (std::size_t sequence = 0; sequence < m_told.size(); ++sequence) rememberFor(sequence, cells);
}

void CodePriorStream::rememberFor(std::size_t sequence, std::span<const int> cells) {
    const CodePriorShape& shape = m_runtime.parameters.shape;
    const std::int64_t width = shape.width, frames = m_remembered;
    const std::int64_t half = width / shape.heads / 2;
    const float scale = 1.0F / std::sqrt(static_cast<float>(2 * half));
    const auto levels = index(shape.levels);
    std::vector<float> x(index(frames * width)), queries(x.size());
    std::vector<float> cosine(index(frames * half)), sine(cosine.size());
    for (std::int64_t t = 0; t < frames; ++t) {
        embed(cells.subspan(index(t) * levels, levels), m_told[sequence].row(t), true, x.data() + t * width);
        turn(t, cosine.data() + t * half, sine.data() + t * half);
    }
    for (std::size_t layer = 0; layer < m_runtime.layers.size(); ++layer) {
        Cache& cache = m_memory[sequence][layer];
        const std::int64_t stride = m_runtime.layers[layer].query.paddedOutputs();
        for (std::int64_t first = 0; first < frames; first += kRowsAtOnce) {
            const std::int64_t rows = std::min(kRowsAtOnce, frames - first);
            ask(layer, rows, x.data() + first * width);
            for (std::int64_t r = 0; r < rows; ++r) {
                float* row = m_query.data() + r * stride;
                const std::int64_t t = first + r;
                rotateHeads(2 * shape.heads, half, cosine.data() + t * half, sine.data() + t * half, row);
                keep(cache, frames, t, row);
                for (std::int64_t i = 0; i < width; ++i) queries[index(t * width + i)] = scale * row[i];
            }
        }
        if (layer + 1 == m_runtime.layers.size()) break;  // what leaves the last layer is not looked at
        for (std::int64_t first = 0; first < frames; first += kRowsAtOnce) {
            const std::int64_t rows = std::min(kRowsAtOnce, frames - first);
            for (std::int64_t r = 0; r < rows; ++r) {
                const std::int64_t t = first + r;
                const std::int64_t from = std::max<std::int64_t>(0, t - shape.window + 1);
                const std::int64_t to = std::min(frames, t + shape.window);
                const AttendedSpan span{cache.keys.data(), cache.values.data(), frames, from, to - from};
                attend(shape.heads, 2 * half, queries.data() + t * width, {&span, 1}, m_scores.data(),
                       m_mixed.data() + r * width);
            }
            finish(layer, rows, x.data() + first * width);
        }
    }
}

void CodePriorStream::step(std::span<const int> heard, bool wanted) {
    const CodePriorShape& shape = m_runtime.parameters.shape;
    const std::int64_t width = shape.width, window = shape.window;
    const std::int64_t half = width / shape.heads / 2;
    const float scale = 1.0F / std::sqrt(static_cast<float>(2 * half));
    const auto sequences = static_cast<std::int64_t>(m_told.size());
    for (std::size_t s = 0; s < m_told.size(); ++s)
        embed(heard, m_told[s].row(m_step), false, m_x.data() + s * index(width));
    turn(m_step, m_cosine.data(), m_sine.data());
    const std::int64_t from = std::max<std::int64_t>(0, m_step - window + 1);
    const std::int64_t to = std::min(m_remembered, m_step + window);
    for (std::size_t layer = 0; layer < m_runtime.layers.size(); ++layer) {
        ask(layer, sequences, m_x.data());
        const std::int64_t stride = m_runtime.layers[layer].query.paddedOutputs();
        for (std::int64_t s = 0; s < sequences; ++s) {
            float* row = m_query.data() + s * stride;
            rotateHeads(2 * shape.heads, half, m_cosine.data(), m_sine.data(), row);
            Cache& recent = m_recent[index(s)][layer];
            keep(recent, window, m_step % window, row);
            for (std::int64_t i = 0; i < width; ++i) row[i] *= scale;
            // The order of the places does not matter to attention: the ring needs no turning.
            std::array<AttendedSpan, 2> spans{AttendedSpan{recent.keys.data(), recent.values.data(), window,
                                                           0, std::min(m_step + 1, window)},
                                              AttendedSpan{}};
            std::size_t count = 1;
            if (from < to) {
                const Cache& memory = m_memory[index(s)][layer];
                spans[count++] = {memory.keys.data(), memory.values.data(), m_remembered, from, to - from};
            }
            attend(shape.heads, 2 * half, row, std::span(spans).first(count), m_scores.data(),
                   m_mixed.data() + s * width);
        }
        finish(layer, sequences, m_x.data());
    }
    ++m_step;
    if (!wanted) return;
    normaliseRows(sequences, width, m_x.data(), m_runtime.weights.finalGain, m_runtime.weights.finalBias,
                  m_normal.data());
    m_runtime.head.multiply(sequences, m_normal.data(), width, m_logits.data());
}

std::span<const float> CodePriorStream::logits(std::size_t sequence) const {
    const CodePriorShape& shape = m_runtime.parameters.shape;
    return std::span(m_logits).subspan(sequence * index(m_runtime.head.paddedOutputs()),
                                       index(shape.levels) * index(shape.codebookSize));
}

}  // namespace smidgen::models
