// Tools that move, add and take away events: density and pulse.
#pragma once

#include <span>
#include <vector>

#include "engine/analysis/descriptors.h"

namespace smidgen {

/// Where something begins in a sound, in samples, ascending, and how strongly (0 … 1).
struct SoundEvent {
    std::size_t start = 0;
    double strength = 0;
    double away = 0;    ///< −1 … 1: where it goes, toward the one before or after, when a pulse is to go
    double softer = 0;  ///< 0 … 1: and how much softer it gets
};

/// Events of a mono sound at 48 kHz, and its tempo. Any thread. The same for the same sound.
struct EventMap {
    std::vector<SoundEvent> events;
    TempoEstimate tempo;
};
[[nodiscard]] EventMap findEvents(std::span<const float> mono);
/// Where events go when a pulse is to go: drawn again and again, as long as less of a pulse is left by it.
/// Takes some ten milliseconds for a second of sound.
void drawUnrest(EventMap& map, std::span<const float> mono);

/// Where each slice of a sound (from one event to the next; what lies before the first is a slice, too)
/// goes, and how loud it is. Made once for a sound and an amount, used on each of its channels.
struct Slice {
    std::size_t from = 0, length = 0;  ///< of the sound
    std::size_t to = 0;                ///< where it begins in the result
    float gain = 1;
};
/// `density` below 0 quietens events, the weakest first, by up to 40 dB, and lets each die away, by up to 80
/// dB a second after its first 80 ms; `pulse` above 0 moves events toward the beats of the tempo and their
/// halves, below 0 to uneven times and levels, each by its own amount, at most 0.48 of the way to its
/// neighbour and 14 dB. Empty when nothing changes.
[[nodiscard]] std::vector<Slice> planSlices(const EventMap& map, std::size_t length, double density,
                                            double pulse);
/// Slices in their places, with seams of 5 ms; as long as `signal`.
[[nodiscard]] std::vector<float> playSlices(std::span<const float> signal, std::span<const Slice> slices);

/// `density` above 0: up to seven copies of the sound over it, each elsewhere in time (going round), whole
/// beats apart where there is a tempo; one after the other they come in as the density rises. In place.
void layerCopies(std::vector<float>& signal, const TempoEstimate& tempo, double density);

}  // namespace smidgen
