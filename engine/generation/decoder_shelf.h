// Decoders by name.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/generation/mel_decoder.h"

namespace smidgen {

/// The one that needs no weights.
inline constexpr const char* kGriffinLimDecoder = "griffin-lim";

/// Identities of the trained decoders that come with the program, smallest first: a size and the beginning of
/// the file's hash, e.g. "standard-1f0c9a77", so that a recipe names the very weights it was made with.
/// Thread-safe.
[[nodiscard]] std::vector<std::string> shippedDecoders();

/// What new takes use: "standard" when it came with the program, else the largest that did, else
/// kGriffinLimDecoder.
[[nodiscard]] std::string defaultDecoder();

/// `name`: kGriffinLimDecoder, an identity of shippedDecoders(), a size ("draft"), or a decoder's file.
/// Weights are loaded once and shared; on the CPU, so that a take is the same everywhere. Thread-safe.
/// Errors: notFound naming what there is, and those of WaveDecoder::load.
[[nodiscard]] Result<std::unique_ptr<MelDecoder>> makeDecoder(const std::string& name,
                                                              int griffinLimIterations);

}  // namespace smidgen
