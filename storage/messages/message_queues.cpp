#include "storage/messages/message_queues.h"

#include "storage/blocks/store_core.h"
#include "storage/messages/queue_rows.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kLongestName = 256;
constexpr std::size_t kMostBlocks = 256;
constexpr std::size_t kMostAtOnce = 10'000;

Status checkCaller(const Caller& caller) {
    if (caller.name.empty() || caller.project.empty())
        return failure(ErrorCode::invalidArgument, "Who asks, and from which project, must be said.");
    return {};
}

Status checkName(const std::string& name, const char* what) {
    if (name.empty() || name.size() > kLongestName)
        return failure(ErrorCode::invalidArgument, std::string(what) + " has a name of 1 to 256 bytes.");
    return {};
}

/// Runs `run` on the queues in one write.
template <typename Run>
Status inOneWrite(BlockStore& store, const Caller& caller, const MessageLimits& limits, std::int64_t now,
                  const Run& run) {
    return store.core().write({[&](Writer& writer) -> Status {
                                   QueueRows rows(writer, caller, limits, now);
                                   return run(rows);
                               },
                               nullptr});
}

/// As above, for what gives a value.
template <typename T, typename Run>
Result<T> valueOfOneWrite(BlockStore& store, const Caller& caller, const MessageLimits& limits,
                          std::int64_t now, const Run& run) {
    T value{};
    auto done = inOneWrite(store, caller, limits, now, [&](QueueRows& rows) -> Status {
        Result<T> result = run(rows);
        if (!result) return propagate(result);
        value = std::move(*result);
        return {};
    });
    if (!done) return propagate(done);
    return value;
}

}  // namespace

Status MessageQueues::check(const Caller& caller, const Message& message) const {
    if (auto said = checkCaller(caller); !said) return said;
    if (auto named = checkName(message.type, "The type of a message"); !named) return named;
    if (message.from.size() > kLongestName || message.blocks.size() > kMostBlocks)
        return failure(ErrorCode::invalidArgument,
                       "A message names at most 256 blocks, and a queue to answer to.");
    if (message.body.size() > m_limits.mostBytes)
        return failure(ErrorCode::invalidArgument,
                       "A message has at most " + std::to_string(m_limits.mostBytes) +
                           " bytes. Put what is larger into a block and name it in the message.");
    return {};
}

Status MessageQueues::open(const Caller& caller, const std::string& queue) {
    if (auto said = checkCaller(caller); !said) return said;
    if (auto named = checkName(queue, "A queue"); !named) return named;
    return inOneWrite(m_store, caller, m_limits, m_clock(),
                      [&](QueueRows& rows) { return rows.open(queue); });
}

Status MessageQueues::close(const Caller& caller, const std::string& queue) {
    if (auto said = checkCaller(caller); !said) return said;
    return inOneWrite(m_store, caller, m_limits, m_clock(),
                      [&](QueueRows& rows) { return rows.close(queue); });
}

Result<SendReceipt> MessageQueues::send(const Caller& caller, const std::string& queue,
                                        const Message& message) {
    if (auto fits = check(caller, message); !fits) return propagate(fits);
    if (auto named = checkName(queue, "A queue"); !named) return propagate(named);
    return valueOfOneWrite<SendReceipt>(m_store, caller, m_limits, m_clock(),
                                        [&](QueueRows& rows) { return rows.send(queue, message); });
}

Result<SendReceipt> MessageQueues::broadcast(const Caller& caller, const Message& message) {
    if (auto fits = check(caller, message); !fits) return propagate(fits);
    return valueOfOneWrite<SendReceipt>(m_store, caller, m_limits, m_clock(),
                                        [&](QueueRows& rows) { return rows.send({}, message); });
}

Result<std::vector<ReceivedMessage>> MessageQueues::receive(const Caller& caller, const std::string& queue,
                                                            const Reading& reading) {
    if (auto said = checkCaller(caller); !said) return propagate(said);
    if (auto named = checkName(reading.reader, "The reader of a queue"); !named) return propagate(named);
    if (reading.most < 1 || reading.most > kMostAtOnce || reading.keep < 0)
        return failure(ErrorCode::invalidArgument, "Between 1 and 10000 messages can be received at once.");
    return valueOfOneWrite<std::vector<ReceivedMessage>>(
        m_store, caller, m_limits, m_clock(), [&](QueueRows& rows) { return rows.receive(queue, reading); });
}

Status MessageQueues::acknowledge(const Caller& caller, const std::string& queue, std::int64_t number) {
    if (auto said = checkCaller(caller); !said) return said;
    return inOneWrite(m_store, caller, m_limits, m_clock(),
                      [&](QueueRows& rows) { return rows.acknowledge(queue, number); });
}

Status MessageQueues::release(const Caller& caller, const std::string& queue, const std::string& reader) {
    if (auto said = checkCaller(caller); !said) return said;
    return inOneWrite(m_store, caller, m_limits, m_clock(),
                      [&](QueueRows& rows) { return rows.release(queue, reader); });
}

Result<std::vector<QueueState>> MessageQueues::list(const Caller& caller) {
    if (auto said = checkCaller(caller); !said) return propagate(said);
    auto reader = m_store.core().readers.lend();
    if (!reader) return propagate(reader);
    Statement rows = (*reader)->connection.use(
        "SELECT q.name, q.owner, q.lost, count(d.message), ifnull(sum(d.bytes), 0), ifnull(min(m.time), 0) "
        "FROM queue q JOIN project p ON p.key = q.project LEFT JOIN delivery d ON d.queue = q.key "
        "LEFT JOIN message m ON m.key = d.message WHERE p.name = ?1 GROUP BY q.key ORDER BY q.name");
    rows.bind(1, std::string_view(caller.project));
    std::vector<QueueState> states;
    for (;;) {
        auto row = rows.step();
        if (!row) return propagate(row);
        if (!*row) return states;
        states.push_back({std::string(rows.text(0)), std::string(rows.text(1)),
                          static_cast<std::uint64_t>(rows.integer(3)),
                          static_cast<std::uint64_t>(rows.integer(4)), rows.integer(5),
                          static_cast<std::uint64_t>(rows.integer(2))});
    }
}

}  // namespace smidgen::storage
