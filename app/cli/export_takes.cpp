#include "app/cli/export_takes.h"

#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <memory>

#include "app/cli/documents.h"
#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {
namespace {

struct HistoryExport {
    std::vector<std::string> takes;
    bool all = false, starred = false, replace = false;
    std::string out;
    ExportOptions options;
};

Result<std::vector<TakeId>> chosenTakes(Workstation& workstation, const HistoryExport& wanted) {
    std::vector<TakeId> ids;
    if (wanted.all || wanted.starred) {
        if (!wanted.takes.empty())
            return failure(ErrorCode::invalidArgument,
                           "--all and --starred choose takes themselves: leave the names out, or these.");
        for (const auto& take : workstation.takes())
            if (wanted.all || take->starred) ids.push_back(take->id);
        if (ids.empty())
            return failure(ErrorCode::notFound,
                           wanted.all ? "There is no take in the library." : "No take has a star.");
        return ids;
    }
    if (wanted.takes.empty())
        return failure(ErrorCode::invalidArgument, "Name a take, or choose with --starred or --all.");
    for (const std::string& name : wanted.takes) {
        auto take = findTake(workstation, name);
        if (!take) return propagate(take);
        ids.push_back((*take)->id);
    }
    return ids;
}

Status exportHistory(Session& session, const HistoryExport& wanted) {
    auto place = outputPlace(wanted.out);
    if (!place) return propagate(place);
    if (auto good = checkExportOptions(wanted.options, *place); !good) return good;
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto ids = chosenTakes(**workstation, wanted);
    if (!ids) return propagate(ids);
    auto settings = exportSettings(**workstation, wanted.options, *place, "{name}");
    if (!settings) return propagate(settings);
    if (place->isFolder && wanted.replace) place->replace = true;
    auto files = exportTakes(session, **workstation, *ids, *place, *settings);
    if (!files) return propagate(files);
    nlohmann::json rows = nlohmann::json::array();
    for (const ExportedFile& file : *files) {
        rows.push_back(document(file));
        session.console().line(lineOf(file));
    }
    session.console().document({{"files", rows}});
    return {};
}

}  // namespace

Result<std::vector<ExportedFile>> exportTakes(Session& session, Workstation& workstation,
                                              std::vector<TakeId> takes, const OutputPlace& place,
                                              const ExportSettings& settings) {
    ExportRequest request;
    request.takes = std::move(takes);
    if (place.isFolder)
        request.folder = place.path;
    else
        request.file = place.path;
    request.settings = settings;
    request.overwrite = place.replace;
    auto job = workstation.exportTakes(request);
    if (!job) return propagate(job);
    auto ended = session.follow(*job);
    const auto written = workstation.job(*job);
    const auto files = written ? written->files : std::vector<ExportedFile>();
    if (ended && ended->phase != JobPhase::cancelled) return files;
    for (const ExportedFile& file : files) session.console().message(lineOf(file));
    if (!ended) return propagate(ended);
    return failure(ErrorCode::cancelled,
                   fmt::format("Stopped while exporting: {} of {} files were written, and are whole.",
                               files.size(), request.takes.size()));
}

void addHistoryExportCommand(CLI::App& history, Invocation& invocation) {
    CLI::App* command = addCommand(
        history, "export", "Write takes as sound files",
        "  smidgen history export 'forest 42' --out dark.flac --target-lufs -14\n"
        "  smidgen history export --starred --out album --format mp3 --name-template '{number} {name}'\n"
        "  smidgen history export 0191f2 0191f4 --out pads --profile sampler --loop whole");
    const auto wanted = std::make_shared<HistoryExport>();
    command->add_option("TAKE", wanted->takes, "Names or ids of takes; the beginning of an id is enough")
        ->type_name("")
        ->check(notEmpty());
    command->add_option("--out", wanted->out, "Sound file, or folder for several")
        ->required()
        ->type_name("FILE|DIR")
        ->check(notEmpty());
    command->add_flag("--starred", wanted->starred, "Every take with a star");
    command->add_flag("--all", wanted->all, "Every take");
    command->add_flag("--replace", wanted->replace,
                      "Replace files of the same name in the folder, instead of numbering");
    addExportOptions(*command, wanted->options);
    command->callback([wanted, &invocation] {
        invocation.run = [wanted](Session& session) { return exportHistory(session, *wanted); };
    });
}

}  // namespace smidgen::cli
