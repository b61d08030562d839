// Tools that follow or shape the level over time: strokes, swells, rooms.
#pragma once

#include <span>
#include <vector>

#include "engine/analysis/descriptors.h"

namespace smidgen {

/// A gain for each sample, from mid, for all channels. `rhythm` −1 … 1 softens or sharpens attacks: a fast
/// level over a slow one, to a power. `pulse` above 0: each beat of `tempo`, or of 120 a minute where it has
/// none, swells and dies away, the first of them at `phase` samples. Empty when nothing changes.
[[nodiscard]] std::vector<float> levelGains(std::span<const float> mid, double rhythm, double pulse,
                                            const TempoEstimate& tempo, std::size_t phase);

/// `amount` 0 … 1: a room of 0.4 … 4 s, up to as loud as the sound. A feedback delay network (Jot & Chaigne
/// 1991) of eight lines whose lengths `channel` 0, 1 … changes a little, so that two channels are two sides
/// of one room; high frequencies are damped, by as much whatever the amount. The sound stays as long
/// as it is: what would ring after its end is cut. In place.
void addRoom(std::vector<float>& signal, double amount, int channel);

}  // namespace smidgen
