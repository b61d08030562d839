#include "storage/messages/queue_rows.h"

#include <limits>

#include "storage/blocks/permission_rules.h"

namespace smidgen::storage {
namespace {

constexpr const char* kColumns =
    "SELECT key, name, owner, given, lost, holder, held FROM queue WHERE project = ?1";

StoredQueue readQueue(const Statement& row) {
    StoredQueue queue;
    queue.key = row.integer(0);
    queue.name = row.text(1);
    queue.owner = row.text(2);
    queue.given = row.integer(3);
    queue.lost = static_cast<std::uint64_t>(row.integer(4));
    queue.holder = row.text(5);
    queue.heldUntil = row.integer(6);
    return queue;
}

}  // namespace

Result<std::int64_t> QueueRows::project() {
    auto key = m_writer.blocks.projectKey(m_caller.project, true);
    if (!key) return propagate(key);
    return **key;
}

Result<std::vector<StoredQueue>> QueueRows::all() {
    auto key = project();
    if (!key) return propagate(key);
    static const std::string kSql = std::string(kColumns) + " ORDER BY name";
    Statement rows = m_writer.connection.use(kSql.c_str());
    rows.bind(1, *key);
    std::vector<StoredQueue> queues;
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) return queues;
        queues.push_back(readQueue(rows));
    }
}

Result<std::optional<StoredQueue>> QueueRows::find(const std::string& name) {
    auto key = project();
    if (!key) return propagate(key);
    static const std::string kSql = std::string(kColumns) + " AND name = ?2";
    Statement rows = m_writer.connection.use(kSql.c_str());
    rows.bind(1, *key).bind(2, std::string_view(name));
    auto row = rows.step();
    if (!row) return propagate(row);
    if (!*row) return std::nullopt;
    return std::optional<StoredQueue>(readQueue(rows));
}

Result<StoredQueue> QueueRows::own(const std::string& name) {
    auto queue = find(name);
    if (!queue) return propagate(queue);
    if (!*queue) return failure(ErrorCode::notFound, "There is no queue '" + name + "' in this project.");
    if ((*queue)->owner != m_caller.name)
        return failure(ErrorCode::refused, "The queue '" + name + "' belongs to '" + (*queue)->owner + "'.");
    return std::move(**queue);
}

Status QueueRows::open(const std::string& name) {
    auto known = find(name);
    if (!known) return propagate(known);
    if (*known) {
        auto mine = own(name);
        if (!mine) return propagate(mine);
        return {};
    }
    auto queues = all();
    if (!queues) return propagate(queues);
    if (queues->size() >= m_limits.mostQueues)
        return failure(ErrorCode::conflict, "This project has as many queues as it may have, " +
                                                std::to_string(m_limits.mostQueues) + ". Close one first.");
    auto key = project();
    if (!key) return propagate(key);
    Statement insert = m_writer.connection.use(
        "INSERT INTO queue(project, name, owner, created, given, lost, holder, held) "
        "VALUES(?1,?2,?3,?4,0,0,'',0)");
    insert.bind(1, *key)
        .bind(2, std::string_view(name))
        .bind(3, std::string_view(m_caller.name))
        .bind(4, m_now);
    return insert.run();
}

Status QueueRows::close(const std::string& name) {
    auto queue = own(name);
    if (!queue) return propagate(queue);
    if (auto done = drop(queue->key, std::numeric_limits<std::int64_t>::max()); !done) return done;
    Statement erase = m_writer.connection.use("DELETE FROM queue WHERE key = ?1");
    erase.bind(1, queue->key);
    return erase.run();
}

Status QueueRows::drop(std::int64_t queue, std::int64_t upTo) {
    {
        Statement messages = m_writer.connection.use(
            "DELETE FROM message WHERE key IN (SELECT message FROM delivery WHERE queue = ?1 AND message <= "
            "?2) "
            "AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message = message.key AND d.queue <> ?1)");
        messages.bind(1, queue).bind(2, upTo);
        if (auto done = messages.run(); !done) return done;
    }
    Statement deliveries = m_writer.connection.use("DELETE FROM delivery WHERE queue = ?1 AND message <= ?2");
    deliveries.bind(1, queue).bind(2, upTo);
    return deliveries.run();
}

Status QueueRows::write(const StoredQueue& queue) {
    Statement update = m_writer.connection.use(
        "UPDATE queue SET given = ?2, lost = ?3, holder = ?4, held = ?5 WHERE key = ?1");
    update.bind(1, queue.key)
        .bind(2, queue.given)
        .bind(3, static_cast<std::int64_t>(queue.lost))
        .bind(4, std::string_view(queue.holder))
        .bind(5, queue.heldUntil);
    return update.run();
}

Status QueueRows::dropOld(const StoredQueue& queue) {
    std::int64_t upTo = 0;
    std::int64_t count = 0;
    {
        Statement old = m_writer.connection.use(
            "SELECT ifnull(max(d.message), 0), count(*) FROM delivery d JOIN message m ON m.key = d.message "
            "WHERE d.queue = ?1 AND m.time < ?2");
        old.bind(1, queue.key).bind(2, m_now - m_limits.keptFor);
        auto row = old.step();
        if (!row) return propagate(row);
        upTo = old.integer(0);
        count = old.integer(1);
    }
    if (count == 0) return {};
    {
        // A clock that was set back leaves younger ones among the old: they go with them, and are counted.
        Statement all =
            m_writer.connection.use("SELECT count(*) FROM delivery WHERE queue = ?1 AND message <= ?2");
        all.bind(1, queue.key).bind(2, upTo);
        auto row = all.step();
        if (!row) return propagate(row);
        count = all.integer(0);
    }
    StoredQueue after = queue;
    after.lost += static_cast<std::uint64_t>(count);
    if (auto done = drop(queue.key, upTo); !done) return done;
    return write(after);
}

Result<bool> QueueRows::hasRoom(const StoredQueue& queue, std::size_t bytes) {
    Statement sums =
        m_writer.connection.use("SELECT count(*), ifnull(sum(bytes), 0) FROM delivery WHERE queue = ?1");
    sums.bind(1, queue.key);
    auto row = sums.step();
    if (!row) return propagate(row);
    return static_cast<std::uint64_t>(sums.integer(0)) < m_limits.mostWaiting &&
           static_cast<std::uint64_t>(sums.integer(1)) + bytes <= m_limits.mostWaitingBytes;
}

Status QueueRows::checkBlocks(const Message& message) {
    for (const BlockId& id : message.blocks) {
        auto block = m_writer.blocks.find(id, false);
        if (!block) return propagate(block);
        if (!*block || !maySee(m_caller, (*block)->block))
            return failure(ErrorCode::notFound, "There is no block " + id.text() + " in this project.");
    }
    return {};
}

Result<SendReceipt> QueueRows::send(const std::string& name, const Message& message) {
    if (auto there = checkBlocks(message); !there) return propagate(there);
    auto queues = all();
    if (!queues) return propagate(queues);
    const bool broadcast = name.empty();
    std::erase_if(*queues, [&](const StoredQueue& queue) {
        return broadcast ? queue.name == message.from : queue.name != name;
    });
    if (!broadcast && queues->empty())
        return failure(ErrorCode::notFound, "There is no queue '" + name + "' in this project.");
    SendReceipt receipt;
    std::vector<std::int64_t> taking;
    for (const StoredQueue& queue : *queues) {
        if (auto done = dropOld(queue); !done) return propagate(done);
        auto room = hasRoom(queue, message.body.size());
        if (!room) return propagate(room);
        if (*room)
            taking.push_back(queue.key);
        else
            receipt.passedBy.push_back(queue.name);
    }
    if (!broadcast && taking.empty())
        return failure(
            ErrorCode::conflict,
            "The queue '" + name + "' is full. Send it again when what waits there has been read.");
    if (taking.empty()) return receipt;
    StoredMessage stored{
        0, m_now, broadcast, m_caller.name, message.from, message.type, message.blocks, message.body};
    if (auto done = insertMessage(m_writer.connection, stored); !done) return propagate(done);
    for (const std::int64_t queue : taking) {
        Statement deliver = m_writer.connection.use("INSERT INTO delivery VALUES(?1, ?2, ?3)");
        deliver.bind(1, queue).bind(2, stored.number).bind(3, static_cast<std::int64_t>(message.body.size()));
        if (auto done = deliver.run(); !done) return propagate(done);
    }
    receipt.number = stored.number;
    receipt.queues = taking.size();
    return receipt;
}

Result<std::vector<ReceivedMessage>> QueueRows::receive(const std::string& name, const Reading& reading) {
    auto queue = own(name);
    if (!queue) return propagate(queue);
    if (!queue->holder.empty() && queue->holder != reading.reader && queue->heldUntil > m_now)
        return failure(ErrorCode::conflict, "The queue '" + name + "' is being read by '" + queue->holder +
                                                "'. Try again when it is done.");
    if (auto done = dropOld(*queue); !done) return propagate(done);
    std::vector<std::int64_t> numbers;
    {
        Statement rows = m_writer.connection.use(
            "SELECT message FROM delivery WHERE queue = ?1 AND message > ?2 ORDER BY message LIMIT ?3");
        rows.bind(1, queue->key).bind(2, reading.after).bind(3, static_cast<std::int64_t>(reading.most));
        for (;;) {
            auto row = rows.step();
            if (!row) return propagate(row);
            if (!*row) break;
            numbers.push_back(rows.integer(0));
        }
    }
    std::vector<ReceivedMessage> received;
    for (const std::int64_t number : numbers) {
        auto stored = findMessage(m_writer.connection, number);
        if (!stored) return propagate(stored);
        received.push_back({stored->number,
                            stored->time,
                            stored->broadcast,
                            std::move(stored->sender),
                            {std::move(stored->type), std::move(stored->body), std::move(stored->blocks),
                             std::move(stored->from)}});
    }
    auto now = own(name);  // what was lost may have been counted meanwhile
    if (!now) return propagate(now);
    if (!numbers.empty()) now->given = std::max(now->given, numbers.back());
    now->holder = reading.reader;
    now->heldUntil = m_now + reading.keep;
    if (auto done = write(*now); !done) return propagate(done);
    return received;
}

Status QueueRows::acknowledge(const std::string& name, std::int64_t number) {
    auto queue = own(name);
    if (!queue) return propagate(queue);
    if (number > queue->given)
        return failure(ErrorCode::invalidArgument, "Message " + std::to_string(number) + " of the queue '" +
                                                       name + "' has not been received yet.");
    return drop(queue->key, number);
}

Status QueueRows::release(const std::string& name, const std::string& reader) {
    auto queue = own(name);
    if (!queue) return propagate(queue);
    if (queue->holder != reader) return {};
    queue->holder.clear();
    queue->heldUntil = 0;
    return write(*queue);
}

}  // namespace smidgen::storage
