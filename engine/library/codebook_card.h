// What a quantising model says of its codebooks.
#pragma once

#include <string>
#include <vector>

#include "models/mel_codes.h"

namespace smidgen {

/// Measured on the sounds it was trained on.
struct CodebookCard {
    int codebookSize = 0;
    std::vector<models::LevelHealth> levels;
};
enum class LevelState {
    healthy,    ///< kHealthyUsage and kHealthyPerplexityShare are reached
    underused,  ///< some codes are not used, or few do the work
    collapsed,  ///< hardly any: below kCollapsedShare of the codes, or of a healthy perplexity
};
inline constexpr double kCollapsedShare = 0.3;
[[nodiscard]] LevelState stateOf(const models::LevelHealth& level, int codebookSize);

[[nodiscard]] std::string toJson(const CodebookCard& card);
/// Empty when the text is none: a card informs and stops nothing.
[[nodiscard]] CodebookCard codebookCardFromJson(const std::string& text);

}  // namespace smidgen
