#include "storage/blocks/message_table.h"

#include <set>

#include "storage/blocks/byte_stream.h"
#include "storage/blocks/checksum.h"

namespace smidgen::storage {
namespace {

std::vector<std::byte> blockBytes(const std::vector<BlockId>& blocks) {
    ByteWriter out;
    for (const BlockId& block : blocks) out.fixed(block.bytes);
    return out.take();
}

Checksum sumOf(const StoredMessage& message) {
    ByteWriter covered;
    covered.u64(static_cast<std::uint64_t>(message.number));
    covered.u64(static_cast<std::uint64_t>(message.time));
    covered.u8(message.broadcast ? 1 : 0);
    for (const std::string* text : {&message.sender, &message.from, &message.type}) covered.text(*text);
    covered.sized(blockBytes(message.blocks));
    covered.sized(message.body);
    return checksumOf(covered.bytes());
}

Status writeMessage(Connection& connection, const StoredMessage& message) {
    const std::vector<std::byte> blocks = blockBytes(message.blocks);
    const Checksum sum = sumOf(message);
    Statement insert = connection.use("INSERT OR REPLACE INTO message VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)");
    insert.bind(1, message.number)
        .bind(2, message.time)
        .bind(3, std::int64_t{message.broadcast ? 1 : 0})
        .bind(4, std::string_view(message.sender))
        .bind(5, std::string_view(message.from))
        .bind(6, std::string_view(message.type))
        .bind(7, std::span<const std::byte>(blocks))
        .bind(8, std::span<const std::byte>(message.body))
        .bind(9, sum);
    return insert.run();
}

/// The integers of a result's first columns, row by row, as far as they can be read.
template <typename Row>
Status eachRow(Connection& connection, const char* sql, const Row& row) {
    Statement rows = connection.use(sql);
    for (;;) {
        auto stepped = rows.step();
        if (!stepped) return propagate(stepped);
        if (!*stepped) return {};
        row(rows);
    }
}

}  // namespace

Status insertMessage(Connection& connection, StoredMessage& message) {
    {
        // The sum covers the number, which is only known afterwards.
        Statement reserve = connection.use(
            "INSERT INTO message(time, broadcast, sender, origin, type, blocks, body, sum) "
            "VALUES(0, 0, '', '', '', x'', x'', x'')");
        if (auto done = reserve.run(); !done) return done;
    }
    message.number = connection.lastKey();
    return writeMessage(connection, message);
}

Result<StoredMessage> findMessage(Connection& connection, std::int64_t number) {
    Statement find = connection.use(
        "SELECT time, broadcast, sender, origin, type, blocks, body, sum FROM message WHERE key = ?1");
    find.bind(1, number);
    auto row = find.step();
    if (!row) return propagate(row);
    const auto damaged = [&](const char* how) {
        return failure(ErrorCode::unusableInput, "Message " + std::to_string(number) + " is " + how +
                                                     ". Run a repair, or restore a backup.");
    };
    if (!*row) return damaged("missing");
    StoredMessage message;
    message.number = number;
    message.time = find.integer(0);
    message.broadcast = find.integer(1) != 0;
    message.sender = find.text(2);
    message.from = find.text(3);
    message.type = find.text(4);
    ByteReader blocks(find.blob(5));
    for (std::size_t i = find.blob(5).size() / 16; i > 0; --i)
        blocks.fixed(message.blocks.emplace_back().bytes);
    const auto body = find.blob(6);
    message.body.assign(body.begin(), body.end());
    if (sumOf(message) != find.bytes<16>(7)) return damaged("damaged");
    return message;
}

Status checkMessages(Connection& connection, const std::function<void(const std::string&)>& problem) {
    std::vector<std::int64_t> numbers;
    if (auto read = eachRow(connection, "SELECT key FROM message",
                            [&](const Statement& row) { numbers.push_back(row.integer(0)); });
        !read)
        return read;
    for (const std::int64_t number : numbers) {
        auto message = findMessage(connection, number);
        if (message) continue;
        if (message.error().code != ErrorCode::unusableInput) return propagate(message);
        problem(message.error().sentence);
    }
    struct Count {
        const char* sql;
        const char* sentence;
    };
    constexpr Count kCounts[] = {
        {"SELECT count(*) FROM delivery d WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.key = d.message) "
         "OR NOT EXISTS (SELECT 1 FROM queue q WHERE q.key = d.queue)",
         "Messages that are not there wait in a queue, or wait in a queue that is not there."},
        {"SELECT count(*) FROM message m WHERE NOT EXISTS (SELECT 1 FROM delivery d WHERE d.message = m.key)",
         "Messages wait in no queue."},
        {"SELECT count(*) FROM delivery d JOIN message m ON m.key = d.message WHERE d.bytes <> "
         "length(m.body)",
         "The sizes of waiting messages are wrong."},
        {"SELECT count(*) FROM queue q WHERE NOT EXISTS (SELECT 1 FROM project p WHERE p.key = q.project)",
         "Queues belong to no project."}};
    for (const Count& check : kCounts) {
        auto count = connection.integerOf(check.sql);
        if (!count) return propagate(count);
        if (count->value_or(0) != 0) problem(check.sentence);
    }
    return {};
}

Status salvageMessages(Connection& from, Connection& to,
                       const std::function<void(const std::string&)>& lost) {
    struct Queue {
        StoredQueue queue;
        std::string project;
        std::int64_t created;
    };
    std::vector<Queue> queues;
    const Status readQueues = eachRow(from,
                                      "SELECT q.key, q.name, q.owner, q.given, q.lost, p.name, q.created "
                                      "FROM queue q JOIN project p ON p.key = "
                                      "q.project ORDER BY q.key",
                                      [&](const Statement& row) {
                                          queues.push_back({{row.integer(0),
                                                             std::string(row.text(1)),
                                                             std::string(row.text(2)),
                                                             row.integer(3),
                                                             static_cast<std::uint64_t>(row.integer(4)),
                                                             {},
                                                             0},
                                                            std::string(row.text(5)),
                                                            row.integer(6)});
                                      });
    if (!readQueues) lost("Some queues of messages.");
    std::set<std::int64_t> kept;
    for (const Queue& each : queues) {
        {
            Statement project = to.use("INSERT OR IGNORE INTO project(name) VALUES(?1)");
            project.bind(1, std::string_view(each.project));
            if (auto done = project.run(); !done) return done;
        }
        Statement insert = to.use(
            "INSERT OR IGNORE INTO queue(key, project, name, owner, created, given, lost, holder, held) "
            "SELECT ?1, key, ?2, ?3, ?4, ?5, ?6, '', 0 FROM project WHERE name = ?7");
        insert.bind(1, each.queue.key)
            .bind(2, std::string_view(each.queue.name))
            .bind(3, std::string_view(each.queue.owner))
            .bind(4, each.created)
            .bind(5, each.queue.given)
            .bind(6, static_cast<std::int64_t>(each.queue.lost))
            .bind(7, std::string_view(each.project));
        if (auto done = insert.run(); !done) return done;
        if (to.changedRows() > 0) kept.insert(each.queue.key);
    }
    std::vector<std::pair<std::int64_t, std::int64_t>> deliveries;
    if (auto read =
            eachRow(from, "SELECT queue, message FROM delivery ORDER BY message, queue",
                    [&](const Statement& row) { deliveries.emplace_back(row.integer(0), row.integer(1)); });
        !read)
        lost("Some messages that waited.");
    std::optional<std::int64_t> written;
    for (const auto& [queue, number] : deliveries) {
        auto message = findMessage(from, number);
        if (!message || !kept.contains(queue)) {
            lost("Message " + std::to_string(number) + ".");
            continue;
        }
        if (number != written)
            if (auto done = writeMessage(to, *message); !done) return done;
        written = number;
        Statement insert = to.use("INSERT OR IGNORE INTO delivery VALUES(?1, ?2, ?3)");
        insert.bind(1, queue).bind(2, number).bind(3, static_cast<std::int64_t>(message->body.size()));
        if (auto done = insert.run(); !done) return done;
    }
    // Numbers that were given are not given again, even when none of the messages is left.
    auto last = from.integerOf(
        "SELECT max(ifnull((SELECT max(key) FROM message), 0), ifnull((SELECT seq FROM "
        "sqlite_sequence WHERE name = 'message'), 0))");
    if (!last || last->value_or(0) == 0) return {};
    StoredMessage mark;
    mark.number = **last;
    auto present = to.integerOf("SELECT max(key) FROM message");
    if (!present) return propagate(present);
    if (present->value_or(0) >= **last) return {};
    if (auto done = writeMessage(to, mark); !done) return done;
    Statement clear = to.use("DELETE FROM message WHERE key = ?1");
    clear.bind(1, mark.number);
    return clear.run();
}

}  // namespace smidgen::storage
