#include "storage/vectors/search_cost.h"

#include <algorithm>

namespace smidgen::storage {

SearchChoice chooseWay(const SearchTask& task, const SearchCosts& costs) {
    const auto rows = static_cast<double>(task.rows);
    const double scan = rows * costs.scannedRow;
    SearchChoice choice;
    double least = scan;
    if (task.covered > 0) {
        // A graph search passes through rows it may not return, as often as there are such rows.
        const double living = std::max(1e-6, 1.0 - static_cast<double>(task.dead) / std::max(rows, 1.0));
        const double passed = static_cast<double>(task.effort) / (living * task.selectivity);
        const double graph = std::min(passed, rows) * costs.evaluationsPerEffort * costs.evaluation +
                             static_cast<double>(task.rows - task.covered) * costs.scannedRow;
        if (graph < least) {
            least = graph;
            choice.way = SearchWay::graph;
            choice.mostEvaluations = static_cast<std::size_t>(scan / costs.evaluation) + task.effort;
        }
    }
    if (task.hasList && static_cast<double>(task.listed) * costs.listedRow < least) {
        choice.way = SearchWay::listed;
        choice.mostEvaluations = SIZE_MAX;
    }
    return choice;
}

}  // namespace smidgen::storage
