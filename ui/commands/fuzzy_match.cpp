#include "ui/commands/fuzzy_match.h"

#include <QStringList>
#include <algorithm>

namespace smidgen::ui {

namespace {

constexpr int kWhole = 1000;
constexpr int kBeginning = 900;
constexpr int kWordBeginning = 700;
constexpr int kAnywhere = 400;
constexpr int kScattered = 200;
constexpr int kWordStart = 20;  ///< a scattered letter that begins a word
constexpr int kFarthest = 99;   ///< so that kinds of fit never overlap

bool beginsWord(const QString& text, qsizetype at) {
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

/// Letters in order: fewer letters between them are better, and so are beginnings of words.
std::optional<int> scattered(const QString& word, const QString& text) {
    int score = kScattered;
    qsizetype from = 0;
    for (const QChar letter : word) {
        const qsizetype at = text.indexOf(letter, from);
        if (at < 0) return std::nullopt;
        score += beginsWord(text, at) ? kWordStart : 0;
        score -= static_cast<int>(at - from);
        from = at + 1;
    }
    return std::clamp(score, 1, kScattered + kFarthest);
}

std::optional<int> fitOf(const QString& word, const QString& text) {
    if (text == word) return kWhole;
    if (text.startsWith(word)) return kBeginning;
    std::optional<int> inside;
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        const int far = static_cast<int>(std::min<qsizetype>(at, kFarthest));
        if (beginsWord(text, at)) return kWordBeginning - far;
        if (!inside) inside = kAnywhere - far;
    }
    return inside ? inside : scattered(word, text);
}

}  // namespace

std::optional<int> fuzzyMatch(const QString& typed, const QString& text) {
    const QString lower = text.toLower();
    int sum = 0;
    const QStringList words = typed.toLower().split(u' ', Qt::SkipEmptyParts);
    if (words.size() > 1)
        if (const auto whole = fitOf(words.join(u' '), lower); whole && *whole > kScattered + kFarthest)
            return *whole;
    for (const QString& word : words) {
        const auto fit = fitOf(word, lower);
        if (!fit) return std::nullopt;
        sum += *fit;
    }
    return words.isEmpty() ? 0 : sum / static_cast<int>(words.size());
}

}  // namespace smidgen::ui
