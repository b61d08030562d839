// Two libraries meet: what both have changed, and what both have put at one place.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/library/library.h"

namespace smidgen {

/// Settles a conflict by keeping both: what `to` has stays, and what `from` has made of it becomes an item of
/// its own, linked "other-version-of", with another id and a file of its own. What was heard of a sound is
/// the newer one's. Broken off and asked again, it is kept once. `source`: the block as `from` has it.
/// Errors: unusableInput (its file is damaged), refused, conflict (changed meanwhile), io.
[[nodiscard]] Status keepOtherVersion(const Library& from, Library& to, const storage::Block& source);

/// Where several blocks of `to` name one file, because both libraries had put one at that place: each but one
/// gets a copy and an id of its own, with the bytes that are its, from either library. How many did; a
/// sentence to `problems` for each that could not. Errors: io.
[[nodiscard]] Result<std::uint64_t> partTwins(const Library& from, Library& to,
                                              std::vector<std::string>& problems);

}  // namespace smidgen
