// The inner loops of searching: ranks (Space::rank) of many rows against one point, in single precision, for
// the processor that the program finds itself on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "storage/geometry/space.h"

namespace smidgen::storage {

/// Rows of a block lie side by side: number by number, kLanes rows each.
inline constexpr std::size_t kLanes = 16;

/// How ranks come about in a space; one for a whole index.
class RankShape {
 public:
    enum class Form {
        difference,  ///< Σ(x − y)²
        gap,         ///< 2c·Σ(u − v)²·α_u·α_v
        product      ///< Σ of squared distances of the factors
    };
    struct Part {
        FactorKind kind;
        std::size_t first;  ///< packed number where the factor starts
        std::size_t count;  ///< squared differences to add up
        float curvature;
    };

    explicit RankShape(const Space& space);

    [[nodiscard]] Form form() const { return m_form; }
    [[nodiscard]] const std::vector<Part>& parts() const { return m_parts; }
    /// Packed numbers of a point.
    [[nodiscard]] std::size_t columns() const { return m_columns; }
    /// Floats of a row by itself: columns() rounded up to whole cache lines, zeros at the end.
    [[nodiscard]] std::size_t rowFloats() const { return (m_columns + kLanes - 1) / kLanes * kLanes; }

 private:
    Form m_form = Form::product;
    std::vector<Part> m_parts;
    std::size_t m_columns = 0;
};

/// `rows` and `point` are rowFloats() long and lie on 64-byte borders; a block has columns() × kLanes floats
/// on such a border too. Ranks carry a relative error below RankBound's.
struct RankKernels {
    const char* name;
    /// The first block in [from, to) with a rank ≤ `threshold`, or `to`.
    std::size_t (*findBlock)(const RankShape& shape, const float* point, const float* blocks,
                             std::size_t from, std::size_t to, float threshold);
    /// All kLanes ranks of one block.
    void (*rankBlock)(const RankShape& shape, const float* point, const float* block, float* ranks);
    /// The ranks of rows that lie anywhere.
    void (*rankRows)(const RankShape& shape, const float* point, const float* const* rows, std::size_t count,
                     float* ranks);
};

/// What this processor can run, the slowest first: "portable" always, then "avx2", "avx512".
[[nodiscard]] std::span<const RankKernels> availableRankKernels();
[[nodiscard]] inline const RankKernels& bestRankKernels() {
    return availableRankKernels().back();
}

}  // namespace smidgen::storage
