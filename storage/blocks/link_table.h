// Links between blocks, as rows.
#pragma once

#include <vector>

#include "storage/blocks/block.h"
#include "storage/blocks/connection.h"

namespace smidgen::storage {

enum class LinkEnd { source, target };

/// Makes the link or gives it another weight. Within a write transaction, like eraseLink.
[[nodiscard]] Status putLink(Connection& connection, const Link& link);
/// False when there was none.
[[nodiscard]] Result<bool> eraseLink(Connection& connection, const BlockId& source, const BlockId& target,
                                     const std::string& type);
/// Those whose `end` is the block, in order of type and id. Errors: unusableInput when one is damaged.
[[nodiscard]] Result<std::vector<Link>> linksAt(Connection& connection, LinkEnd end, const BlockId& block);
/// From a row with the columns source, type, target, weight, sum. Errors: unusableInput when damaged.
[[nodiscard]] Result<Link> readLink(const Statement& row);

}  // namespace smidgen::storage
