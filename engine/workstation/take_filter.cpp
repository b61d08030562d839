#include "engine/workstation/take_filter.h"

#include <algorithm>
#include <sstream>

#include "engine/library/slider_number.h"

namespace smidgen {
namespace {

std::string lowered(std::string text) {
    for (char& letter : text)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return text;
}

bool holds(const NumberCondition& condition, double value) {
    if (value == condition.limit) return condition.orEqual;
    return condition.less ? value < condition.limit : value > condition.limit;
}

bool holds(const NumberCondition& condition, const TakeSnapshot& take) {
    switch (condition.number) {
        case ItemNumber::seconds:
            return holds(condition, take.seconds);
        case ItemNumber::lufs:
            return holds(condition, take.lufs);
        case ItemNumber::channels:
            return holds(condition, take.channels);
        case ItemNumber::novelty:
            return take.novelty && holds(condition, take.novelty->novelty);
        default:
            break;
    }
    const auto reached = sliderNumber(take, condition.number);
    return reached && holds(condition, *reached);
}

}  // namespace

Result<TakeFilter> TakeFilter::parse(const std::string& text) {
    auto query = parseFindQuery(text);
    if (!query) return propagate(query);
    TakeFilter filter;
    filter.m_query = std::move(*query);
    filter.m_model = lowered(filter.m_query.model);
    std::istringstream words(lowered(filter.m_query.words));
    for (std::string word; words >> word;) filter.m_words.push_back(word);
    return filter;
}

bool TakeFilter::wantsAll() const {
    return m_words.empty() && m_query.kinds.empty() && m_query.tags.empty() && m_model.empty() &&
           !m_query.starred && m_query.numbers.empty();
}

bool TakeFilter::matches(const TakeSnapshot& take) const {
    if (!m_query.kinds.empty() && std::ranges::find(m_query.kinds, ItemKind::take) == m_query.kinds.end())
        return false;
    if (m_query.starred && !take.starred) return false;
    if (!m_model.empty() && lowered(take.recipe.modelName) != m_model) return false;
    for (const std::string& tag : m_query.tags)
        if (std::ranges::find(take.tags, tag) == take.tags.end()) return false;
    for (const NumberCondition& condition : m_query.numbers)
        if (!holds(condition, take)) return false;
    if (m_words.empty()) return true;
    std::string text = take.name + "\n" + take.recipe.modelName;
    for (const std::string& tag : take.tags) text += "\n" + tag;
    text = lowered(std::move(text));
    return std::ranges::all_of(m_words,
                               [&](const std::string& word) { return text.find(word) != std::string::npos; });
}

}  // namespace smidgen
