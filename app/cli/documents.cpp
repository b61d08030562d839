#include "app/cli/documents.h"

#include <cmath>

#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {
namespace {

nlohmann::json finiteOrNull(double value) {
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}

}  // namespace

nlohmann::json document(const SoundEntry& entry) {
    nlohmann::json findings = nlohmann::json::array();
    for (const Finding finding : entry.findings) findings.push_back(nameOf(finding));
    return {{"file", displayName(entry.path)},
            {"verdict", nameOf(entry.verdict)},
            {"findings", findings},
            {"reason", entry.reason},
            {"container", entry.format.container},
            {"encoding", entry.format.encoding},
            {"rate", entry.format.rate},
            {"channels", entry.format.channels},
            {"seconds", entry.seconds},
            {"lufs", finiteOrNull(entry.lufs)},
            {"peak_db", finiteOrNull(entry.peakDb)},
            {"silence_share", entry.silenceShare},
            {"bytes", entry.bytes},
            {"content_hash", entry.contentHash}};
}

nlohmann::json document(const CollectionTotals& totals) {
    return {{"files", totals.files},
            {"usable", totals.usable},
            {"warned", totals.warned},
            {"skipped", totals.skipped},
            {"usable_seconds", totals.usableSeconds},
            {"mean_lufs", finiteOrNull(totals.meanLufs)},
            {"silence_share", totals.silenceShare},
            {"rates", totals.rates},
            {"channels", totals.channels}};
}

nlohmann::json document(const ModelSnapshot& model) {
    return {{"id", model.id},
            {"name", model.name},
            {"tags", model.tags},
            {"file", displayName(model.file)},
            {"kind", model.kind},
            {"created_ms", model.createdMs},
            {"steps", model.steps},
            {"cpu_seconds", model.trainedSeconds},
            {"held_out_mel_l1", model.heldOutMelL1 > 0 ? finiteOrNull(model.heldOutMelL1) : nlohmann::json()},
            {"sounds", model.sounds},
            {"sound_seconds", model.soundSeconds},
            {"collection", model.collectionName},
            {"bytes", model.bytes},
            {"health", model.health},
            {"base", model.base.empty() ? nlohmann::json() : nlohmann::json(model.base)},
            {"codebooks", document(model.codebooks)},
            {"metadata", model.metadata}};
}

nlohmann::json document(const CodebookCard& card) {
    if (card.levels.empty()) return nullptr;
    nlohmann::json levels = nlohmann::json::array();
    for (const models::LevelHealth& level : card.levels)
        levels.push_back(
            {{"usage", level.usage}, {"perplexity", level.perplexity}, {"dead_codes", level.deadCodes}});
    return {{"codebook_size", card.codebookSize}, {"levels", levels}};
}

nlohmann::json document(const TakeSnapshot& take) {
    nlohmann::json result{{"id", take.id},
                          {"name", take.name},
                          {"tags", take.tags},
                          {"starred", take.starred},
                          {"trashed", take.trashed},
                          {"created_ms", take.createdMs},
                          {"kept_file", displayName(take.file)},
                          {"seed", take.recipe.seed},
                          {"seconds", take.seconds},
                          {"channels", take.channels},
                          {"lufs", finiteOrNull(take.lufs)},
                          {"true_peak_db", finiteOrNull(take.truePeakDb)},
                          {"recipe", nlohmann::json::parse(toJson(take.recipe))}};
    if (take.novelty) {
        result["novelty"] = take.novelty->novelty;
        result["closest"] = take.novelty->closest;
        result["closest_distance"] = take.novelty->closestDistance;
        result["shared_seconds"] = take.novelty->sharedSeconds;
        result["copied"] = take.novelty->copied;
    }
    for (const SliderOutcome& slider : take.sliders)
        result["sliders"][std::string(wordsFor(slider.attribute).name)] = {
            {"asked", slider.asked ? nlohmann::json(*slider.asked) : nlohmann::json()},
            {"free", slider.free},
            {"model", slider.model},
            {"reached", slider.reached}};
    return result;
}

nlohmann::json document(const ExportedFile& file) {
    return {{"file", displayName(file.path)},
            {"take", file.take},
            {"lufs", finiteOrNull(file.lufs)},
            {"true_peak_db", finiteOrNull(file.truePeakDb)},
            {"remark", file.remark}};
}

nlohmann::json document(const PresetSnapshot& preset) {
    return {{"id", preset.id},
            {"name", preset.name},
            {"tags", preset.tags},
            {"trashed", preset.trashed},
            {"created_ms", preset.createdMs},
            {"recipe", nlohmann::json::parse(toJson(preset.recipe))}};
}

nlohmann::json document(const Preview& preview) {
    return {{"name", preview.name},
            {"original", displayName(preview.original)},
            {"reconstruction", displayName(preview.reconstruction)},
            {"step", preview.step},
            {"mel_l1", preview.melL1}};
}

nlohmann::json document(const TrainingEstimate& estimate) {
    return {{"sentence", estimate.sentence},
            {"seconds_to_prepare", estimate.secondsToPrepare},
            {"seconds_to_train", estimate.secondsToTrain},
            {"seconds_per_step", estimate.secondsPerStep},
            {"steps", estimate.steps},
            {"memory_bytes", estimate.memoryBytes},
            {"device", estimate.device}};
}

nlohmann::json document(const GrowthReport& growth) {
    const auto figure = [](double value) { return value > 0 ? nlohmann::json(value) : nlohmann::json(); };
    return {{"new_before", figure(growth.before.fresh)},
            {"new", figure(growth.now.fresh)},
            {"known_before", figure(growth.before.known)},
            {"known", figure(growth.now.known)},
            {"replayed", growth.replayed},
            {"reminded", growth.reminded}};
}

nlohmann::json document(const ReconstructionMetrics& metrics) {
    return {{"mel_l1", finiteOrNull(metrics.melL1)},
            {"mel_error_db", finiteOrNull(metrics.melErrorDb)},
            {"mel_distance", finiteOrNull(metrics.melDistance)},
            {"mr_stft", finiteOrNull(metrics.mrStft)},
            {"lsd", finiteOrNull(metrics.lsd)},
            {"lsd_short", finiteOrNull(metrics.lsdShort)},
            {"lufs_diff", finiteOrNull(metrics.lufsDifference)}};
}

nlohmann::json document(const models::DeviceReport& device) {
    return {{"kind", models::nameOf(device.kind)},
            {"name", device.name},
            {"usable", device.usable},
            {"explanation", device.explanation},
            {"gemm_gflops", device.gemmGflops},
            {"slow_blas", device.slowBlas}};
}

}  // namespace smidgen::cli
