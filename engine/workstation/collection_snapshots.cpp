#include "engine/workstation/collection_snapshots.h"

namespace smidgen {

std::shared_ptr<const CollectionSnapshot> CollectionSnapshots::of(
    const std::shared_ptr<const Collection>& collection) {
    const std::scoped_lock lock(m_mutex);
    Kept& kept = m_kept[collection->id];
    if (kept.collection != collection) {
        kept.collection = collection;
        kept.snapshot = std::make_shared<const CollectionSnapshot>(
            CollectionSnapshot{*collection, totalsOf(collection->entries)});
    }
    return kept.snapshot;
}

}  // namespace smidgen
