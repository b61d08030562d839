// search: by words, by filters, by likeness.
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/figures.h"
#include "app/cli/library_words.h"
#include "app/cli/option_checks.h"
#include "engine/foundation/atomic_file.h"
#include "engine/workstation/code_places.h"

namespace smidgen::cli {
namespace {

struct SearchOptions {
    std::vector<std::string> text;
    std::string like, kind;
    bool stretches = false;
    int limit = 20;
    int offset = 0;
};

/// A typed argument that has a space in it was in quotes.
std::string retyped(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) {
        const std::size_t colon = word.find(':');
        const bool spaced = word.find(' ') != std::string::npos && colon != std::string::npos &&
                            word.find('"') == std::string::npos;
        text += (text.empty() ? "" : " ") +
                (spaced ? word.substr(0, colon + 1) + '"' + word.substr(colon + 1) + '"' : word);
    }
    return text;
}

/// A snippet's marks around what was found.
std::string plain(std::string text) {
    std::erase_if(text, [](char c) { return c == '\x02' || c == '\x03'; });
    for (char& c : text)
        if (c == '\n') c = ' ';
    return text;
}

nlohmann::json document(const FoundItem& item) {
    nlohmann::json json{{"kind", nameOf(item.kind)}, {"id", item.id},      {"name", item.name},
                        {"tags", item.tags},         {"seconds", nullptr}, {"file", nullptr}};
    if (item.seconds > 0) json["seconds"] = item.seconds;
    if (!item.file.empty()) json["file"] = displayName(item.file);
    if (!item.collection.empty()) json["collection"] = item.collection;
    if (item.distance) json["distance"] = *item.distance;
    if (item.startSeconds) json["start_seconds"] = *item.startSeconds;
    if (!item.snippet.empty()) json["snippet"] = plain(item.snippet);
    if (!item.anchor.empty()) json["anchor"] = item.anchor;
    return json;
}

std::string row(const FoundItem& item) {
    std::string text = item.distance ? fmt::format("{:>6.2f}  ", *item.distance) : std::string();
    text += fmt::format("{:<10} {:<32}", nameOf(item.kind), item.name);
    if (item.seconds > 0) text += fmt::format(" {:>9}", secondsText(item.seconds));
    if (item.startSeconds) text += fmt::format("  from {}", secondsText(*item.startSeconds));
    if (!item.tags.empty()) text += "  [" + joined(item.tags) + "]";
    if (!item.file.empty())
        text += "  " + displayName(item.file);
    else if (!item.snippet.empty())
        text += "  " + plain(item.snippet);
    return text;
}

/// Edited sounds are listened to before they are compared, when they are asked for.
Status hearEditedSounds(const Workstation& workstation, const FindRequest& request, Session& session) {
    auto query = parseFindQuery(request.text);
    if (!query) return propagate(query);
    const auto& kinds = query->kinds;
    if (!kinds.empty() && std::ranges::find(kinds, ItemKind::codes) == kinds.end()) return {};
    Console& console = session.console();
    auto hearing = hearCodes(workstation, {}, session.cancel(), [&](int done, int all) {
        console.progress(fmt::format("Listening to edited sounds, {} of {}", done, all));
    });
    if (!hearing) return propagate(hearing);
    for (const std::string& problem : hearing->problems) console.message(problem);
    return {};
}

Status search(Session& session, const SearchOptions& options) {
    auto workstation = session.workstation();
    if (!workstation) return propagate(workstation);
    Console& console = session.console();
    FindRequest request;
    request.text = retyped(options.text);
    if (!options.kind.empty()) request.text += " kind:" + options.kind;
    request.like = options.like;
    request.stretches = options.stretches;
    request.limit = static_cast<std::size_t>(options.limit);
    request.offset = static_cast<std::size_t>(options.offset);
    if (!options.like.empty())
        if (auto heard = hearEditedSounds(**workstation, request, session); !heard) return heard;
    auto found = (*workstation)->find(request, session.cancel(), [&](int done, int all) {
        console.progress(fmt::format("Listening to the sounds, {} of {}", done, all));
    });
    if (!found) return propagate(found);
    nlohmann::json items = nlohmann::json::array();
    for (const FoundItem& item : found->items) {
        items.push_back(document(item));
        console.line(row(item));
    }
    console.document({{"items", items}, {"more", found->more}});
    if (found->items.empty())
        console.message("Nothing was found.");
    else if (found->more)
        console.message(fmt::format("There is more: --offset {}", options.offset + options.limit));
    return {};
}

}  // namespace

void addSearchCommand(CLI::App& app, Invocation& invocation) {
    CLI::App* command = addCommand(
        app, "search", "Find sounds, takes, models, presets, codes and help by words, filters or likeness",
        "  smidgen search rain roof\n"
        "  smidgen search --like kick.flac --limit 10\n"
        "  smidgen search --like 'forest 42' kind:sound 'seconds<2'\n"
        "  smidgen search --like riff.wav --stretches\n"
        "  smidgen search --like 'Caves/Dark room' kind:codes\n"
        "  smidgen search kind:take is:starred tag:wet 'model:old forest'\n"
        "Filters: kind:sound|take|model|collection|preset|codes|cube|help, tag:, model:, is:starred, and\n"
        "seconds, lufs, channels, novelty compared with < or > and a number. Likeness is a distance: 0 the\n"
        "same sound, about 8 any two sounds. Codes (edited sounds) are like what they decode to, a preset "
        "is\n"
        "like the take it was saved from, else like the oldest that was made with it.");
    const auto options = std::make_shared<SearchOptions>();
    command->add_option("TEXT", options->text, "Words and filters")->type_name("");
    CLI::Option* like = command
                            ->add_option("--like", options->like,
                                         "A sound file, or a take, sound, preset or codes of the library by "
                                         "name or id")
                            ->type_name("SOUND")
                            ->check(notEmpty());
    command->add_option("--kind", options->kind, "The same as kind:")
        ->type_name("KIND")
        ->check(oneOf({"sound", "take", "model", "collection", "preset", "codes", "cube", "help"}));
    command
        ->add_flag("--stretches", options->stretches,
                   "Compare with stretches of two seconds within longer sounds")
        ->needs(like);
    command->add_option("--limit", options->limit, "At most so many")
        ->type_name("N")
        ->capture_default_str()
        ->check(wholeNumber(1, 10'000));
    command->add_option("--offset", options->offset, "Leave out so many first")
        ->type_name("N")
        ->check(wholeNumber(0, 1'000'000));
    command->callback([options, &invocation] {
        if (options->text.empty() && options->like.empty() && options->kind.empty())
            throw CLI::ValidationError("search", "Say what to look for: words, filters, or --like SOUND.");
        invocation.run = [options](Session& session) { return search(session, *options); };
    });
}

}  // namespace smidgen::cli
