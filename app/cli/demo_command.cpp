// demo: the whole road on real recordings, from a folder of sounds to new sound.
#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <fstream>
#include <memory>
#include <set>

#include "app/cli/commands.h"
#include "app/cli/demo_report.h"
#include "app/cli/demo_sounds.h"
#include "app/cli/documents.h"
#include "app/cli/figures.h"
#include "app/cli/option_checks.h"
#include "app/cli/preflight_table.h"
#include "engine/audio/audio_reader.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {
namespace {

struct DemoOptions {
    std::vector<std::string> paths;
    std::string out = "smidgen-demo";
    std::optional<double> minutes;
    int takes = 4;
    double seconds = 8;
    std::uint64_t seed = 1;
};

Status train(Session& session, Workstation& workstation, const DemoOptions& options,
             const std::vector<std::filesystem::path>& paths, DemoResult& result) {
    TrainingRequest request;
    request.paths = paths;
    request.name = "demo";
    request.minutes = options.minutes;
    request.seed = options.seed;
    request.previewFolder = result.folder / "previews";
    request.heldOutList = result.folder / "held-out.txt";
    request.out = result.folder / "demo.safetensors";
    auto started = workstation.startTraining(request);
    if (!started) return propagate(started);
    auto job = session.follow(*started);
    if (!job) return propagate(job);
    if (job->phase == JobPhase::cancelled) return stopped("The demo was stopped while it learned.");
    auto model = workstation.findModel(job->model);
    if (!model) return propagate(model);
    result.model = **model;
    if (const auto training = workstation.training(*started)) result.training = *training;
    return {};
}

/// The figures on the sounds that were kept back from training.
Status measure(Session& session, Workstation& workstation, DemoResult& result) {
    std::ifstream list(result.folder / "held-out.txt");
    std::vector<std::filesystem::path> heldOut;
    for (std::string line; std::getline(list, line);) {
        if (!line.empty()) heldOut.emplace_back(line);
    }
    if (heldOut.empty()) return {};
    session.console().progress("Measuring on sounds kept back …");
    auto evaluation = workstation.evaluate(result.model.id, heldOut, session.cancel());
    if (!evaluation) return propagate(evaluation);
    result.heldOut = std::move(*evaluation);
    return {};
}

Status generate(Session& session, Workstation& workstation, const DemoOptions& options, DemoResult& result) {
    Recipe recipe;
    recipe.modelId = result.model.id;
    recipe.modelName = result.model.name;
    recipe.seed = options.seed;
    recipe.seconds = options.seconds;
    auto started = workstation.generate({recipe, options.takes});
    if (!started) return propagate(started);
    auto job = session.follow(*started);
    if (!job) return propagate(job);
    if (job->phase == JobPhase::cancelled) return stopped("The demo was stopped while it made takes.");
    for (const TakeId& id : job->takes) {
        const auto take = workstation.take(id);
        if (take != nullptr) result.takes.push_back({*take, {}});
    }
    return {};
}

/// Every take as `format`, 24-bit at 48 kHz.
Status exportAs(FileFormat format, Session& session, Workstation& workstation, DemoResult& result) {
    ExportRequest request;
    for (const DemoTake& made : result.takes) request.takes.push_back(made.take.id);
    request.folder = result.folder / "takes";
    request.settings.nameTemplate = "{model}-{seed}";
    request.settings.profile.format = format;
    request.overwrite = true;
    auto started = workstation.exportTakes(request);
    if (!started) return propagate(started);
    auto job = session.follow(*started);
    if (!job) return propagate(job);
    if (job->phase == JobPhase::cancelled) return stopped("The demo was stopped while exporting.");
    for (std::size_t i = 0; i < job->files.size() && i < result.takes.size(); ++i) {
        result.takes[i].files.push_back(job->files[i].path);
    }
    return {};
}

/// Reads what was written: every take in every format has sound in it, and no two takes are the same.
Status verify(const DemoResult& result) {
    constexpr float kAudible = 0.01F;
    std::set<std::vector<float>> different;
    for (const DemoTake& made : result.takes) {
        for (const auto& file : made.files) {
            auto sound = readAudio(file);
            if (!sound) return propagate(sound);
            float peak = 0;
            for (const float sample : sound->channel(0)) peak = std::max(peak, std::abs(sample));
            if (peak < kAudible) {
                return failure(ErrorCode::internal,
                               displayName(file) + " came out silent. Please report it.");
            }
            if (file == made.files.front()) different.insert(sound->channels.front());
        }
    }
    if (different.size() == result.takes.size()) return {};
    return failure(ErrorCode::internal,
                   "Two takes from different seeds came out the same. Please report it.");
}

void tell(Console& console, const DemoResult& result, const std::filesystem::path& report) {
    const ReconstructionMetrics& mean = result.heldOut.mean;
    console.line(totalsSentence(result.sounds.totals));
    console.line(fmt::format("Learned {} in {} of CPU time.", counted(result.model.steps, "step"),
                             secondsText(result.model.trainedSeconds)));
    if (!result.heldOut.rows.empty()) {
        console.line(fmt::format("{} kept back, rebuilt: log10 mel L1 {:.3f}, log-spectral distance {:.3f}.",
                                 counted(static_cast<std::int64_t>(result.heldOut.rows.size()), "sound"),
                                 mean.melL1, mean.lsd));
    }
    nlohmann::json takes = nlohmann::json::array();
    for (const DemoTake& made : result.takes) {
        takes.push_back(document(made.take));
        takes.back()["files"] = nlohmann::json::array();
        for (const auto& file : made.files) {
            takes.back()["files"].push_back(displayName(file));
            console.line(fmt::format("{}: seed {}, {}, {} LUFS, true peak {} dB", displayName(file),
                                     made.take.recipe.seed, secondsText(made.take.seconds),
                                     decibelText(made.take.lufs), decibelText(made.take.truePeakDb)));
        }
    }
    console.line("Report: " + displayName(report));
    console.document({{"folder", displayName(result.folder)},
                      {"report", displayName(report)},
                      {"totals", document(result.sounds.totals)},
                      {"model", document(result.model)},
                      {"held_out", result.heldOut.rows.empty() ? nlohmann::json() : document(mean)},
                      {"takes", takes}});
}

Status demo(Session& session, const DemoOptions& options) {
    Console& console = session.console();
    DemoResult result;
    std::error_code problem;
    result.folder = std::filesystem::absolute(options.out, problem);
    std::vector<std::filesystem::path> paths = toPaths(options.paths);
    if (paths.empty()) {
        auto chosen = chooseDemoSounds();
        if (!chosen) return propagate(chosen);
        paths = std::move(*chosen);
    }
    for (const char* part : {"takes", "previews"}) {
        if (std::filesystem::create_directories(result.folder / part, problem); problem) {
            return systemFailure(problem.value(), "make", result.folder / part);
        }
    }
    auto sounds = scanWithProgress(session, paths);
    if (!sounds) return propagate(sounds);
    result.sounds = std::move(*sounds);
    for (const std::string& row : preflightTable(result.sounds.entries)) console.message(row);
    if (Status fit = checkTrainable(result.sounds.entries, false); !fit) return fit;

    if (!session.libraryChosen()) session.useLibrary(result.folder / "library");
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    if (Status done = train(session, **workstation, options, paths, result); !done) return done;
    if (Status done = measure(session, **workstation, result); !done) return done;
    if (Status done = generate(session, **workstation, options, result); !done) return done;
    for (const FileFormat format : {FileFormat::wav, FileFormat::flac}) {
        if (Status done = exportAs(format, session, **workstation, result); !done) return done;
    }
    if (Status good = verify(result); !good) return good;
    auto report = writeReport(result);
    if (!report) return propagate(report);
    tell(console, result, *report);
    return {};
}

}  // namespace

void addDemoCommand(CLI::App& app, Invocation& invocation) {
    CLI::App* command =
        addCommand(app, "demo", "The whole road: look at sounds, learn, make takes, write a report",
                   "  smidgen demo\n"
                   "  smidgen demo ~/sounds --out forest-demo --minutes 5\n"
                   "Writes takes as 24-bit WAV and FLAC at 48 kHz, the model, and report.html.");
    const auto options = std::make_shared<DemoOptions>();
    command
        ->add_option("PATH", options->paths,
                     std::string("Sounds to learn from; default: forty of ") + kDemoFolder)
        ->type_name("")
        ->check(notEmpty());
    command->add_option("--out", options->out, "Folder for everything; the library is in it, too")
        ->type_name("DIR")
        ->check(notEmpty())
        ->capture_default_str();
    command->add_option("--minutes", options->minutes, "Time to learn (default: a draft, 3 minutes at most)")
        ->check(numberBetween(0.01, 10080, "minutes"));
    command->add_option("--takes", options->takes, "How many takes")
        ->check(wholeNumber(1, 1000))
        ->capture_default_str();
    command->add_option("--duration", options->seconds, "Length of a take")
        ->check(numberBetween(0.05, 3600, "seconds"))
        ->capture_default_str();
    command->add_option("--seed", options->seed, "Everything random follows from it")
        ->check(wholeNumber(0, 1'000'000'000))
        ->capture_default_str();
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return demo(session, *options); };
    });
}

}  // namespace smidgen::cli
