// Rooms: the first reflections of a box, then a diffuse tail.
#pragma once

#include <array>
#include <span>

#include "engine/foundation/random.h"
#include "engine/synthesis/note.h"

namespace smidgen::synthesis {

struct Room {
    std::array<double, 3> size{6, 4.5, 2.8};  ///< metres
    double decay = 0.8;                       ///< seconds to −60 dB at low frequencies
    double highShare = 0.5;                   ///< of the decay, at the highest frequencies: 0.05…1
    double early = 1;                         ///< gain of the first reflections
    double late = 1;                          ///< gain of the tail
    double delay = 0;                         ///< seconds before the tail, on top of the box's own
    std::uint64_t seed = 1;                   ///< where source and listener are
};
/// What the room answers, without the direct sound; as long as `dry`. First reflections: image sources up to
/// the third order (Allen & Berkley 1979). Tail: a feedback network of eight delays mixed by a Hadamard
/// matrix (Jot & Chaigne 1991), each losing what its length should at low and high frequencies.
[[nodiscard]] Signal reverberate(std::span<const float> dry, const Room& room);
/// Boxes, rooms, halls, plates, churches.
[[nodiscard]] Room drawRoom(Random& random);

}  // namespace smidgen::synthesis
