// store look, bring: another library, item by item.
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <memory>

#include "app/cli/figures.h"
#include "app/cli/option_checks.h"
#include "app/cli/store_commands.h"
#include "engine/workstation/other_library_items.h"

namespace smidgen::cli {
namespace {

struct Wish {
    std::string library, where, conflicts = "leave";
    std::vector<std::string> items;
    bool everything = false;
};

const char* wordsFor(Standing standing) {
    switch (standing) {
        case Standing::onlyThere:
            return "only there";
        case Standing::newerThere:
            return "newer there";
        case Standing::changedOnBoth:
            return "changed on both sides";
        case Standing::removedHere:
            return "removed here for good";
        case Standing::onlyHere:
            return "only here";
        case Standing::newerHere:
            return "newer here";
        case Standing::same:
            break;
    }
    return "the same";
}

/// Of what `library` has, or lacks, what fits the words and filters.
Result<std::vector<const OtherItem*>> fitting(const OtherLibrary& library, const std::string& where) {
    auto filter = OtherItemFilter::parse(where);
    if (!filter) return propagate(filter);
    std::vector<const OtherItem*> items;
    for (const OtherItem& item : library.items)
        if (filter->matches(item)) items.push_back(&item);
    return items;
}

Status look(Session& session, const Wish& wish) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto library = lookInto(**workstation, wish.library, session.cancel());
    if (!library) return propagate(library);
    auto items = fitting(*library, wish.where);
    if (!items) return propagate(items);
    Console& console = session.console();
    nlohmann::json list = nlohmann::json::array();
    for (const OtherItem* item : *items) {
        if (item->standing == Standing::same && !wish.everything) continue;
        const ItemVersion& version = item->shown();
        console.line(
            fmt::format("{:<22}{:<12}{}", wordsFor(item->standing), nameOf(item->kind), version.name));
        nlohmann::json entry = {{"standing", wordsFor(item->standing)},
                                {"kind", nameOf(item->kind)},
                                {"id", version.id},
                                {"name", version.name},
                                {"changed_ms", version.changedMs}};
        if (item->ours) entry["here"] = item->ours->name;
        list.push_back(std::move(entry));
    }
    if (list.empty()) console.message("There is nothing that differs.");
    for (const std::string& problem : library->problems) console.message(problem);
    console.document({{"library", library->folder.string()},
                      {"writable", library->writable},
                      {"items", std::move(list)},
                      {"problems", library->problems}});
    return {};
}

/// What is named, or all that can come.
Result<std::vector<BringChoice>> choicesOf(const OtherLibrary& library, const Wish& wish) {
    const Settling settling = wish.conflicts == "ours"     ? Settling::keepOurs
                              : wish.conflicts == "theirs" ? Settling::takeTheirs
                              : wish.conflicts == "both"   ? Settling::keepBoth
                                                           : Settling::leave;
    std::vector<BringChoice> choices;
    for (const std::string& name : wish.items) {
        const auto found = std::ranges::find_if(library.items, [&](const OtherItem& item) {
            return item.theirs && (item.theirs->id == name || item.theirs->name == name);
        });
        if (found == library.items.end())
            return failure(ErrorCode::notFound, "There is no '" + name +
                                                    "' in the other library. `smidgen store look` says what "
                                                    "there is.");
        choices.push_back({found->block, settling});
    }
    if (!wish.items.empty()) return choices;
    auto items = fitting(library, wish.where);
    if (!items) return propagate(items);
    for (const OtherItem* item : *items)
        if (item->standing == Standing::onlyThere || item->standing == Standing::newerThere ||
            item->standing == Standing::changedOnBoth)
            choices.push_back({item->block, settling});
    return choices;
}

Status bring(Session& session, const Wish& wish) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    auto library = lookInto(**workstation, wish.library, session.cancel());
    if (!library) return propagate(library);
    auto choices = choicesOf(*library, wish);
    if (!choices) return propagate(choices);
    Console& console = session.console();
    auto brought =
        bringChosen(**workstation, wish.library, *choices, session.cancel(), [&](const SendingState& state) {
            if (state.itemsDone < state.items)
                console.progress(
                    fmt::format("'{}' ({} of {})", state.name, state.itemsDone + 1, state.items));
        });
    if (!brought) return propagate(brought);
    console.line(fmt::format("{} new, {} brought up to date, {} as they were, {} settled, {} left",
                             brought->added.size(), brought->updated, brought->same, brought->settled,
                             brought->left));
    for (const std::string& problem : brought->problems) console.line(problem);
    nlohmann::json added = nlohmann::json::array();
    for (const ItemName& item : brought->added)
        added.push_back({{"kind", nameOf(item.kind)}, {"id", item.id}});
    console.document({{"added", std::move(added)},
                      {"updated", brought->updated},
                      {"same", brought->same},
                      {"settled", brought->settled},
                      {"left", brought->left},
                      {"problems", brought->problems}});
    if (brought->left > 0) console.message("Settle what is left with --conflicts ours, theirs or both.");
    if (brought->stopped) return tl::unexpected<Error>(*brought->stopped);
    if (brought->problems.empty()) return {};
    return failure(ErrorCode::unusableInput,
                   counted(static_cast<std::int64_t>(brought->problems.size()), "item") +
                       " could not be brought in as it should; see above.");
}

std::shared_ptr<Wish> addLibrary(CLI::App& command) {
    auto wish = std::make_shared<Wish>();
    command.add_option("LIBRARY", wish->library, "Folder of the other library, which is only read")
        ->required()
        ->type_name("")
        ->check(notEmpty());
    command
        .add_option("--where", wish->where,
                    "Only what fits these words and filters: 'rain kind:take seconds<2'")
        ->type_name("WORDS");
    return wish;
}

}  // namespace

void addLookCommand(CLI::App& store, Invocation& invocation) {
    CLI::App* command = addCommand(
        store, "look", "What another library has, and how it stands to this one; nothing is changed",
        "  smidgen store look /media/laptop/smidgen\n"
        "  smidgen store look ~/old-library --where 'kind:take rain' --all");
    const auto wish = addLibrary(*command);
    command->add_flag("--all", wish->everything, "Also what is the same in both");
    command->callback(
        [wish, &invocation] { invocation.run = [wish](Session& session) { return look(session, *wish); }; });
}

void addBringCommand(CLI::App& store, Invocation& invocation) {
    CLI::App* command =
        addCommand(store, "bring", "Bring chosen items in from another library, which is only read",
                   "  smidgen store bring /media/laptop/smidgen 'rain 7' Forest\n"
                   "  smidgen store bring ~/old-library --where kind:model --conflicts both");
    const auto wish = addLibrary(*command);
    command->add_option("ITEM", wish->items, "Items there by name or id; none: all that is new there")
        ->type_name("");
    command
        ->add_option(
            "--conflicts", wish->conflicts,
            "What was changed on both sides: leave it, keep ours, take theirs (ours is kept beside it), "
            "or keep both")
        ->capture_default_str()
        ->check(oneOf({"leave", "ours", "theirs", "both"}));
    command->callback(
        [wish, &invocation] { invocation.run = [wish](Session& session) { return bring(session, *wish); }; });
}

}  // namespace smidgen::cli
