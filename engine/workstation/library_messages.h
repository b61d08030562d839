// Messages between models, and between those who work with them: they wait in queues of a project until
// somebody has dealt with them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/foundation/result.h"
#include "engine/workstation/library_sharing.h"

namespace smidgen {

class Workstation;

struct QueueFigures {
    std::string name;
    std::string owner;  ///< who opened it, and alone may read it
    std::uint64_t waiting = 0;
    std::uint64_t bytes = 0;
    std::int64_t oldestMs = 0;  ///< when the first of them was sent; 0 when none waits
    std::uint64_t lost = 0;     ///< that nobody took within a week
};

struct MessageDraft {
    std::string type;             ///< what the body is: "text", "latent" …
    std::string body;             ///< bytes, a mebibyte at most
    std::vector<ItemName> items;  ///< large things, by name: who receives it reads them with its own rights
    std::string from;             ///< the queue to answer to; may be empty
};

struct SentMessage {
    std::int64_t number = 0;  ///< 0 when no queue took it
    std::size_t queues = 0;
    std::vector<std::string> passedBy;  ///< queues that were full
};

/// An item that a message names; without id when it is gone, or not to be read by whoever asks.
struct MessageItem {
    std::optional<ItemName> item;
    std::string name;
};

struct QueueMessage {
    std::int64_t number = 0;
    std::int64_t timeMs = 0;
    bool broadcast = false;
    std::string sender;
    std::string from;
    std::string type;
    std::string body;
    std::vector<MessageItem> items;
};

struct QueueReading {
    std::string reader;            ///< one reader has a queue at a time; empty: the caller
    std::int64_t after = 0;        ///< only messages with higher numbers
    std::size_t limit = 100;       ///< 1 to 10 000
    std::int64_t keepMs = 60'000;  ///< for which no other reader gets any
};

// Errors: those of storage::MessageQueues (refused: another's queue; conflict: full, or being read).

/// Nothing happens when the caller has opened it already.
[[nodiscard]] Status openQueue(Workstation& workstation, const std::string& queue);
/// With what waits in it.
[[nodiscard]] Status closeQueue(Workstation& workstation, const std::string& queue);
[[nodiscard]] Result<std::vector<QueueFigures>> queuesOf(Workstation& workstation);
/// `queue` empty: to all of the project but the one it comes from.
[[nodiscard]] Result<SentMessage> sendMessage(Workstation& workstation, const std::string& queue,
                                              const MessageDraft& draft);
/// The first that wait, oldest first; they wait on until they are acknowledged.
[[nodiscard]] Result<std::vector<QueueMessage>> receiveMessages(Workstation& workstation,
                                                                const std::string& queue,
                                                                const QueueReading& reading);
/// All up to and with `number` have been dealt with.
[[nodiscard]] Status acknowledgeMessages(Workstation& workstation, const std::string& queue,
                                         std::int64_t number);

}  // namespace smidgen
