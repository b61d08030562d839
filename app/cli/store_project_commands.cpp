// store namespace, permit: projects of the library, and who may do what.
#include <spdlog/fmt/fmt.h>

#include <memory>

#include "app/cli/figures.h"
#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "app/cli/store_commands.h"
#include "engine/foundation/nearest.h"
#include "engine/workstation/library_sharing.h"

namespace smidgen::cli {
namespace {

struct RightWord {
    const char* word;
    bool ItemRights::*right;
};
constexpr RightWord kRights[] = {{"read", &ItemRights::read},
                                 {"write", &ItemRights::write},
                                 {"remove", &ItemRights::remove},
                                 {"share", &ItemRights::share}};

std::vector<std::string> wordsOf(const ItemRights& rights) {
    std::vector<std::string> words;
    for (const RightWord& right : kRights)
        if (rights.*right.right) words.emplace_back(right.word);
    return words;
}

std::string textOf(const ItemRights& rights) {
    return rights.none() ? "nothing" : joined(wordsOf(rights));
}

/// "ben=read,write" or "*=all". Errors: invalidArgument.
Result<ItemPermission> permissionFrom(const std::string& text) {
    const std::size_t sign = text.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == text.size())
        return failure(ErrorCode::invalidArgument,
                       "'" + text + "' does not say who may do what. Write for example ben=read,write.");
    ItemPermission permission{text.substr(0, sign), {}};
    for (std::size_t at = sign + 1; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::string word = text.substr(at, end - at);
        std::vector<std::string> known{"all"};
        bool found = word == "all";
        for (const RightWord& right : kRights) {
            known.emplace_back(right.word);
            if (word != "all" && word != right.word) continue;
            permission.rights.*right.right = true;
            found = true;
        }
        if (!found)
            return failure(ErrorCode::invalidArgument,
                           "'" + word + "' is none of " + joined(known) + "." + didYouMean(word, known));
        at = end + 1;
    }
    return permission;
}

CLI::Validator isPermission() {
    return CLI::Validator(
        [](const std::string& text) {
            const auto permission = permissionFrom(text);
            return permission ? std::string() : permission.error().sentence;
        },
        "");
}

nlohmann::json documentOf(const ItemAccess& access) {
    nlohmann::json permissions = nlohmann::json::object();
    for (const ItemPermission& permission : access.permissions)
        permissions[permission.who] = wordsOf(permission.rights);
    return {{"kind", nameOf(access.item.kind)},
            {"id", access.item.id},
            {"name", access.name},
            {"project", access.project},
            {"shared_with", access.sharedWith},
            {"owner", access.owner},
            {"read_only", access.readOnly},
            {"permissions", permissions},
            {"you_may", wordsOf(access.own)}};
}

Status listProjects(Session& session) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto projects = projectsOf(**workstation);
    if (!projects) return propagate(projects);
    nlohmann::json entries = nlohmann::json::array();
    for (const ProjectFigures& project : *projects) {
        const bool current = project.name == (*workstation)->project();
        entries.push_back({{"name", project.name},
                           {"current", current},
                           {"takes", project.takes},
                           {"models", project.models},
                           {"collections", project.collections},
                           {"cubes", project.cubes},
                           {"trashed", project.trashed},
                           {"shared", project.shared}});
        const auto figure = [](std::uint64_t count, const char* noun) {
            return counted(static_cast<std::int64_t>(count), noun);
        };
        session.console().line(fmt::format(
            "{} {:<20}  {}, {}, {}, {}; {} in the trash, {} shared with it", current ? '*' : ' ',
            project.name, figure(project.collections, "collection"), figure(project.models, "model"),
            figure(project.takes, "take"), figure(project.cubes, "cube"), project.trashed, project.shared));
    }
    session.console().document({{"projects", entries}});
    return {};
}

struct Sharing {
    std::vector<std::string> items;
    std::string project;
};

Status share(Session& session, const Sharing& sharing, bool shared) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    // All are looked for first: a wrong name stops the command before it has done half of it.
    auto items = findItems(**workstation, sharing.items);
    if (!items) return propagate(items);
    for (const ItemName& item : *items) {
        const auto access = accessTo(**workstation, item);
        auto done = shared ? shareItem(**workstation, item, sharing.project)
                           : unshareItem(**workstation, item, sharing.project);
        if (!done) return done;
        session.console().line(fmt::format("'{}' is {} '{}'.", access ? access->name : item.id,
                                           shared ? "shared with" : "no longer shared with",
                                           sharing.project));
    }
    nlohmann::json names = nlohmann::json::array();
    for (const ItemName& item : *items) names.push_back({{"kind", nameOf(item.kind)}, {"id", item.id}});
    session.console().document({{"project", sharing.project}, {"shared", shared}, {"items", names}});
    return {};
}

struct Permitting {
    std::string item;
    std::vector<std::string> allow, deny;
    bool clear = false, protect = false, unprotect = false;
    [[nodiscard]] bool changes() const {
        return !allow.empty() || !deny.empty() || clear || protect || unprotect;
    }
};

Status permit(Session& session, const Permitting& permitting) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto found = findItem(**workstation, permitting.item);
    if (!found) return propagate(found);
    if (permitting.changes()) {
        AccessChange change;
        change.clear = permitting.clear;
        change.deny = permitting.deny;
        for (const std::string& text : permitting.allow) {
            auto permission = permissionFrom(text);
            if (!permission) return propagate(permission);
            change.allow.push_back(std::move(*permission));
        }
        if (permitting.protect || permitting.unprotect) change.readOnly = permitting.protect;
        if (auto changed = changeAccess(**workstation, found->item, change); !changed) return changed;
    }
    auto access = accessTo(**workstation, found->item);
    if (!access) return propagate(access);
    Console& console = session.console();
    console.line(fmt::format(
        "'{}', a {} of the project '{}'{}", access->name, nameOf(access->item.kind), access->project,
        access->sharedWith.empty() ? "" : ", shared with " + joined(access->sharedWith)));
    console.line(fmt::format("owner      {}", access->owner));
    console.line(fmt::format("read-only  {}", access->readOnly ? "yes" : "no"));
    if (access->permissions.empty()) console.line("everyone may do everything");
    for (const ItemPermission& permission : access->permissions)
        console.line(fmt::format("{:<10} {}", permission.who, textOf(permission.rights)));
    console.document(documentOf(*access));
    return {};
}

void addSharing(CLI::App& parent, Invocation& invocation, bool shared) {
    CLI::App* command = shared ? addCommand(parent, "share", "Let another project see items, too",
                                            "  smidgen store namespace share 'forest 42' Rain --with film")
                               : addCommand(parent, "unshare", "Let another project no longer see items",
                                            "  smidgen store namespace unshare 'forest 42' --with film");
    const auto sharing = std::make_shared<Sharing>();
    command->add_option("ITEM", sharing->items, "Takes, models, cubes or collections by name or id")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command->add_option("--with", sharing->project, "The other project")
        ->required()
        ->type_name("PROJECT")
        ->check(notEmpty());
    command->callback([sharing, shared, &invocation] {
        invocation.run = [sharing, shared](Session& session) { return share(session, *sharing, shared); };
    });
}

}  // namespace

void addNamespaceCommands(CLI::App& store, Invocation& invocation) {
    CLI::App* parent =
        addCommand(store, "namespace", "Projects: each sees what is its own, and what is shared",
                   "  smidgen --project film generate --model Rain --out takes\n"
                   "  smidgen store namespace list");
    CLI::App* list =
        addCommand(*parent, "list", "All projects and what they have", "  smidgen store namespace list");
    list->callback([&invocation] { invocation.run = listProjects; });
    addSharing(*parent, invocation, true);
    addSharing(*parent, invocation, false);
}

void addPermitCommand(CLI::App& store, Invocation& invocation) {
    CLI::App* command = addCommand(store, "permit", "Show and change who may do what with an item",
                                   "  smidgen store permit Rain\n"
                                   "  smidgen store permit Rain --allow ben=read --allow 'cleo=all'\n"
                                   "  smidgen store permit Rain --protect");
    const auto permitting = std::make_shared<Permitting>();
    command->add_option("ITEM", permitting->item, "A take, model, cube or collection by name or id")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command
        ->add_option(
            "--allow", permitting->allow,
            "Who may do what from now on: read, write, remove, share or all; '*' is everyone. Others "
            "than the owner may then do nothing else")
        ->type_name("WHO=RIGHTS")
        ->allow_extra_args(false)
        ->check(isPermission());
    command->add_option("--deny", permitting->deny, "Who may do nothing from now on")
        ->type_name("WHO")
        ->allow_extra_args(false)
        ->check(notEmpty());
    command->add_flag("--clear", permitting->clear, "Everyone may do everything, but for what is said here");
    CLI::Option* protect =
        command->add_flag("--protect", permitting->protect, "Nobody changes or removes it until --unprotect");
    command->add_flag("--unprotect", permitting->unprotect, "It can be changed again")->excludes(protect);
    command->callback([permitting, &invocation] {
        invocation.run = [permitting](Session& session) { return permit(session, *permitting); };
    });
}

}  // namespace smidgen::cli
