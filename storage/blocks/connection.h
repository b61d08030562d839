// One SQLite connection and its prepared statements, by RAII. SQLite's codes stop here and become sentences.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/foundation/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace smidgen::storage {

/// A prepared statement in use: bind, step, read columns. Resets itself when it goes. Parameters count from
/// 1, columns from 0. Errors of preparing and binding appear at the first step. Text and blobs are bound
/// without a copy: they must live until the last step.
class Statement {
 public:
    Statement(sqlite3* database, sqlite3_stmt* statement, const std::filesystem::path* file);
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    Statement& bind(int at, std::int64_t value);
    Statement& bind(int at, double value);
    Statement& bind(int at, std::string_view text);
    Statement& bind(int at, std::span<const std::byte> blob);
    template <std::size_t n>
    Statement& bind(int at, const std::array<std::uint8_t, n>& bytes) {
        return bind(at, std::as_bytes(std::span(bytes)));
    }
    Statement& bindNull(int at);

    /// True when there is a row. Errors: io (disk full, read error), unusableInput (damaged file), conflict
    /// (busy).
    [[nodiscard]] Result<bool> step();
    /// Steps to the end.
    [[nodiscard]] Status run();
    void reset();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    /// Valid until the next step.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::span<const std::byte> blob(int column) const;
    /// Zeros when the blob has another length.
    template <std::size_t n>
    [[nodiscard]] std::array<std::uint8_t, n> bytes(int column) const {
        std::array<std::uint8_t, n> out{};
        const auto from = blob(column);
        if (from.size() == n)
            for (std::size_t i = 0; i < n; ++i) out[i] = std::to_integer<std::uint8_t>(from[i]);
        return out;
    }

 private:
    sqlite3* m_database;
    sqlite3_stmt* m_statement;
    const std::filesystem::path* m_file;
    int m_code = 0;
};

enum class OpenMode {
    readWrite,  ///< creates the file when it is missing; waits up to 10 s for another process's write
    readOnly,   ///< never writes, except for the shared memory beside the file
    immutable   ///< a medium that nobody can write to: no locks, no shared memory
};

/// Not thread-safe: one thread at a time.
class Connection {
 public:
    /// `vfs`: name of a registered SQLite file layer; empty for the system's. Errors: io, notFound,
    /// unusableInput.
    [[nodiscard]] static Result<Connection> open(const std::filesystem::path& file, OpenMode mode,
                                                 const std::string& vfs = {});
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&&) = delete;
    ~Connection();

    /// Any number of statements without rows to read.
    [[nodiscard]] Status execute(const char* sql);
    /// `sql` must be a literal (or live as long as the connection): the statement is kept under its address.
    [[nodiscard]] Statement use(const char* sql);
    /// For SQL made for one occasion.
    [[nodiscard]] Statement prepare(const std::string& sql);
    /// First column of the first row; nothing when there is no row.
    [[nodiscard]] Result<std::optional<std::int64_t>> integerOf(const char* sql);

    [[nodiscard]] std::int64_t lastKey() const;
    [[nodiscard]] std::int64_t changedRows() const;
    /// Pages in the write-ahead log and how many of them now lie in the file.
    struct Checkpointed {
        int pages = 0;
        int moved = 0;
    };
    /// `shrink`: waits for readers, then cuts the log to nothing. Otherwise moves what it can and waits for
    /// no one.
    [[nodiscard]] Result<Checkpointed> checkpoint(bool shrink);
    /// Copies the whole database into a new file, `pagesAtOnce` at a time, while others read and write;
    /// `goOn` is asked between and given the fraction done. Errors: io, cancelled.
    [[nodiscard]] Status copyInto(const std::filesystem::path& target, int pagesAtOnce,
                                  const std::function<bool(double)>& goOn);
    /// False outside BEGIN … COMMIT, and when an error has ended the transaction by itself.
    [[nodiscard]] bool inTransaction() const;
    /// Pages in the write-ahead log after this connection's last commit.
    [[nodiscard]] int logPages() const { return *m_logPages; }
    /// The words of the write-ahead log's index, in memory that all processes share and write, of which the
    /// first twelve are its header; once something was read, and for as long as a connection of this process
    /// is open. Null where there is none.
    [[nodiscard]] std::uint32_t* logIndex();
    /// Ends a statement in progress on another thread with an error. Thread-safe.
    void interrupt();
    [[nodiscard]] const std::filesystem::path& file() const { return *m_file; }

 private:
    Connection(sqlite3* database, std::filesystem::path file);
    sqlite3* m_database;
    std::unique_ptr<std::filesystem::path> m_file;
    std::unique_ptr<int> m_logPages;
    std::unordered_map<const char*, sqlite3_stmt*> m_statements;
    sqlite3_stmt* m_occasional = nullptr;
};

/// BEGIN IMMEDIATE … COMMIT, rolled back when it goes uncommitted.
class WriteTransaction {
 public:
    [[nodiscard]] static Result<WriteTransaction> begin(Connection& connection);
    WriteTransaction(WriteTransaction&& other) noexcept;
    WriteTransaction& operator=(WriteTransaction&&) = delete;
    ~WriteTransaction();
    [[nodiscard]] Status commit();

 private:
    explicit WriteTransaction(Connection& connection) : m_connection(&connection) {}
    Connection* m_connection;
};

/// One consistent view for several statements, until it goes.
class ReadTransaction {
 public:
    [[nodiscard]] static Result<ReadTransaction> begin(Connection& connection);
    ReadTransaction(ReadTransaction&& other) noexcept;
    ReadTransaction& operator=(ReadTransaction&&) = delete;
    ~ReadTransaction();

 private:
    explicit ReadTransaction(Connection& connection) : m_connection(&connection) {}
    Connection* m_connection;
};

}  // namespace smidgen::storage
