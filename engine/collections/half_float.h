// IEEE 754 binary16, in bulk.
#pragma once

#include <cstdint>
#include <span>

namespace smidgen {

/// Rounds to nearest even; beyond ±65504 gives infinity, not-a-number stays. Uses F16C where the processor
/// has it, with the same results. Spans of equal length.
void toHalf(std::span<const float> values, std::span<std::uint16_t> halves);
/// Exact.
void fromHalf(std::span<const std::uint16_t> halves, std::span<float> values);

namespace portable {
[[nodiscard]] std::uint16_t toHalf(float value);
[[nodiscard]] float fromHalf(std::uint16_t half);
}  // namespace portable

}  // namespace smidgen
