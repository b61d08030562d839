// Struck things as sums of decaying modes, with the ratios physics gives them.
#pragma once

#include <vector>

#include "engine/foundation/random.h"
#include "engine/synthesis/note.h"

namespace smidgen::synthesis {

enum class Struck { freeBar, clampedBar, tunedBar, membrane, plate, bell, bowl, tube };

/// Mode frequencies relative to the lowest, ascending, at most `count`: bars after Euler and Bernoulli, the
/// membrane from the zeros of Bessel functions, a simply supported plate of side ratio `shape`, bells after
/// the partials founders tune (hum, prime, tierce, quint, nominal …), bowls n².
[[nodiscard]] std::vector<double> modeRatios(Struck what, int count, double shape);

struct ModalTone {
    struct Mode {
        double ratio = 1;
        double amplitude = 1;
        double decay = 1;  ///< seconds to −60 dB
    };
    std::vector<Mode> modes{};
    double malletSeconds = 0.001;  ///< contact time: a longer one is softer
    double contactNoise = 0.02;
    double strikesPerSecond = 0;  ///< a roll; 0: one strike
    double muteSeconds = 0;       ///< decay after the note is let go; 0: rings on
};
[[nodiscard]] Signal render(const ModalTone& tone, const Note& note);
[[nodiscard]] ModalTone drawModalTone(Random& random);
[[nodiscard]] ModalTone drawModalTone(Random& random, Struck what);

}  // namespace smidgen::synthesis
