#include "engine/codes/code_mutation.h"

#include <algorithm>
#include <map>
#include <utility>

namespace smidgen {
namespace {

bool fits(const CodeMutation& mutation, const CodeDocument& document) {
    const auto cellFits = [&](const CellChange& change) {
        return document.contains(change.cell) && document.code(change.cell) == change.before &&
               change.after < document.edited.codebookSize;
    };
    const auto laneFits = [&](const LaneChange& change) {
        return change.level >= 0 && change.level < document.levels() &&
               document.lanes[static_cast<std::size_t>(change.level)] == change.before;
    };
    return std::ranges::all_of(mutation.cells, cellFits) && std::ranges::all_of(mutation.lanes, laneFits);
}

/// Changes of `second` go on from those of `first` with the same key.
template <typename Change, typename Key>
std::vector<Change> chained(const std::vector<Change>& first, const std::vector<Change>& second, Key key) {
    std::vector<Change> result = first;
    std::map<decltype(key(first.front())), std::size_t> places;
    for (std::size_t i = 0; i < first.size(); ++i) places.emplace(key(first[i]), i);
    for (const Change& change : second) {
        const auto [place, fresh] = places.emplace(key(change), result.size());
        if (fresh)
            result.push_back(change);
        else
            result[place->second].after = change.after;
    }
    std::erase_if(result, [](const Change& change) { return change.before == change.after; });
    return result;
}

}  // namespace

Status apply(const CodeMutation& mutation, CodeDocument& document) {
    if (!fits(mutation, document))
        return failure(ErrorCode::conflict,
                       "These codes were changed by something else meanwhile. Open the sound again.");
    for (const CellChange& change : mutation.cells) document.setCode(change.cell, change.after);
    for (const LaneChange& change : mutation.lanes)
        document.lanes[static_cast<std::size_t>(change.level)] = change.after;
    return {};
}

CodeMutation inverseOf(const CodeMutation& mutation) {
    CodeMutation inverse = mutation;
    for (CellChange& change : inverse.cells) std::swap(change.before, change.after);
    for (LaneChange& change : inverse.lanes) std::swap(change.before, change.after);
    return inverse;
}

CodeMutation merged(const CodeMutation& first, const CodeMutation& second) {
    return {second.what.empty() ? first.what : second.what,
            chained(first.cells, second.cells, [](const CellChange& change) { return change.cell; }),
            chained(first.lanes, second.lanes, [](const LaneChange& change) { return change.level; })};
}

CodeMutation rebased(const CodeMutation& mutation, const CodeDocument& document) {
    CodeMutation result;
    result.what = mutation.what;
    for (CellChange change : mutation.cells) {
        if (!document.contains(change.cell) ||
            document.lanes[static_cast<std::size_t>(change.cell.level)].locked)
            continue;
        change.before = document.code(change.cell);
        if (change.before != change.after) result.cells.push_back(change);
    }
    return result;
}

std::string describe(const CodeMutation& mutation) {
    if (mutation.cells.empty()) return mutation.what;
    return mutation.what + ", " + std::to_string(mutation.cells.size()) +
           (mutation.cells.size() == 1 ? " cell" : " cells");
}

}  // namespace smidgen
