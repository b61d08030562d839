// What became of a block, entered in a report.
#pragma once

#include "storage/exchange/incoming.h"
#include "storage/exchange/sync.h"

namespace smidgen::storage {

/// Everything but Arrival::needsContent.
void noteArrival(SyncReport& report, const Block& block, Arrived& arrived);

}  // namespace smidgen::storage
