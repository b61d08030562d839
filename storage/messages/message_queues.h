// Messages between models: sent to one queue or to all of a project, kept in the store until they are
// acknowledged.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "storage/blocks/block_store.h"

namespace smidgen::storage {

/// What one model tells another. Large things (sounds, latents, codes) are put into blocks and named here;
/// whoever receives them reads them with its own rights, and finds nothing when they are gone by then.
struct Message {
    std::string type;  ///< what the body is, 1 to 256 bytes: "latent", "codes", "sound"
    std::vector<std::byte> body;
    std::vector<BlockId> blocks;  ///< at most 256; the sender must be able to read them
    std::string from;             ///< the queue to answer to; a broadcast does not reach it. May be empty
};

struct ReceivedMessage {
    std::int64_t number = 0;  ///< ascending in the order of sending
    std::int64_t time = 0;    ///< of sending, milliseconds since 1970, UTC
    bool broadcast = false;
    std::string sender;  ///< the caller's name
    Message message;
};

/// What keeps a queue that nobody reads from growing without bound.
struct MessageLimits {
    std::size_t mostBytes = 1 << 20;            ///< of one body
    std::size_t mostWaiting = 10'000;           ///< messages in one queue
    std::uint64_t mostWaitingBytes = 64 << 20;  ///< bodies in one queue
    std::int64_t keptFor =
        std::int64_t{7} * 86'400'000;  ///< milliseconds; what is older is lost, and counted
    std::size_t mostQueues = 1000;     ///< in one project
};

struct SendReceipt {
    std::int64_t number = 0;            ///< 0 when no queue took it
    std::size_t queues = 0;             ///< that it waits in now
    std::vector<std::string> passedBy;  ///< queues that were full: a broadcast goes on without them
};

struct QueueState {
    std::string name;
    std::string owner;
    std::uint64_t waiting = 0;  ///< messages
    std::uint64_t bytes = 0;    ///< of their bodies
    std::int64_t oldest = 0;    ///< time of sending of the first of them; 0 when there is none
    std::uint64_t lost = 0;     ///< messages that nobody acknowledged within MessageLimits::keptFor
};

/// How to read from a queue. Two readers would break its order, so one of them has it at a time.
struct Reading {
    std::string reader;          ///< names this reader among those of the queue: process and thread, say
    std::int64_t after = 0;      ///< only messages with higher numbers: to go on without acknowledging
    std::size_t most = 100;      ///< messages, 1 to 10 000
    std::int64_t keep = 60'000;  ///< milliseconds for which no other reader gets any, from now
};

/// The queues of a store. Delivery is at least once: a message comes again, from wherever the reader asks,
/// until it is acknowledged; in the order of sending, the same in every queue. A success of send means that
/// it is on the disk. A queue belongs to the caller that opened it, who alone may read, acknowledge and close
/// it; all callers of its project may send to it. Thread-safe; several processes may use one store. Messages
/// are no blocks: they are neither versioned nor in the audit log, and are not synchronised.
class MessageQueues {
 public:
    /// `clock`: milliseconds since 1970, UTC; called on any thread. The store must live longer.
    explicit MessageQueues(BlockStore& store, const MessageLimits& limits = {},
                           std::function<std::int64_t()> clock = currentMilliseconds)
        : m_store(store), m_limits(limits), m_clock(std::move(clock)) {}

    /// Makes the queue, or finds it made by the same owner. Errors: invalidArgument (name of 1 to 256 bytes),
    /// refused (another's), conflict (too many queues), io.
    [[nodiscard]] Status open(const Caller& caller, const std::string& queue);
    /// With what waits in it. Errors: notFound, refused, io.
    [[nodiscard]] Status close(const Caller& caller, const std::string& queue);
    /// In order of names.
    [[nodiscard]] Result<std::vector<QueueState>> list(const Caller& caller);

    /// Errors: invalidArgument (type, size), notFound (queue or a block), conflict (the queue is full: try
    /// again when its reader has caught up), io.
    [[nodiscard]] Result<SendReceipt> send(const Caller& caller, const std::string& queue,
                                           const Message& message);
    /// To every queue of the caller's project but the one that it comes from. Errors: as send, except that
    /// full queues are passed by.
    [[nodiscard]] Result<SendReceipt> broadcast(const Caller& caller, const Message& message);

    /// The first messages that wait, oldest first; none when none do. Errors: invalidArgument, notFound,
    /// refused, conflict (another reader has the queue), unusableInput (a message is damaged), io.
    [[nodiscard]] Result<std::vector<ReceivedMessage>> receive(const Caller& caller, const std::string& queue,
                                                               const Reading& reading);
    /// Done with all messages up to and with `number`; they do not come again. Errors: invalidArgument (no
    /// message of that number was received yet), notFound, refused, io.
    [[nodiscard]] Status acknowledge(const Caller& caller, const std::string& queue, std::int64_t number);
    /// Lets the next reader have the queue at once. Nothing happens when `reader` does not have it.
    [[nodiscard]] Status release(const Caller& caller, const std::string& queue, const std::string& reader);

 private:
    [[nodiscard]] Status check(const Caller& caller, const Message& message) const;

    BlockStore& m_store;
    MessageLimits m_limits;
    std::function<std::int64_t()> m_clock;
};

}  // namespace smidgen::storage
