// dataset scan: the pre-flight table.
#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/figures.h"
#include "app/cli/option_checks.h"
#include "app/cli/preflight_table.h"
#include "engine/collections/preflight.h"

namespace smidgen::cli {
namespace {

Status scan(Session& session, const std::vector<std::string>& names) {
    Console& console = session.console();
    auto report = scanWithProgress(session, toPaths(names));
    if (!report) return propagate(report);
    if (report->entries.empty()) {
        return failure(ErrorCode::unusableInput,
                       "There is no sound file in " + names.front() +
                           (names.size() > 1 ? " and the other places." : ".") +
                           " Name a folder with WAV, AIFF, FLAC, Ogg, Opus or MP3 files.");
    }
    const Status trainable = checkTrainable(report->entries, false);
    nlohmann::json files = nlohmann::json::array();
    for (const SoundEntry& entry : report->entries) files.push_back(document(entry));
    console.document({{"files", files},
                      {"totals", document(report->totals)},
                      {"trainable", trainable.has_value()},
                      {"note", trainable ? std::string() : trainable.error().sentence}});
    for (const std::string& row : preflightTable(report->entries)) console.line(row);
    console.line(totalsSentence(report->totals));
    if (report->totals.usable == 0) return trainable;
    if (!trainable) console.message(trainable.error().sentence);
    return {};
}

}  // namespace

void addDatasetCommands(CLI::App& app, Invocation& invocation) {
    CLI::App* dataset =
        addCommand(app, "dataset", "Look at collections of sounds", "  smidgen dataset scan ~/sounds");
    CLI::App* command = addCommand(
        *dataset, "scan", "Pre-flight: every file with rate, channels, seconds, loudness, verdict and reason",
        "  smidgen dataset scan ~/sounds\n"
        "  smidgen dataset scan kick.wav snare.flac --json");
    const auto paths = std::make_shared<std::vector<std::string>>();
    command->add_option("PATH", *paths, "Sound files and folders (searched recursively)")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command->callback([paths, &invocation] {
        invocation.run = [paths](Session& session) { return scan(session, *paths); };
    });
}

}  // namespace smidgen::cli
