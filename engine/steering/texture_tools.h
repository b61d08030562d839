// Tools for what is heard inside a sound's texture: roughness and tension.
#pragma once

#include <span>
#include <vector>

namespace smidgen {

/// `amount` 0 … 1: amplitude modulation at 70 Hz, where beating is roughest: up to 0.6 ever deeper, beyond
/// ever sharper; in place.
void roughen(std::span<float> signal, double amount);

/// `amount` 0 … 1: evens out what fluctuates in each 94 Hz band between 20 and 190 Hz, and leaves attacks
/// alone.
[[nodiscard]] std::vector<float> smoothBeating(std::span<const float> signal, double amount);

/// `amount` 0 … 1: over the sound two copies of it, 80 cents above and 110 below, at the same speed; in
/// place.
void detune(std::vector<float>& signal, double amount);

/// `amount` 0 … 1: quietens, by up to 36 dB, what lies between the first 24 harmonics of the note that most
/// of a moment's partials belong to: one of 80 to 640 Hz, found for each second, and left only for one that
/// holds more. What lies below the note and above its harmonics stays.
[[nodiscard]] std::vector<float> consonate(std::span<const float> signal, double amount);

}  // namespace smidgen
