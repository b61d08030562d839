// preset list, save, show, rename, tag, delete, restore, purge.
#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/commands.h"
#include "app/cli/documents.h"
#include "app/cli/figures.h"
#include "app/cli/item_commands.h"
#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "app/cli/recipe_file.h"
#include "app/cli/slider_options.h"
#include "engine/workstation/presets.h"

namespace smidgen::cli {
namespace {

/// "brightness 0.10, space 0.90".
std::string sliderText(const Recipe& recipe) {
    std::string text;
    for (const Attribute attribute : kAttributes)
        if (const auto& position = recipe.sliders[attribute])
            text += fmt::format("{}{} {:.2f}", text.empty() ? "" : ", ", wordsFor(attribute).name, *position);
    return text.empty() ? "sliders as they come" : text;
}

Status list(Session& session, bool trash, const std::string& folder) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    nlohmann::json presets = nlohmann::json::array();
    for (const Preset& preset : presetsOf(**workstation, trash)) {
        if (!folder.empty() && !preset->name.starts_with(folder + "/")) continue;
        presets.push_back(document(*preset));
        session.console().line(fmt::format("{:<32} {}{}", preset->name, sliderText(preset->recipe),
                                           preset->tags.empty() ? "" : "  [" + joined(preset->tags) + "]"));
    }
    if (presets.empty())
        session.console().message(trash ? "There is no preset in the trash."
                                        : "There is no preset in '" + folder + "'.");
    session.console().document({{"presets", presets}});
    return {};
}

struct SaveOptions {
    std::string name, take, recipe;
    std::vector<std::string> sliders;
    bool replace = false;
};

/// Of a take or a recipe, changed by --set.
Result<Recipe> recipeToSave(Workstation& workstation, const SaveOptions& options) {
    Recipe recipe;
    if (!options.take.empty() && !options.recipe.empty())
        return failure(ErrorCode::invalidArgument,
                       "Save a preset from a take or from a recipe, not from both.");
    if (options.take.empty() && options.recipe.empty() && options.sliders.empty())
        return failure(ErrorCode::invalidArgument,
                       "Say what to save: --take TAKE, --recipe FILE, or --set SLIDER=VALUE.");
    if (!options.take.empty()) {
        auto take = findTake(workstation, options.take);
        if (!take) return propagate(take);
        recipe = (*take)->recipe;
    } else if (!options.recipe.empty()) {
        auto read = readRecipe(options.recipe);
        if (!read) return propagate(read);
        recipe = std::move(*read);
    }
    if (auto set = setSliders(options.sliders, recipe); !set) return propagate(set);
    return recipe;
}

Status save(Session& session, const SaveOptions& options) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto recipe = recipeToSave(**workstation, options);
    if (!recipe) return propagate(recipe);
    auto saved = savePreset(**workstation, options.name, *recipe, options.replace);
    if (!saved && saved.error().code == ErrorCode::conflict)
        return failure(ErrorCode::conflict, saved.error().sentence + " Write over it with --replace.");
    if (!saved) return propagate(saved);
    session.console().document(document(**saved));
    session.console().line("'" + (*saved)->name + "': " + sliderText((*saved)->recipe));
    return {};
}

Status show(Session& session, const std::string& name) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto preset = findPreset(**workstation, name);
    if (!preset) return propagate(preset);
    Console& console = session.console();
    const Recipe& recipe = (*preset)->recipe;
    console.document(document(**preset));
    const auto row = [&](const char* label, const std::string& value) {
        if (!value.empty()) console.line(fmt::format("{:<12} {}", label, value));
    };
    row("name", (*preset)->name);
    row("id", (*preset)->id);
    row("tags", joined((*preset)->tags));
    row("sliders", sliderText(recipe) + (recipe.sliderTools ? "" : ", without tools"));
    row("variation", fmt::format("{:.2f}", recipe.variation));
    if (isFactory(**preset)) {
        row("from", "came with the program");
        return {};
    }
    row("saved", dateText((*preset)->createdMs));
    row("model", recipe.modelName);
    row("seed", recipe.modelId.empty() ? "" : std::to_string(recipe.seed));
    if (recipe.prior)
        row("prior", fmt::format("temperature {:.2f}, top-k {}, top-p {:.2f}, guidance {:.2f}",
                                 recipe.prior->temperature, recipe.prior->topK, recipe.prior->topP,
                                 recipe.prior->guidance));
    return {};
}

using Change = std::function<Status(Workstation&, const PresetSnapshot&)>;

Status changePresets(Session& session, const std::vector<std::string>& names, bool trashed,
                     const std::string& done, const Change& change) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    std::vector<Preset> presets;
    for (const std::string& name : names) {
        auto preset = findPreset(**workstation, name, trashed);
        if (!preset) return propagate(preset);
        presets.push_back(*preset);
    }
    nlohmann::json ids = nlohmann::json::array();
    for (const Preset& preset : presets) {
        if (auto changed = change(**workstation, *preset); !changed) return changed;
        ids.push_back(preset->id);
        session.console().line("'" + preset->name + "' " + done + ".");
    }
    session.console().document({{"presets", ids}});
    return {};
}

ItemWords words() {
    return {"preset", "preset", "PRESET", "'Dark room'"};
}

void addChange(CLI::App& parent, Invocation& invocation, const char* name, const char* about,
               const std::string& done, bool trashed, Status (*change)(Workstation&, const PresetId&)) {
    addChangeCommand(parent, invocation, words(), name, about,
                     [=](Session& session, const std::vector<std::string>& presets) {
                         return changePresets(session, presets, trashed, done,
                                              [change](Workstation& workstation, const PresetSnapshot& each) {
                                                  return change(workstation, each.id);
                                              });
                     });
}

void addList(CLI::App& parent, Invocation& invocation) {
    CLI::App* command = addCommand(parent, "list", "Every preset, and those that came with the program",
                                   "  smidgen preset list\n  smidgen preset list Caves");
    struct Options {
        bool trash = false;
        std::string folder;
    };
    const auto options = std::make_shared<Options>();
    command->add_option("FOLDER", options->folder, "Only those in this folder")
        ->type_name("")
        ->check(notEmpty());
    command->add_flag("--trash", options->trash, "Those in the trash");
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) {
            return list(session, options->trash, options->folder);
        };
    });
}

void addSave(CLI::App& parent, Invocation& invocation) {
    CLI::App* command =
        addCommand(parent, "save", "Keep settings under a name; '/' makes folders",
                   "  smidgen preset save 'Caves/Dark room' --set brightness=0.1 --set space=0.9\n"
                   "  smidgen preset save drops --take 'forest 42'\n"
                   "  smidgen preset save drops --take 'forest 43' --replace");
    const auto options = std::make_shared<SaveOptions>();
    command->add_option("NAME", options->name, "Its name")->required()->type_name("")->check(notEmpty());
    command->add_option("--take", options->take, "The settings of this take: its name or id")
        ->type_name("TAKE")
        ->check(notEmpty());
    command->add_option("--recipe", options->recipe, "Those of a recipe: JSON, or a sound that Smidgen wrote")
        ->type_name("FILE")
        ->check(notEmpty());
    addSetOption(*command, options->sliders);
    command->add_flag("--replace", options->replace, "Also when there is one of that name");
    command->callback([options, &invocation] {
        invocation.run = [options](Session& session) { return save(session, *options); };
    });
}

}  // namespace

void addPresetCommands(CLI::App& app, Invocation& invocation) {
    CLI::App* preset = addCommand(app, "preset", "Settings under a name: saved, shown, used by 'generate'",
                                  "  smidgen preset save 'Caves/Dark room' --set brightness=0.1\n"
                                  "  smidgen generate --model forest --preset 'Dark room' --out take.wav\n"
                                  "  smidgen preset list");
    addList(*preset, invocation);
    addSave(*preset, invocation);
    CLI::App* one = addCommand(*preset, "show", "What a preset says", "  smidgen preset show 'Dark room'");
    const auto name = std::make_shared<std::string>();
    one->add_option("PRESET", *name, "Name or id of a preset; the last part of a name is enough")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    one->callback(
        [name, &invocation] { invocation.run = [name](Session& session) { return show(session, *name); }; });
    addRenameCommand(*preset, invocation, words(),
                     [](Session& session, const std::string& item, const std::string& newName) {
                         return changePresets(session, {item}, false, "is called '" + newName + "' now",
                                              [&](Workstation& workstation, const PresetSnapshot& each) {
                                                  return renamePreset(workstation, each.id, newName);
                                              });
                     });
    addTagCommand(*preset, invocation, words(),
                  [](Session& session, const std::string& item, const std::vector<std::string>& changes) {
                      return changePresets(session, {item}, false, "has its tags",
                                           [&](Workstation& workstation, const PresetSnapshot& each) {
                                               return tagPreset(workstation, each.id,
                                                                changedTags(each.tags, changes));
                                           });
                  });
    addChange(*preset, invocation, "delete", "Move presets to the trash", "is in the trash", false,
              trashPreset);
    addChange(*preset, invocation, "restore", "Take presets out of the trash", "is back", true,
              restorePreset);
    addChange(*preset, invocation, "purge", "Remove presets in the trash for good", "is gone for good", true,
              purgePreset);
}

}  // namespace smidgen::cli
