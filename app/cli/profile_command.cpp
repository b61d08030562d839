// profile list, save, show, rename, delete, restore: export settings under names.
#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/commands.h"
#include "app/cli/export_options.h"
#include "app/cli/option_checks.h"

namespace smidgen::cli {
namespace {

std::string summaryOf(const ExportSettings& settings) {
    std::string text = fmt::format("{}, {} Hz", nameOf(settings.profile.format), settings.profile.rate);
    if (isLossy(settings.profile.format))
        text += fmt::format(", quality {:g}", settings.profile.lossyQuality);
    else
        text += fmt::format(", {} bit", nameOf(settings.profile.depth));
    if (settings.channels != ExportChannels::asTheyAre)
        text += fmt::format(", {}", nameOf(settings.channels));
    if (settings.level.lufs) text += fmt::format(", {:g} LUFS", *settings.level.lufs);
    if (settings.level.peakDb) text += fmt::format(", peak {:g} dBFS", *settings.level.peakDb);
    if (settings.level.ceilingDb) text += fmt::format(", ceiling {:g} dBTP", *settings.level.ceilingDb);
    return text + ", " + settings.nameTemplate;
}

nlohmann::json documentOf(const ExportProfile& profile) {
    return {{"name", profile.name}, {"settings", nlohmann::json::parse(toJson(profile.settings))}};
}

Status list(Session& session) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto profiles = exportProfiles(**workstation);
    if (!profiles) return propagate(profiles);
    nlohmann::json rows = nlohmann::json::array();
    for (const ExportProfile& profile : *profiles) {
        rows.push_back(documentOf(profile));
        session.console().line(fmt::format("{:<20} {}", profile.name, summaryOf(profile.settings)));
    }
    if (profiles->empty())
        session.console().message("There is no export profile yet. Save one: smidgen profile save --help");
    session.console().document({{"profiles", rows}});
    return {};
}

Status show(Session& session, const std::string& name) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto profile = findExportProfile(**workstation, name);
    if (!profile) return propagate(profile);
    session.console().line(toJson(profile->settings));
    session.console().document(documentOf(*profile));
    return {};
}

struct Saving {
    std::string name;
    bool replace = false;
    ExportOptions options;
};

Status save(Session& session, const Saving& saving) {
    const OutputPlace folder{true, {}};
    if (auto good = checkExportOptions(saving.options, folder); !good) return good;
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto settings = exportSettings(**workstation, saving.options, folder, "{name}");
    if (!settings) return propagate(settings);
    if (auto saved = saveExportProfile(**workstation, saving.name, *settings, saving.replace); !saved)
        return saved;
    session.console().line("'" + saving.name + "' is saved: " + summaryOf(*settings) + ".");
    session.console().document(documentOf({saving.name, *settings, 0}));
    return {};
}

using Change = Status (*)(const Workstation&, const std::string&);

void addChange(CLI::App& profile, Invocation& invocation, const char* name, const char* about,
               const std::string& done, Change change) {
    CLI::App* command =
        addCommand(profile, name, about, std::string("  smidgen profile ") + name + " sampler");
    const auto which = std::make_shared<std::string>();
    command->add_option("NAME", *which, "Its name")->required()->type_name("")->check(notEmpty());
    command->callback([which, done, change, &invocation] {
        invocation.run = [=](Session& session) -> Status {
            auto workstation = session.workstation();
            if (!workstation) return propagate(workstation);
            if (auto changed = change(**workstation, *which); !changed) return changed;
            session.console().line("'" + *which + "' " + done + ".");
            session.console().document({{"name", *which}});
            return {};
        };
    });
}

void addRename(CLI::App& profile, Invocation& invocation) {
    CLI::App* command = addCommand(profile, "rename", "Give a profile another name",
                                   "  smidgen profile rename sampler 'sampler, mono'");
    const auto names = std::make_shared<std::pair<std::string, std::string>>();
    command->add_option("NAME", names->first, "Its name")->required()->type_name("")->check(notEmpty());
    command->add_option("NEW", names->second, "Its new name")->required()->type_name("")->check(notEmpty());
    command->callback([names, &invocation] {
        invocation.run = [names](Session& session) -> Status {
            auto workstation = session.workstation();
            if (!workstation) return propagate(workstation);
            if (auto renamed = renameExportProfile(**workstation, names->first, names->second); !renamed)
                return renamed;
            session.console().line("'" + names->first + "' is called '" + names->second + "' now.");
            session.console().document({{"name", names->second}});
            return {};
        };
    });
}

}  // namespace

void addProfileCommands(CLI::App& app, Invocation& invocation) {
    CLI::App* profile = addCommand(app, "profile", "Export settings under a name",
                                   "  smidgen profile save podcast --format mp3 --target-lufs -16");
    CLI::App* listing = addCommand(*profile, "list", "Every export profile", "  smidgen profile list");
    listing->callback([&invocation] { invocation.run = list; });
    CLI::App* saver = addCommand(
        *profile, "save", "Keep export settings under a name",
        "  smidgen profile save sampler --format wav --depth 16 --rate 44100 --peak -1 --trim-silence -60\n"
        "  smidgen profile save sampler --profile sampler --channels mono --replace");
    const auto saving = std::make_shared<Saving>();
    saver->add_option("NAME", saving->name, "Its name")->required()->type_name("")->check(notEmpty());
    saver->add_flag("--replace", saving->replace, "Replace the profile of that name");
    addExportOptions(*saver, saving->options);
    saver->callback([saving, &invocation] {
        invocation.run = [saving](Session& session) { return save(session, *saving); };
    });
    CLI::App* shower =
        addCommand(*profile, "show", "What a profile says, as JSON", "  smidgen profile show sampler");
    const auto shown = std::make_shared<std::string>();
    shower->add_option("NAME", *shown, "Its name")->required()->type_name("")->check(notEmpty());
    shower->callback([shown, &invocation] {
        invocation.run = [shown](Session& session) { return show(session, *shown); };
    });
    addRename(*profile, invocation);
    addChange(*profile, invocation, "delete", "Move a profile to the trash", "is in the trash",
              removeExportProfile);
    addChange(*profile, invocation, "restore", "Take a profile out of the trash", "is back",
              restoreExportProfile);
}

}  // namespace smidgen::cli
