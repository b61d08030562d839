// The numbers of the mel autoencoder: one flat buffer, seen as named tensors. Internal: includes LibTorch.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "models/mel_vae.h"
#include "models/parameters.h"

namespace smidgen::models {

/// A level of the quantiser: z's residual is turned to codeDims numbers, made a unit vector, replaced by the
/// nearest code and turned back (factorised, normalised codes: Yu et al. 2022).
struct LevelWeights {
    at::Tensor inWeight, inBias;    ///< z → codeDims
    at::Tensor outWeight, outBias;  ///< codeDims → z
};

/// All trained tensors. z and g have straight linear roads beside the network, which start as principal
/// components of the collection: g (globalEncode, globalDecode) of what sounds are on average over time, z
/// (linearEncode, linearDecode) of how they differ from that average, which latentFromGlobal takes away.
struct MelVaeWeights {
    at::Tensor inputWeight, inputBias;    ///< bands → W
    std::vector<BlockWeights> encoder;    ///<
    at::Tensor linearEncode;              ///< fold · bands → z
    at::Tensor latentWeight, latentBias;  ///< fold · W → mean and log-variance of z
    at::Tensor poolWeight, poolBias;      ///< fold · W → attention score
    at::Tensor poolEncode;                ///< bands → attention score
    at::Tensor globalWeight, globalBias;  ///< fold · W → mean and log-variance of g
    at::Tensor globalEncode;              ///< bands → g
    at::Tensor latentFromGlobal;          ///< g → z
    std::vector<LevelWeights> levels;     ///< of the quantiser
    at::Tensor linearDecode;              ///< z → fold · bands
    at::Tensor globalDecode;              ///< g → bands
    at::Tensor expandWeight, expandBias;  ///< z → fold · W
    at::Tensor filmWeight, filmBias;      ///< g → per decoder block W gains, W shifts
    std::vector<BlockWeights> decoder;    ///<
    at::Tensor outputWeight, outputBias;  ///< W → bands
};

/// How log-mel enters and leaves the network: (m − mean) / scale. Not trained.
struct MelNormalisation {
    at::Tensor mean;  ///< per band
    float scale = 1;
};

/// Names of the quantiser's slots begin with this.
inline constexpr const char* kLevelPrefix = "level.";

/// Every tensor, in the order of the flat buffer.
[[nodiscard]] ParameterSlots parameterSlots(const MelVaeShape& shape, MelVaeWeights& weights);

/// Refuses sizes no Smidgen model has (they would ask for absurd amounts of memory): invalidArgument.
[[nodiscard]] Status validate(const MelVaeShape& shape);

/// A flat 32-bit buffer and its views.
struct FlatWeights {
    at::Tensor flat;
    MelVaeWeights views;
    std::int64_t decayed = 0;  ///< length of the leading part that weight decay applies to
};
[[nodiscard]] FlatWeights makeWeights(const MelVaeShape& shape, const at::Device& device);

/// Points `views` into `flat`, in slot order.
void viewFlat(const MelVaeShape& shape, const at::Tensor& flat, MelVaeWeights& views);

/// The views again as leaves of an autograd graph, sharing memory with `weights`, in slot order.
[[nodiscard]] std::vector<at::Tensor> gradientLeaves(const MelVaeShape& shape, const at::Tensor& flat,
                                                     MelVaeWeights& views);

/// Draws the start of a training: small random networks whose last layers are zero, so that the linear road
/// alone speaks at first.
void initialise(const MelVaeShape& shape, std::uint64_t seed, FlatWeights& weights);

}  // namespace smidgen::models
