// The inner loops of the codecs. Pointers of one call do not overlap unless said otherwise.
#pragma once

#include <cstddef>
#include <cstdint>

namespace smidgen::storage {

struct Difference {
    float largest = 0;
    double squares = 0;  ///< sum of squared differences
};

[[nodiscard]] Difference differenceOf(const float* a, const float* b, std::size_t count);
[[nodiscard]] std::size_t finiteCount(const float* values, std::size_t count);
/// Of finite values.
[[nodiscard]] float largestMagnitude(const float* values, std::size_t count);

/// steps[i] = the whole number nearest to values[i] / step.
void quantise(const float* values, float step, std::int32_t* steps, std::size_t count);
/// The same with everything nearer to 0 than `deadZone` steps (½ … 1) taken as 0.
void quantiseDeadZone(const float* values, float step, float deadZone, std::int32_t* steps,
                      std::size_t count);
void restore(const std::int32_t* steps, float step, float* values, std::size_t count);
/// quantise, then restore.
void requantise(const float* values, float step, float* restored, std::size_t count);

/// Lorenzo prediction (Ibarria et al., 2003) of one row: residual = step − left − up + up-left, `stride`
/// values to the left; `above` is null for the first row. Zigzag-coded. Wraps around instead of overflowing.
void lorenzoRow(const std::int32_t* row, const std::int32_t* above, std::uint32_t* residuals,
                std::size_t stride, std::size_t count);
/// The inverse.
void lorenzoRestoreRow(const std::uint32_t* residuals, const std::int32_t* above, std::int32_t* row,
                       std::size_t stride, std::size_t count);

/// A linear prediction from what lies around, in parts of kWeightUnit.
struct Weights {
    std::int32_t left = 0, up = 0, upLeft = 0, upRight = 0;
};
inline constexpr int kWeightBits = 12;
inline constexpr std::int32_t kWeightUnit = 1 << kWeightBits;

/// As lorenzoRow with these weights; what would lie beyond the last column is taken from above.
void predictRow(const std::int32_t* row, const std::int32_t* above, const Weights& weights,
                std::uint32_t* residuals, std::size_t stride, std::size_t count);
/// The inverse.
void predictRestoreRow(const std::uint32_t* residuals, const std::int32_t* above, const Weights& weights,
                       std::int32_t* row, std::size_t stride, std::size_t count);

/// 0, −1, 1, −2, … → 0, 1, 2, 3, …, in place of `from`'s sign.
void zigzag(const std::int32_t* from, std::uint32_t* to, std::size_t count);
void unzigzag(const std::uint32_t* from, std::int32_t* to, std::size_t count);

/// Byte `plane` (0 lowest) of every value; and back, over what lower planes have put there.
void takePlane(const std::uint32_t* values, unsigned plane, std::byte* bytes, std::size_t count);
void addPlane(const std::byte* bytes, unsigned plane, std::uint32_t* values, std::size_t count);
/// All bits that any value has.
[[nodiscard]] std::uint32_t bitsUsed(const std::uint32_t* values, std::size_t count);

}  // namespace smidgen::storage
