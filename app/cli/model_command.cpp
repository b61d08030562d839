// model list, model show.
#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/figures.h"
#include "app/cli/option_checks.h"
#include "engine/foundation/atomic_file.h"

namespace smidgen::cli {
namespace {

std::string heldOutText(const ModelSnapshot& model) {
    return model.heldOutMelL1 > 0 ? fmt::format("{:.3f}", model.heldOutMelL1) : "-";
}

Status list(Session& session) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    nlohmann::json models = nlohmann::json::array();
    const auto all = (*workstation)->models();
    for (const auto& model : all) {
        models.push_back(document(*model));
        session.console().line(fmt::format("{}  {}  {} sounds, {} steps, held-out {}, {}  {}", model->id,
                                           dateText(model->createdMs), model->sounds, model->steps,
                                           heldOutText(*model), bytesText(model->bytes), model->name));
    }
    session.console().document({{"models", models}});
    if (all.empty()) {
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

}  // namespace

void addModelCommands(CLI::App& app, Invocation& invocation) {
    CLI::App* model = addCommand(app, "model", "Look at trained models", "  smidgen model list");
    CLI::App* listing =
        addCommand(*model, "list", "Every model of the library, newest first", "  smidgen model list --json");
    listing->callback([&invocation] { invocation.run = [](Session& session) { return list(session); }; });

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
}

}  // namespace smidgen::cli
