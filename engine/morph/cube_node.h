// What lies on the nodes of a wavetable cube, and how a sound becomes one.
#pragma once

#include <optional>
#include <string>

#include "engine/audio/audio_buffer.h"
#include "engine/foundation/result.h"
#include "models/mel_vae.h"
#include "storage/wavetable/node.h"

namespace smidgen {

/// What rows and columns of a cube's nodes are.
enum class CubeContent {
    mel,  ///< rows: frames of 512 samples at 48 kHz; columns: 128 natural log-mel bands; channels: mid, side
    latents,  ///< rows: latent frames of a model; columns: z, then g; channels: mid, side
    cycles,   ///< rows: single cycles; columns: their samples
    numbers   ///< anything else: sampled, but not heard
};
/// "mel", "latents", "cycles", "numbers".
[[nodiscard]] const char* nameOf(CubeContent content);
[[nodiscard]] std::optional<CubeContent> cubeContentOf(const std::string& name);

/// Where a node came from; lies in the node's metadata as JSON.
struct NodeOrigin {
    std::string name;
    std::string source;  ///< a take's id, or a file
    Samples length;      ///< at 48 kHz; 0: as many as its rows say
};
[[nodiscard]] std::string toJson(const NodeOrigin& origin);
/// Of any metadata; what it does not say stays empty.
[[nodiscard]] NodeOrigin nodeOriginOf(const std::string& metadata);

/// The longest sound that fits on a node of each content, in seconds.
inline constexpr double kLongestMelNode = 43.0;
inline constexpr double kLongestLatentNode = 87.0;

/// The sound's log-mel, of mid and, of stereo sounds, side; natural logarithm. At any rate. Errors:
/// unusableInput (empty, longer than kLongestMelNode), outOfMemory.
[[nodiscard]] Result<storage::NodePointer> melNode(const AudioBuffer& sound, NodeOrigin origin);
/// What `model` hears in it; g stands in every row. Errors: as melNode, and MelVae::encode's.
[[nodiscard]] Result<storage::NodePointer> latentNode(const models::MelVae& model, const AudioBuffer& sound,
                                                      NodeOrigin origin);
/// The samples of mid as they are: up to 4096 are one cycle, more are cycles of 2048. Errors: unusableInput
/// (neither).
[[nodiscard]] Result<storage::NodePointer> cycleNode(const AudioBuffer& sound, NodeOrigin origin);

/// A row of what silence is, one channel wide: what mono sounds have as side. Empty for contents that have
/// none.
[[nodiscard]] Result<std::vector<float>> silentRow(CubeContent content, const models::MelVae* model);

}  // namespace smidgen
