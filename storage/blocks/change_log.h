// The order of changes, as it is read from the audit log.
#pragma once

#include "storage/blocks/block_store.h"

namespace smidgen::storage {

/// As BlockStore::changesSince, in the view that the connection has.
[[nodiscard]] Result<ChangePage> readChanges(Connection& connection, std::uint64_t since, std::size_t limit);

}  // namespace smidgen::storage
