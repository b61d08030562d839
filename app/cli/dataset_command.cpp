// dataset scan: the pre-flight table; import, list, show, relink, remove: collections of the library.
#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/figures.h"
#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "app/cli/preflight_table.h"
#include "engine/collections/preflight.h"
#include "engine/foundation/atomic_file.h"
#include "engine/workstation/relink_folder.h"

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

nlohmann::json summary(const CollectionSnapshot& collection) {
    return {{"id", collection.collection.id},
            {"name", collection.collection.name},
            {"created_ms", collection.collection.createdMs},
            {"totals", document(collection.totals)}};
}

Status import(Session& session, const std::vector<std::string>& names, const std::string& name,
              const std::string& into) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    CollectionId existing;
    if (!into.empty()) {
        auto found = findCollection(**workstation, into);
        if (!found) return propagate(found);
        existing = (*found)->collection.id;
    }
    auto job = session.follow((*workstation)->importSounds(toPaths(names), name, existing));
    if (!job) return propagate(job);
    if (job->phase == JobPhase::cancelled) return stopped("Stopped; nothing was changed.");
    const auto collection = (*workstation)->collection(job->collection);
    if (!collection) return failure(ErrorCode::notFound, "The collection was removed meanwhile.");
    session.console().document(summary(*collection));
    session.console().line("'" + collection->collection.name + "' (" + collection->collection.id +
                           "): " + totalsSentence(collection->totals));
    return {};
}

Status list(Session& session) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    nlohmann::json collections = nlohmann::json::array();
    const auto all = (*workstation)->collections();
    for (const auto& each : all) {
        collections.push_back(summary(*each));
        session.console().line(fmt::format("{}  {}  {}, {}  {}", each->collection.id,
                                           dateText(each->collection.createdMs),
                                           counted(each->totals.files, "file"),
                                           secondsText(each->totals.usableSeconds), each->collection.name));
    }
    session.console().document({{"collections", collections}});
    if (all.empty())
        session.console().message("There is no collection yet. Make one: smidgen dataset import FOLDER");
    return {};
}

Status show(Session& session, const std::string& name) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto found = findCollection(**workstation, name);
    if (!found) return propagate(found);
    nlohmann::json json = summary(**found);
    json["files"] = nlohmann::json::array();
    for (const SoundEntry& entry : (*found)->collection.entries) json["files"].push_back(document(entry));
    session.console().document(json);
    for (const std::string& row : preflightTable((*found)->collection.entries)) session.console().line(row);
    session.console().line(totalsSentence((*found)->totals));
    return {};
}

/// Finds missing files anew among `names` by their content.
Status relink(Session& session, const std::string& name, const std::vector<std::string>& names) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto found = findCollection(**workstation, name);
    if (!found) return propagate(found);
    auto report = relinkBelow(**workstation, (*found)->collection.id, toPaths(names), session.cancel());
    if (!report) return propagate(report);
    for (const auto& [before, now] : report->found)
        session.console().line(displayName(before) + " is " + displayName(now));
    for (const std::string& problem : report->problems) session.console().message(problem);
    const auto relinked = report->found.size();
    const int missing = report->missing;
    session.console().document({{"missing", missing}, {"relinked", relinked}});
    session.console().line(fmt::format("{} of {} found.", relinked, counted(missing, "missing file")));
    return {};
}

Status remove(Session& session, const std::string& name) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto found = findCollection(**workstation, name);
    if (!found) return propagate(found);
    if (auto done = (*workstation)->removeCollection((*found)->collection.id); !done) return done;
    session.console().document({{"id", (*found)->collection.id}});
    session.console().line("'" + (*found)->collection.name +
                           "' is in the trash. Its files were not touched.");
    return {};
}

void addImport(CLI::App& dataset, Invocation& invocation) {
    CLI::App* command = addCommand(dataset, "import",
                                   "Make a named collection of the library; its sounds stay where they are",
                                   "  smidgen dataset import ~/sounds/forest --name forest\n"
                                   "  smidgen dataset import more.wav --into forest");
    struct Options {
        std::vector<std::string> paths;
        std::string name, into;
    };
    const auto options = std::make_shared<Options>();
    command->add_option("PATH", options->paths, "Sound files and folders (searched recursively)")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    CLI::Option* name =
        command->add_option("--name", options->name, "Name of the collection; default: the folder's")
            ->type_name("NAME")
            ->check(notEmpty());
    command->add_option("--into", options->into, "Add to this collection (name or id)")
        ->type_name("COLLECTION")
        ->check(notEmpty())
        ->excludes(name);
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) {
            return import(session, options->paths, options->name, options->into);
        };
    });
}

void addCollectionCommands(CLI::App& dataset, Invocation& invocation) {
    addImport(dataset, invocation);
    CLI::App* listing =
        addCommand(dataset, "list", "Every collection of the library", "  smidgen dataset list --json");
    listing->callback([&invocation] { invocation.run = [](Session& session) { return list(session); }; });
    const auto name = std::make_shared<std::string>();
    const auto addName = [&](CLI::App* command) {
        command->add_option("COLLECTION", *name, "Name or id of a collection")
            ->required()
            ->type_name("")
            ->check(notEmpty());
    };
    CLI::App* card =
        addCommand(dataset, "show", "The sounds of a collection", "  smidgen dataset show forest");
    addName(card);
    card->callback(
        [name, &invocation] { invocation.run = [name](Session& session) { return show(session, *name); }; });
    CLI::App* again = addCommand(dataset, "relink", "Find the missing files of a collection by their content",
                                 "  smidgen dataset relink forest /media/disk/sounds");
    addName(again);
    const auto places = std::make_shared<std::vector<std::string>>();
    again->add_option("PATH", *places, "Where to look: files and folders")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    again->callback([name, places, &invocation] {
        invocation.run = [name, places](Session& session) { return relink(session, *name, *places); };
    });
    CLI::App* away = addCommand(dataset, "remove", "Move a collection to the trash; files are not touched",
                                "  smidgen dataset remove forest");
    addName(away);
    away->callback([name, &invocation] {
        invocation.run = [name](Session& session) { return remove(session, *name); };
    });
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
    addCollectionCommands(*dataset, invocation);
}

}  // namespace smidgen::cli
