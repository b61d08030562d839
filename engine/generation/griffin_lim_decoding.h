// How the decoder that needs no weights goes about it.
#pragma once

namespace smidgen {

struct GriffinLimDecoding {
    int iterations = 48;
    /// Of putting the mel right afterwards (engine/analysis/mel_correction.h); 0: none. Two of them take 4 to
    /// 12 % off the mel L1 and 3 to 7 % off the multi-resolution STFT distance of what models made of
    /// held-out sounds.
    int rounds = 2;
    bool operator==(const GriffinLimDecoding&) const = default;
};

}  // namespace smidgen
