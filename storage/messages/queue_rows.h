// Queues as rows, within one write.
#pragma once

#include "storage/blocks/message_table.h"
#include "storage/blocks/write_queue.h"
#include "storage/messages/message_queues.h"

namespace smidgen::storage {

/// Not thread-safe; lives as long as the write.
class QueueRows {
 public:
    QueueRows(Writer& writer, const Caller& caller, const MessageLimits& limits, std::int64_t now)
        : m_writer(writer), m_caller(caller), m_limits(limits), m_now(now) {}

    [[nodiscard]] Status open(const std::string& name);
    [[nodiscard]] Status close(const std::string& name);
    /// `queue` empty: to all but message.from.
    [[nodiscard]] Result<SendReceipt> send(const std::string& queue, const Message& message);
    [[nodiscard]] Result<std::vector<ReceivedMessage>> receive(const std::string& name,
                                                               const Reading& reading);
    [[nodiscard]] Status acknowledge(const std::string& name, std::int64_t number);
    [[nodiscard]] Status release(const std::string& name, const std::string& reader);

 private:
    [[nodiscard]] Result<std::int64_t> project();
    [[nodiscard]] Result<std::optional<StoredQueue>> find(const std::string& name);
    [[nodiscard]] Result<StoredQueue> own(const std::string& name);
    [[nodiscard]] Result<std::vector<StoredQueue>> all();
    [[nodiscard]] Status checkBlocks(const Message& message);
    [[nodiscard]] Status dropOld(const StoredQueue& queue);
    [[nodiscard]] Result<bool> hasRoom(const StoredQueue& queue, std::size_t bytes);
    /// Deliveries up to `upTo`, and messages that then wait nowhere.
    [[nodiscard]] Status drop(std::int64_t queue, std::int64_t upTo);
    [[nodiscard]] Status write(const StoredQueue& queue);

    Writer& m_writer;
    const Caller& m_caller;
    const MessageLimits& m_limits;
    std::int64_t m_now;
};

}  // namespace smidgen::storage
