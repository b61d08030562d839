// How much sounds before an attack that was not there.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace smidgen {

/// Places, in samples, where a signal at 48 kHz jumps: the 5 ms that follow hold more than 100 times (20 dB)
/// the energy of the 20 ms before, per sample, and stand less than 40 dB below the loudest 5 ms. At least 50
/// ms apart.
[[nodiscard]] std::vector<std::int64_t> findAttacks(std::span<const float> signal);

/// Over all attacks of the reference: the energy per sample that the other signal has in the 18 to 2 ms
/// before, less the reference's own there (never below zero), over the reference's energy per sample in the 5
/// ms after; in dB of the mean ratio. Minus infinity without attacks or without pre-echo. `attacks`, if
/// given, gets their count.
[[nodiscard]] double preEchoDb(std::span<const float> reference, std::span<const float> other,
                               int* attacks = nullptr);

}  // namespace smidgen
