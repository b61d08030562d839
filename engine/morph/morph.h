// Sound from a place in a wavetable cube, or along a path through it.
#pragma once

#include <optional>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/generation/mel_decoder.h"
#include "engine/morph/cube_node.h"
#include "models/mel_vae.h"
#include "storage/wavetable/node_source.h"
#include "storage/wavetable/sample_plan.h"

namespace smidgen {

inline constexpr int kMostPasses = 1000;
inline constexpr double kLongestMorph = 3600.0;  ///< seconds

struct MorphRequest {
    std::vector<storage::Coordinate> places;  ///< one: there; more: the corners of a path, at even speed
    storage::SamplingOptions sampling;
    std::optional<double>
        seconds;           ///< of the whole; nothing: as long as the sounds on the way, or 2 s of cycles
    int passes = 1;        ///< how often the sound is heard on its way, 1 … kMostPasses
    double hertz = 110.0;  ///< pitch of cycles, 1 … 20 000
};

/// How a cube's nodes are heard. The decoder for mel and latents, the model for latents.
struct MorphVoice {
    CubeContent content = CubeContent::mel;
    const models::MelVae* model = nullptr;
    MelDecoder* decoder = nullptr;
};

/// At 48 kHz, mono, or stereo when any node is. Sounds of different lengths are stretched to the length that
/// their mix has: the mean of their lengths, weighted as they are. Every frame of a path is sampled where the
/// path is by then; cycles glide without steps. Deterministic. Errors: invalidArgument (no place, a number
/// out of range, a cube of numbers, which cannot be heard), Sampler's, unusableInput (nodes of another
/// content's size), cancelled, outOfMemory.
[[nodiscard]] Result<AudioBuffer> morph(const storage::NodeSource& source, const MorphVoice& voice,
                                        const MorphRequest& request, const CancelToken& cancel = {});

/// Where a path of `corners` is after `share` (0 … 1) of its length.
[[nodiscard]] storage::Coordinate placeOnPath(const std::vector<storage::Coordinate>& corners, double share);

}  // namespace smidgen
