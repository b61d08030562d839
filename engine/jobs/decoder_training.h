// Pre-training of the universal decoder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "models/device.h"
#include "models/wave_decoder.h"

namespace smidgen {

enum class DecoderSize { draft, standard, studio };
/// Width and blocks of a size.
[[nodiscard]] models::WaveDecoderShape decoderShape(DecoderSize size);

struct DecoderTrainingRequest {
    std::vector<std::filesystem::path>
        paths;                  ///< recordings: files, and folders with all below; may be empty
    std::filesystem::path out;  ///< the decoder; the checkpoint lies beside it (decoderCheckpoint())
    /// Unset: the base's own, or standard without one. With a base of another size, the base grows into it.
    std::optional<DecoderSize> size;
    std::optional<double> syntheticSeconds;  ///< see DecoderMaterialSettings
    std::optional<double> minutes;           ///< of wall clock; else 60, with a base 10
    std::optional<std::int64_t> steps;       ///< exactly so many, instead of minutes
    int batchSize = 8;
    /// Else 2e-3, and with a base 5e-5: a larger rate ruins a finished decoder within a hundred steps.
    std::optional<double> learningRate;
    /// A decoder to fine-tune; empty: from nothing. Every tenth recording is held back to judge by, and `out`
    /// holds the best weights so far from the beginning on, which are at first those of the base.
    std::filesystem::path base;
    std::filesystem::path through;  ///< a model whose rebuilt mels to learn as well; empty: true mels alone
    std::uint64_t seed = 1;
    bool resume = false;
    int threads = 0;  ///< 0: as many as there are cores
};

struct DecoderTrainingProgress {
    std::int64_t step = 0;
    double fraction = 0;
    std::optional<double> etaSeconds;
    std::string sentence;
};

/// DecoderJudge::figure() of a fine-tuned decoder. bestStep 0: nothing better than the base was found.
struct DecoderGain {
    double before = 0, after = 0;
    std::int64_t bestStep = 0;
};

struct DecoderTrainingResult {
    std::int64_t steps = 0;
    double seconds = 0;  ///< of wall clock, resumed parts included
    int files = 0;
    double recordedSeconds = 0;
    std::vector<double> distances;  ///< LSD through 2048 … 128 over the last hundred steps
    double melL1 = 0;
    std::vector<std::string> skipped;  ///< files left out, and why
    std::optional<DecoderGain> gain;   ///< of a fine-tuning
};

[[nodiscard]] std::filesystem::path decoderCheckpoint(const std::filesystem::path& out);

/// Blocking. Given steps, equal requests and sounds give equal weights on the CPU, interrupted or not. A
/// checkpoint is written every minute and when cancelled; finished, the decoder is written to `out` and the
/// checkpoint removed. Errors: cancelled, notFound (nothing to resume), invalidArgument (resumed with another
/// size, seed or batch), unusableInput, io, outOfMemory.
[[nodiscard]] Result<DecoderTrainingResult> trainDecoder(
    const DecoderTrainingRequest& request, models::DeviceKind device, const CancelToken& cancel = {},
    const std::function<void(const DecoderTrainingProgress&)>& progress = {});

}  // namespace smidgen
