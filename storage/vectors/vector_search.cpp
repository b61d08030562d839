// The searches of VectorIndex.
#include <cmath>

#include "storage/vectors/tuning.h"
#include "storage/vectors/vector_index.h"

namespace smidgen::storage {
namespace {

/// A key met twice was moved in the middle of a search and took the place of another neighbour: it is
/// searched again, but not for ever.
constexpr int kTries = 4;

GraphScratch& scratchOfThisThread() {
    thread_local GraphScratch scratch;
    return scratch;
}

/// What the ten nearest need, for k: it grows with the root, and a few rows more than asked are needed
/// anyway.
std::size_t effortFor(std::size_t k, std::size_t effortOfTen) {
    const double grown = static_cast<double>(effortOfTen) * std::sqrt(static_cast<double>(k) / 10.0);
    return std::max({effortOfTen, k + k / 2, static_cast<std::size_t>(grown)});
}

}  // namespace

Result<Query> VectorIndex::prepare(const VectorStore& store, PackedView query) const {
    if (auto good = m_space.check(query); !good) return propagate(good);
    return Query(store.space, store.shape, query);
}

std::vector<Neighbour> VectorIndex::neighbours(const std::vector<Candidate>& found) const {
    std::vector<Neighbour> all;
    all.reserve(found.size());
    for (const Candidate& each : found) all.push_back({each.key, m_space.distanceOfRank(each.rank)});
    return all;
}

Result<std::vector<Neighbour>> VectorIndex::search(PackedView query, const SearchOptions& options) const {
    if (options.k == 0)
        return failure(ErrorCode::invalidArgument, "A search asks for at least one neighbour.");
    const StorePointer current = store();
    const auto prepared = prepare(*current, query);
    if (!prepared) return tl::unexpected<Error>(prepared.error());
    std::vector<Candidate> found;
    bool moved = true;
    for (int i = 0; i < kTries && moved; ++i) found = nearest(*current, *prepared, options, moved);
    return neighbours(found);
}

VectorIndex::Choice VectorIndex::choose(const VectorStore& store, const SearchOptions& options) const {
    const Tuning tuning = store.tuning();
    SearchTask task;
    task.covered = store.graph.covered();
    task.rows = store.rows.rows();
    task.dead = store.rows.deadRows();
    task.effort =
        options.effort != 0 ? std::max(options.effort, options.k) : effortFor(options.k, tuning.effort);
    task.hasList = options.filter.isList();
    task.listed = options.filter.keys().size();
    task.selectivity = options.filter.selectivity(task.rows - std::min(task.rows, task.dead));
    Choice choice{chooseWay(task, tuning.costs), task.effort};
    if (options.way) choice.search = {*options.way, SIZE_MAX};
    if (choice.search.way == SearchWay::graph && task.covered == 0) choice.search.way = SearchWay::scan;
    if (choice.search.way == SearchWay::listed && !task.hasList) choice.search.way = SearchWay::scan;
    return choice;
}

std::vector<Candidate> VectorIndex::nearest(const VectorStore& store, const Query& query,
                                            const SearchOptions& options, bool& moved) const {
    const Choice choice = choose(store, options);
    NearestList list(options.k);
    if (choice.search.way == SearchWay::graph && searchGraph(store, query, options, choice, list)) {
        m_graphSearches.fetch_add(1, std::memory_order_relaxed);
    } else if (choice.search.way == SearchWay::listed) {
        searchListed(store, query, options.filter, list);
        m_listedSearches.fetch_add(1, std::memory_order_relaxed);
    } else {
        scanRows(store.rows, store.scanSpace(), query, 0, store.rows.rows(), options.filter, list);
        m_scans.fetch_add(1, std::memory_order_relaxed);
    }
    return list.take(moved);
}

/// False, and nothing done, when the graph did not find enough, or at too high a cost: then every row has to
/// be looked at.
bool VectorIndex::searchGraph(const VectorStore& store, const Query& query, const SearchOptions& options,
                              const Choice& choice, NearestList& nearest) const {
    GraphScratch& scratch = scratchOfThisThread();
    const std::uint32_t covered = store.graph.covered();
    const std::uint32_t rows = store.rows.rows();
    const GraphSearch wanted{choice.effort, &options.filter, choice.search.mostEvaluations};
    if (!store.graph.search(query, wanted, covered, scratch)) return false;
    if (scratch.found.size() < options.k && !options.way) return false;
    for (const Reached& each : scratch.found) {
        if (each.rank() > query.bound().coarse(nearest.worst())) break;
        const std::uint32_t slot = each.slot();
        nearest.offer({query.rankOf(store.rows.point(slot)), store.rows.key(slot), slot});
    }
    if (covered < rows)
        scanRows(store.rows, store.scanSpace(), query, covered, rows, options.filter, nearest);
    return true;
}

void VectorIndex::searchListed(const VectorStore& store, const Query& query, const Filter& filter,
                               NearestList& nearest) const {
    std::vector<std::uint32_t> slots;
    const std::span<const std::uint64_t> keys = filter.keys();
    for (std::size_t at = 0; at < keys.size();) {
        const std::lock_guard guard(m_writing);
        for (const std::size_t end = std::min(keys.size(), at + 4096); at < end; ++at)
            if (const auto slot = store.keys.find(keys[at])) slots.push_back(*slot);
    }
    std::sort(slots.begin(), slots.end());
    scanSlots(store.rows, query, slots, nearest);
}

std::vector<Candidate> VectorIndex::scan(const VectorStore& store, const Query& query, const Filter& filter,
                                         std::size_t most, const RankWindow& window) const {
    std::vector<Candidate> found;
    bool moved = true;
    for (int i = 0; i < kTries && moved; ++i) {
        NearestList list(most, window);
        scanRows(store.rows, store.scanSpace(), query, 0, store.rows.rows(), filter, list);
        m_scans.fetch_add(1, std::memory_order_relaxed);
        found = list.take(moved);
    }
    return found;
}

/// Scans go through a part of the rows, small enough for the near caches, with every query before the next.
std::vector<std::vector<Candidate>> VectorIndex::scanTogether(const VectorStore& store,
                                                              const std::vector<Query>& queries,
                                                              const SearchOptions& options,
                                                              bool& moved) const {
    constexpr std::uint32_t kPart = 4096;
    std::vector<NearestList> lists(queries.size(), NearestList(options.k));
    const std::uint32_t rows = store.rows.rows();
    for (std::uint32_t from = 0; from < rows; from += kPart)
        for (std::size_t q = 0; q < queries.size(); ++q)
            scanRows(store.rows, store.scanSpace(), queries[q], from, std::min(rows, from + kPart),
                     options.filter, lists[q]);
    m_scans.fetch_add(queries.size(), std::memory_order_relaxed);
    std::vector<std::vector<Candidate>> found;
    moved = false;
    for (NearestList& list : lists) {
        bool thisMoved = false;
        found.push_back(list.take(thisMoved));
        moved = moved || thisMoved;
    }
    return found;
}

Result<std::vector<std::vector<Neighbour>>> VectorIndex::searchBatch(std::span<const PackedView> queries,
                                                                     const SearchOptions& options) const {
    if (options.k == 0)
        return failure(ErrorCode::invalidArgument, "A search asks for at least one neighbour.");
    const StorePointer current = store();
    std::vector<Query> prepared;
    for (const PackedView& query : queries) {
        auto one = prepare(*current, query);
        if (!one) return tl::unexpected<Error>(one.error());
        prepared.push_back(std::move(*one));
    }
    std::vector<std::vector<Neighbour>> results;
    if (choose(*current, options).search.way == SearchWay::scan) {
        bool moved = true;
        std::vector<std::vector<Candidate>> found;
        for (int i = 0; i < kTries && moved; ++i) found = scanTogether(*current, prepared, options, moved);
        for (const auto& each : found) results.push_back(neighbours(each));
        return results;
    }
    for (const Query& query : prepared) {
        bool moved = true;
        std::vector<Candidate> found;
        for (int i = 0; i < kTries && moved; ++i) found = nearest(*current, query, options, moved);
        results.push_back(neighbours(found));
    }
    return results;
}

Result<std::vector<Neighbour>> VectorIndex::range(PackedView query, double distance, const Filter& filter,
                                                  std::size_t most) const {
    if (!(distance >= 0.0))
        return failure(ErrorCode::invalidArgument, "A search radius is a number from 0 on.");
    const StorePointer current = store();
    const auto prepared = prepare(*current, query);
    if (!prepared) return tl::unexpected<Error>(prepared.error());
    RankWindow window;
    window.ceiling = m_space.rankOfDistance(distance);
    return neighbours(scan(*current, *prepared, filter, most, window));
}

Result<Page> VectorIndex::page(PackedView query, std::size_t size, const PageCursor& after,
                               const Filter& filter) const {
    if (size == 0) return failure(ErrorCode::invalidArgument, "A page shows at least one neighbour.");
    const StorePointer current = store();
    const auto prepared = prepare(*current, query);
    if (!prepared) return tl::unexpected<Error>(prepared.error());
    RankWindow window;
    window.afterRank = after.rank;
    window.afterKey = after.key;
    // One more than shown tells whether there is another page.
    std::vector<Candidate> found = scan(*current, *prepared, filter, size + 1, window);
    Page page;
    page.last = found.size() <= size;
    if (!page.last) found.resize(size);
    page.next = found.empty() ? after : PageCursor{found.back().rank, found.back().key};
    page.neighbours = neighbours(found);
    return page;
}

double VectorIndex::measureRecall(std::size_t queries, std::size_t k, std::size_t effort,
                                  std::uint64_t seed) const {
    const StorePointer current = store();
    const std::size_t tried = effort != 0 ? effort : effortFor(k, current->tuning().effort);
    return graphRecall(*current, queries, k, tried, seed);
}

}  // namespace smidgen::storage
