#include "engine/jobs/evaluation.h"

#include <cmath>

#include "engine/analysis/mel.h"
#include "engine/audio/audio_reader.h"
#include "engine/audio/loudness.h"
#include "engine/collections/preflight.h"
#include "engine/generation/decoder_shelf.h"
#include "engine/generation/generator.h"

namespace smidgen {
namespace {

Result<ReconstructionMetrics> evaluateSound(const models::MelVae& model, const std::filesystem::path& file,
                                            models::CodeCensus& census, const CancelToken& cancel) {
    auto original = readAudioAtInternalRate(file);
    if (!original) return propagate(original);
    AudioBuffer mono(0, Samples(0));
    mono.channels.push_back(toMidSide(*original).mid);
    if (model.shape().quantised()) {
        MelAnalyzer analyzer;
        auto codes = model.encodeCodes(analyzer.analyze(mono.channel(0)).values);
        if (!codes) return propagate(codes);
        census.add(*codes);
    }
    auto decoder = makeDecoder(defaultDecoder(), {kEvaluationIterations});
    if (!decoder) return propagate(decoder);
    auto rebuilt = reconstruct(model, **decoder, mono, cancel);
    if (!rebuilt) return propagate(rebuilt);
    ReconstructionMetrics metrics = compareSignals(mono.channel(0), rebuilt->channel(0));
    const auto before = measureLoudness(mono);
    const auto after = measureLoudness(*rebuilt);
    if (before && after && std::isfinite(before->integratedLufs) && std::isfinite(after->integratedLufs)) {
        metrics.lufsDifference = after->integratedLufs - before->integratedLufs;
    }
    return metrics;
}

void add(ReconstructionMetrics& sum, const ReconstructionMetrics& row, double weight) {
    sum.melL1 += weight * row.melL1;
    sum.melErrorDb += weight * row.melErrorDb;
    sum.melDistance += weight * row.melDistance;
    sum.mrStft += weight * row.mrStft;
    sum.lsd += weight * row.lsd;
    sum.lsdShort += weight * row.lsdShort;
    sum.lufsDifference += weight * std::abs(row.lufsDifference);
}

}  // namespace

Result<Evaluation> evaluateModel(const models::MelVae& model, std::span<const std::filesystem::path> paths,
                                 const CancelToken& cancel) {
    ScanOptions options;
    options.cancel = cancel;
    auto scanned = scanSounds(paths, options);
    if (!scanned) return propagate(scanned);
    Evaluation evaluation;
    models::CodeCensus census(model.shape().levels, model.shape().codebookSize);
    for (const SoundEntry& entry : scanned->entries) {
        if (cancel.cancelled()) return failure(ErrorCode::cancelled, "Stopped.");
        if (!entry.usable()) {
            evaluation.refused.emplace_back(entry.path, entry.reason);
            continue;
        }
        auto metrics = evaluateSound(model, entry.path, census, cancel);
        if (!metrics && metrics.error().code == ErrorCode::cancelled) return propagate(metrics);
        if (!metrics) {
            evaluation.refused.emplace_back(entry.path, metrics.error().sentence);
            continue;
        }
        evaluation.rows.push_back({entry.path, *metrics});
    }
    if (evaluation.rows.empty()) {
        return failure(ErrorCode::unusableInput,
                       evaluation.refused.empty()
                           ? std::string("There is no sound to evaluate there.")
                           : "No sound could be evaluated: " + evaluation.refused.front().second);
    }
    for (const EvaluationRow& row : evaluation.rows) {
        add(evaluation.mean, row.metrics, 1.0 / static_cast<double>(evaluation.rows.size()));
    }
    evaluation.codebooks = {model.shape().codebookSize, census.health()};
    return evaluation;
}

}  // namespace smidgen
