// history list, show, star, rename, tag, delete, restore, purge, rebuild, export.
#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/export_takes.h"
#include "app/cli/figures.h"
#include "app/cli/item_commands.h"
#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "engine/foundation/atomic_file.h"
#include "engine/workstation/provenance.h"
#include "engine/workstation/rebuild.h"

namespace smidgen::cli {
namespace {

struct ListOptions {
    bool starred = false;
    bool trash = false;
    std::string model, tag;
    int limit = 50;
    int offset = 0;
};

Status list(Session& session, const ListOptions& options) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    Console& console = session.console();
    nlohmann::json takes = nlohmann::json::array();
    int matching = 0;
    for (const auto& take : (*workstation)->takes(options.trash)) {
        if (options.starred && !take->starred) continue;
        if (!options.model.empty() && take->recipe.modelName != options.model &&
            take->recipe.modelId != options.model)
            continue;
        if (!options.tag.empty() && std::ranges::find(take->tags, options.tag) == take->tags.end()) continue;
        const int place = matching++;
        if (place < options.offset || place >= options.offset + options.limit) continue;
        takes.push_back(document(*take));
        console.line(fmt::format("{} {}  {}  {:>9}  {:>6} LUFS  {}{}", take->starred ? "*" : " ", take->id,
                                 dateText(take->createdMs), secondsText(take->seconds),
                                 decibelText(take->lufs), take->name,
                                 take->tags.empty() ? "" : "  [" + joined(take->tags) + "]"));
    }
    console.document({{"takes", takes}, {"count", matching}});
    if (matching == 0)
        console.message(
            options.trash ? "There is no such take in the trash."
                          : "There is no such take. Make one: smidgen generate --model MODEL --out take.wav");
    else if (matching > options.offset + options.limit)
        console.message(fmt::format("{} more: --offset {}", matching - options.offset - options.limit,
                                    options.offset + options.limit));
    return {};
}

nlohmann::json provenanceDocument(const Provenance& provenance) {
    nlohmann::json nodes = nlohmann::json::array(), edges = nlohmann::json::array();
    for (const ProvenanceNode& node : provenance.nodes)
        nodes.push_back(
            {{"kind", node.kind}, {"id", node.id}, {"name", node.name}, {"missing", node.missing}});
    for (const ProvenanceEdge& edge : provenance.edges)
        edges.push_back({{"to", edge.to}, {"from", edge.from}, {"share", edge.share}});
    return {{"nodes", nodes}, {"edges", edges}};
}

/// Of a model in blends, one for every time it is met there; empty for everything else.
std::string sharesOf(const Provenance& provenance, std::size_t node) {
    std::string text;
    for (const ProvenanceEdge& edge : provenance.edges)
        if (edge.from == node && edge.share < 1)
            text += fmt::format("{}{:.0f} %", text.empty() ? " (" : ", ", 100 * edge.share);
    return text.empty() ? text : text + ")";
}

/// One line each thing but files, which are counted.
std::vector<std::string> provenanceLines(const Provenance& provenance) {
    std::vector<std::string> lines;
    int files = 0, missing = 0;
    for (std::size_t i = 1; i < provenance.nodes.size(); ++i) {
        const ProvenanceNode& node = provenance.nodes[i];
        if (node.kind == "file") {
            ++files;
            missing += node.missing ? 1 : 0;
            continue;
        }
        lines.push_back(node.kind + " '" + node.name + "'" + sharesOf(provenance, i) +
                        (node.missing ? ", not in the library" : ""));
    }
    if (files > 0)
        lines.push_back(
            fmt::format("{} sound file{}{}", files, files == 1 ? "" : "s",
                        missing > 0 ? fmt::format(", {} no longer where they were", missing) : ""));
    return lines;
}

Status show(Session& session, const std::string& name) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto take = findTake(**workstation, name);
    if (!take) return propagate(take);
    const TakeSnapshot& one = **take;
    const Provenance provenance = provenanceOf(**workstation, one);
    Console& console = session.console();
    nlohmann::json whole = document(one);
    whole["provenance"] = provenanceDocument(provenance);
    console.document(whole);
    const auto row = [&](const char* label, const std::string& value) {
        if (!value.empty()) console.line(fmt::format("{:<12} {}", label, value));
    };
    row("name", one.name + (one.starred ? " *" : ""));
    row("id", one.id);
    row("tags", joined(one.tags));
    row("file", displayName(one.file));
    row("made", dateText(one.createdMs));
    row("length", secondsText(one.seconds) + ", " + std::string(nameOf(one.recipe.space)));
    row("loudness", decibelText(one.lufs) + " LUFS, true peak " + decibelText(one.truePeakDb) + " dB");
    row("model", one.recipe.modelName + " (" + one.recipe.modelId + ")");
    row("seed", std::to_string(one.recipe.seed));
    for (const std::string& line : provenanceLines(provenance)) row("from", line);
    for (const std::string& line : sliderLines(one)) row("slider", line);
    if (one.novelty)
        row("novelty", fmt::format("{:.2f}, closest to '{}'{}", one.novelty->novelty, one.novelty->closest,
                                   one.novelty->copied ? ": a copy" : ""));
    return {};
}

/// Renders the recipe anew and says whether the samples are those that are kept.
Status rebuild(Session& session, const std::string& name) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto take = findTake(**workstation, name);
    if (!take) return propagate(take);
    session.console().progress("Rendering '" + (*take)->name + "' anew");
    auto same = comesOutAgain(**workstation, **take, session.cancel());
    if (!same) return propagate(same);
    session.console().document({{"id", (*take)->id}, {"identical", *same}});
    session.console().line(*same ? "'" + (*take)->name + "' comes out again, sample for sample."
                                 : "'" + (*take)->name +
                                       "' comes out otherwise than it was kept: the model, the "
                                       "decoder or the program is another than then.");
    return {};
}

using Change = std::function<Status(Workstation&, const TakeSnapshot&)>;

Status changeTakes(Session& session, const std::vector<std::string>& names, bool trashed,
                   const std::string& done, const Change& change) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    std::vector<std::shared_ptr<const TakeSnapshot>> takes;
    for (const std::string& name : names) {
        auto take = findTake(**workstation, name, trashed);
        if (!take) return propagate(take);
        takes.push_back(*take);
    }
    nlohmann::json ids = nlohmann::json::array();
    for (const auto& take : takes) {
        if (auto changed = change(**workstation, *take); !changed) return changed;
        ids.push_back(take->id);
        session.console().line("'" + take->name + "' " + done + ".");
    }
    session.console().document({{"takes", ids}});
    return {};
}

/// A subcommand that does one thing to each take named.
void addChange(CLI::App& history, Invocation& invocation, const char* name, const char* about,
               const std::string& done, bool trashed, Change change) {
    CLI::App* command = addCommand(history, name, about,
                                   std::string("  smidgen history ") + name + " 0191f2\n  smidgen history " +
                                       name + " 'forest 42' 'forest 43'");
    const auto takes = std::make_shared<std::vector<std::string>>();
    command->add_option("TAKE", *takes, "Names or ids of takes; the beginning of an id is enough")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command->callback([takes, done, trashed, change = std::move(change), &invocation] {
        invocation.run = [=](Session& session) {
            return changeTakes(session, *takes, trashed, done, change);
        };
    });
}

void addOne(CLI::App& history, Invocation& invocation, const char* name, const char* about,
            Status (*run)(Session&, const std::string&)) {
    CLI::App* command =
        addCommand(history, name, about, std::string("  smidgen history ") + name + " 'forest 42'");
    const auto take = std::make_shared<std::string>();
    command->add_option("TAKE", *take, "Name or id of a take; the beginning of an id is enough")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command->callback(
        [take, run, &invocation] { invocation.run = [=](Session& session) { return run(session, *take); }; });
}

void addList(CLI::App& history, Invocation& invocation) {
    CLI::App* command = addCommand(history, "list", "Every take, newest first",
                                   "  smidgen history list --starred\n"
                                   "  smidgen history list --model forest --limit 10 --json");
    const auto options = std::make_shared<ListOptions>();
    command->add_flag("--starred", options->starred, "Only those with a star");
    command->add_flag("--trash", options->trash, "Those in the trash");
    command->add_option("--model", options->model, "Only those of this model (name or id)")
        ->type_name("MODEL")
        ->check(notEmpty());
    command->add_option("--tag", options->tag, "Only those with this tag")
        ->type_name("TAG")
        ->check(notEmpty());
    command->add_option("--limit", options->limit, "At most so many")
        ->type_name("N")
        ->capture_default_str()
        ->check(wholeNumber(1, 100'000));
    command->add_option("--offset", options->offset, "Leave out so many first")
        ->type_name("N")
        ->check(wholeNumber(0, 1'000'000'000));
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return list(session, *options); };
    });
}

}  // namespace

void addHistoryCommands(CLI::App& app, Invocation& invocation) {
    CLI::App* history =
        addCommand(app, "history", "Takes: what was made, with the recipe that makes it again",
                   "  smidgen history list");
    addList(*history, invocation);
    addOne(*history, invocation, "show", "Everything there is to say of a take", show);
    addOne(*history, invocation, "rebuild", "Render a take's recipe anew and compare the samples", rebuild);
    addHistoryExportCommand(*history, invocation);
    addChange(*history, invocation, "star", "Mark takes worth coming back to", "has a star", false,
              [](Workstation& workstation, const TakeSnapshot& take) {
                  return workstation.starTake(take.id, true);
              });
    addChange(*history, invocation, "unstar", "Take the star away", "has no star", false,
              [](Workstation& workstation, const TakeSnapshot& take) {
                  return workstation.starTake(take.id, false);
              });
    const ItemWords words{"history", "take", "TAKE", "'forest 42'"};
    addRenameCommand(*history, invocation, words,
                     [](Session& session, const std::string& take, const std::string& name) {
                         return changeTakes(session, {take}, false, "is called '" + name + "' now",
                                            [&](Workstation& workstation, const TakeSnapshot& one) {
                                                return workstation.renameTake(one.id, name);
                                            });
                     });
    addTagCommand(*history, invocation, words,
                  [](Session& session, const std::string& take, const std::vector<std::string>& changes) {
                      return changeTakes(session, {take}, false, "has its tags",
                                         [&](Workstation& workstation, const TakeSnapshot& one) {
                                             return workstation.tagTake(one.id,
                                                                        changedTags(one.tags, changes));
                                         });
                  });
    addChange(
        *history, invocation, "delete", "Move takes to the trash", "is in the trash", false,
        [](Workstation& workstation, const TakeSnapshot& take) { return workstation.trashTake(take.id); });
    addChange(
        *history, invocation, "restore", "Take takes out of the trash", "is back", true,
        [](Workstation& workstation, const TakeSnapshot& take) { return workstation.restoreTake(take.id); });
    addChange(
        *history, invocation, "purge", "Remove takes in the trash for good", "is gone for good", true,
        [](Workstation& workstation, const TakeSnapshot& take) { return workstation.purgeTake(take.id); });
}

}  // namespace smidgen::cli
