// Sounds as codes together with what is known about them. Torch-free.
#pragma once

#include <string>
#include <vector>

#include "models/mel_codes.h"

namespace smidgen::models {

inline constexpr int kDescriptors = 8;

/// What is known about a whole sound beside its codes; each part may be missing.
struct SoundConditions {
    std::vector<float> descriptors;  ///< kDescriptors values in their own units, or empty
    std::vector<float> global;       ///< the global vector g of its encoder, or empty
};

/// A sound a prior learns from, or was trained on.
struct CodedSound {
    std::string name;
    MelCodes grid;  ///< its codes; g is not read here, `conditions` holds it
    SoundConditions conditions;
};

}  // namespace smidgen::models
