// A larger wave decoder that says at first what a smaller one does. Internal: includes LibTorch.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>

#include "engine/foundation/result.h"
#include "models/wave_decoder.h"

namespace smidgen::models {

/// flat: weights of a decoder of shape `from` → those of shape `to`, with the same outputs (Net2Net, Chen et
/// al. 2016): every unit is there to.width / from.width times, what reads it is shared out among the copies
/// unevenly (drawn from the seed) so that they part when trained; blocks beyond those of `from` begin by
/// adding nothing. Errors: invalidArgument unless the width is a whole multiple, there are at least as many
/// blocks, and all else is equal.
[[nodiscard]] Result<at::Tensor> grown(const WaveDecoderShape& from, const at::Tensor& flat,
                                       const WaveDecoderShape& to, std::uint64_t seed);

}  // namespace smidgen::models
