// The prior step by step with a key-value cache. Torch-free.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "models/code_prior_kernels.h"
#include "models/code_prior_weights.h"
#include "models/packed_matrix.h"

namespace smidgen::models {

/// A prior's weights made ready for inference. Immutable: shared by all streams.
struct PriorRuntime {
    explicit PriorRuntime(PriorParameters parameters);
    PriorRuntime(const PriorRuntime&) = delete;
    PriorRuntime& operator=(const PriorRuntime&) = delete;

    struct Layer {
        PackedMatrix query, out, up, down;
    };
    PriorParameters parameters;
    PriorWeights<const float*> weights;  ///< into parameters.flat
    std::vector<Layer> layers;
    PackedMatrix head;
};

/// What is said about each frame, as a row that is added to a step's embedding.
class ToldRows {
 public:
    /// One row for each frame of all sections. `told` false: without descriptors and global vector.
    ToldRows(const PriorRuntime& runtime, std::span<const PriorSection> sections, bool told);
    /// The last row also stands for what comes after it.
    [[nodiscard]] const float* row(std::int64_t frame) const;

 private:
    std::int64_t m_frames = 0, m_width = 0;
    std::vector<float> m_rows;
};

/// One or more sequences that hear the same codes but are told different things, in step. One thread.
class CodePriorStream {
 public:
    /// Keeps references. `told`: one per sequence.
    CodePriorStream(const PriorRuntime& runtime, std::span<const ToldRows> told);

    /// Before the first step: the surroundings of what is filled in, frames × levels of codes, hidden where
    /// open.
    void remember(std::span<const int> cells);
    /// Hears what the step before held (one row of levels; absentCode() where there is none) and thinks. With
    /// `wanted` false, the logits are not computed: for steps whose codes are known already.
    void step(std::span<const int> heard, bool wanted);
    /// Of the last step: levels · codebookSize values of a sequence.
    [[nodiscard]] std::span<const float> logits(std::size_t sequence) const;

 private:
    struct Cache {
        std::vector<float> keys, values;
    };
    /// Cosines and sines of a head's pairs at a time.
    void turn(std::int64_t time, float* cosine, float* sine) const;
    void embed(std::span<const int> codes, const float* told, bool memory, float* out) const;
    void keep(Cache& cache, std::int64_t capacity, std::int64_t place, const float* row) const;
    void rememberFor(std::size_t sequence, std::span<const int> cells);
    /// m_query ← queries, keys and values of the rows of `x`.
    void ask(std::size_t layer, std::int64_t rows, const float* x);
    /// x ← x + what was attended to (m_mixed), then the feed-forward part.
    void finish(std::size_t layer, std::int64_t rows, float* x);
    void addProduct(const PackedMatrix& matrix, std::int64_t rows, const float* in, std::int64_t stride,
                    float* x);

    const PriorRuntime& m_runtime;
    std::span<const ToldRows> m_told;
    std::int64_t m_step = 0;
    std::int64_t m_remembered = 0;                       ///< frames
    std::vector<std::vector<Cache>> m_recent, m_memory;  ///< sequence × layer
    std::vector<double> m_frequency;
    std::vector<float> m_x, m_normal, m_query, m_mixed, m_inner, m_product, m_logits;
    std::vector<float> m_scores, m_cosine, m_sine, m_noBias;
};

}  // namespace smidgen::models
