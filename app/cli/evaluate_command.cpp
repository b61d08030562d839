// evaluate: how well a model rebuilds sounds, in figures.
#include <spdlog/fmt/fmt.h>

#include <memory>
#include <sstream>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/figures.h"
#include "app/cli/option_checks.h"
#include "app/cli/slider_judgement.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {
namespace {

struct EvaluateOptions {
    std::string model, list;
    std::vector<std::string> paths;
    std::optional<int> takes;
    std::optional<double> duration, temperature;
    std::optional<std::uint64_t> seed;
    bool sliders = false;
    SliderJudgement judgement;
};

/// One path a line; empty lines are passed over.
Result<std::vector<std::filesystem::path>> readList(const std::filesystem::path& file) {
    constexpr std::size_t kMostBytes = 16 << 20;
    auto text = readWholeFile(file, kMostBytes);
    if (!text) return propagate(text);
    std::vector<std::filesystem::path> paths;
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) paths.emplace_back(line);
    }
    return paths;
}

std::string row(const ReconstructionMetrics& m, const std::string& name) {
    return fmt::format("{:>7.3f} {:>7.2f} {:>7.3f} {:>7.3f} {:>6.3f} {:>6.3f} {:>6.2f}  {}", m.melL1,
                       m.melErrorDb, m.melDistance, m.mrStft, m.lsd, m.lsdShort, m.lufsDifference, name);
}

/// Takes of the prior against what it was trained on.
Status evaluateTakes(Session& session, const EvaluateOptions& options) {
    Console& console = session.console();
    if (!options.paths.empty() || !options.list.empty())
        return failure(ErrorCode::invalidArgument,
                       "--takes measures what the model makes of itself, and takes no sounds.");
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto model = (*workstation)->findModel(options.model);
    if (!model) return propagate(model);
    if (!(*model)->prior)
        return failure(ErrorCode::unusableInput, "The model '" + (*model)->name +
                                                     "' has no prior whose takes could be judged. Train one "
                                                     "with 'smidgen train-prior'.");
    Recipe recipe;
    recipe.modelId = (*workstation)->referenceTo(**model);
    recipe.seconds = options.duration.value_or(recipe.seconds);
    recipe.seed = options.seed.value_or(recipe.seed);
    recipe.prior.emplace();
    recipe.prior->temperature = options.temperature.value_or(recipe.prior->temperature);
    auto evaluation = (*workstation)->evaluateTakes(recipe, *options.takes, session.cancel(), [&](int done) {
        console.progress(fmt::format("Take {} of {}", done, *options.takes));
    });
    if (!evaluation) return propagate(evaluation);
    nlohmann::json rows = nlohmann::json::array();
    console.line("novelty  shared s  seed  closest training sound");
    for (std::size_t i = 0; i < evaluation->takes.size(); ++i) {
        const TakeNovelty& take = evaluation->takes[i];
        rows.push_back({{"seed", recipe.seed + i},
                        {"novelty", take.novelty},
                        {"closest", take.closest},
                        {"closest_distance", take.closestDistance},
                        {"shared_seconds", take.sharedSeconds},
                        {"copied", take.copied}});
        console.line(fmt::format("{:>7.2f} {:>9.2f} {:>5}  {}{}", take.novelty, take.sharedSeconds,
                                 recipe.seed + i, take.closest, take.copied ? "  (a copy)" : ""));
    }
    console.line(fmt::format(
        "novelty {:.2f} (1 = as new as sounds the model never heard), diversity {:.2f} "
        "(1 = as varied as the collection), {} of {} copied",
        evaluation->novelty, evaluation->diversity, evaluation->copied, evaluation->takes.size()));
    console.document({{"takes", rows},
                      {"novelty", evaluation->novelty},
                      {"diversity", evaluation->diversity},
                      {"copied", evaluation->copied}});
    return {};
}

Status evaluate(Session& session, const EvaluateOptions& options) {
    if (options.takes && options.sliders)
        return failure(ErrorCode::invalidArgument, "--takes and --sliders measure two things: name one.");
    if (options.sliders) {
        if (!options.paths.empty() || !options.list.empty())
            return failure(ErrorCode::invalidArgument,
                           "--sliders measures what the model makes of itself, and takes no sounds.");
        SliderJudgement judgement = options.judgement;
        judgement.model = options.model;
        judgement.duration = options.duration.value_or(judgement.duration);
        judgement.seed = options.seed.value_or(judgement.seed);
        return evaluateSliders(session, judgement);
    }
    if (options.takes) return evaluateTakes(session, options);
    if (options.duration || options.seed || options.temperature)
        return failure(
            ErrorCode::invalidArgument,
            "--duration, --seed and --temperature belong to --takes or --sliders. Add one, or leave "
            "them out.");
    Console& console = session.console();
    std::vector<std::filesystem::path> paths = toPaths(options.paths);
    if (!options.list.empty()) {
        auto listed = readList(options.list);
        if (!listed) return propagate(listed);
        paths.insert(paths.end(), listed->begin(), listed->end());
    }
    if (paths.empty()) {
        return failure(ErrorCode::invalidArgument,
                       "Name sounds to measure on, or a list of them with --list.");
    }
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    console.progress("Rebuilding and measuring …");
    auto evaluation = (*workstation)->evaluate(options.model, paths, session.cancel());
    if (!evaluation) return propagate(evaluation);

    nlohmann::json rows = nlohmann::json::array();
    nlohmann::json refused = nlohmann::json::array();
    console.line("mel L1  mel dB mel dist mr-stft    LSD  short   LUFS  file");
    for (const EvaluationRow& one : evaluation->rows) {
        rows.push_back(document(one.metrics));
        rows.back()["file"] = displayName(one.file);
        console.line(row(one.metrics, displayName(one.file)));
    }
    for (const auto& [file, reason] : evaluation->refused) {
        refused.push_back({{"file", displayName(file)}, {"reason", reason}});
        console.message("Not measured: " + displayName(file) + ": " + reason);
    }
    if (evaluation->rows.empty()) {
        console.document({{"files", rows}, {"mean", nullptr}, {"refused", refused}});
        return failure(ErrorCode::unusableInput, "None of the sounds could be measured.");
    }
    console.line(row(evaluation->mean, "mean of " + std::to_string(evaluation->rows.size())));
    for (const std::string& line : levelLines(evaluation->codebooks)) console.line("codes, " + line);
    console.document({{"files", rows},
                      {"mean", document(evaluation->mean)},
                      {"codebooks", document(evaluation->codebooks)},
                      {"refused", refused}});
    return {};
}

}  // namespace

void addEvaluateCommand(CLI::App& app, Invocation& invocation) {
    CLI::App* command = addCommand(
        app, "evaluate", "Measure how well a model rebuilds sounds, or how new its takes are",
        "  smidgen evaluate --model forest ~/other-sounds\n"
        "  smidgen evaluate --model forest --list held-out.txt --json\n"
        "  smidgen evaluate --model forest --takes 16 --duration 8\n"
        "  smidgen evaluate --model forest --sliders --seeds 16\n"
        "Figures: mel_l1 = mean log10 mel difference; mel_error_db = 20 x mel_l1; mel_distance = over seven\n"
        "scales; mr_stft = multi-resolution STFT; lsd = log-spectral distance at 512/1024/2048, lsd_short "
        "at\n"
        "128/256; lufs_diff = loudness of the rebuilt sound less the original's.");
    const auto options = std::make_shared<EvaluateOptions>();
    command->add_option("--model", options->model, "Name, id or file of the model")
        ->required()
        ->type_name("MODEL")
        ->check(notEmpty());
    command->add_option("PATH", options->paths, "Sound files and folders (searched recursively)")
        ->type_name("")
        ->check(notEmpty());
    command->add_option("--list", options->list, "Also the files named in this one, one a line")
        ->type_name("FILE")
        ->check(notEmpty());
    command->add_option("--takes", options->takes, "Instead: judge so many takes of the model's prior")
        ->type_name("N")
        ->check(CLI::Range(1, 1000));
    command
        ->add_option("--duration", options->duration,
                     "--takes, --sliders: length of each; default: 8, of sliders 4")
        ->type_name("seconds");
    command->add_option("--seed", options->seed, "--takes, --sliders: of the first; default: 1")
        ->type_name("N");
    command
        ->add_option("--temperature", options->temperature, "--takes: how boldly codes are drawn; default: 1")
        ->type_name("NUMBER");
    command->add_flag("--sliders", options->sliders,
                      "Instead: move every slider through its range, and measure what changes");
    addSliderJudgementOptions(*command, options->judgement);
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return evaluate(session, *options); };
    });
}

}  // namespace smidgen::cli
