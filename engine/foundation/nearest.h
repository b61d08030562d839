// "Did you mean …": the valid word nearest to a mistyped one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace smidgen {

/// Fewest insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`
/// (optimal string alignment; Damerau 1964).
[[nodiscard]] int editDistance(std::string_view a, std::string_view b);

/// The candidate with the fewest edits; nullopt when even that one has little in common with `word`.
[[nodiscard]] std::optional<std::string> nearestOf(std::string_view word,
                                                   std::span<const std::string> candidates);

/// " Did you mean 'studio'?", or "" when nothing is near.
[[nodiscard]] std::string didYouMean(std::string_view word, std::span<const std::string> candidates);

}  // namespace smidgen
