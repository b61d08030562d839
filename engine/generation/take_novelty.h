// How new a take is, as a value.
#pragma once

#include <string>

namespace smidgen {

struct TakeNovelty {
    double novelty = 0;   ///< distance to the training / that of unheard sounds: 1 is as new as unheard
    std::string closest;  ///< training sound
    double closestDistance = 0;  ///< mean |log10 mel difference| of half-second windows
    double sharedSeconds = 0;    ///< longest stretch that is a training sound's code for code
    bool copied = false;
    bool operator==(const TakeNovelty&) const = default;
};

}  // namespace smidgen
