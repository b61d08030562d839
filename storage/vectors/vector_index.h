// Finds the nearest of many vectors, by key. Held in memory; whoever keeps the vectors for good keeps them
// elsewhere, and can always fill an index again from there.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

#include "engine/foundation/cancel_token.h"
#include "storage/vectors/vector_store.h"

namespace smidgen::storage {

struct Neighbour {
    std::uint64_t key = 0;
    double distance = 0.0;

    bool operator==(const Neighbour&) const = default;
};

struct SearchOptions {
    std::size_t k = 10;
    Filter filter;
    /// Rows a graph search keeps in view; 0: as tuned.
    std::size_t effort = 0;
    /// Nothing: the cheapest. For measuring: one way only (graph: where there is one).
    std::optional<SearchWay> way;
};

/// Where a page ended. A value: it stays good whatever is added, moved or erased meanwhile.
struct PageCursor {
    double rank = -1.0;
    std::uint64_t key = 0;
};

struct Page {
    std::vector<Neighbour> neighbours;
    PageCursor next;
    bool last = false;  ///< nothing was left when this page was made
};

struct IndexStatistics {
    std::size_t vectors = 0;
    std::size_t deadRows = 0;  ///< erased or replaced, not yet tidied away
    std::size_t indexedRows = 0;
    std::size_t bytes = 0;
    std::size_t effort = 0;  ///< tuned
    SearchCosts costs;
    std::uint64_t scans = 0;  ///< searches served each way
    std::uint64_t graphSearches = 0;
    std::uint64_t listedSearches = 0;
};

struct PutItem {
    std::uint64_t key = 0;
    PackedView point;
};

/// Threads: every member may be called from any thread at any time. Searches never wait for a writer or a
/// build, only for the copying of one pointer; one writer at a time, the others queue; a put is a
/// microsecond, but while a rebuild hands over, milliseconds. A search sees each put and erase whole, the
/// ones done before it began certainly, the ones done meanwhile perhaps.
///
/// Results are ordered by true distance (double), then key, whichever way they were found; scans are exact,
/// graph searches approximate. Points are Space::pack()'s; search() refuses others.
class VectorIndex {
 public:
    explicit VectorIndex(Space space, IndexOptions options = {});
    VectorIndex(const VectorIndex&) = delete;
    VectorIndex& operator=(const VectorIndex&) = delete;
    /// Stops and joins the index's own thread.
    ~VectorIndex();

    /// Adds or replaces. Errors: unusableInput (Space::check), outOfMemory, invalidArgument (index full).
    [[nodiscard]] Status put(std::uint64_t key, PackedView point);
    /// In order; on an error those before it are in.
    [[nodiscard]] Status putBatch(std::span<const PutItem> items);
    /// Whether the key was there.
    bool erase(std::uint64_t key);
    [[nodiscard]] std::optional<PackedPoint> get(std::uint64_t key) const;
    [[nodiscard]] std::size_t size() const;
    /// All keys, in no order.
    [[nodiscard]] std::vector<std::uint64_t> keys() const;

    /// The k nearest. Errors: unusableInput (the query), invalidArgument (k = 0).
    [[nodiscard]] Result<std::vector<Neighbour>> search(PackedView query, const SearchOptions& options) const;
    /// A result for each query. Scans share their way through memory.
    [[nodiscard]] Result<std::vector<std::vector<Neighbour>>> searchBatch(std::span<const PackedView> queries,
                                                                          const SearchOptions& options) const;
    /// All within `distance`, exactly; the nearest `most` of them if there are more.
    [[nodiscard]] Result<std::vector<Neighbour>> range(PackedView query, double distance,
                                                       const Filter& filter,
                                                       std::size_t most = SIZE_MAX) const;
    /// The next `size` nearest behind `after`, exactly. Going from page to page shows every vector that stays
    /// where it is exactly once.
    [[nodiscard]] Result<Page> page(PackedView query, std::size_t size, const PageCursor& after,
                                    const Filter& filter) const;

    /// Builds what is missing of the graph, tidies when many rows are dead, and tunes. Errors: cancelled,
    /// outOfMemory; the index works on as it was.
    [[nodiscard]] Status refresh(const CancelToken& cancel = {});
    /// Makes everything anew from the living rows. Searches go on; so do puts. Errors: as refresh().
    [[nodiscard]] Status rebuild(const CancelToken& cancel = {});

    /// Writes the index as a cache of what the caller's data was at `generation`. Errors: io.
    [[nodiscard]] Status save(const std::filesystem::path& path, std::uint64_t generation) const;
    /// Replaces the contents by those of a file of the same space, graph shape and generation. Errors, all of
    /// which leave the index as it was: notFound, io, unusableInput with the reason (another version,
    /// generation, space or shape; damaged), outOfMemory.
    [[nodiscard]] Status load(const std::filesystem::path& path, std::uint64_t generation);

    /// Part of the k nearest that graph searches find, over `queries` stored vectors drawn at random; 1
    /// without a graph. `effort` 0: as tuned. Costs as many scans.
    [[nodiscard]] double measureRecall(std::size_t queries, std::size_t k, std::size_t effort,
                                       std::uint64_t seed) const;
    [[nodiscard]] IndexStatistics statistics() const;
    [[nodiscard]] const Space& space() const { return m_space; }

 private:
    using StorePointer = std::shared_ptr<VectorStore>;
    struct Choice {
        SearchChoice search;
        std::size_t effort;
    };

    [[nodiscard]] StorePointer store() const;
    void replaceStore(StorePointer store);
    [[nodiscard]] Status putOne(VectorStore& store, std::uint64_t key, PackedView point);
    [[nodiscard]] Result<Query> prepare(const VectorStore& store, PackedView query) const;
    [[nodiscard]] Choice choose(const VectorStore& store, const SearchOptions& options) const;
    [[nodiscard]] std::vector<std::vector<Candidate>> scanTogether(const VectorStore& store,
                                                                   const std::vector<Query>& queries,
                                                                   const SearchOptions& options,
                                                                   bool& moved) const;
    [[nodiscard]] std::vector<Candidate> nearest(const VectorStore& store, const Query& query,
                                                 const SearchOptions& options, bool& moved) const;
    [[nodiscard]] std::vector<Candidate> scan(const VectorStore& store, const Query& query,
                                              const Filter& filter, std::size_t most,
                                              const RankWindow& window) const;
    [[nodiscard]] bool searchGraph(const VectorStore& store, const Query& query, const SearchOptions& options,
                                   const Choice& choice, NearestList& nearest) const;
    void searchListed(const VectorStore& store, const Query& query, const Filter& filter,
                      NearestList& nearest) const;
    [[nodiscard]] std::vector<Neighbour> neighbours(const std::vector<Candidate>& found) const;
    [[nodiscard]] Status buildGraph(VectorStore& store, std::uint32_t to, const CancelToken& cancel) const;
    [[nodiscard]] Status compact(const CancelToken& cancel);
    void tune(VectorStore& store) const;
    [[nodiscard]] bool wantsTidying(const VectorStore& store) const;
    [[nodiscard]] bool wantsGraph(const VectorStore& store) const;
    void wakeWorker();
    void work(const std::stop_token& stop);

    Space m_space;
    IndexOptions m_options;
    mutable std::mutex m_holding;  ///< the pointer only
    StorePointer m_store;
    mutable std::mutex m_writing;   ///< rows and keys
    mutable std::mutex m_building;  ///< graph, rebuild, save, load; taken before m_writing
    mutable std::atomic<std::uint64_t> m_scans{0};
    mutable std::atomic<std::uint64_t> m_graphSearches{0};
    mutable std::atomic<std::uint64_t> m_listedSearches{0};
    std::mutex m_waking;
    std::condition_variable_any m_wake;
    bool m_wanted = false;
    CancelToken m_stopping;
    std::jthread m_worker;
};

}  // namespace smidgen::storage
