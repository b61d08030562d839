#include "engine/library/codebook_card.h"

#include <nlohmann/json.hpp>

namespace smidgen {

LevelState stateOf(const models::LevelHealth& level, int codebookSize) {
    if (models::codebooksHealthy({&level, 1}, codebookSize)) return LevelState::healthy;
    const double wanted = models::kHealthyPerplexityShare * codebookSize;
    return level.usage < kCollapsedShare || level.perplexity < kCollapsedShare * wanted
               ? LevelState::collapsed
               : LevelState::underused;
}

std::string toJson(const CodebookCard& card) {
    nlohmann::json levels = nlohmann::json::array();
    for (const models::LevelHealth& level : card.levels)
        levels.push_back({level.usage, level.perplexity, level.deadCodes});
    return nlohmann::json{{"codebook_size", card.codebookSize}, {"levels", levels}}.dump();
}

CodebookCard codebookCardFromJson(const std::string& text) {
    try {
        const auto json = nlohmann::json::parse(text);
        CodebookCard card;
        card.codebookSize = json.at("codebook_size").get<int>();
        for (const auto& level : json.at("levels"))
            card.levels.push_back(
                {level.at(0).get<double>(), level.at(1).get<double>(), level.at(2).get<int>()});
        return card;
    } catch (const nlohmann::json::exception&) {
        return {};
    }
}

}  // namespace smidgen
