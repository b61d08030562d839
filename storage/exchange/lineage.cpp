#include "storage/exchange/lineage.h"

#include <algorithm>

namespace smidgen::storage {

Lineage mergeLineage(const Lineage& first, const Lineage& second) {
    Lineage merged;
    auto a = first.begin();
    auto b = second.begin();
    while (a != first.end() || b != second.end()) {
        if (b == second.end() || (a != first.end() && a->first < b->first))
            merged.push_back(*a++);
        else if (a == first.end() || b->first < a->first)
            merged.push_back(*b++);
        else {
            merged.emplace_back(a->first, std::max(a->second, b->second));
            ++a;
            ++b;
        }
    }
    return merged;
}

LineageOrder compareLineage(const Lineage& first, const Lineage& second) {
    const Lineage merged = mergeLineage(first, second);
    const bool knowsSecond = merged == first;
    const bool knowsFirst = merged == second;
    if (knowsFirst && knowsSecond) return LineageOrder::equal;
    if (knowsSecond) return LineageOrder::after;
    return knowsFirst ? LineageOrder::before : LineageOrder::concurrent;
}

}  // namespace smidgen::storage
