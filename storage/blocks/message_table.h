// Messages and their queues, as rows: what storage/messages stands on, and what verification and repair see
// of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "storage/blocks/block.h"
#include "storage/blocks/connection.h"

namespace smidgen::storage {

/// A message lies here once, however many queues it waits in.
struct StoredMessage {
    std::int64_t number = 0;  ///< ascending in the order of sending, never given again
    std::int64_t time = 0;    ///< milliseconds since 1970, UTC
    bool broadcast = false;
    std::string sender;  ///< the caller's name
    std::string from;    ///< the queue to answer to; may be empty
    std::string type;
    std::vector<BlockId> blocks;
    std::vector<std::byte> body;
};

struct StoredQueue {
    std::int64_t key = 0;
    std::string name;
    std::string owner;
    std::int64_t given = 0;  ///< highest number that was ever received from it
    std::uint64_t lost = 0;  ///< messages that nobody took in time
    std::string holder;      ///< who reads from it
    std::int64_t heldUntil = 0;
};

/// Gives it its number. Within a write transaction.
[[nodiscard]] Status insertMessage(Connection& connection, StoredMessage& message);
/// Errors: unusableInput when it is missing or damaged.
[[nodiscard]] Result<StoredMessage> findMessage(Connection& connection, std::int64_t number);

/// Damage and loose ends, said for the person to `problem`. Errors: io, unusableInput.
[[nodiscard]] Status checkMessages(Connection& connection,
                                   const std::function<void(const std::string&)>& problem);
/// Copies what is whole into an empty database; tells `lost` of the rest. Errors: io.
[[nodiscard]] Status salvageMessages(Connection& from, Connection& to,
                                     const std::function<void(const std::string&)>& lost);

}  // namespace smidgen::storage
