#include "storage/vectors/tuning.h"

#include <time.h>

#include <algorithm>
#include <array>

#include "engine/foundation/random.h"

namespace smidgen::storage {
namespace {

/// Processor time of this thread: unlike the clock on the wall it does not see who else is busy.
double threadNanoseconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e9 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec);
}

/// What others on the machine do to a few of the times does not matter to it.
double median(std::vector<double> values) {
    if (values.empty()) return 0.0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Rows of the graph as queries, with their true neighbours.
class Trial {
 public:
    Trial(const VectorStore& store, std::size_t queries, std::size_t k, std::uint64_t seed)
        : m_store(store), m_covered(store.graph.covered()), m_k(k) {
        Random random(seed);
        for (std::size_t i = 0; i < queries && m_covered > 0; ++i) {
            const auto slot = static_cast<std::uint32_t>(random.below(m_covered));
            if (!store.rows.alive(slot)) continue;
            m_queries.emplace_back(store.space, store.shape, store.rows.point(slot));
            m_truth.push_back(truthAbout(slot, m_queries.back()));
        }
    }
    [[nodiscard]] double recall(std::size_t effort) {
        std::size_t wanted = 0;
        std::size_t found = 0;
        m_evaluations = 0;
        m_evaluationTimes.clear();
        for (std::size_t i = 0; i < m_queries.size(); ++i) {
            const double start = threadNanoseconds();
            // The query itself is found too.
            (void)m_store.graph.search(m_queries[i], {std::max(effort, m_k + 1), nullptr, SIZE_MAX},
                                       m_covered, m_scratch);
            const auto evaluations = static_cast<double>(std::max<std::size_t>(m_scratch.evaluations, 1));
            m_evaluationTimes.push_back((threadNanoseconds() - start) / evaluations);
            m_evaluations += m_scratch.evaluations;
            wanted += m_truth[i].count;
            found += hits(m_queries[i], m_truth[i]);
        }
        return wanted == 0 ? 1.0 : static_cast<double>(found) / static_cast<double>(wanted);
    }
    /// Of the latest recall().
    [[nodiscard]] double evaluationsPerQuery() const {
        return static_cast<double>(m_evaluations) / static_cast<double>(std::max<std::size_t>(size(), 1));
    }
    [[nodiscard]] double nanosecondsPerEvaluation() const { return median(m_evaluationTimes); }
    [[nodiscard]] double nanosecondsPerScannedRow() const {
        return median(m_scanTimes) / std::max(1.0, static_cast<double>(m_covered));
    }
    [[nodiscard]] std::size_t size() const { return m_queries.size(); }

 private:
    /// The k nearest others of a row. Of rows as far as the farthest any will do: a sound may be there twice.
    struct Truth {
        std::uint32_t slot = 0;
        std::size_t count = 0;
        double farthest = 0.0;  ///< rank
    };

    Truth truthAbout(std::uint32_t slot, const Query& query) {
        const double start = threadNanoseconds();
        NearestList list(m_k + 1);
        scanRows(m_store.rows, m_store.scanSpace(), query, 0, m_covered, Filter(), list);
        m_scanTimes.push_back(threadNanoseconds() - start);
        bool moved = false;
        Truth truth{slot, 0, 0.0};
        for (const Candidate& each : list.take(moved))
            if (each.slot != slot && truth.count < m_k) {
                ++truth.count;
                truth.farthest = each.rank;
            }
        return truth;
    }
    /// How many of them the latest search found.
    [[nodiscard]] std::size_t hits(const Query& query, const Truth& truth) const {
        std::size_t count = 0;
        for (const Reached& each : m_scratch.found)
            if (each.slot() != truth.slot && query.rankOf(m_store.rows.point(each.slot())) <= truth.farthest)
                ++count;
        return std::min(count, truth.count);
    }

    const VectorStore& m_store;
    std::uint32_t m_covered;
    std::size_t m_k;
    std::vector<Query> m_queries;
    std::vector<Truth> m_truth;
    GraphScratch m_scratch;
    std::size_t m_evaluations = 0;
    std::vector<double> m_evaluationTimes;  ///< of each query of the latest recall(), per evaluation
    std::vector<double> m_scanTimes;
};

}  // namespace

double graphRecall(const VectorStore& store, std::size_t queries, std::size_t k, std::size_t effort,
                   std::uint64_t seed) {
    return Trial(store, queries, k, seed).recall(effort);
}

Tuning tuneSearches(const VectorStore& store, double goal) {
    constexpr std::size_t kQueries = 256;
    constexpr std::array<std::size_t, 16> kEfforts{12, 16,  20,  24,  32,  40,  48,  64,
                                                   96, 128, 192, 256, 384, 512, 768, 1024};
    // Searches through a filter keep a few hundred rows in view.
    constexpr std::size_t kCostEffort = 256;
    constexpr double kLeastCost = 0.01;
    Tuning tuning;
    Trial trial(store, kQueries, 10, 1);
    if (trial.size() == 0) return tuning;
    // The trial is a sample: half its deviation on top.
    const double wanted = std::min(1.0, goal + 0.002);
    for (const std::size_t effort : kEfforts) {
        tuning.effort = effort;
        if (trial.recall(effort) >= wanted) break;
    }
    (void)trial.recall(kCostEffort);
    // Where the clock is too coarse to see one search, the costs stay as they are known elsewhere.
    if (const double seen = trial.nanosecondsPerScannedRow(); seen > kLeastCost)
        tuning.costs.scannedRow = seen;
    if (const double seen = trial.nanosecondsPerEvaluation(); seen > kLeastCost)
        tuning.costs.evaluation = seen;
    tuning.costs.evaluationsPerEffort = trial.evaluationsPerQuery() / static_cast<double>(kCostEffort);
    return tuning;
}

}  // namespace smidgen::storage
