// A codebook that follows the vectors given to it, as running averages (van den Oord et al. 2017, appendix
// A.1), with unused codes brought back to life. Torch-free.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/foundation/random.h"

namespace smidgen::models {

struct CodebookSettings {
    double decay = 0.99;         ///< of the running averages, per step
    double deadShare = 0.1;      ///< of a uniform share of the vectors: below it a code counts as unused
    int deadSteps = 50;          ///< so long unused, and a code is replaced
    int reservoirVectors = 512;  ///< recent vectors that replacements are drawn from
};

/// One level: `size` unit vectors of `dims` numbers. Every code keeps a running sum of its vectors and a
/// running count of them per step; the code is the direction of the sum. A replaced code takes sum and count
/// with it: were they left, the next update would bring the old code back. A value; not thread-safe.
class CodebookAverage {
 public:
    CodebookAverage() = default;
    CodebookAverage(int size, int dims, const CodebookSettings& settings);

    /// Takes centroids (size × dims, made unit vectors) as codes that stand for `counts` vectors per step.
    void start(std::span<const float> centroids, std::span<const float> counts);
    /// One step: the sum and number of the vectors that chose each code.
    void update(std::span<const float> sums, std::span<const float> counts);
    /// n × dims recent vectors to draw replacements from; the oldest ones make room.
    void remember(std::span<const float> vectors);
    /// Replaces codes unused for long by remembered vectors; returns how many.
    int revive(Random& random);

    [[nodiscard]] int size() const { return m_size; }
    [[nodiscard]] int dims() const { return m_dims; }
    [[nodiscard]] std::span<const float> codes() const { return m_codes; }  ///< size × dims, unit vectors

    /// Everything as numbers, for checkpoints: restoring gives an equal object.
    struct Memory {
        std::vector<float> codes, sums, counts, reservoir;
        std::vector<std::int64_t> idle;  ///< steps without use, per code; then the reservoir's next place
    };
    [[nodiscard]] Memory memory() const;
    /// False, and nothing changed, when the sizes are not those of this codebook.
    [[nodiscard]] bool restore(const Memory& memory);

 private:
    void setCode(int code);
    int m_size = 0, m_dims = 0;
    CodebookSettings m_settings;
    std::vector<float> m_codes, m_sums, m_counts;
    std::vector<std::int64_t> m_idle;
    std::vector<float> m_reservoir;
    std::size_t m_next = 0;  ///< place in the reservoir, in vectors
};

}  // namespace smidgen::models
