#include "storage/backend/embedded_backend.h"

#include "storage/backend/like_search.h"
#include "storage/blocks/maintenance.h"
#include "storage/blocks/space_table.h"
#include "storage/blocks/store_core.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kMostAtOnce = 1000;
constexpr std::size_t kRecallQueries = 100;

}  // namespace

struct EmbeddedBackend::LikeSearch {
    const Caller& caller;
    PackedPoint point;
    const LikeQuery& query;
    std::size_t k;
    const std::string& page;
};

Result<std::unique_ptr<EmbeddedBackend>> EmbeddedBackend::open(const std::filesystem::path& folder,
                                                               const EmbeddedOptions& options) {
    auto store = BlockStore::open(folder, options.store);
    if (!store) return propagate(store);
    return std::unique_ptr<EmbeddedBackend>(new EmbeddedBackend(std::move(*store), options));
}

EmbeddedBackend::~EmbeddedBackend() {
    // A cache that could not be written is made anew the next time.
    if (m_options.keepIndexes && !m_store->isReadOnly()) (void)saveIndexes();
}

std::filesystem::path EmbeddedBackend::indexFolder() const {
    return m_store->folder() / "index";
}

Result<std::vector<Receipt>> EmbeddedBackend::putBatch(const Caller& caller,
                                                       const std::vector<Operation>& operations) {
    return m_store->apply(caller, operations);
}

Result<Block> EmbeddedBackend::get(const Caller& caller, const BlockId& id, BlockParts parts) {
    return m_store->get(caller, id, parts);
}

Result<Receipt> EmbeddedBackend::erase(const Caller& caller, const BlockId& id, EraseWay way,
                                       std::uint64_t expected) {
    if (way == EraseWay::trash) return m_store->setStatus(caller, id, BlockStatus::deleted, expected);
    auto receipts =
        m_store->apply(caller, {SetStatus{id, expected, BlockStatus::deleted}, PurgeBlock{id, 0}});
    if (!receipts) return propagate(receipts);
    return receipts->back();
}

Result<BlockPage> EmbeddedBackend::scan(const Caller& caller, const BlockQuery& query) {
    return m_store->list(caller, query);
}

Result<ChangePage> EmbeddedBackend::changesSince(std::uint64_t since, std::size_t limit) {
    return m_store->changesSince(since, limit);
}

Result<WordPage> EmbeddedBackend::searchWords(const Caller& caller, const WordQuery& query) {
    return m_store->searchWords(caller, query);
}

Status EmbeddedBackend::defineSpace(const VectorSpace& space) {
    return storage::defineSpace(*m_store, space);
}

Result<std::vector<VectorSpace>> EmbeddedBackend::spaces() {
    return definedSpaces(*m_store);
}

Result<std::shared_ptr<EmbeddedBackend::Guarded>> EmbeddedBackend::indexOf(Connection& connection,
                                                                           const std::string& name) {
    const std::lock_guard lock(m_mutex);
    if (const auto known = m_indexes.find(name); known != m_indexes.end()) return known->second;
    auto space = findSpace(connection, name);
    if (!space) return propagate(space);
    if (!*space)
        return failure(ErrorCode::notFound, "There is no vector space '" + name + "' in this library.");
    return m_indexes.emplace(name, std::make_shared<Guarded>(**space, m_options.index)).first->second;
}

Result<LikePage> EmbeddedBackend::searchLike(const Caller& caller, const std::string& space,
                                             std::span<const float> point, const LikeQuery& query,
                                             std::size_t k, const std::string& page) {
    const Stopwatch watch(m_likeSearches);
    if (caller.name.empty() || caller.project.empty())
        return failure(ErrorCode::invalidArgument, "Who asks, and from which project, must be said.");
    if (k < 1 || k > kMostAtOnce)
        return failure(ErrorCode::invalidArgument, "A search shows between 1 and 1000 blocks at once.");
    auto reader = m_store->core().readers.lend();
    if (!reader) return propagate(reader);
    for (;;) {
        auto transaction = ReadTransaction::begin((*reader)->connection);
        if (!transaction) return propagate(transaction);
        auto guarded = indexOf((*reader)->connection, space);
        if (!guarded) return propagate(guarded);
        SpaceIndex& index = (*guarded)->index;
        auto packed = pointOf(index.space(), point);
        if (!packed)
            return failure(ErrorCode::invalidArgument, "The search cannot begin: " + packed.error().sentence);
        const LikeSearch search{caller, std::move(*packed), query, k, page};
        auto now = historyMark((*reader)->connection);
        if (!now) return propagate(now);
        {
            const std::shared_lock reading((*guarded)->mutex);
            if (index.mark() == *now && (*guarded)->opened) return searchIn(**reader, index, search);
        }
        const std::unique_lock alone((*guarded)->mutex);
        if (!(*guarded)->opened) {
            (void)index.load(indexFolder(), (*reader)->connection);
            (*guarded)->opened = true;
        }
        // Another search may have taken in more than this view of the store has: then look again.
        if (index.mark().change > now->change) continue;
        if (auto followed = index.follow(**reader); !followed) return propagate(followed);
        return searchIn(**reader, index, search);
    }
}

Result<LikePage> EmbeddedBackend::searchIn(Reader& reader, const SpaceIndex& index,
                                           const LikeSearch& search) {
    auto allowed = m_allowed.find(reader, index.mark().change, search.caller, search.query);
    if (!allowed) return propagate(allowed);
    LikePage page;
    if ((*allowed)->count == 0) return page;
    const Filter filter = filterOf(*allowed);
    auto near = search.query.exact || !search.page.empty()
                    ? nearestBlocks(index, search.point, filter, search.k, search.page)
                    : nearbyBlocks(index, search.point, filter, search.k);
    if (!near) return propagate(near);
    for (const NearBlock& each : near->blocks) {
        auto stored = reader.blocks.findByKey(each.block, false);
        if (!stored) return propagate(stored);
        if (*stored) page.hits.push_back({std::move((*stored)->block), each.slot, each.distance});
    }
    page.next = std::move(near->next);
    return page;
}

Status EmbeddedBackend::saveIndexes() {
    std::vector<std::shared_ptr<Guarded>> indexes;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [name, guarded] : m_indexes) indexes.push_back(guarded);
    }
    for (const auto& guarded : indexes) {
        const std::unique_lock alone(guarded->mutex);
        if (!guarded->opened) continue;
        if (auto saved = guarded->index.save(indexFolder()); !saved) return saved;
    }
    return {};
}

Result<BackendStatistics> EmbeddedBackend::stats(bool measure) {
    auto store = statisticsOf(*m_store);
    if (!store) return propagate(store);
    BackendStatistics figures;
    figures.blocks = store->blocks;
    figures.bytes = store->databaseBytes + store->logBytes + store->packBytes;
    figures.puts = store->puts;
    figures.gets = store->gets;
    figures.scans = store->lists;
    figures.wordSearches = store->wordSearches;
    figures.likeSearches = m_likeSearches.summary();
    auto reader = m_store->core().readers.lend();
    if (!reader) return propagate(reader);
    auto now = historyMark((*reader)->connection);
    if (!now) return propagate(now);
    std::vector<std::pair<std::string, std::shared_ptr<Guarded>>> indexes;
    {
        const std::lock_guard lock(m_mutex);
        indexes.assign(m_indexes.begin(), m_indexes.end());
    }
    for (const auto& [name, guarded] : indexes) {
        const std::shared_lock reading(guarded->mutex);
        const IndexStatistics index = guarded->index.index().statistics();
        SpaceStatistics space{name, index.vectors, index.bytes, index.indexedRows, 1.0};
        if (measure) space.recall = guarded->index.index().measureRecall(kRecallQueries, 10, 0, now->change);
        figures.spaces.push_back(std::move(space));
        const std::uint64_t taken = guarded->index.mark().change;
        figures.pendingChanges = std::max(figures.pendingChanges, now->change - std::min(now->change, taken));
    }
    return figures;
}

BackendCapabilities EmbeddedBackend::capabilities() const {
    BackendCapabilities capabilities;
    capabilities.name = "SQLite";
    capabilities.writable = !m_store->isReadOnly();
    return capabilities;
}

}  // namespace smidgen::storage
