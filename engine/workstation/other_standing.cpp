#include "engine/workstation/other_standing.h"

#include "engine/foundation/atomic_file.h"
#include "storage/blocks/block_store.h"
#include "storage/blocks/store_core.h"
#include "storage/blocks/tombstone.h"
#include "storage/exchange/conflict.h"
#include "storage/exchange/lineage.h"

namespace smidgen {

using storage::LineageOrder;

Result<std::unique_ptr<Library>> openAnother(const Library& here, const std::filesystem::path& folder) {
    std::error_code ignored;
    if (std::filesystem::equivalent(folder, here.folder(), ignored))
        return failure(ErrorCode::invalidArgument,
                       "'" + displayName(folder) + "' is the library that is worked in. Choose another.");
    auto there = Library::openToRead(folder, here.caller());
    if (!there) return there;
    if ((*there)->store().core().replica == here.store().core().replica)
        return failure(ErrorCode::invalidArgument,
                       "'" + displayName(folder) +
                           "' is a copy of the files of this library: what is newer in which of the two "
                           "cannot be told. Choose another.");
    return there;
}

Standing standingOf(const storage::Block& theirs, const storage::Block& ours) {
    switch (storage::compareLineage(theirs.lineage, ours.lineage)) {
        case LineageOrder::before:
            return Standing::newerHere;
        case LineageOrder::after:
            return Standing::newerThere;
        case LineageOrder::concurrent:
            // A synchronisation takes the same change on both sides for none.
            return storage::isSameState(theirs, ours) ? Standing::same : Standing::changedOnBoth;
        case LineageOrder::equal:
            break;
    }
    return Standing::same;
}

Result<Standing> standingAlone(const Library& here, const storage::Block& theirs) {
    auto reader = here.store().core().readers.lend();
    if (!reader) return propagate(reader);
    auto grave = storage::findTombstone((*reader)->connection, theirs.id);
    if (!grave || !*grave) return Standing::onlyThere;
    const LineageOrder order = storage::compareLineage(theirs.lineage, (*grave)->lineage);
    return order == LineageOrder::equal || order == LineageOrder::before ? Standing::removedHere
                                                                         : Standing::onlyThere;
}

}  // namespace smidgen
