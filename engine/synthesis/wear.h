// What recording, mixing and copying do to a sound.
#pragma once

#include <span>

#include "engine/foundation/random.h"
#include "engine/synthesis/note.h"

namespace smidgen::synthesis {

enum class Saturation { soft, uneven, hard };
/// Distorts a signal of peak 1 pushed by `drive` (1…20), four times oversampled; the peak is 1 again.
void saturate(Signal& signal, Saturation kind, double drive);

/// By chance each: a room, saturation, equalisation, a lower bandwidth, a noise floor.
void wear(Random& random, Signal& signal);

/// Takes what lies below hearing away, sets the peak between −30 and −0.5 dBFS and by chance ends softly.
/// What is silent becomes faint noise.
void finish(Random& random, Signal& signal);

}  // namespace smidgen::synthesis
