// Two libraries meet: what both have changed, and what both have put at one place.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/library.h"

namespace smidgen {

/// Settles a conflict by keeping both: what `to` has stays, and what `from` has made of it becomes an item of
/// its own, linked "other-version-of", with another id and a file of its own. What was heard of a sound is
/// the newer one's. Broken off and asked again, it is kept once. `source`: the block as `from` has it.
/// Errors: unusableInput (its file is damaged), refused, conflict (changed meanwhile), io.
[[nodiscard]] Status keepOtherVersion(const Library& from, Library& to, const storage::Block& source);

/// The id that keepOtherVersion() and keepAsNew() give to what `block`, as it is now, holds.
[[nodiscard]] std::string idOfOtherVersion(const storage::Block& block);

/// Settles a conflict the other way round: `to` has what `from` has from now on. What it had stays: where
/// its content or file is another, as an item of its own, linked "other-version-of"; else as a superseded
/// version. The id of that item, or nothing. `progress`: bytes of the file that is brought. Errors:
/// unusableInput (a file is damaged), refused (not the caller's to change), conflict (changed meanwhile;
/// another item's file lies where the new one belongs), io, cancelled; `to` is as it was then, but for an
/// item that was kept.
[[nodiscard]] Result<std::string> takeOtherVersion(const Library& from, Library& to,
                                                   const storage::Block& source, const CancelToken& cancel,
                                                   const std::function<void(std::uint64_t)>& progress = {});

/// What was removed for good in `to`, from `from`, as an item of its own with another id. That id. Errors:
/// unusableInput (its file is damaged), io.
[[nodiscard]] Result<std::string> keepAsNew(const Library& from, Library& to, const storage::Block& source);

/// Where several blocks of `to` name one file, because both libraries had put one at that place: each but one
/// gets a copy and an id of its own, with the bytes that are its, from either library. How many did; a
/// sentence to `problems` for each that could not. Errors: io.
[[nodiscard]] Result<std::uint64_t> partTwins(const Library& from, Library& to,
                                              std::vector<std::string>& problems);

}  // namespace smidgen
