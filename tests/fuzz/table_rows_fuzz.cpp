// Any values at all in a store's rows, under checksums that fit: messages and queues, blocks and their past
// versions, contents, tombstones, vector spaces, the audit log. Reading, checking and saving what is whole
// refuse in words what no writer wrote.
//
// Input: rows, one after the other: a byte that says of which table, then its values, each a byte for its
// kind and length and the bytes.
#include <array>
#include <optional>
#include <string>
#include <variant>

#include "storage/blocks/audit_log.h"
#include "storage/blocks/block_record.h"
#include "storage/blocks/block_table.h"
#include "storage/blocks/byte_stream.h"
#include "storage/blocks/content_table.h"
#include "storage/blocks/message_table.h"
#include "storage/blocks/schema.h"
#include "storage/blocks/space_table.h"
#include "storage/blocks/tombstone.h"
#include "tests/fuzz/edited_bytes.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/memory_files.h"

namespace {

using namespace smidgen;
using namespace smidgen::storage;
using fuzz::expect;

struct Table {
    const char* insert;
    int columns;
    int sum;  ///< the column of the checksum, 0 when there is none
};

constexpr std::array<Table, 12> kTables{{
    {"INSERT OR IGNORE INTO space VALUES(?1,?2,?3)", 3, 3},
    {"INSERT OR IGNORE INTO message VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)", 9, 9},
    {"INSERT OR IGNORE INTO queue VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)", 9, 0},
    {"INSERT OR IGNORE INTO delivery VALUES(?1,?2,?3)", 3, 0},
    {"INSERT OR IGNORE INTO tombstone VALUES(?1,?2,?3,?4,?5,?6,?7)", 7, 7},
    {"INSERT OR IGNORE INTO content VALUES(?1,?2,?3,?4,?5,?6,?7,?8)", 8, 4},
    {"INSERT OR IGNORE INTO version VALUES(?1,?2,?3,?4,?5,?6)", 6, 4},
    {"INSERT OR IGNORE INTO block "
     "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?"
     "21)",
     21, 20},
    {"INSERT OR IGNORE INTO vector VALUES(?1,?2,?3,?4)", 4, 3},
    {"INSERT OR IGNORE INTO audit VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)", 9, 0},
    {"INSERT OR IGNORE INTO project VALUES(?1,?2)", 2, 0},
    {"INSERT OR IGNORE INTO permission VALUES(?1,?2,?3)", 3, 0},
}};

using Value = std::variant<std::monostate, std::int64_t, double, std::string, std::vector<std::byte>>;

Value valueFrom(fuzz::Choices& choices) {
    const std::uint8_t kind = choices.byte();
    switch (kind % 8) {
        case 0:
            return std::monostate();
        case 1:
            return static_cast<std::int64_t>(kind / 8);
        case 2:
            return static_cast<std::int64_t>(choices.number(8));
        case 3:
            return std::bit_cast<double>(choices.number(8));
        case 4:
        case 5: {
            const auto taken = choices.take(kind / 8);
            return std::string(taken.begin(), taken.end());
        }
        default: {
            const auto taken = std::as_bytes(choices.take(kind / 8 * 4U));
            return std::vector<std::byte>(taken.begin(), taken.end());
        }
    }
}

void bindValue(Statement& statement, int at, const Value& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) statement.bind(at, *whole);
    if (const auto* real = std::get_if<double>(&value)) statement.bind(at, *real);
    if (const auto* text = std::get_if<std::string>(&value)) statement.bind(at, std::string_view(*text));
    if (const auto* blob = std::get_if<std::vector<std::byte>>(&value))
        statement.bind(at, std::span<const std::byte>(*blob));
}

class Fuzzed {
 public:
    explicit Fuzzed(Connection& connection) : m_connection(connection), m_blocks(connection) {}

    void insertRow(fuzz::Choices& choices) {
        const Table& table = kTables[choices.byte() % kTables.size()];
        std::vector<Value> values(static_cast<std::size_t>(table.columns));
        for (Value& value : values) value = valueFrom(choices);
        Statement insert = m_connection.use(table.insert);
        for (int i = 0; i < table.columns; ++i) bindValue(insert, i + 1, values[static_cast<std::size_t>(i)]);
        (void)insert.run();  // what a constraint refuses is not there
    }

    /// Gives rows the sums of what stands in them, as far as the sum's own rule is known here.
    void seal() {
        update("SELECT name, definition FROM space", "UPDATE space SET sum = ?2 WHERE name = ?1",
               [](const Statement& row) {
                   ByteWriter covered;
                   covered.text(row.text(0));
                   covered.raw(row.blob(1));
                   return checksumOf(covered.bytes());
               });
        update("SELECT key, space, data FROM vector", "UPDATE vector SET sum = ?2 WHERE key = ?1",
               [](const Statement& row) { return vectorSum(row.integer(0), row.text(1), row.blob(2)); });
        update("SELECT key, key FROM content", "UPDATE content SET sum = ?2 WHERE key = ?1",
               [&](const Statement& row) {
                   Statement data = m_connection.use("SELECT data FROM content WHERE key = ?1");
                   data.bind(1, row.integer(1));
                   return data.step().value_or(false) ? checksumOf(data.blob(0)) : Checksum{};
               });
        sealBlocks();
        sealMessages();
    }

    void readAll() {
        (void)refusedOr(readSpaces(m_connection));
        std::vector<std::int64_t> keys = numbers("SELECT key FROM message");
        for (const std::int64_t key : keys) (void)refusedOr(findMessage(m_connection, key));
        for (const std::int64_t key : numbers("SELECT key FROM content")) {
            auto row = findContent(m_connection, key);
            if (!refusedOr(row)) continue;
            auto content = readContent(m_connection, m_packs, key, row->record.sum);
            if (refusedOr(content)) expect(checksumOf(*content) == row->record.sum);
            std::vector<std::byte> piece(8);
            (void)readStoredContent(m_connection, m_packs, *row, 0, piece);
        }
        for (const std::int64_t key : numbers("SELECT key FROM block")) {
            (void)refusedOr(m_blocks.findByKey(key, true));
            if (auto versions = m_blocks.versions(key); refusedOr(versions))
                for (const std::uint64_t version : *versions)
                    (void)refusedOr(m_blocks.findVersion(key, version));
        }
        Statement stones =
            m_connection.use("SELECT key, id, change, time, project, lineage, sum FROM tombstone");
        while (stones.step().value_or(false)) (void)refusedOr(readTombstone(stones));
        stones.reset();
        (void)refusedOr(readAudit(m_connection, 0, 100));
        (void)refusedOr(findBrokenAudit(m_connection, [] { return true; }));
        std::size_t problems = 0;
        (void)refusedOr(checkMessages(m_connection, [&](const std::string& sentence) {
            ++problems;
            expect(sentence.size() > 10);
        }));
    }

    /// What is whole goes into an empty store, which is sound then.
    void save(Connection& to) {
        const Status saved = salvageMessages(m_connection, to, [](const std::string&) {});
        if (!refusedOr(saved)) return;
        expect(checkMessages(to, [](const std::string&) { expect(false); }).has_value());
    }

 private:
    template <typename T>
    static bool refusedOr(const Result<T>& outcome) {
        if (outcome.has_value()) return true;
        fuzz::expectSentence(outcome.error());
        return false;
    }

    std::vector<std::int64_t> numbers(const char* sql) {
        std::vector<std::int64_t> all;
        Statement rows = m_connection.use(sql);
        while (rows.step().value_or(false)) all.push_back(rows.integer(0));
        return all;
    }

    template <typename Sum>
    void update(const char* select, const char* change, const Sum& sumOf) {
        std::vector<std::pair<std::string, Checksum>> sums;
        {
            Statement rows = m_connection.use(select);
            while (rows.step().value_or(false)) sums.emplace_back(rows.text(0), sumOf(rows));
        }
        for (const auto& [name, sum] : sums) {
            Statement write = m_connection.use(change);
            write.bind(1, std::string_view(name)).bind(2, sum);
            (void)write.run();
        }
    }

    void sealBlocks() {
        static const std::string kSql = std::string("SELECT ") + kBlockColumns + " FROM block b";
        std::vector<std::pair<std::int64_t, Checksum>> sums;
        {
            Statement rows = m_connection.use(kSql.c_str());
            while (rows.step().value_or(false)) {
                Checksum sum{};
                if (auto stored = m_blocks.readUnchecked(rows, sum))
                    sums.emplace_back(rows.integer(0), recordSum(stored->block));
            }
        }
        for (const auto& [key, sum] : sums) {
            Statement write = m_connection.use("UPDATE block SET sum = ?2 WHERE key = ?1");
            write.bind(1, key).bind(2, sum);
            (void)write.run();
        }
    }

    /// The message's rule: number, time, broadcast, texts, blocks, body.
    void sealMessages() {
        std::vector<std::pair<std::int64_t, Checksum>> sums;
        {
            Statement rows = m_connection.use(
                "SELECT key, time, broadcast, sender, origin, type, blocks, body FROM message");
            while (rows.step().value_or(false)) {
                ByteWriter covered;
                covered.u64(static_cast<std::uint64_t>(rows.integer(0)));
                covered.u64(static_cast<std::uint64_t>(rows.integer(1)));
                covered.u8(rows.integer(2) != 0 ? 1 : 0);
                for (int text = 3; text < 6; ++text) covered.text(rows.text(text));
                const auto blocks = rows.blob(6);
                covered.sized(blocks.first(blocks.size() / 16 * 16));
                covered.sized(rows.blob(7));
                sums.emplace_back(rows.integer(0), checksumOf(covered.bytes()));
            }
        }
        for (const auto& [key, sum] : sums) {
            Statement write = m_connection.use("UPDATE message SET sum = ?2 WHERE key = ?1");
            write.bind(1, key).bind(2, sum);
            (void)write.run();
        }
    }

    fuzz::MemoryFiles m_files;
    PackStore m_packs{m_files, "/nowhere/packs", 1 << 20};
    Connection& m_connection;
    BlockTable m_blocks;
};

Connection openTables() {
    auto connection = Connection::open(":memory:", OpenMode::readWrite);
    expect(connection.has_value() && prepareSchema(*connection).has_value());
    return std::move(*connection);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static Connection from = openTables();
    static Connection to = openTables();
    fuzz::Choices choices(bytes, size);
    const bool seal = choices.byte() % 2 == 1;
    auto reading = WriteTransaction::begin(from);
    auto writing = WriteTransaction::begin(to);
    expect(reading.has_value() && writing.has_value());
    Fuzzed rows(from);
    for (int count = 0; count < 20 && !choices.atEnd(); ++count) rows.insertRow(choices);
    if (seal) rows.seal();
    rows.readAll();
    rows.save(to);
    return 0;
}
