#include "app/cli/training_options.h"

#include <limits>

#include "app/cli/commands.h"
#include "app/cli/option_checks.h"
#include "models/process_place.h"

namespace smidgen::cli {

void addTrainingOptions(CLI::App& command, TrainingOptions& options) {
    command.add_option("PATH", options.paths, "Sound files and folders (searched recursively)")
        ->type_name("")
        ->check(notEmpty());
    command.add_flag("--starred", options.starred, "Learn from the library's starred takes, too");
    command.add_option("--out", options.out, "Also write the model to this file")
        ->type_name("FILE")
        ->check(notEmpty());
    command.add_option("--name", options.name, "Name of the model; default: the folder's")->type_name("NAME");
    CLI::Option* kind =
        command
            .add_option("--kind", options.kind,
                        "Kind of model: vae keeps latents as they are; rvq speaks in codes, for a prior")
            ->check(oneOf({"vae", "rvq"}))
            ->capture_default_str();
    CLI::Option* codebookSize =
        command
            .add_option("--codebook-size", options.codebookSize,
                        "rvq: codes per level; default: 32, 64, 128 or 256, by the amount of sound")
            ->check(wholeNumber(8, 4096));
    CLI::Option* levels =
        command.add_option("--rvq-levels", options.levels, "rvq: levels of codes")->check(wholeNumber(2, 6));
    CLI::Option* commitment =
        command
            .add_option("--commitment", options.commitment,
                        "rvq: how firmly latents are held to their codes; default: 0.25")
            ->check(numberBetween(0, 10, ""));
    CLI::Option* base =
        command.add_option("--base", options.base, "Model to begin from, instead of the one that is shipped")
            ->type_name("FILE")
            ->check(notEmpty());
    CLI::Option* fromZero =
        command.add_flag("--from-zero", options.fromZero, "Begin from no base at all")->excludes(base);
    CLI::Option* asBase =
        command
            .add_flag("--as-base", options.asBase,
                      "Make a base for other trainings, from many sounds: --out gets it in 16-bit floats")
            ->needs("--out");
    CLI::Option* addTo = command
                             .add_option("--add-to", options.addTo,
                                         "Add the sounds to this model; the result is a new model, which has "
                                         "not forgotten what it knew")
                             ->type_name("MODEL")
                             ->check(notEmpty());
    for (CLI::Option* other : {kind, codebookSize, levels, commitment, base, fromZero, asBase})
        addTo->excludes(other);
    command
        .add_option("--mode", options.mode,
                    "How long and how large: draft takes 3 minutes at most, standard 10, studio an hour; "
                    "studio --from-zero makes a larger network")
        ->check(oneOf({"draft", "standard", "studio"}))
        ->capture_default_str();
    CLI::Option* minutes =
        command.add_option("--minutes", options.minutes, "Time to train, instead of the mode's")
            ->check(numberBetween(0.01, 10080, "minutes"));
    CLI::Option* steps = command.add_option("--steps", options.steps, "Train exactly this many steps")
                             ->check(wholeNumber(1, 100'000'000));
    CLI::Option* cpuSeconds =
        command.add_option("--cpu-seconds", options.cpuSeconds, "CPU time the training steps may take")
            ->check(numberBetween(1, 1e7, "seconds"));
    minutes->excludes(steps)->excludes(cpuSeconds);
    steps->excludes(cpuSeconds);
    command.add_option("--seed", options.seed, "Everything random follows from it")
        ->check(wholeNumber(0, std::numeric_limits<std::int64_t>::max()))
        ->capture_default_str();
    command.add_option("--held-out", options.heldOut, "Share of the sounds kept back to measure on")
        ->check(numberBetween(0, 0.5, ""))
        ->capture_default_str();
    command
        .add_option("--held-out-list", options.heldOutList,
                    "Write the names of the sounds kept back, one a line")
        ->type_name("FILE")
        ->check(notEmpty());
    command
        .add_option("--previews", options.previews,
                    "Folder for what the model makes of sounds kept back, as it learns")
        ->type_name("DIR")
        ->check(notEmpty());
    command.add_option("--batch", options.batchSize, "Sounds per step, of each process; default: 16")
        ->check(wholeNumber(1, 512));
    command
        .add_option("--join-seconds", options.joinSeconds,
                    "With several processes: how long to wait for the others")
        ->check(numberBetween(1, 86400, "seconds"))
        ->capture_default_str();
    command.add_flag("--resume", options.resume, "Go on from where the same training was interrupted");
    command.add_flag("--force", options.force, "Train on fewer than five sounds, too");
}

TrainingMode trainingMode(const std::string& name) {
    if (name == "studio") return TrainingMode::studio;
    return name == "standard" ? TrainingMode::standard : TrainingMode::draft;
}

Result<TrainingRequest> toRequest(const TrainingOptions& options) {
    auto place = models::placeFromEnvironment();
    if (!place) return propagate(place);
    TrainingRequest request;
    request.place = std::move(*place);
    request.joinSeconds = options.joinSeconds;
    request.batchSize = options.batchSize;
    if (options.paths.empty() && !options.starred)
        return failure(
            ErrorCode::invalidArgument,
            "PATH is required: name sound files or folders to learn from, or learn from --starred takes.");
    request.paths = toPaths(options.paths);
    request.starredTakes = options.starred;
    if (!options.addTo.empty()) request.addTo = options.addTo;
    request.name = options.name;
    request.mode = trainingMode(options.mode);
    request.minutes = options.minutes;
    request.cpuSeconds = options.cpuSeconds;
    request.steps = options.steps;
    request.seed = options.seed;
    request.heldOutShare = options.heldOut;
    request.kind = options.kind == "rvq" ? ModelKind::rvq : ModelKind::vae;
    request.codebookSize = options.codebookSize;
    request.levels = options.levels;
    request.commitment = options.commitment;
    if (!options.base.empty()) request.base = options.base;
    request.fromZero = options.fromZero;
    request.asBase = options.asBase;
    if (!options.previews.empty()) request.previewFolder = options.previews;
    if (!options.out.empty()) request.out = options.out;
    if (!options.heldOutList.empty()) request.heldOutList = options.heldOutList;
    request.resume = options.resume;
    request.force = options.force;
    request.stopOnPlateau = !options.steps.has_value();
    return request;
}

}  // namespace smidgen::cli
