#include "engine/foundation/nearest.h"

#include <algorithm>
#include <vector>

namespace smidgen {

int editDistance(std::string_view a, std::string_view b) {
    const std::size_t columns = b.size() + 1;
    std::vector<int> rows((a.size() + 1) * columns);
    const auto at = [&](std::size_t i, std::size_t j) -> int& { return rows[i * columns + j]; };
    for (std::size_t i = 0; i <= a.size(); ++i) at(i, 0) = static_cast<int>(i);
    for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int replaced = at(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1);
            at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, replaced});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
        }
    }
    return at(a.size(), b.size());
}

std::optional<std::string> nearestOf(std::string_view word, std::span<const std::string> candidates) {
    const std::string* best = nullptr;
    int fewest = 0;
    for (const std::string& candidate : candidates) {
        const int edits = editDistance(word, candidate);
        if (best == nullptr || edits < fewest) {
            best = &candidate;
            fewest = edits;
        }
    }
    const int most = std::max(1, static_cast<int>(word.size()) / 2);
    if (best == nullptr || fewest > most) return std::nullopt;
    return *best;
}

std::string didYouMean(std::string_view word, std::span<const std::string> candidates) {
    const auto nearest = nearestOf(word, candidates);
    return nearest ? " Did you mean '" + *nearest + "'?" : std::string();
}

}  // namespace smidgen
