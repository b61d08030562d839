// What one edition of an index consists of. A rebuild makes a new edition beside the old one.
#pragma once

#include <atomic>

#include "storage/vectors/graph.h"
#include "storage/vectors/key_map.h"
#include "storage/vectors/row_table.h"
#include "storage/vectors/search_cost.h"

namespace smidgen::storage {

struct IndexOptions {
    GraphShape graph;
    /// From this many rows on there is a graph; a scan of fewer is as fast.
    std::size_t graphFrom = 20000;
    /// Part of the ten nearest that unfiltered graph searches are tuned to find.
    double recallGoal = 0.99;
    /// Whether a thread of the index builds and tidies by itself; otherwise refresh() does when called.
    bool background = true;
    int buildThreads = 1;
};

/// How hard graph searches try, and what they cost: found out by trial after a build.
struct Tuning {
    std::size_t effort = 64;  ///< for the ten nearest
    SearchCosts costs;
};

/// Rows, graph and keys. Searches hold it by shared pointer; the index's writer and builder rules apply.
struct VectorStore {
    VectorStore(const Space& storeSpace, const IndexOptions& options)
        : space(storeSpace),
          shape(space),
          rows(shape, 2 * options.graph.links),
          graph(rows, {shape, bestRankKernels()}, options.graph),
          keys(rows) {}

    [[nodiscard]] ScanSpace scanSpace() const { return {shape, bestRankKernels()}; }
    [[nodiscard]] Tuning tuning() const {
        const std::lock_guard guard(tuningLock);
        return currentTuning;
    }
    void tune(const Tuning& tuning) {
        const std::lock_guard guard(tuningLock);
        currentTuning = tuning;
    }

    Space space;
    RankShape shape;
    RowTable rows;
    Graph graph;
    KeyMap keys;  ///< the writer's

 private:
    mutable std::mutex tuningLock;
    Tuning currentTuning;
};

}  // namespace smidgen::storage
