// train-prior: a model learns to speak its own codes.
#include <spdlog/fmt/fmt.h>

#include <limits>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/option_checks.h"
#include "app/cli/training_options.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {
namespace {

struct PriorOptions {
    std::string model, mode = "standard";
    std::vector<std::string> paths;
    std::optional<double> minutes;
    std::optional<std::int64_t> steps;
    std::uint64_t seed = 1;
    double heldOut = 0.1;
    bool resume = false, byHeart = false;
};

Status trainPrior(Session& session, const PriorOptions& options) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    PriorTrainingRequest request;
    request.model = options.model;
    request.paths = toPaths(options.paths);
    request.mode = trainingMode(options.mode);
    request.minutes = options.minutes;
    request.steps = options.steps;
    request.seed = options.seed;
    request.heldOutShare = options.heldOut;
    request.resume = options.resume;
    request.stopEarly = !options.byHeart;
    auto started = (*workstation)->trainPrior(request);
    if (!started) return propagate(started);
    auto job = session.follow(*started);
    if (!job) return propagate(job);

    Console& console = session.console();
    nlohmann::json result{{"finished", job->phase == JobPhase::finished}, {"sentence", job->sentence}};
    if (const auto training = (*workstation)->training(*started)) {
        result["step"] = training->step;
        result["steps_per_second"] = training->stepsPerSecond;
        result["warnings"] = training->warnings;
        result["curve"] = nlohmann::json::array();
        for (const CurvePoint& point : training->curve)
            if (point.heldOut)
                result["curve"].push_back(
                    {{"step", point.step}, {"training", point.training}, {"held_out", *point.heldOut}});
    }
    auto model = (*workstation)->findModel(options.model);
    if (!model) return propagate(model);
    result["file"] = displayName((*model)->file);
    console.document(result);
    console.line(job->sentence);
    console.line("File: " + displayName((*model)->file));
    if (job->phase == JobPhase::cancelled)
        return stopped(
            "The training was stopped and its state kept. The same command with --resume goes on.");
    return {};
}

}  // namespace

void addTrainPriorCommand(CLI::App& app, Invocation& invocation) {
    CLI::App* command = addCommand(
        app, "train-prior", "Teach a model to make codes of its own",
        "  smidgen train-prior --model forest\n"
        "  smidgen train-prior --model forest ~/sounds\n"
        "  smidgen train-prior --model forest ~/sounds --minutes 3 --seed 7\n"
        "The model needs codes (train --kind rvq). The prior lies in the model's own file; 'generate'\n"
        "uses it from then on. Ctrl-C writes a checkpoint and keeps what was learned.");
    const auto options = std::make_shared<PriorOptions>();
    command->add_option("--model", options->model, "Name, id or file of the model")
        ->required()
        ->type_name("MODEL")
        ->check(notEmpty());
    command
        ->add_option("paths", options->paths,
                     "Sounds to learn from (default: those the model was trained on, where they still lie)")
        ->type_name("PATH");
    command
        ->add_option(
            "--mode", options->mode,
            "How long and how large: draft 2 minutes, standard 5; studio an hour, and 6 layers of 256 "
            "instead of 4 of 128")
        ->check(oneOf({"draft", "standard", "studio"}))
        ->capture_default_str();
    auto* minutes =
        command->add_option("--minutes", options->minutes, "Wall-clock budget, instead of the mode's")
            ->check(numberBetween(0.01, 10000, "minutes"));
    command->add_option("--steps", options->steps, "Exactly so many steps")
        ->check(wholeNumber(1, 1000000000))
        ->excludes(minutes);
    command->add_option("--seed", options->seed, "Seed of everything random")
        ->check(wholeNumber(0, std::numeric_limits<std::int64_t>::max()))
        ->capture_default_str();
    command->add_option("--held-out", options->heldOut, "Share at the end of every sound to judge by")
        ->check(numberBetween(0, 0.5, ""))
        ->capture_default_str();
    command->add_flag("--resume", options->resume, "Go on from the checkpoint");
    command->add_flag(
        "--by-heart", options->byHeart,
        "Train to the end of the budget, even when only the training sounds are learned by heart");
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return trainPrior(session, *options); };
    });
}

}  // namespace smidgen::cli
