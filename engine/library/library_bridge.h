// Items of one library carried into another, with their files, however large and however often broken off.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/foundation/cancel_token.h"
#include "engine/foundation/result.h"
#include "engine/library/library.h"

namespace smidgen {

struct SendingState {
    std::string name;  ///< of the item under way
    std::size_t itemsDone = 0;
    std::size_t items = 0;
    std::uint64_t bytesDone = 0;   ///< of its file
    std::uint64_t bytesTotal = 0;  ///< 0 when it has none
};

struct SendingReport {
    std::uint64_t added = 0, updated = 0, same = 0;
    std::uint64_t bytesSent = 0;
    std::uint64_t bytesResumed = 0;      ///< that an earlier sending had brought over
    std::vector<std::string> conflicts;  ///< names of what was changed on both sides and left alone
    std::vector<std::string> problems;   ///< sentences
};

/// Carries blocks of items one after the other, as the caller of `from`. What is under way waits in
/// Library::transfersFolder(): stopped or killed anywhere, an item is in `to` as a whole or not at all, and
/// the next sending goes on from there. An item whose place another block has in `to` gets a file and an id
/// of its own. Errors: cancelled, io, conflict (another program is sending the same), and those of
/// storage::Bridge; of a single item, they are problems.
[[nodiscard]] Result<SendingReport> sendItems(const Library& from, Library& to,
                                              const std::vector<storage::BlockId>& blocks,
                                              const CancelToken& cancel,
                                              const std::function<void(const SendingState&)>& progress);

}  // namespace smidgen
