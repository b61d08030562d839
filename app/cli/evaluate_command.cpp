// evaluate: how well a model rebuilds sounds, in figures.
#include <spdlog/fmt/fmt.h>

#include <memory>
#include <sstream>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/figures.h"
#include "app/cli/option_checks.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {
namespace {

struct EvaluateOptions {
    std::string model, list;
    std::vector<std::string> paths;
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

Status evaluate(Session& session, const EvaluateOptions& options) {
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
        app, "evaluate", "Measure how well a model rebuilds sounds",
        "  smidgen evaluate --model forest ~/other-sounds\n"
        "  smidgen evaluate --model forest --list held-out.txt --json\n"
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
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return evaluate(session, *options); };
    });
}

}  // namespace smidgen::cli
