// What an option accepts, refused with a sentence that names what would be right.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

namespace smidgen::cli {

/// One of `words`, as typed.
[[nodiscard]] CLI::Validator oneOf(std::vector<std::string> words);
/// A whole number from `low` to `high`, both included.
[[nodiscard]] CLI::Validator wholeNumber(long long low, long long high);
/// A number from `low` to `high`, both included; not NaN.
[[nodiscard]] CLI::Validator numberBetween(double low, double high, const std::string& unit);
/// Anything but nothing.
[[nodiscard]] CLI::Validator notEmpty();

/// One sentence or two for what was wrong in the arguments of `app`, with the nearest valid option, command
/// or value.
[[nodiscard]] std::string explainUsage(const CLI::App& app, const CLI::ParseError& error);

/// Of the commands chosen on the command line, the innermost.
[[nodiscard]] const CLI::App& chosenCommand(const CLI::App& app);

/// nullopt when everything given was understood; else the sentence for the first word that was not.
[[nodiscard]] std::optional<std::string> explainUnknownWords(const CLI::App& app);

}  // namespace smidgen::cli
