// What the mel autoencoder is trained on. Internal: includes LibTorch.
#pragma once

#include <ATen/ATen.h>

#include "engine/foundation/random.h"
#include "models/mel_vae_network.h"
#include "models/residual_quantiser.h"

namespace smidgen::models {

struct LossSettings {
    at::Tensor silence;   ///< per band, normalised: what lies below is not heard. Undefined: nothing does
    double beta = 0;      ///< weight of the divergence, per nat and latent frame
    double freeBits = 0;  ///< nats per dimension that cost nothing (Kingma et al. 2016)
    double bandDifferenceWeight = 0;
    // Of quantising models:
    double commitmentWeight = 0;
    double bypassShare = 0;   ///< of the sounds whose z goes to the decoder as it is
    double dropoutShare = 0;  ///< of the others that keep only a drawn number of levels
};

struct Loss {
    at::Tensor total;           ///< scalar, differentiable
    at::Tensor reconstruction;  ///< scalar: mean |x̂ − x|, normalised units
    at::Tensor divergence;      ///< scalar: nats per latent frame
    // Of quantising models:
    Quantised quantised;
    at::Tensor sounding;  ///< indices of the rows of quantised.inputs that are not silent
};

/// x̂ − x, with x̂ taken for silence where it lies below and x is silent. Gradients flow where something is to
/// be heard, however far below silence x̂ is.
[[nodiscard]] at::Tensor heardError(const at::Tensor& rebuilt, const at::Tensor& x,
                                    const at::Tensor& silence);

/// Which of B · L latent frames hold anything above silence. → indices, 64-bit.
[[nodiscard]] at::Tensor soundingFrames(const at::Tensor& x, std::int64_t fold, const at::Tensor& silence);

/// x: B × T × bands, normalised. L1 on the frames and on their differences along time and bands, plus β × KL
/// of z and g from the standard normal. The samples of the posterior are drawn from `random`. Quantising
/// models draw no z but replace it by codes, with the commitment instead of z's divergence.
[[nodiscard]] Loss lossOf(const MelVaeShape& shape, const MelVaeWeights& weights, const at::Tensor& codebooks,
                          const at::Tensor& x, const LossSettings& settings, Random& random);

}  // namespace smidgen::models
