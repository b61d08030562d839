// Named vector spaces, as rows.
#pragma once

#include "storage/blocks/connection.h"
#include "storage/blocks/vector_spaces.h"

namespace smidgen::storage {

/// Errors: unusableInput when damaged.
[[nodiscard]] Result<std::optional<VectorSpace>> findSpace(Connection& connection, const std::string& name);
[[nodiscard]] Result<std::vector<VectorSpace>> readSpaces(Connection& connection);
/// Within a write transaction.
[[nodiscard]] Status insertSpace(Connection& connection, const VectorSpace& space);
/// Errors: invalidArgument when a vector does not lie in the space of its name.
[[nodiscard]] Status checkVectors(Connection& connection, const std::string& block,
                                  const std::vector<BlockVector>& vectors);

}  // namespace smidgen::storage
