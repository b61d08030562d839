// What searching costs: vectors_bench COUNT [normal|deep] [scan|all] [INDEX_FILE] puts COUNT points of 12
// dimensions (the same as those of a tree generator with the seeds of hyperbolic_tree.h) into an index and
// prints, with processor times of one thread: exact scans (S1), the graph's build, size, recall and search
// time (S2), filters against the better of scan and graph (S3), recall after 30 % erasures and 30 % moves,
// before and after tidying (S4). INDEX_FILE: the built index is kept there and taken from there when it fits.
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "storage/vectors/vector_index.h"
#include "tests/benchmarks/storage/hyperbolic_tree.h"

namespace smidgen::storage::benchmark {
namespace {

constexpr std::size_t kNeighbours = 10;
constexpr std::size_t kQueries = 1000;
constexpr std::size_t kScanQueries = 200;

double seconds(clockid_t clock) {
    timespec time{};
    ::clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}
double threadSeconds() {
    return seconds(CLOCK_THREAD_CPUTIME_ID);
}

double residentMebibytes() {
    std::FILE* file = std::fopen("/proc/self/statm", "r");
    long pages = 0;
    long resident = 0;
    if (file == nullptr || std::fscanf(file, "%ld %ld", &pages, &resident) != 2) std::abort();
    std::fclose(file);
    return static_cast<double>(resident) * 4096.0 / 1048576.0;
}

double percentile(std::vector<double> values, double part) {
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(part * static_cast<double>(values.size())))];
}

/// The nearest keys by the Lorentz product of the original coordinates in double.
std::vector<std::uint64_t> trueNeighbours(const TreePoints& points, const std::vector<std::uint32_t>& places,
                                          const double* query, const Filter& filter) {
    std::vector<std::pair<double, std::uint64_t>> heap;
    for (std::uint64_t key = 0; key < places.size(); ++key) {
        if (places[key] == UINT32_MAX || !filter.allows(key)) continue;
        const double* x = &points.stored[places[key] * points.stride()];
        double product = query[0] * x[0];
        for (std::size_t i = 1; i < points.stride(); ++i) product -= query[i] * x[i];
        if (heap.size() == kNeighbours && product >= heap.front().first) continue;
        if (heap.size() == kNeighbours) {
            std::pop_heap(heap.begin(), heap.end());
            heap.pop_back();
        }
        heap.emplace_back(product, key);
        std::push_heap(heap.begin(), heap.end());
    }
    std::vector<std::uint64_t> keys;
    for (const auto& each : heap) keys.push_back(each.second);
    return keys;
}

struct Measured {
    double recall = 0.0;
    double median = 0.0;  ///< seconds of processor time
    double tail = 0.0;    ///< 99 of 100
};

class Bench {
 public:
    Bench(std::size_t count, double scale)
        : m_points(makeTreePoints(12, count, kQueries, scale)), m_places(count) {
        for (std::uint32_t i = 0; i < count; ++i) m_places[i] = i;
        for (std::size_t q = 0; q < kQueries; ++q)
            m_queries.push_back(packed(&m_points.queries[q * m_points.stride()]));
        learnTruth(kQueries, {});
    }

    void run(bool graph, const char* file) {
        const double before = residentMebibytes();
        IndexOptions options;
        options.background = false;
        VectorIndex index(Space::hyperbolic(12), options);
        const bool known = file != nullptr && index.load(file, m_places.size()).has_value();
        if (!known) {
            const double start = threadSeconds();
            for (std::uint64_t key = 0; key < m_places.size(); ++key)
                if (!index.put(key, stored(m_places[key]))) std::abort();
            std::printf("put              %8.2f us each, packing included\n",
                        1e6 * (threadSeconds() - start) / static_cast<double>(m_places.size()));
        }
        report("S1 scan", searchAll(index, kScanQueries, {kNeighbours, {}, 0, SearchWay::scan}), 1e3, "ms");
        if (!graph) return;
        if (!known) {
            const double start = threadSeconds();
            if (!index.refresh()) std::abort();
            std::printf("S2 build         %8.1f CPU-s with tuning\n", threadSeconds() - start);
            if (file != nullptr && !index.save(file, m_places.size())) std::abort();
        }
        const IndexStatistics statistics = index.statistics();
        std::printf(
            "S2 size          %8.1f bytes a vector counted, %.1f resident; tuned effort %zu; costs: row "
            "%.2f ns, evaluation %.1f ns, %.1f evaluations per effort\n",
            static_cast<double>(statistics.bytes) / static_cast<double>(m_places.size()),
            (residentMebibytes() - before) * 1048576.0 / static_cast<double>(m_places.size()),
            statistics.effort, statistics.costs.scannedRow, statistics.costs.evaluation,
            statistics.costs.evaluationsPerEffort);
        for (const std::size_t effort : {10U, 12U, 16U, 24U, 32U, 64U})
            report("S2 effort " + std::to_string(effort),
                   searchAll(index, kQueries, {kNeighbours, {}, effort, SearchWay::graph}), 1e6, "us");
        report("S2 automatic", searchAll(index, kQueries, {kNeighbours, {}, 0, {}}), 1e6, "us");
        filters(index);
        changes(index);
    }

 private:
    [[nodiscard]] PackedPoint packed(const double* x) const {
        return m_space.pack(Chart::hyperboloid, std::span(x, m_points.stride())).value().point;
    }
    [[nodiscard]] PackedPoint stored(std::uint32_t place) const {
        return packed(&m_points.stored[place * m_points.stride()]);
    }
    void learnTruth(std::size_t queries, const Filter& filter) {
        m_truth.clear();
        for (std::size_t q = 0; q < queries; ++q)
            m_truth.push_back(
                trueNeighbours(m_points, m_places, &m_points.queries[q * m_points.stride()], filter));
    }
    /// Everything twice, the second time counted.
    [[nodiscard]] Measured searchAll(const VectorIndex& index, std::size_t queries,
                                     const SearchOptions& options) const {
        std::vector<double> times;
        std::size_t hits = 0;
        for (int round = 0; round < 2; ++round) {
            times.clear();
            hits = 0;
            for (std::size_t q = 0; q < queries; ++q) {
                const double start = threadSeconds();
                const auto found = index.search(m_queries[q], options);
                times.push_back(threadSeconds() - start);
                if (!found) std::abort();
                for (const Neighbour& each : *found)
                    hits += std::find(m_truth[q].begin(), m_truth[q].end(), each.key) != m_truth[q].end();
            }
        }
        return {static_cast<double>(hits) / static_cast<double>(kNeighbours * queries),
                percentile(times, 0.5), percentile(times, 0.99)};
    }
    static void report(const std::string& what, const Measured& measured, double unit, const char* name) {
        std::printf("%-16s %8.2f %s p50, %8.2f %s p99, recall %.4f\n", what.c_str(), unit * measured.median,
                    name, unit * measured.tail, name, measured.recall);
        std::fflush(stdout);
    }
    void filters(const VectorIndex& index) {
        for (const double part : {0.01, 0.1, 0.5}) {
            SplitMix random(7);
            std::vector<std::uint64_t> words(m_places.size() / 64 + 1);
            for (std::uint64_t key = 0; key < m_places.size(); ++key)
                if (random.uniform() < part) words[key / 64] |= std::uint64_t{1} << (key % 64U);
            const Filter filter = Filter::bits(words, part);
            learnTruth(kScanQueries, filter);
            const auto named = [&](const char* way) {
                return "S3 " + std::to_string(static_cast<int>(100.0 * part)) + " % " + way;
            };
            report(named("scan"), searchAll(index, kScanQueries, {kNeighbours, filter, 0, SearchWay::scan}),
                   1e6, "us");
            report(named("graph"), searchAll(index, kScanQueries, {kNeighbours, filter, 0, SearchWay::graph}),
                   1e6, "us");
            report(named("chosen"), searchAll(index, kScanQueries, {kNeighbours, filter, 0, {}}), 1e6, "us");
        }
    }
    void changes(VectorIndex& index) {
        SplitMix random(9);
        std::vector<std::uint32_t> moved;
        const auto count = static_cast<std::uint32_t>(m_places.size());
        for (std::uint32_t key = 0; key < count; ++key) {
            const double draw = random.uniform();
            if (draw < 0.3) {
                if (!index.erase(key)) std::abort();
                m_places[key] = UINT32_MAX;
            } else if (draw < 0.6) {
                m_places[key] = (key + count / 2 + 1) % count;
                if (!index.put(key, stored(m_places[key]))) std::abort();
            }
        }
        learnTruth(kScanQueries, {});
        const SearchOptions throughGraph{kNeighbours, {}, 0, SearchWay::graph};
        report("S4 changed", searchAll(index, kScanQueries, throughGraph), 1e6, "us");
        const double start = threadSeconds();
        if (!index.refresh()) std::abort();
        std::printf("S4 tidying       %8.1f CPU-s; %zu vectors, %zu dead rows\n", threadSeconds() - start,
                    index.statistics().vectors, index.statistics().deadRows);
        report("S4 tidied", searchAll(index, kScanQueries, throughGraph), 1e6, "us");
    }

    Space m_space = Space::hyperbolic(12);
    TreePoints m_points;
    std::vector<std::uint32_t> m_places;  ///< key → stored point, UINT32_MAX for erased keys
    std::vector<PackedPoint> m_queries;
    std::vector<std::vector<std::uint64_t>> m_truth;
};

}  // namespace
}  // namespace smidgen::storage::benchmark

int main(int count, char** arguments) {
    if (count < 2) {
        std::fprintf(stderr, "vectors_bench COUNT [normal|deep] [scan|all] [INDEX_FILE]\n");
        return 2;
    }
    const auto vectors = static_cast<std::size_t>(std::atoll(arguments[1]));
    const bool deep = count > 2 && std::strcmp(arguments[2], "deep") == 0;
    const bool all = count > 3 && std::strcmp(arguments[3], "all") == 0;
    smidgen::storage::benchmark::Bench bench(vectors, deep ? 2.0 : 1.0);
    bench.run(all, count > 4 ? arguments[4] : nullptr);
    return 0;
}
