// Decoders by name.
#pragma once

#include <filesystem>
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

/// What sounds are decoded with when their mel is their own: "standard" when it came with the program, else
/// the largest that did, else kGriffinLimDecoder.
[[nodiscard]] std::string bestDecoder();

/// What new takes, previews and round trips use, whose mels a model made: bestDecoder() when it learned such
/// mels too (its file says so), else kGriffinLimDecoder, which bears their errors better.
[[nodiscard]] std::string defaultDecoder();

/// Metadata key of a decoder's file that says so, with any value.
inline constexpr const char* kLearnedModelsMels = "learned_mels_of_models";

/// What a recipe should hold for a name that a person gave: an identity, a file's full path,
/// kGriffinLimDecoder. Errors: notFound naming what there is.
[[nodiscard]] Result<std::string> decoderIdentity(const std::string& name);

/// The weights of a decoder that a person named. Errors: notFound; invalidArgument for kGriffinLimDecoder,
/// which has none.
[[nodiscard]] Result<std::filesystem::path> decoderFile(const std::string& name);

/// `name`: kGriffinLimDecoder, an identity of shippedDecoders(), a size ("draft"), or a decoder's file.
/// Weights are loaded once and shared; on the CPU, so that a take is the same everywhere. Thread-safe.
/// Errors: notFound naming what there is, and those of WaveDecoder::load.
[[nodiscard]] Result<std::unique_ptr<MelDecoder>> makeDecoder(const std::string& name,
                                                              const GriffinLimDecoding& griffinLim = {});

}  // namespace smidgen
