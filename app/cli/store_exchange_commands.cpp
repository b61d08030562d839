// store sync, bridge: two libraries.
#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/figures.h"
#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "app/cli/store_commands.h"
#include "engine/workstation/library_care.h"

namespace smidgen::cli {
namespace {

Status sync(Session& session, const std::string& other, const std::string& conflicts) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    const SyncConflicts policy = conflicts == "newest"      ? SyncConflicts::newestWins
                                 : conflicts == "merge"     ? SyncConflicts::merge
                                 : conflicts == "keep-both" ? SyncConflicts::keepBoth
                                                            : SyncConflicts::show;
    session.console().progress("Bringing in what " + other + " has");
    auto report = bringIn(**workstation, other, policy, session.cancel());
    if (!report) return propagate(report);
    Console& console = session.console();
    console.line(fmt::format("{} new, {} brought up to date, {} as they were, {} settled; {} copied",
                             report->added, report->updated, report->same, report->settled,
                             counted(static_cast<std::int64_t>(report->files), "file")));
    for (const std::string& name : report->conflicts)
        console.line("Changed on both sides, left as it is here: '" + name + "'");
    for (const std::string& problem : report->problems) console.line(problem);
    console.document({{"added", report->added},
                      {"updated", report->updated},
                      {"same", report->same},
                      {"settled", report->settled},
                      {"files", report->files},
                      {"conflicts", report->conflicts},
                      {"problems", report->problems}});
    if (!report->conflicts.empty())
        console.message("Settle them with --conflicts newest, merge or keep-both.");
    return {};
}

struct Carrying {
    std::string library;
    std::vector<std::string> items;
};

Status bridge(Session& session, const Carrying& carrying) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto items = findItems(**workstation, carrying.items);
    if (!items) return propagate(items);
    Console& console = session.console();
    auto report =
        sendInto(**workstation, carrying.library, *items, session.cancel(), [&](const SendingState& state) {
            std::string line = fmt::format("'{}' ({} of {})", state.name, state.itemsDone + 1, state.items);
            if (state.bytesTotal > 0)
                line += fmt::format(", {} of {}", bytesText(static_cast<std::int64_t>(state.bytesDone)),
                                    bytesText(static_cast<std::int64_t>(state.bytesTotal)));
            if (state.itemsDone < state.items) console.progress(line);
        });
    if (!report) return propagate(report);
    console.line(fmt::format("{} new, {} brought up to date, {} as they were; {} sent", report->added,
                             report->updated, report->same,
                             bytesText(static_cast<std::int64_t>(report->bytesSent))));
    if (report->bytesResumed > 0)
        console.message(bytesText(static_cast<std::int64_t>(report->bytesResumed)) +
                        " had arrived before, and were not sent again.");
    for (const std::string& name : report->conflicts)
        console.line("Changed on both sides, left as it is there: '" + name + "'");
    for (const std::string& problem : report->problems) console.line(problem);
    console.document({{"added", report->added},
                      {"updated", report->updated},
                      {"same", report->same},
                      {"bytes_sent", report->bytesSent},
                      {"bytes_resumed", report->bytesResumed},
                      {"conflicts", report->conflicts},
                      {"problems", report->problems}});
    const std::size_t left = report->conflicts.size() + report->problems.size();
    if (left == 0) return {};
    return failure(ErrorCode::conflict, counted(static_cast<std::int64_t>(left), "item") +
                                            " could not be sent as it should; see above.");
}

}  // namespace

void addSyncCommand(CLI::App& store, Invocation& invocation) {
    CLI::App* command =
        addCommand(store, "sync", "Bring in what another library has; nothing here is taken away",
                   "  smidgen store sync /media/laptop/smidgen\n"
                   "  smidgen store sync ~/old-library --conflicts newest");
    const auto names = std::make_shared<std::pair<std::string, std::string>>("", "show");
    command->add_option("LIBRARY", names->first, "Folder of the other library")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command
        ->add_option("--conflicts", names->second,
                     "What was changed on both sides: leave it and say so, take the newest, mix the tags and "
                     "take the newest, or keep both")
        ->capture_default_str()
        ->check(oneOf({"show", "newest", "merge", "keep-both"}));
    command->callback([names, &invocation] {
        invocation.run = [names](Session& session) { return sync(session, names->first, names->second); };
    });
}

void addBridgeCommand(CLI::App& store, Invocation& invocation) {
    CLI::App* command =
        addCommand(store, "bridge", "Send items into another library; stopped, it goes on where it was",
                   "  smidgen store bridge /media/disk/smidgen 'forest 42' Rain");
    const auto carrying = std::make_shared<Carrying>();
    command->add_option("LIBRARY", carrying->library, "Folder of the other library")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command->add_option("ITEM", carrying->items, "Takes, models, cubes or collections by name or id")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command->callback([carrying, &invocation] {
        invocation.run = [carrying](Session& session) { return bridge(session, *carrying); };
    });
}

}  // namespace smidgen::cli
