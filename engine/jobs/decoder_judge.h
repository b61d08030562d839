// Whether a decoder that is fine-tuned gets better: on crops of recordings that it does not learn from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/jobs/decoder_material.h"
#include "models/mel_vae.h"
#include "models/wave_decoder_trainer.h"

namespace smidgen {

/// Takes every tenth recording, drawn by the seed and 16 at most, out of `files` and returns them. Below four
/// files none is taken: then other crops of what is learned from have to do.
[[nodiscard]] std::vector<std::filesystem::path> holdBackRecordings(std::vector<std::filesystem::path>& files,
                                                                    std::uint64_t seed);

/// A few batches, always the same ones. `through`: as for WaveBatcher.
class DecoderJudge {
 public:
    /// Errors: those of DecoderMaterial::load and of the model.
    [[nodiscard]] static Result<DecoderJudge> create(const std::vector<std::filesystem::path>& heldBack,
                                                     const DecoderMaterial& learned,
                                                     const models::WaveDecoderTraining& training,
                                                     std::shared_ptr<const models::MelVae> through,
                                                     const CancelToken& cancel);
    /// What training makes small, on the averaged weights: log-spectral distances plus mel L1.
    [[nodiscard]] Result<double> figure(const models::WaveDecoderTrainer& trainer) const;

 private:
    std::vector<models::WaveBatch> m_batches;
};

}  // namespace smidgen
