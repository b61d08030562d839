// train: sounds in, a model out.
#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/figures.h"
#include "app/cli/output_place.h"
#include "app/cli/training_options.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {
namespace {

nlohmann::json resultDocument(const JobSnapshot& job, const TrainingSnapshot* training,
                              const ModelSnapshot* model, const TrainingOptions& options) {
    nlohmann::json result{{"finished", job.phase == JobPhase::finished},
                          {"sentence", job.sentence},
                          {"model", model != nullptr ? document(*model) : nlohmann::json()},
                          {"out", nlohmann::json()}};
    if (job.phase == JobPhase::finished && !options.out.empty()) result["out"] = options.out;
    if (training == nullptr) return result;
    if (training->estimate) result["estimate"] = document(*training->estimate);
    if (training->growth) result["growth"] = document(*training->growth);
    result["device"] = training->device;
    result["threads"] = training->threads;
    result["step"] = training->step;
    result["steps_per_second"] = training->stepsPerSecond;
    result["batch_size"] = training->batchSize;
    result["processes"] = training->processes;
    result["rank"] = training->rank;
    result["warnings"] = training->warnings;
    result["previews"] = nlohmann::json::array();
    for (const Preview& preview : training->previews) result["previews"].push_back(document(preview));
    result["curve"] = nlohmann::json::array();
    for (const CurvePoint& point : training->curve) {
        result["curve"].push_back(
            {{"step", point.step},
             {"cpu_seconds", point.cpuSeconds},
             {"training", point.training},
             {"held_out", point.heldOut ? nlohmann::json(*point.heldOut) : nlohmann::json()}});
    }
    return result;
}

Status train(Session& session, const TrainingOptions& options) {
    Console& console = session.console();
    for (const std::string& file : {options.out, options.heldOutList}) {
        if (const Status place = checkFolderOf(file); !place) return place;
    }
    auto request = toRequest(options);
    if (!request) return propagate(request);
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto started = (*workstation)->startTraining(*request);
    if (!started) return propagate(started);
    auto job = session.follow(*started);
    if (!job) return propagate(job);

    const auto training = (*workstation)->training(*started);
    std::shared_ptr<const ModelSnapshot> model;
    if (!job->model.empty()) {
        auto found = (*workstation)->findModel(job->model);
        if (!found) return propagate(found);
        model = *found;
    }
    console.document(resultDocument(*job, training.get(), model.get(), options));
    if (model != nullptr) {
        console.line(fmt::format("Model '{}' ({}): {}, {} of CPU time, {} ({}).", model->name, model->id,
                                 counted(model->steps, "step"), secondsText(model->trainedSeconds),
                                 counted(model->sounds, "sound"), secondsText(model->soundSeconds)));
        if (training != nullptr && training->growth) console.line(job->sentence);
        if (model->heldOutMelL1 > 0) {
            console.line(fmt::format("On sounds kept back: log10 mel L1 {:.3f}.", model->heldOutMelL1));
        }
        if (!model->health.empty()) console.line("Health: " + model->health + ".");
        for (const std::string& line : levelLines(model->codebooks)) console.line("Codes, " + line + ".");
        const bool copied = job->phase == JobPhase::finished && !options.out.empty();
        console.line("File: " + (copied ? options.out : displayName(model->file)));
    }
    if (training != nullptr && training->rank > 0)
        console.line(fmt::format("This was process {} of {}; the first one keeps the model.",
                                 training->rank + 1, training->processes));
    if (job->phase == JobPhase::cancelled) {
        return stopped(std::string("The training was stopped and its state kept. ") +
                       (model != nullptr ? "What it has learned so far is usable as a model. " : "") +
                       "The same command with --resume goes on.");
    }
    return {};
}

}  // namespace

void addTrainCommand(CLI::App& app, Invocation& invocation) {
    CLI::App* command =
        addCommand(app, "train", "Train a model on sounds",
                   "  smidgen train ~/sounds --name forest\n"
                   "  smidgen train ~/sounds --minutes 10 --previews previews --out forest.safetensors\n"
                   "  smidgen train ~/sounds --steps 2000 --seed 7 --json > result.json\n"
                   "  smidgen train ~/sounds --name forest --resume\n"
                   "  smidgen train ~/sounds --kind rvq --name forest-codes\n"
                   "  smidgen train ~/more-sounds --add-to forest\n"
                   "  smidgen train --add-to forest --starred\n"
                   "Ctrl-C writes a checkpoint and keeps what was learned.\n"
                   "Several processes or machines train one model when RANK, WORLD_SIZE, MASTER_ADDR and\n"
                   "MASTER_PORT are set, as torchrun does; each takes a batch of its own:\n"
                   "  export WORLD_SIZE=2 MASTER_ADDR=localhost MASTER_PORT=29500\n"
                   "  RANK=1 smidgen train ~/sounds & RANK=0 smidgen train ~/sounds --name forest");
    const auto options = std::make_shared<TrainingOptions>();
    addTrainingOptions(*command, *options);
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return train(session, *options); };
    });
}

}  // namespace smidgen::cli
