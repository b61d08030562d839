#include "storage/blocks/connection.h"

#include <sqlite3.h>

#include <utility>

#include "engine/foundation/atomic_file.h"
#include "storage/blocks/word_splitter.h"

namespace smidgen::storage {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyMilliseconds = 10'000;

tl::unexpected<Error> sqliteFailure(int code, sqlite3* database, const fs::path& file) {
    const std::string name = "'" + displayName(file) + "'";
    const std::string detail = std::string(sqlite3_errstr(code)) + " (" + std::to_string(code) +
                               "): " + (database != nullptr ? sqlite3_errmsg(database) : "");
    switch (code & 0xFF) {
        case SQLITE_FULL:
            return failure(ErrorCode::io,
                           "Could not write to " + name +
                               ": no space is left on the disk. Free some space and try again.",
                           detail);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return failure(ErrorCode::conflict,
                           name + " is being written by another program. Wait a moment and try again.",
                           detail);
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return failure(ErrorCode::unusableInput, name + " is damaged. Run a repair, or restore a backup.",
                           detail);
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return failure(ErrorCode::io, name + " may not be written to. Change its permissions or copy it.",
                           detail);
        case SQLITE_CANTOPEN:
            return failure(ErrorCode::io,
                           "Could not open " + name + ". Check that it exists and that you may open it.",
                           detail);
        case SQLITE_NOMEM:
            return failure(ErrorCode::outOfMemory, "There is not enough memory to work on " + name + ".",
                           detail);
        case SQLITE_INTERRUPT:
            return failure(ErrorCode::cancelled, "Stopped.", detail);
        case SQLITE_CONSTRAINT:
            return failure(ErrorCode::conflict, "Something of that name or id is in " + name + " already.",
                           detail);
        default:
            return failure((code & 0xFF) == SQLITE_IOERR ? ErrorCode::io : ErrorCode::internal,
                           "Could not work on " + name + ": " + sqlite3_errstr(code) + ".", detail);
    }
}

/// Percent-encoded, since '?', '#' and '%' mean something in a URI.
std::string uriOf(const fs::path& file, bool immutable) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : file.string()) {
        if (c == '?' || c == '#' || c == '%') {
            const auto byte = static_cast<unsigned char>(c);
            uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
        } else {
            uri += c;
        }
    }
    return immutable ? uri + "?immutable=1" : uri;
}

}  // namespace

Statement::Statement(sqlite3* database, sqlite3_stmt* statement, const fs::path* file)
    : m_database(database), m_statement(statement), m_file(file) {
    if (statement == nullptr) m_code = sqlite3_extended_errcode(database);
}

Statement::Statement(Statement&& other) noexcept
    : m_database(other.m_database),
      m_statement(std::exchange(other.m_statement, nullptr)),
      m_file(other.m_file),
      m_code(other.m_code) {}

Statement::~Statement() {
    reset();
}

void Statement::reset() {
    if (m_statement == nullptr) return;
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
}

Statement& Statement::bind(int at, std::int64_t value) {
    if (const int code = sqlite3_bind_int64(m_statement, at, value); code != SQLITE_OK) m_code = code;
    return *this;
}

Statement& Statement::bind(int at, double value) {
    if (const int code = sqlite3_bind_double(m_statement, at, value); code != SQLITE_OK) m_code = code;
    return *this;
}

Statement& Statement::bind(int at, std::string_view text) {
    const char* data = text.data() == nullptr ? "" : text.data();
    if (const int code = sqlite3_bind_text64(m_statement, at, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
        code != SQLITE_OK)
        m_code = code;
    return *this;
}

Statement& Statement::bind(int at, std::span<const std::byte> blob) {
    const void* data = blob.data() == nullptr ? static_cast<const void*>("") : blob.data();
    if (const int code = sqlite3_bind_blob64(m_statement, at, data, blob.size(), SQLITE_STATIC);
        code != SQLITE_OK)
        m_code = code;
    return *this;
}

Statement& Statement::bindNull(int at) {
    if (const int code = sqlite3_bind_null(m_statement, at); code != SQLITE_OK) m_code = code;
    return *this;
}

Result<bool> Statement::step() {
    if (m_code != SQLITE_OK) return sqliteFailure(m_code, m_database, *m_file);
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return sqliteFailure(sqlite3_extended_errcode(m_database), m_database, *m_file);
}

Status Statement::run() {
    for (;;) {
        auto row = step();
        if (!row) return propagate(row);
        if (!*row) return {};
    }
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(m_statement, column);
}

double Statement::real(int column) const {
    return sqlite3_column_double(m_statement, column);
}

std::string_view Statement::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(m_statement, column));
    return data == nullptr
               ? std::string_view()
               : std::string_view(data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column)));
}

std::span<const std::byte> Statement::blob(int column) const {
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(m_statement, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))};
}

Connection::Connection(sqlite3* database, fs::path file)
    : m_database(database),
      m_file(std::make_unique<fs::path>(std::move(file))),
      m_logPages(std::make_unique<int>(0)) {}

Connection::Connection(Connection&& other) noexcept
    : m_database(std::exchange(other.m_database, nullptr)),
      m_file(std::move(other.m_file)),
      m_logPages(std::move(other.m_logPages)),
      m_statements(std::move(other.m_statements)),
      m_occasional(std::exchange(other.m_occasional, nullptr)) {
    other.m_statements.clear();
}

Connection::~Connection() {
    for (auto& [sql, statement] : m_statements) sqlite3_finalize(statement);
    sqlite3_finalize(m_occasional);
    sqlite3_close(m_database);
}

Result<Connection> Connection::open(const fs::path& file, OpenMode mode, const std::string& vfs) {
    // Nobody asks for SQLite's own count of memory, and counting takes a lock at every allocation. Refused,
    // and no harm done, where somebody in this process was here first.
    [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    const int flags =
        (mode == OpenMode::readWrite ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) |
        SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    sqlite3* database = nullptr;
    const int code = sqlite3_open_v2(uriOf(file, mode == OpenMode::immutable).c_str(), &database, flags,
                                     vfs.empty() ? nullptr : vfs.c_str());
    Connection connection(database, file);
    if (code != SQLITE_OK) return sqliteFailure(code, database, file);
    sqlite3_busy_timeout(database, kBusyMilliseconds);
    // A hostile file must not reach further than itself.
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // In place of checkpoints within a commit: those run in a worker.
    sqlite3_wal_hook(
        database,
        [](void* pages, sqlite3*, const char*, int count) {
            *static_cast<int*>(pages) = count;
            return SQLITE_OK;
        },
        connection.m_logPages.get());
    if (auto set =
            connection.execute("PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA synchronous=FULL;"
                               "PRAGMA cache_size=-32768");
        !set)
        return propagate(set);
    if (auto added = addWordSplitter(database); !added) return propagate(added);
    return connection;
}

Status Connection::execute(const char* sql) {
    const int code = sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return sqliteFailure(code, m_database, *m_file);
    return {};
}

Statement Connection::use(const char* sql) {
    sqlite3_stmt*& statement = m_statements[sql];
    if (statement == nullptr)
        sqlite3_prepare_v3(m_database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    return {m_database, statement, m_file.get()};
}

Statement Connection::prepare(const std::string& sql) {
    sqlite3_finalize(std::exchange(m_occasional, nullptr));
    sqlite3_prepare_v2(m_database, sql.c_str(), static_cast<int>(sql.size()), &m_occasional, nullptr);
    return {m_database, m_occasional, m_file.get()};
}

Result<std::optional<std::int64_t>> Connection::integerOf(const char* sql) {
    Statement statement = use(sql);
    auto row = statement.step();
    if (!row) return propagate(row);
    if (!*row || statement.isNull(0)) return std::nullopt;
    return statement.integer(0);
}

std::uint32_t* Connection::logIndex() {
    constexpr int kPageBytes = 32 * 1024;
    sqlite3_file* file = nullptr;
    if (sqlite3_file_control(m_database, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        file == nullptr || file->pMethods == nullptr || file->pMethods->iVersion < 2 ||
        file->pMethods->xShmMap == nullptr)
        return nullptr;
    // SQLite has mapped it: this only asks where.
    volatile void* page = nullptr;
    if (file->pMethods->xShmMap(file, 0, kPageBytes, 0, &page) != SQLITE_OK) return nullptr;
    return const_cast<std::uint32_t*>(static_cast<volatile std::uint32_t*>(page));
}

std::int64_t Connection::lastKey() const {
    return sqlite3_last_insert_rowid(m_database);
}

std::int64_t Connection::changedRows() const {
    return sqlite3_changes64(m_database);
}

Result<Connection::Checkpointed> Connection::checkpoint(bool shrink) {
    Checkpointed done;
    const int code = sqlite3_wal_checkpoint_v2(
        m_database, nullptr, shrink ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &done.pages,
        &done.moved);
    if (code != SQLITE_OK && code != SQLITE_BUSY) return sqliteFailure(code, m_database, *m_file);
    return done;
}

Status Connection::copyInto(const fs::path& target, int pagesAtOnce,
                            const std::function<bool(double)>& goOn) {
    sqlite3* other = nullptr;
    const int opened = sqlite3_open_v2(uriOf(target, false).c_str(), &other,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI, nullptr);
    Connection copy(other, target);
    if (opened != SQLITE_OK) return sqliteFailure(opened, other, target);
    sqlite3_backup* backup = sqlite3_backup_init(other, "main", m_database, "main");
    if (backup == nullptr) return sqliteFailure(sqlite3_errcode(other), other, target);
    int code = SQLITE_OK;
    bool stopped = false;
    while (!stopped && (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED)) {
        code = sqlite3_backup_step(backup, pagesAtOnce);
        const int pages = sqlite3_backup_pagecount(backup);
        stopped =
            !goOn(pages > 0 ? 1.0 - static_cast<double>(sqlite3_backup_remaining(backup)) / pages : 1.0) &&
            code != SQLITE_DONE;
    }
    const int finished = sqlite3_backup_finish(backup);
    if (stopped) return failure(ErrorCode::cancelled, "The copy was stopped.");
    if (code != SQLITE_DONE) return sqliteFailure(code, other, target);
    if (finished != SQLITE_OK) return sqliteFailure(finished, other, target);
    return {};
}

bool Connection::inTransaction() const {
    return sqlite3_get_autocommit(m_database) == 0;
}

void Connection::interrupt() {
    sqlite3_interrupt(m_database);
}

Result<WriteTransaction> WriteTransaction::begin(Connection& connection) {
    if (auto begun = connection.use("BEGIN IMMEDIATE").run(); !begun) return propagate(begun);
    return WriteTransaction(connection);
}

WriteTransaction::WriteTransaction(WriteTransaction&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)) {}

WriteTransaction::~WriteTransaction() {
    if (m_connection != nullptr) (void)m_connection->use("ROLLBACK").run();
}

Status WriteTransaction::commit() {
    if (auto committed = m_connection->use("COMMIT").run(); !committed) return committed;
    m_connection = nullptr;
    return {};
}

Result<ReadTransaction> ReadTransaction::begin(Connection& connection) {
    if (auto begun = connection.use("BEGIN").run(); !begun) return propagate(begun);
    return ReadTransaction(connection);
}

ReadTransaction::ReadTransaction(ReadTransaction&& other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr)) {}

ReadTransaction::~ReadTransaction() {
    if (m_connection != nullptr) (void)m_connection->use("COMMIT").run();
}

}  // namespace smidgen::storage
