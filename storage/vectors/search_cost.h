// Which way of searching is the cheapest.
#pragma once

#include <cstddef>
#include <cstdint>

namespace smidgen::storage {

enum class SearchWay {
    scan,   ///< every row
    graph,  ///< the graph, and the rows that are not in it yet
    listed  ///< the rows that the filter names
};

/// What things cost on this machine, in nanoseconds of one thread; measured when a graph has been built.
struct SearchCosts {
    double scannedRow = 2.0;
    double evaluation = 40.0;          ///< of one rank in a graph search, everything else included
    double evaluationsPerEffort = 16;  ///< ranks that one row more in view costs
    double listedRow = 150.0;
};

/// What is to be searched.
struct SearchTask {
    std::size_t rows = 0;     ///< dead ones too
    std::size_t covered = 0;  ///< of them in the graph
    std::size_t dead = 0;
    std::size_t effort = 0;    ///< rows a graph search keeps in view
    double selectivity = 1.0;  ///< part of the living rows that the filter lets through
    std::size_t listed = 0;    ///< rows that the filter names, if it does
    bool hasList = false;
};

struct SearchChoice {
    SearchWay way = SearchWay::scan;
    std::size_t mostEvaluations = SIZE_MAX;  ///< when a graph search has cost as much as a scan
};

[[nodiscard]] SearchChoice chooseWay(const SearchTask& task, const SearchCosts& costs);

}  // namespace smidgen::storage
