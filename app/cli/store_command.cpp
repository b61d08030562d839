// store stats, verify, repair, scrub, backup, audit, doc: looking after the library.
#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/commands.h"
#include "app/cli/figures.h"
#include "app/cli/option_checks.h"
#include "app/cli/store_commands.h"
#include "engine/foundation/atomic_file.h"
#include "engine/workstation/library_care.h"

namespace smidgen::cli {
namespace {

constexpr std::size_t kLargestText = std::size_t{16} << 20;

Status stats(Session& session) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto figures = figuresOf(**workstation);
    if (!figures) return propagate(figures);
    Console& console = session.console();
    nlohmann::json operations, spaces;
    console.line(displayName((*workstation)->library()) + ", project '" + (*workstation)->project() + "'");
    console.line(fmt::format("{}, {}, {}, {}, {}; {} in the trash",
                             counted(static_cast<std::int64_t>(figures->collections), "collection"),
                             counted(static_cast<std::int64_t>(figures->sounds), "sound"),
                             counted(static_cast<std::int64_t>(figures->models), "model"),
                             counted(static_cast<std::int64_t>(figures->takes), "take"),
                             counted(static_cast<std::int64_t>(figures->cubes), "cube"), figures->trashed));
    console.line(fmt::format("{} blocks, {} in the store, {} of samples, weights and nodes", figures->blocks,
                             bytesText(static_cast<std::int64_t>(figures->storeBytes)),
                             bytesText(static_cast<std::int64_t>(figures->fileBytes))));
    for (const OperationFigures& one : figures->operations) {
        operations[one.name] = {{"count", one.count}, {"p50_us", one.p50}, {"p95_us", one.p95}};
        if (one.count > 0)
            console.line(fmt::format("{:<10} {:>8} calls, half within {:.0f} µs, 95 % within {:.0f} µs",
                                     one.name, one.count, one.p50, one.p95));
    }
    for (const SpaceFigures& space : figures->spaces) {
        spaces[space.name] = {{"vectors", space.vectors},
                              {"bytes", space.bytes},
                              {"indexed", space.indexed},
                              {"recall", space.recall}};
        console.line(fmt::format("{:<10} {} vectors, {} of memory, {} indexed, recall {:.3f}", space.name,
                                 space.vectors, bytesText(static_cast<std::int64_t>(space.bytes)),
                                 space.indexed, space.recall));
    }
    for (const std::string& problem : figures->problems) console.message(problem);
    console.document({{"library", displayName((*workstation)->library())},
                      {"project", (*workstation)->project()},
                      {"collections", figures->collections},
                      {"sounds", figures->sounds},
                      {"models", figures->models},
                      {"takes", figures->takes},
                      {"cubes", figures->cubes},
                      {"trashed", figures->trashed},
                      {"blocks", figures->blocks},
                      {"store_bytes", figures->storeBytes},
                      {"file_bytes", figures->fileBytes},
                      {"pending_changes", figures->pendingChanges},
                      {"operations", operations},
                      {"spaces", spaces},
                      {"problems", figures->problems}});
    return {};
}

/// The outcome of going over the library: its problems decide how the command ends.
Status tellCheck(Session& session, const LibraryCheck& check) {
    for (const std::string& problem : check.problems) session.console().line(problem);
    for (const std::string& file : check.leftovers)
        session.console().message("Nothing names '" + file + "': what a program left that was stopped.");
    session.console().document(
        {{"sound", check.sound()}, {"problems", check.problems}, {"leftovers", check.leftovers}});
    if (check.sound()) {
        session.console().line("The library is sound.");
        return {};
    }
    return failure(
        ErrorCode::unusableInput,
        counted(static_cast<std::int64_t>(check.problems.size()), "problem") +
            ". 'smidgen store repair' saves what can be saved of the store; a backup has the rest.");
}

Status verify(Session& session) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    session.console().progress("Reading every byte of the library");
    auto check = verifyLibrary(**workstation, session.cancel());
    if (!check) return propagate(check);
    return tellCheck(session, *check);
}

Status scrub(Session& session, double megabytes) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto check = scrubLibrary(
        **workstation, static_cast<std::uint64_t>(megabytes * 1e6), session.cancel(),
        [&](std::uint64_t bytes) {
            session.console().progress("Gone over " + bytesText(static_cast<std::int64_t>(bytes)));
        });
    if (!check) return propagate(check);
    return tellCheck(session, *check);
}

Status repair(Session& session) {
    const auto folder = session.libraryChosen() ? session.libraryFolder() : Workstation::defaultLibrary();
    session.console().progress("Repairing " + displayName(folder));
    auto report = repairLibrary(folder);
    if (!report) return propagate(report);
    for (const std::string& line : report->done) session.console().line(line);
    for (const std::string& line : report->lost) session.console().line("Lost: " + line);
    session.console().document({{"done", report->done}, {"lost", report->lost}});
    if (report->done.empty() && report->lost.empty()) session.console().line("There was nothing to repair.");
    return {};
}

Status backUp(Session& session, const std::string& target) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto done = backUpLibrary(**workstation, target, session.cancel(), [&](double share) {
        session.console().progress(fmt::format("Copying the library, {:.0f} %", 100 * share));
    });
    if (!done) return done;
    session.console().document({{"backup", target}});
    session.console().line("The library is in " + target + ". Use it with: smidgen --library " + target +
                           " …");
    return {};
}

Status audit(Session& session, std::int64_t first, int limit) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto lines = auditOf(**workstation, first, static_cast<std::size_t>(limit));
    if (!lines) return propagate(lines);
    nlohmann::json entries = nlohmann::json::array();
    for (const AuditLine& line : *lines) {
        entries.push_back({{"number", line.number},
                           {"time_ms", line.timeMs},
                           {"action", line.action},
                           {"refused", line.refused},
                           {"block", line.block},
                           {"caller", line.caller},
                           {"detail", line.detail}});
        session.console().line(fmt::format("{:>7}  {}  {:<9}{} {}  {}  {}", line.number,
                                           dateText(line.timeMs), line.action, line.refused ? " refused" : "",
                                           line.block, line.caller, line.detail));
    }
    session.console().document({{"entries", entries}});
    return {};
}

Status addDoc(Session& session, const std::string& file, const std::string& name) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto text = readWholeFile(file, kLargestText);
    if (!text) return propagate(text);
    const std::string title = name.empty() ? displayName(std::filesystem::path(file).stem()) : name;
    if (auto added = addHelp(**workstation, title, *text); !added) return added;
    session.console().document({{"name", title}});
    session.console().line("'" + title + "' is found by 'smidgen search' now.");
    return {};
}

void addScrub(CLI::App& store, Invocation& invocation) {
    CLI::App* command = addCommand(store, "scrub", "Go over the library slowly, while it is used",
                                   "  smidgen store scrub\n  smidgen store scrub --rate 5");
    const auto rate = std::make_shared<double>(20);
    command->add_option("--rate", *rate, "Megabytes a second, at most")
        ->type_name("MB")
        ->capture_default_str()
        ->check(numberBetween(0.001, 100'000, "megabytes"));
    command->callback(
        [rate, &invocation] { invocation.run = [rate](Session& session) { return scrub(session, *rate); }; });
}

void addAudit(CLI::App& store, Invocation& invocation) {
    CLI::App* command = addCommand(store, "audit", "What was done to the library, and what was refused",
                                   "  smidgen store audit --limit 20\n  smidgen store audit --from 1 --json");
    struct Options {
        std::int64_t first = 0;
        int limit = 50;
    };
    const auto options = std::make_shared<Options>();
    command->add_option("--from", options->first, "Number of the first entry; default: the last ones")
        ->type_name("N")
        ->check(wholeNumber(1, 1'000'000'000'000));
    command->add_option("--limit", options->limit, "At most so many")
        ->type_name("N")
        ->capture_default_str()
        ->check(wholeNumber(1, 1'000'000));
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) {
            return audit(session, options->first, options->limit);
        };
    });
}

}  // namespace

void addStoreCommands(CLI::App& app, Invocation& invocation) {
    CLI::App* store = addCommand(app, "store", "Look after the library: figures, checks, copies",
                                 "  smidgen store stats\n  smidgen store verify");
    const auto simple = [&](const char* name, const char* about, Status (*run)(Session&)) {
        CLI::App* command = addCommand(*store, name, about, std::string("  smidgen store ") + name);
        command->callback([run, &invocation] { invocation.run = run; });
    };
    simple("stats", "Sizes, latencies, measured recall, pending work", stats);
    simple("verify", "Read every byte and say what is damaged or missing", verify);
    simple("repair", "Save what can be saved of a damaged store; nobody may have it open", repair);
    addScrub(*store, invocation);
    CLI::App* backup = addCommand(*store, "backup", "Copy the whole library as it is at one moment",
                                  "  smidgen store backup /media/disk/smidgen-backup");
    const auto target = std::make_shared<std::string>();
    backup->add_option("FOLDER", *target, "A folder that is not there yet")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    backup->callback([target, &invocation] {
        invocation.run = [target](Session& session) { return backUp(session, *target); };
    });
    addSyncCommand(*store, invocation);
    addBridgeCommand(*store, invocation);
    addLookCommand(*store, invocation);
    addBringCommand(*store, invocation);
    addNamespaceCommands(*store, invocation);
    addPermitCommand(*store, invocation);
    addAudit(*store, invocation);
    addMessageCommands(*store, invocation);
    CLI::App* doc = addCommand(*store, "doc", "Put a Markdown text among the help that is searched",
                               "  smidgen store doc notes.md --name 'Field notes'");
    const auto text = std::make_shared<std::pair<std::string, std::string>>();
    doc->add_option("FILE", text->first, "Markdown")->required()->type_name("")->check(notEmpty());
    doc->add_option("--name", text->second, "Its title; default: the file's name")
        ->type_name("NAME")
        ->check(notEmpty());
    doc->callback([text, &invocation] {
        invocation.run = [text](Session& session) { return addDoc(session, text->first, text->second); };
    });
}

}  // namespace smidgen::cli
