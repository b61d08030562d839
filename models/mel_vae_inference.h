// Encoding and decoding sounds of any length with bounded memory. Internal: includes LibTorch.
#pragma once

#include <span>
#include <vector>

#include "models/mel_vae_network.h"
#include "models/mel_vae_state.h"

namespace smidgen::models {

/// logMel: T × bands on the host, T ≥ 1; the last frame is repeated to fill a latent frame. Runs in pieces
/// that overlap by what the network sees, so that the result is the one of a single run. z is not quantised.
[[nodiscard]] Latents encodeSound(const MelVaeState& state, const MelVaeWeights& weights,
                                  std::span<const float> logMel);

/// Of quantising models: the nearest codes of continuous or quantised latents, and the latents of codes (of
/// the first `levels`).
[[nodiscard]] MelCodes codesOfLatents(const MelVaeState& state, const MelVaeWeights& weights,
                                      const Latents& latents);
[[nodiscard]] Latents latentsOfCodes(const MelVaeState& state, const MelVaeWeights& weights,
                                     const MelCodes& codes, int levels);

/// → frames × fold × bands on the host. latents.g: one for the sound or one per latent frame.
[[nodiscard]] std::vector<float> decodeSound(const MelVaeState& state, const MelVaeWeights& weights,
                                             const Latents& latents);

}  // namespace smidgen::models
