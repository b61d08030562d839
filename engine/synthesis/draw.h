// Drawing parameters: each call takes one number from the generator.
#pragma once

#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <span>

#include "engine/foundation/random.h"

namespace smidgen::synthesis {

[[nodiscard]] inline bool chance(Random& random, double probability) {
    return random.uniform() < probability;
}
/// From low to high, equally likely per octave.
[[nodiscard]] inline double logUniform(Random& random, double low, double high) {
    return low * std::pow(high / low, random.uniform());
}
/// A whole number from low to high, both included.
[[nodiscard]] inline int between(Random& random, int low, int high) {
    return low + static_cast<int>(random.below(static_cast<std::uint64_t>(high - low + 1)));
}
template <typename T>
[[nodiscard]] T pick(Random& random, std::initializer_list<T> choices) {
    return choices.begin()[random.below(choices.size())];
}
template <typename T>
[[nodiscard]] const T& pick(Random& random, std::span<const T> choices) {
    return choices[random.below(choices.size())];
}
/// An index, with probability in proportion to its weight.
[[nodiscard]] inline std::size_t pickWeighted(Random& random, std::span<const double> weights) {
    double total = 0;
    for (const double weight : weights) total += weight;
    double rest = random.uniform() * total;
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
        rest -= weights[i];
        if (rest < 0) return i;
    }
    return weights.size() - 1;
}
/// White, unit variance, near-normal: the sum of four uniform 16-bit numbers.
[[nodiscard]] inline float whiteNoise(Random& random) {
    const std::uint64_t bits = random.bits();
    const auto sum = static_cast<std::int32_t>((bits & 0xffff) + ((bits >> 16) & 0xffff) +
                                               ((bits >> 32) & 0xffff) + (bits >> 48));
    constexpr float kScale = 1.7320508F / 65536.0F;  // four uniforms of width 65536 have variance 65536² / 3
    return static_cast<float>(sum - 131070) * kScale;
}

}  // namespace smidgen::synthesis
