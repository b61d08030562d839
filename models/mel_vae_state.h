// A mel autoencoder ready to run, and its file. Internal: includes LibTorch.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "models/mel_vae_weights.h"
#include "models/weights_file.h"

namespace smidgen::models {

/// Names of our own metadata begin with this; what a caller gives must not.
inline constexpr const char* kReservedPrefix = "smidgen.";

struct MelVaeState {
    MelVaeShape shape;
    MelNormalisation normalisation;
    FlatWeights weights;
    at::Tensor codebooks;  ///< levels × codebookSize × codeDims, unit vectors; undefined without levels
};

/// Log-mel of silence as the network sees it, per band.
[[nodiscard]] at::Tensor silenceOf(const MelVaeState& state);

/// Latents of training sounds and their spread; see MelVae::latentMean().
struct LatentStatistics {
    std::vector<float> mean, deviation;  ///< z then g
    std::vector<Latents> anchors;
};
[[nodiscard]] LatentStatistics statisticsOf(const MelVaeShape& shape, std::span<const Latents> anchors);

/// Adds shape, normalisation and the tensors of `flat` (named `prefix` + slot name) to `file`.
void storeState(const MelVaeState& state, const at::Tensor& flat, WeightsFile& file);
/// The reverse, on `device`. Errors: unusableInput.
[[nodiscard]] Result<MelVaeState> loadState(const WeightsFile& file, const at::Device& device,
                                            const std::string& name);

/// Anchors as 16-bit floats.
void storeStatistics(const LatentStatistics& statistics, WeightsFile& file);
[[nodiscard]] Result<LatentStatistics> loadStatistics(const WeightsFile& file, const MelVaeShape& shape,
                                                      const std::string& name);

/// The kind of a model file of this shape: "mel-vae" or "mel-rvq".
[[nodiscard]] std::string modelKind(const MelVaeShape& shape);

/// Marks what the file is (a model kind, or "mel-vae-checkpoint") and in which format. Metadata with the
/// reserved prefix is dropped.
void storeIdentity(const std::string& kind, const std::map<std::string, std::string>& metadata,
                   WeightsFile& file);
/// Errors: unusableInput (another kind, a newer format). `kind` "model" stands for every kind of model.
[[nodiscard]] Status checkIdentity(const std::map<std::string, std::string>& metadata,
                                   const std::string& kind, const std::string& name);
/// Without our own entries.
[[nodiscard]] std::map<std::string, std::string> callersMetadata(
    const std::map<std::string, std::string>& metadata);

}  // namespace smidgen::models
