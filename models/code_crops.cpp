#include "models/code_crops.h"

#include <algorithm>
#include <cmath>

#include "engine/foundation/random.h"

namespace smidgen::models {
namespace {

constexpr std::uint64_t kSequenceStream = 0x73657175656e6365ULL;
constexpr std::uint64_t kFillStream = 0x66696c6cULL;
/// Of the steps that fill in: whole columns, columns of the finer levels, single cells.
constexpr double kColumns = 0.6;
constexpr double kFinerColumns = 0.25;
constexpr double kSingleCells = 0.3;

CodeBatch emptyBatch(const CodePriorShape& shape, int sounds, int frames) {
    CodeBatch batch;
    batch.sounds = sounds;
    batch.frames = frames;
    const auto rows = static_cast<std::size_t>(sounds) * static_cast<std::size_t>(frames);
    batch.targets.assign(rows * static_cast<std::size_t>(shape.levels), -1);
    batch.inputs.assign(batch.targets.size(), absentCode(shape));
    batch.conditions.resize(rows * static_cast<std::size_t>(kDescriptors + shape.globalDims));
    batch.positions.resize(rows * kPositionFeatures);
    batch.present.resize(rows * kConditionParts);
    return batch;
}

/// Frames [from, from + count) of `sound` become the sequence's frames from `at` on.
void place(const CodePriorShape& shape, const ConditionScale& scale, const CodedSound& sound,
           std::int64_t from, std::int64_t count, std::size_t row, CodeBatch& batch) {
    const auto levels = static_cast<std::size_t>(shape.levels);
    const auto conditions = static_cast<std::size_t>(kDescriptors + shape.globalDims);
    for (std::int64_t t = 0; t < count; ++t, ++row) {
        const auto source = static_cast<std::size_t>(from + t) * levels;
        for (std::size_t l = 0; l < levels; ++l) {
            batch.targets[row * levels + l] = sound.grid.codes[source + l];
            batch.inputs[row * levels + l] = sound.grid.codes[source + l];
        }
        conditionFeatures(shape, scale, sound.conditions, &batch.conditions[row * conditions],
                          &batch.present[row * kConditionParts]);
        positionFeatures(shape, from + t, sound.grid.frames().value,
                         &batch.positions[row * kPositionFeatures]);
    }
}

/// Which cells of a sequence are to be filled in.
std::vector<std::uint8_t> drawHoles(Random& random, int frames, int levels) {
    std::vector<std::uint8_t> hidden(static_cast<std::size_t>(frames) * static_cast<std::size_t>(levels));
    const double kind = random.uniform();
    if (kind < kColumns + kFinerColumns) {
        const int lowest = kind < kColumns || levels < 2
                               ? 0
                               : 1 + static_cast<int>(random.below(static_cast<std::uint64_t>(levels - 1)));
        // Short holes are as likely as long ones: lengths spread evenly over their logarithm.
        const double length = std::exp(random.uniform(0, std::log(0.75 * frames)));
        const int count = std::clamp(static_cast<int>(length), 1, frames);
        const int first = static_cast<int>(random.below(static_cast<std::uint64_t>(frames - count + 1)));
        for (int t = first; t < first + count; ++t)
            for (int l = lowest; l < levels; ++l) hidden[static_cast<std::size_t>(t * levels + l)] = 1;
    } else {
        for (std::uint8_t& cell : hidden) cell = random.uniform() < kSingleCells ? 1 : 0;
    }
    return hidden;
}

}  // namespace

CodeCrops::CodeCrops(const CodePriorShape& shape, const ConditionScale& scale,
                     std::span<const CodedSound> sounds, const CodeCropSettings& settings)
    : m_shape(shape), m_scale(scale), m_sounds(sounds), m_settings(settings) {
    double sum = 0;
    for (const CodedSound& sound : sounds) {
        sum += std::sqrt(static_cast<double>(sound.grid.frames().value));
        m_cumulative.push_back(sum);
    }
}

CodeBatch CodeCrops::batch(std::uint64_t step) const {
    CodeBatch batch = emptyBatch(m_shape, m_settings.batchSize, m_settings.frames);
    Random random(mixSeed(m_settings.seed, kFillStream, step));
    if (random.uniform() < m_settings.fillShare) batch.memory = batch.inputs;
    for (int slot = 0; slot < m_settings.batchSize; ++slot) fill(batch, slot, step);
    return batch;
}

void CodeCrops::fill(CodeBatch& batch, int slot, std::uint64_t step) const {
    Random random(mixSeed(m_settings.seed, kSequenceStream, step, static_cast<std::uint64_t>(slot)));
    const auto levels = static_cast<std::size_t>(m_shape.levels);
    const auto firstRow = static_cast<std::size_t>(slot) * static_cast<std::size_t>(m_settings.frames);
    for (std::int64_t at = 0; at < m_settings.frames;) {
        const double draw = random.uniform(0, m_cumulative.back());
        const auto found = std::ranges::upper_bound(m_cumulative, draw);
        const auto index =
            std::min(static_cast<std::size_t>(found - m_cumulative.begin()), m_sounds.size() - 1);
        const std::int64_t length = m_sounds[index].grid.frames().value;
        const std::int64_t room = m_settings.frames - at;
        // The first sound may have begun before the sequence; a later one begins in it.
        std::int64_t from = 0;
        if (at == 0 && length > 1) {
            const std::int64_t latest = std::max<std::int64_t>(length - room, length / 2);
            from = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(latest) + 1));
            if (random.uniform() < 0.25) from = 0;
        }
        const std::int64_t count = std::min(room, length - from);
        place(m_shape, m_scale, m_sounds[index], from, count, firstRow + static_cast<std::size_t>(at), batch);
        at += count;
    }

    const bool untold = random.uniform() < m_settings.drop;
    bool told[kConditionParts];
    for (bool& part : told) part = random.uniform() >= m_settings.drop && !untold;
    for (std::size_t row = firstRow; row < firstRow + static_cast<std::size_t>(m_settings.frames); ++row)
        for (std::size_t part = 0; part < kConditionParts; ++part)
            if (!told[part]) batch.present[row * kConditionParts + part] = 0;

    const std::size_t firstCell = firstRow * levels;
    const std::size_t cells = static_cast<std::size_t>(m_settings.frames) * levels;
    if (!batch.memory.empty()) {
        const auto hidden = drawHoles(random, m_settings.frames, m_shape.levels);
        for (std::size_t i = 0; i < cells; ++i) {
            const bool known = hidden[i] == 0;
            batch.memory[firstCell + i] = known ? batch.inputs[firstCell + i] : hiddenCode(m_shape);
            if (known) batch.targets[firstCell + i] = -1;
        }
    }
    const double noise = m_settings.inputNoise * random.uniform(0, 2);
    for (std::size_t i = firstCell; i < firstCell + cells; ++i)
        if (random.uniform() < noise) batch.inputs[i] = hiddenCode(m_shape);
}

std::vector<CodeBatch> wholeSoundBatches(const CodePriorShape& shape, const ConditionScale& scale,
                                         std::span<const CodedSound> sounds, int frames, int batchSize) {
    struct Piece {
        const CodedSound* sound;
        std::int64_t from, count;
    };
    std::vector<Piece> pieces;
    for (const CodedSound& sound : sounds) {
        const std::int64_t length = sound.grid.frames().value;
        for (std::int64_t from = 0; from < length; from += frames)
            pieces.push_back({&sound, from, std::min<std::int64_t>(frames, length - from)});
    }
    std::vector<CodeBatch> batches;
    for (std::size_t first = 0; first < pieces.size(); first += static_cast<std::size_t>(batchSize)) {
        const auto count = std::min(static_cast<std::size_t>(batchSize), pieces.size() - first);
        CodeBatch batch = emptyBatch(shape, static_cast<int>(count), frames);
        for (std::size_t i = 0; i < count; ++i) {
            const Piece& piece = pieces[first + i];
            place(shape, scale, *piece.sound, piece.from, piece.count, i * static_cast<std::size_t>(frames),
                  batch);
        }
        batches.push_back(std::move(batch));
    }
    return batches;
}

ConditionScale conditionScaleOf(const CodePriorShape& shape, std::span<const CodedSound> sounds) {
    constexpr double kLeastDeviation = 1e-3;
    const auto globals = static_cast<std::size_t>(shape.globalDims);
    const std::size_t all = kDescriptors + globals;
    std::vector<double> count(all), sum(all), square(all);
    const auto add = [&](const std::vector<float>& values, std::size_t first, std::size_t wanted) {
        if (values.size() != wanted) return;
        for (std::size_t i = 0; i < wanted; ++i) {
            count[first + i] += 1;
            sum[first + i] += values[i];
            square[first + i] += static_cast<double>(values[i]) * values[i];
        }
    };
    for (const CodedSound& sound : sounds) {
        add(sound.conditions.descriptors, 0, kDescriptors);
        add(sound.conditions.global, kDescriptors, globals);
    }
    ConditionScale scale;
    for (std::size_t i = 0; i < all; ++i) {
        const double n = std::max(1.0, count[i]);
        const double mean = sum[i] / n;
        const double deviation = std::sqrt(std::max(0.0, square[i] / n - mean * mean));
        scale.mean.push_back(static_cast<float>(mean));
        scale.scale.push_back(static_cast<float>(count[i] > 1 ? std::max(deviation, kLeastDeviation) : 1.0));
    }
    return scale;
}

}  // namespace smidgen::models
