#include "storage/vectors/vector_index.h"

#include <utility>

namespace smidgen::storage {

VectorIndex::VectorIndex(Space space, IndexOptions options)
    : m_space(std::move(space)),
      m_options(std::move(options)),
      m_store(std::make_shared<VectorStore>(m_space, m_options)) {
    if (m_options.background) m_worker = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

VectorIndex::~VectorIndex() {
    m_stopping.cancel();
    m_worker.request_stop();
}

VectorIndex::StorePointer VectorIndex::store() const {
    const std::lock_guard guard(m_holding);
    return m_store;
}

void VectorIndex::replaceStore(StorePointer store) {
    {
        const std::lock_guard guard(m_holding);
        std::swap(m_store, store);
    }
    // The old edition ends here, or with the last search that holds it.
}

Status VectorIndex::putOne(VectorStore& store, std::uint64_t key, PackedView point) {
    if (auto good = m_space.check(point); !good) return good;
    const std::optional<std::uint32_t> old = store.keys.find(key);
    const auto slot = store.rows.append(key, point);
    if (!slot) return tl::unexpected<Error>(slot.error());
    store.keys.assign(*slot);
    // After the new row is visible: a search meets the old one, the new one, or both and keeps the new one.
    if (old) store.rows.kill(*old);
    return {};
}

Status VectorIndex::put(std::uint64_t key, PackedView point) {
    const PutItem item{key, point};
    return putBatch(std::span(&item, 1));
}

Status VectorIndex::putBatch(std::span<const PutItem> items) {
    bool busy = false;
    for (std::size_t at = 0; at < items.size();) {
        // In portions, so that others get a word in.
        const std::lock_guard guard(m_writing);
        const StorePointer current = store();
        for (const std::size_t end = std::min(items.size(), at + 1024); at < end; ++at)
            if (auto done = putOne(*current, items[at].key, items[at].point); !done) return done;
        busy = wantsGraph(*current) || wantsTidying(*current);
    }
    if (busy) wakeWorker();
    return {};
}

bool VectorIndex::erase(std::uint64_t key) {
    bool busy = false;
    {
        const std::lock_guard guard(m_writing);
        const StorePointer current = store();
        const std::optional<std::uint32_t> slot = current->keys.find(key);
        if (!slot) return false;
        current->keys.erase(key);
        current->rows.kill(*slot);
        busy = wantsTidying(*current);
    }
    if (busy) wakeWorker();
    return true;
}

std::optional<PackedPoint> VectorIndex::get(std::uint64_t key) const {
    const std::lock_guard guard(m_writing);
    const StorePointer current = store();
    const std::optional<std::uint32_t> slot = current->keys.find(key);
    if (!slot) return std::nullopt;
    const PackedView point = current->rows.point(*slot);
    return PackedPoint{{point.coarse.begin(), point.coarse.end()}, {point.fine.begin(), point.fine.end()}};
}

std::size_t VectorIndex::size() const {
    const std::lock_guard guard(m_writing);
    return store()->keys.size();
}

std::vector<std::uint64_t> VectorIndex::keys() const {
    const std::lock_guard guard(m_writing);
    const StorePointer current = store();
    std::vector<std::uint64_t> keys;
    keys.reserve(current->keys.size());
    for (std::uint32_t slot = 0; slot < current->rows.rows(); ++slot)
        if (current->rows.alive(slot)) keys.push_back(current->rows.key(slot));
    return keys;
}

IndexStatistics VectorIndex::statistics() const {
    const std::lock_guard guard(m_writing);
    const StorePointer current = store();
    const Tuning tuning = current->tuning();
    IndexStatistics statistics;
    statistics.vectors = current->keys.size();
    statistics.deadRows = current->rows.deadRows();
    statistics.indexedRows = current->graph.covered();
    statistics.bytes = current->rows.bytes() + current->graph.bytes() + current->keys.bytes();
    statistics.effort = tuning.effort;
    statistics.costs = tuning.costs;
    statistics.scans = m_scans.load(std::memory_order_relaxed);
    statistics.graphSearches = m_graphSearches.load(std::memory_order_relaxed);
    statistics.listedSearches = m_listedSearches.load(std::memory_order_relaxed);
    return statistics;
}

}  // namespace smidgen::storage
