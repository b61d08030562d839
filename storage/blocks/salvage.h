// Reading what can be read of a damaged database, and writing it anew.
#pragma once

#include <functional>

#include "storage/blocks/maintenance.h"
#include "storage/blocks/pack_store.h"
#include "storage/blocks/write_queue.h"

namespace smidgen::storage {

/// Copies whole rows of `from` into the empty `to`. Errors: io; damage is reported, not returned.
[[nodiscard]] Status salvage(Connection& from, PackStore& packs, Writer& to, RepairReport& report);

}  // namespace smidgen::storage
