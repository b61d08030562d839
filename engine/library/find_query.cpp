#include "engine/library/find_query.h"

#include <charconv>
#include <utility>

#include "engine/library/slider_number.h"

namespace smidgen {
namespace {

constexpr std::pair<ItemKind, const char*> kKindNames[] = {
    {ItemKind::sound, "sound"},   {ItemKind::take, "take"},
    {ItemKind::model, "model"},   {ItemKind::collection, "collection"},
    {ItemKind::preset, "preset"}, {ItemKind::codes, "codes"},
    {ItemKind::cube, "cube"},     {ItemKind::help, "help"}};
constexpr std::pair<ItemNumber, const char*> kNumberNames[] = {{ItemNumber::seconds, "seconds"},
                                                               {ItemNumber::lufs, "lufs"},
                                                               {ItemNumber::channels, "channels"},
                                                               {ItemNumber::novelty, "novelty"}};

/// Cut at spaces outside of quotes; the quotes stay.
std::vector<std::string> tokensOf(const std::string& text) {
    std::vector<std::string> tokens;
    std::string token;
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        const bool space = !quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r');
        if (!space) {
            token += c;
        } else if (!token.empty()) {
            tokens.push_back(std::exchange(token, {}));
        }
    }
    if (!token.empty()) tokens.push_back(token);
    return tokens;
}

std::string unquoted(std::string text) {
    std::erase(text, '"');
    return text;
}

template <typename Names>
std::string listed(const Names& names) {
    std::string text;
    for (const auto& [value, name] : names) text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

Status addFilter(const std::string& key, const std::string& value, FindQuery& query) {
    if (value.empty()) return failure(ErrorCode::invalidArgument, "'" + key + ":' is followed by nothing.");
    if (key == "kind") {
        const auto kind = itemKindOf(value);
        if (!kind)
            return failure(ErrorCode::invalidArgument,
                           "There is no kind '" + value + "'. There are: " + listed(kKindNames) + ".");
        query.kinds.push_back(*kind);
    } else if (key == "tag") {
        query.tags.push_back(value);
    } else if (key == "model") {
        query.model = value;
    } else if (value == "starred") {
        query.starred = true;
    } else {
        return failure(ErrorCode::invalidArgument, "'is:" + value + "' is not known. There is: is:starred.");
    }
    return {};
}

Status addNumber(const std::string& token, std::size_t sign, FindQuery& query) {
    NumberCondition condition;
    const std::string name = token.substr(0, sign);
    bool known = false;
    for (const auto& [number, text] : kNumberNames)
        if (name == text) {
            condition.number = number;
            known = true;
        }
    if (const auto attribute = attributeNamed(name)) {
        condition.number = numberOf(*attribute);
        known = true;
    }
    if (!known) {
        std::string sliders;
        for (const Attribute attribute : kAttributes) sliders += ", " + std::string(wordsFor(attribute).name);
        return failure(ErrorCode::invalidArgument, "There is no number '" + name +
                                                       "' to compare. There are: " + listed(kNumberNames) +
                                                       sliders + ".");
    }
    condition.less = token[sign] == '<';
    condition.orEqual = sign + 1 < token.size() && token[sign + 1] == '=';
    const std::string limit = unquoted(token.substr(sign + (condition.orEqual ? 2 : 1)));
    const auto [end, error] = std::from_chars(limit.data(), limit.data() + limit.size(), condition.limit);
    if (error != std::errc() || end != limit.data() + limit.size())
        return failure(ErrorCode::invalidArgument,
                       "'" + token + "' compares with '" + limit + "', which is no number.");
    query.numbers.push_back(condition);
    return {};
}

}  // namespace

const char* nameOf(ItemKind kind) {
    for (const auto& [value, name] : kKindNames)
        if (value == kind) return name;
    return "";
}

std::optional<ItemKind> itemKindOf(const std::string& name) {
    for (const auto& [value, text] : kKindNames)
        if (name == text || name == std::string(text) + "s") return value;
    return std::nullopt;
}

Result<FindQuery> parseFindQuery(const std::string& text) {
    FindQuery query;
    for (const std::string& token : tokensOf(text)) {
        const std::size_t colon = token.find(':');
        const std::string key = token.substr(0, colon == std::string::npos ? 0 : colon);
        if (key == "kind" || key == "tag" || key == "model" || key == "is") {
            if (auto added = addFilter(key, unquoted(token.substr(colon + 1)), query); !added)
                return propagate(added);
            continue;
        }
        const std::size_t sign = token.find_first_of("<>");
        if (sign != std::string::npos && sign > 0 && token.front() != '"') {
            if (auto added = addNumber(token, sign, query); !added) return propagate(added);
            continue;
        }
        query.words += (query.words.empty() ? "" : " ") + token;
    }
    return query;
}

}  // namespace smidgen
