#include "app/cli/option_checks.h"

#include <spdlog/fmt/fmt.h>

#include <charconv>
#include <cmath>

#include "engine/foundation/nearest.h"

namespace smidgen::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, ", "));
}

/// Long names, with dashes, of every option that `command` understands, those of its parents included.
std::vector<std::string> optionNames(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::App* app = &command; app != nullptr; app = app->get_parent()) {
        for (const CLI::Option* option : app->get_options()) {
            for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
        }
    }
    return names;
}

std::vector<std::string> commandNames(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(command->get_name());
    }
    return names;
}

}  // namespace

CLI::Validator oneOf(std::vector<std::string> words) {
    const std::string description = fmt::format("{}", fmt::join(words, "|"));
    return CLI::Validator(
        [words = std::move(words)](const std::string& given) -> std::string {
            if (std::find(words.begin(), words.end(), given) != words.end()) return {};
            return fmt::format("'{}' is none of {}.{}", given, joined(words), didYouMean(given, words));
        },
        description);
}

CLI::Validator wholeNumber(long long low, long long high) {
    return CLI::Validator(
        [low, high](const std::string& given) -> std::string {
            long long value = 0;
            const auto [end, problem] = std::from_chars(given.data(), given.data() + given.size(), value);
            const bool whole = problem == std::errc() && end == given.data() + given.size();
            if (whole && value >= low && value <= high) return {};
            return fmt::format("'{}' is not a whole number from {} to {}.", given, low, high);
        },
        "N");
}

CLI::Validator numberBetween(double low, double high, const std::string& unit) {
    return CLI::Validator(
        [low, high, unit](const std::string& given) -> std::string {
            double value = 0;
            const auto [end, problem] = std::from_chars(given.data(), given.data() + given.size(), value);
            const bool number = problem == std::errc() && end == given.data() + given.size();
            if (number && value >= low && value <= high) return {};
            return fmt::format("'{}' is not a number from {:g} to {:g}{}.", given, low, high,
                               unit.empty() ? "" : " " + unit);
        },
        unit.empty() ? "NUMBER" : unit);
}

CLI::Validator notEmpty() {
    return CLI::Validator(
        [](const std::string& given) -> std::string { return given.empty() ? "the value is empty." : ""; },
        "");
}

const CLI::App& chosenCommand(const CLI::App& app) {
    const auto chosen = app.get_subcommands();
    return chosen.empty() ? app : chosenCommand(*chosen.back());
}

std::optional<std::string> explainUnknownWords(const CLI::App& app) {
    const CLI::App& command = chosenCommand(app);
    for (const std::string& word : app.remaining(true)) {
        if (word.size() > 1 && word.front() == '-') {
            const std::string name = word.substr(0, word.find('='));
            return fmt::format("There is no option '{}' here.{}", name,
                               didYouMean(name, optionNames(command)));
        }
        const std::vector<std::string> commands = commandNames(command);
        if (commands.empty()) return fmt::format("'{}' is one argument too many.", word);
        return fmt::format("There is no command '{}'.{} The commands are {}.", word,
                           didYouMean(word, commands), joined(commands));
    }
    return std::nullopt;
}

std::string explainUsage(const CLI::App& app, const CLI::ParseError& error) {
    if (const auto unknown = explainUnknownWords(app)) return *unknown;
    std::string sentence = error.what();
    if (!sentence.empty() && sentence.back() != '.' && sentence.back() != '?') sentence += '.';
    return sentence;
}

}  // namespace smidgen::cli
