// model list, show, explore, rename, tag, delete, restore, purge, import, export.
#include <spdlog/fmt/fmt.h>

#include <cmath>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/figures.h"
#include "app/cli/item_commands.h"
#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "engine/foundation/atomic_file.h"
#include "engine/workstation/explore.h"

namespace smidgen::cli {
namespace {

std::string heldOutText(const ModelSnapshot& model) {
    return model.heldOutMelL1 > 0 ? fmt::format("{:.3f}", model.heldOutMelL1) : "-";
}

Status list(Session& session, bool trashed) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    nlohmann::json models = nlohmann::json::array();
    const auto all = (*workstation)->models(trashed);
    for (const auto& model : all) {
        models.push_back(document(*model));
        session.console().line(fmt::format("{}  {}  {} sounds, {} steps, held-out {}, {}  {}", model->id,
                                           dateText(model->createdMs), model->sounds, model->steps,
                                           heldOutText(*model), bytesText(model->bytes), model->name));
    }
    session.console().document({{"models", models}});
    if (all.empty() && trashed) {
        session.console().message("There is no model in the trash.");
    } else if (all.empty()) {
        session.console().message("There is no model in " + displayName((*workstation)->library()) +
                                  " yet. Train one: smidgen train FOLDER");
    }
    return {};
}

Status show(Session& session, const std::string& name) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto found = (*workstation)->findModel(name);
    if (!found) return propagate(found);
    const ModelSnapshot& model = **found;
    Console& console = session.console();
    console.document(document(model));
    const auto row = [&](const char* label, const std::string& value) {
        if (!value.empty()) console.line(fmt::format("{:<12} {}", label, value));
    };
    row("name", model.name);
    row("id", model.id);
    row("tags", joined(model.tags));
    row("kind", model.kind);
    row("file", displayName(model.file) + " (" + bytesText(model.bytes) + ")");
    row("made", dateText(model.createdMs));
    row("trained on", counted(model.sounds, "sound") + ", " + secondsText(model.soundSeconds) +
                          (model.collectionName.empty() ? "" : ", from " + model.collectionName));
    row("training", counted(model.steps, "step") + ", " + secondsText(model.trainedSeconds) + " of CPU time");
    row("held out", "log10 mel L1 " + heldOutText(model));
    row("base", model.base.empty() ? "none: trained from zero" : model.base);
    row("health", model.health);
    for (const std::string& line : levelLines(model.codebooks)) row("codes", line);
    return {};
}

Status explore(Session& session, const std::string& name) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto found = (*workstation)->findModel(name);
    if (!found) return propagate(found);
    auto directions = directionsOf(**workstation, (*workstation)->referenceTo(**found));
    if (!directions) return propagate(directions);
    Console& console = session.console();
    nlohmann::json rows = nlohmann::json::array();
    for (const DirectionMeaning& direction : *directions) {
        nlohmann::json moves = nlohmann::json::object();
        std::string words;
        for (const Attribute attribute : kAttributes) {
            const double moved = direction.moves[static_cast<std::size_t>(attribute)];
            const std::string attributeName(wordsFor(attribute).name);
            moves[attributeName] = moved;
            if (std::abs(moved) >= 0.1) words += fmt::format("  {} {:+.1f}", attributeName, moved);
        }
        rows.push_back({{"number", rows.size() + 1},
                        {"high", direction.high},
                        {"low", direction.low},
                        {"share", direction.share},
                        {"moves", moves}});
        console.line(fmt::format("{}  {:.0f} %  {} ... {}: {}", rows.size(), 100 * direction.share,
                                 direction.low, direction.high, words));
    }
    console.document({{"model", (*found)->id}, {"directions", rows}});
    if (rows.empty())
        console.message("'" + (*found)->name +
                        "' keeps too few of its sounds to have directions of its own.");
    return {};
}

using Change = std::function<Status(Workstation&, const ModelSnapshot&)>;

Status changeModel(Session& session, const std::string& name, bool trashed, const std::string& done,
                   const Change& change) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto model = findLibraryModel(**workstation, name, trashed);
    if (!model) return propagate(model);
    if (auto changed = change(**workstation, **model); !changed) return changed;
    session.console().document({{"id", (*model)->id}});
    session.console().line("'" + (*model)->name + "' " + done + ".");
    return {};
}

/// A subcommand that does one thing to the model named.
void addChange(CLI::App& parent, Invocation& invocation, const char* name, const char* about,
               const std::string& done, bool trashed, Change change) {
    CLI::App* command = addCommand(parent, name, about, std::string("  smidgen model ") + name + " forest");
    const auto model = std::make_shared<std::string>();
    command->add_option("MODEL", *model, "Name or id of a model of the library")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command->callback([model, done, trashed, change = std::move(change), &invocation] {
        invocation.run = [=](Session& session) {
            return changeModel(session, *model, trashed, done, change);
        };
    });
}

Status importModel(Session& session, const std::string& file) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto model = (*workstation)->importModel(file);
    if (!model) return propagate(model);
    session.console().document(document(**model));
    session.console().line("'" + (*model)->name + "' is in the library as " + (*model)->id + ".");
    return {};
}

Status exportModel(Session& session, const std::string& name, const std::string& out) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto model = findLibraryModel(**workstation, name);
    if (!model) return propagate(model);
    if (auto done = (*workstation)->exportModel((*model)->id, out); !done) return done;
    session.console().document({{"id", (*model)->id}, {"file", out}});
    session.console().line("'" + (*model)->name + "' is in " + out + ".");
    return {};
}

ItemWords words() {
    return {"model", "model", "MODEL", "forest"};
}

void addExchange(CLI::App& parent, Invocation& invocation) {
    CLI::App* in = addCommand(parent, "import", "Copy a model file into the library",
                              "  smidgen model import forest.safetensors");
    const auto file = std::make_shared<std::string>();
    in->add_option("FILE", *file, "A model that Smidgen wrote")->required()->type_name("")->check(notEmpty());
    in->callback([file, &invocation] {
        invocation.run = [file](Session& session) { return importModel(session, *file); };
    });
    addExportCommand(parent, invocation, words(), "Write a model as one file, to keep or to give away",
                     "  smidgen model export forest --out forest.safetensors", exportModel);
}

}  // namespace

void addModelCommands(CLI::App& app, Invocation& invocation) {
    CLI::App* model = addCommand(app, "model", "Look at trained models", "  smidgen model list");
    CLI::App* listing =
        addCommand(*model, "list", "Every model of the library, newest first", "  smidgen model list --json");
    const auto trashed = std::make_shared<bool>(false);
    listing->add_flag("--trash", *trashed, "Those in the trash");
    listing->callback([trashed, &invocation] {
        invocation.run = [trashed](Session& session) { return list(session, *trashed); };
    });

    CLI::App* card =
        addCommand(*model, "show", "Everything a model says of itself",
                   "  smidgen model show forest\n  smidgen model show forest.safetensors --json");
    const auto name = std::make_shared<std::string>();
    card->add_option("MODEL", *name, "Name, id or file of the model")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    card->callback(
        [name, &invocation] { invocation.run = [name](Session& session) { return show(session, *name); }; });
    CLI::App* exploring = addCommand(
        *model, "explore", "Directions along which a model's own sounds differ most",
        "  smidgen model explore forest\n"
        "  smidgen generate --model forest --explore 1=2 --out further.wav\n"
        "Each with its share of all differences, and what a standard deviation along it does to the "
        "attributes, in those of the sounds.");
    const auto explored = std::make_shared<std::string>();
    exploring->add_option("MODEL", *explored, "Name, id or file of the model")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    exploring->callback([explored, &invocation] {
        invocation.run = [explored](Session& session) { return explore(session, *explored); };
    });
    addRenameCommand(*model, invocation, words(),
                     [](Session& session, const std::string& item, const std::string& called) {
                         return changeModel(session, item, false, "is called '" + called + "' now",
                                            [&](Workstation& workstation, const ModelSnapshot& one) {
                                                return workstation.renameModel(one.id, called);
                                            });
                     });
    addTagCommand(*model, invocation, words(),
                  [](Session& session, const std::string& item, const std::vector<std::string>& changes) {
                      return changeModel(session, item, false, "has its tags",
                                         [&](Workstation& workstation, const ModelSnapshot& one) {
                                             return workstation.tagModel(one.id,
                                                                         changedTags(one.tags, changes));
                                         });
                  });
    addChange(
        *model, invocation, "delete", "Move a model to the trash", "is in the trash", false,
        [](Workstation& workstation, const ModelSnapshot& one) { return workstation.removeModel(one.id); });
    addChange(
        *model, invocation, "restore", "Take a model out of the trash", "is back", true,
        [](Workstation& workstation, const ModelSnapshot& one) { return workstation.restoreModel(one.id); });
    addChange(
        *model, invocation, "purge", "Remove a model in the trash for good", "is gone for good", true,
        [](Workstation& workstation, const ModelSnapshot& one) { return workstation.purgeModel(one.id); });
    addExchange(*model, invocation);
}

}  // namespace smidgen::cli
