// How well a model rebuilds sounds, in figures.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/analysis/metrics.h"
#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/codebook_card.h"
#include "models/mel_vae.h"

namespace smidgen {

struct EvaluationRow {
    std::filesystem::path file;
    ReconstructionMetrics metrics;
};
struct Evaluation {
    std::vector<EvaluationRow> rows;
    ReconstructionMetrics mean;
    CodebookCard codebooks;  ///< of quantising models, over all rows
    std::vector<std::pair<std::filesystem::path, std::string>> refused;  ///< with the reason
};

inline constexpr int kEvaluationIterations = 64;  ///< of Griffin-Lim

/// Rebuilds every usable sound under `paths` (mid channel) and compares. Errors: unusableInput when none is
/// usable, cancelled.
[[nodiscard]] Result<Evaluation> evaluateModel(const models::MelVae& model,
                                               std::span<const std::filesystem::path> paths,
                                               const CancelToken& cancel);

}  // namespace smidgen
