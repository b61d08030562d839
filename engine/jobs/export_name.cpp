#include "engine/jobs/export_name.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <vector>

#include "engine/foundation/nearest.h"

namespace smidgen {
namespace {

constexpr std::size_t kLongestName = 180;  ///< bytes; leaves room for numbering, extension and sidecar

std::string madeText(std::int64_t unixMs, const char* format) {
    const std::time_t seconds = unixMs / 1000;
    std::tm local{};
    ::localtime_r(&seconds, &local);
    std::array<char, 32> text{};
    return {text.data(), std::strftime(text.data(), text.size(), format, &local)};
}

std::string fixed(double value, int digits, const char* unit) {
    if (!std::isfinite(value)) return std::string("silent");
    std::array<char, 48> text{};
    std::snprintf(text.data(), text.size(), "%.*f%s", digits, value, unit);
    return text.data();
}

std::string fileSafe(std::string name) {
    for (char& c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f || std::string("/\\:*?\"<>|").find(c) != std::string::npos) c = '_';
    }
    if (name.size() > kLongestName) {
        std::size_t cut = kLongestName;
        // Never inside a UTF-8 character.
        while (cut > 0 && (static_cast<unsigned char>(name[cut]) & 0xc0) == 0x80) --cut;
        name.resize(cut);
    }
    while (!name.empty() && (name.back() == ' ' || name.back() == '.')) name.pop_back();
    while (!name.empty() && (name.front() == ' ' || name.front() == '.')) name.erase(0, 1);
    return name.empty() ? "take" : name;
}

std::string listedFields() {
    std::string list;
    for (const NameField& field : kNameFields)
        list += (list.empty() ? "{" : ", {") + std::string(field.word) + "}";
    return list;
}

/// Text with each {field} replaced by what `valueOf` says of it; nullopt there: no such field.
Result<std::string> expand(const std::string& text,
                           const std::function<std::optional<std::string>(std::string_view)>& valueOf) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '}')
            return failure(ErrorCode::invalidArgument,
                           "The name '" + text + "' has a '}' without a '{' before it.");
        if (text[at] != '{') {
            result += text[at++];
            continue;
        }
        const std::size_t end = text.find('}', at);
        if (end == std::string::npos)
            return failure(ErrorCode::invalidArgument,
                           "The name '" + text + "' has a '{' without a '}' after it.");
        const std::string word = text.substr(at + 1, end - at - 1);
        const auto value = valueOf(word);
        if (!value) {
            std::vector<std::string> words;
            for (const NameField& field : kNameFields) words.emplace_back(field.word);
            return failure(ErrorCode::invalidArgument, "A name has no field '{" + word + "}'." +
                                                           didYouMean(word, words) + " There are " +
                                                           listedFields() + ".");
        }
        result += *value;
        at = end + 1;
    }
    return result;
}

std::string numberOf(std::size_t index, std::size_t count) {
    std::string number = std::to_string(index + 1);
    const std::size_t width = std::to_string(count).size();
    return std::string(width - std::min(width, number.size()), '0') + number;
}

std::optional<std::string> valueOf(std::string_view word, const ExportSettings& settings,
                                   const TakeRecord& take, std::size_t index, std::size_t count) {
    if (word == "name") return take.name;
    if (word == "model") return take.recipe.modelName;
    if (word == "seed") return std::to_string(take.recipe.seed);
    if (word == "number") return numberOf(index, count);
    if (word == "date") return madeText(take.createdMs, "%Y-%m-%d");
    if (word == "time") return madeText(take.createdMs, "%H-%M-%S");
    if (word == "lufs") return fixed(settings.level.lufs.value_or(take.lufs), 1, "LUFS");
    if (word == "seconds") return fixed(take.seconds, 2, "s");
    if (word == "space") return std::string(nameOf(take.recipe.space));
    if (word == "format") return std::string(nameOf(settings.profile.format));
    if (word == "rate") return std::to_string(settings.profile.rate);
    return std::nullopt;
}

}  // namespace

Status checkNameTemplate(const std::string& nameTemplate) {
    if (nameTemplate.empty())
        return failure(ErrorCode::invalidArgument,
                       "The files need a name. Choose one such as {name} or {model}-{seed}.");
    const TakeRecord any;
    const ExportSettings settings;
    auto expanded =
        expand(nameTemplate, [&](std::string_view word) { return valueOf(word, settings, any, 0, 1); });
    if (!expanded) return propagate(expanded);
    return {};
}

Result<std::string> exportName(const ExportSettings& settings, const TakeRecord& take, std::size_t index,
                               std::size_t count) {
    if (auto valid = checkNameTemplate(settings.nameTemplate); !valid) return propagate(valid);
    auto name = expand(settings.nameTemplate,
                       [&](std::string_view word) { return valueOf(word, settings, take, index, count); });
    if (!name) return name;
    return fileSafe(std::move(*name)) + "." + std::string(fileExtension(settings.profile.format));
}

}  // namespace smidgen
