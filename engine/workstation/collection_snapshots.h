// Collections as the workstation tells them: the same snapshot until one changes.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "engine/workstation/snapshots.h"

namespace smidgen {

/// Thread-safe. The window asks often, and a copy of thousands of sounds takes its time.
class CollectionSnapshots {
 public:
    [[nodiscard]] std::shared_ptr<const CollectionSnapshot> of(
        const std::shared_ptr<const Collection>& collection);

 private:
    struct Kept {
        std::shared_ptr<const Collection> collection;
        std::shared_ptr<const CollectionSnapshot> snapshot;
    };
    std::mutex m_mutex;
    std::map<CollectionId, Kept> m_kept;
};

}  // namespace smidgen
