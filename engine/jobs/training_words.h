// The plain sentences a training speaks in.
#pragma once

#include <optional>
#include <string>

namespace smidgen {

/// "about 4 min", "about 20 s", "about 2 h 10 min".
[[nodiscard]] std::string roughDuration(double seconds);

/// "Learning timbre, 38 %, about 4 min left".
[[nodiscard]] std::string trainingSentence(double progress, std::optional<double> etaSeconds);

[[nodiscard]] std::string overfitWarning(double training, double heldOut);
/// On a prior that foresees its own sounds far better than held-out ones, both in nats per code; else empty.
[[nodiscard]] std::string priorRemark(double training, double heldOut);
[[nodiscard]] std::string collapseWarning(double klPerFrame);
[[nodiscard]] std::string memoryWarning(int batchSize);
[[nodiscard]] std::string slowBlasWarning();

/// What a model is worth, in words, from its held-out error (log10 mel L1; 0 when unknown).
[[nodiscard]] std::string modelHealth(double heldOut, bool overfitted);

}  // namespace smidgen
