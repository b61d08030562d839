// Named vector spaces, as rows.
#pragma once

#include <map>

#include "storage/blocks/connection.h"
#include "storage/blocks/vector_spaces.h"

namespace smidgen::storage {

/// Errors: unusableInput when damaged.
[[nodiscard]] Result<std::optional<VectorSpace>> findSpace(Connection& connection, const std::string& name);
[[nodiscard]] Result<std::vector<VectorSpace>> readSpaces(Connection& connection);
/// Within a write transaction.
[[nodiscard]] Status insertSpace(Connection& connection, const VectorSpace& space);
/// Spaces looked up so far within one write transaction, by name; nothing for names that mean nothing yet.
using KnownSpaces = std::map<std::string, std::optional<VectorSpace>, std::less<>>;
/// Errors: invalidArgument when a vector does not lie in the space of its name.
[[nodiscard]] Status checkVectors(Connection& connection, const std::string& block,
                                  const std::vector<BlockVector>& vectors, KnownSpaces& known);

}  // namespace smidgen::storage
