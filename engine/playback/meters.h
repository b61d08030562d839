// Levels of what goes out or comes in.
#pragma once

namespace smidgen {

struct Meters {
    float peakDb[2] = {-120, -120};  ///< since the last read, dBFS, before clipping
    float rmsDb[2] = {-120, -120};   ///< 300 ms
    float momentaryLufs = -120;      ///< BS.1770 momentary (400 ms)
    bool clipped = false;            ///< since resetClip()
};

}  // namespace smidgen
