#include "storage/blocks/schema.h"

#include "engine/foundation/atomic_file.h"
#include "storage/blocks/block_id.h"

namespace smidgen::storage {
namespace {

constexpr std::int64_t kApplicationId = 0x534D4447;  // "SMDG"

constexpr const char* kVersion1 = R"sql(
CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE project(key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE block(
    key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, change INTEGER NOT NULL, version INTEGER NOT NULL,
    status INTEGER NOT NULL, class INTEGER NOT NULL, flags INTEGER NOT NULL, home INTEGER NOT NULL,
    created INTEGER NOT NULL, updated INTEGER NOT NULL, vectors INTEGER NOT NULL, content INTEGER,
    size INTEGER NOT NULL, content_sum BLOB NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL, mime TEXT NOT NULL,
    tags TEXT NOT NULL, lineage BLOB NOT NULL, sum BLOB NOT NULL, metadata TEXT NOT NULL);
CREATE TABLE tag(tag TEXT NOT NULL, block INTEGER NOT NULL, PRIMARY KEY(tag, block)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
    title, tags, about, text, path UNINDEXED, anchor UNINDEXED, tokenize = 'smidgen_words');
CREATE TABLE vector(key INTEGER PRIMARY KEY, space TEXT NOT NULL, sum BLOB NOT NULL, data BLOB NOT NULL);
CREATE TABLE space(name TEXT PRIMARY KEY, definition BLOB NOT NULL, sum BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE content(
    key INTEGER PRIMARY KEY, codec INTEGER NOT NULL, size INTEGER NOT NULL, sum BLOB NOT NULL,
    pack INTEGER, place INTEGER, length INTEGER, data BLOB);
CREATE TABLE version(
    block INTEGER NOT NULL, version INTEGER NOT NULL, content INTEGER, sum BLOB NOT NULL, record BLOB NOT NULL,
    vectors BLOB NOT NULL, PRIMARY KEY(block, version)) WITHOUT ROWID;
CREATE TABLE link(
    source BLOB NOT NULL, type TEXT NOT NULL, target BLOB NOT NULL, weight REAL NOT NULL, sum BLOB NOT NULL,
    PRIMARY KEY(source, type, target)) WITHOUT ROWID;
CREATE INDEX link_target ON link(target);
CREATE TABLE share(
    block INTEGER NOT NULL, project INTEGER NOT NULL, PRIMARY KEY(block, project)) WITHOUT ROWID;
CREATE TABLE permission(
    block INTEGER NOT NULL, principal TEXT NOT NULL, rights INTEGER NOT NULL,
    PRIMARY KEY(block, principal)) WITHOUT ROWID;
CREATE TABLE access(block INTEGER PRIMARY KEY, count INTEGER NOT NULL, time INTEGER NOT NULL);
CREATE TABLE tombstone(
    key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, change INTEGER NOT NULL, time INTEGER NOT NULL,
    project TEXT NOT NULL, lineage BLOB NOT NULL, sum BLOB NOT NULL);
CREATE TABLE audit(
    seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, action INTEGER NOT NULL, outcome INTEGER NOT NULL,
    version INTEGER NOT NULL, block BLOB NOT NULL, caller TEXT NOT NULL, detail TEXT NOT NULL, hash BLOB NOT NULL);
CREATE TABLE queue(
    key INTEGER PRIMARY KEY, project INTEGER NOT NULL, name TEXT NOT NULL, owner TEXT NOT NULL,
    created INTEGER NOT NULL, given INTEGER NOT NULL, lost INTEGER NOT NULL, holder TEXT NOT NULL,
    held INTEGER NOT NULL, UNIQUE(project, name));
CREATE TABLE message(
    key INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, broadcast INTEGER NOT NULL, sender TEXT NOT NULL,
    origin TEXT NOT NULL, type TEXT NOT NULL, blocks BLOB NOT NULL, body BLOB NOT NULL, sum BLOB NOT NULL);
CREATE TABLE delivery(
    queue INTEGER NOT NULL, message INTEGER NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY(queue, message)) WITHOUT ROWID;
CREATE INDEX delivery_message ON delivery(message);
CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
)sql";

tl::unexpected<Error> refuse(const Connection& connection, const std::string& reason) {
    return failure(ErrorCode::unusableInput, "'" + displayName(connection.file()) + "' " + reason);
}

/// 0 for an empty file.
Result<std::int64_t> versionOf(Connection& connection) {
    auto tables = connection.integerOf("SELECT count(*) FROM sqlite_schema");
    if (!tables) return propagate(tables);
    auto application = connection.integerOf("PRAGMA application_id");
    if (!application) return propagate(application);
    auto version = connection.integerOf("PRAGMA user_version");
    if (!version) return propagate(version);
    if (tables->value_or(0) == 0 && application->value_or(0) == 0) return 0;
    if (application->value_or(0) != kApplicationId)
        return refuse(connection, "is not a library of Smidgen. Choose another folder.");
    if (version->value_or(0) > kFormatVersion)
        return refuse(connection, "was written by a later version of Smidgen. Update Smidgen to open it.");
    if (version->value_or(0) < 1) return refuse(connection, "is damaged. Run a repair, or restore a backup.");
    return **version;
}

Status create(Connection& connection) {
    if (auto made = connection.execute(kVersion1); !made) return made;
    auto replica = connection.use("INSERT INTO meta VALUES('replica', ?1)");
    replica.bind(1, static_cast<std::int64_t>(randomWord() >> 1));
    if (auto named = replica.run(); !named) return named;
    return connection.execute("PRAGMA application_id=0x534D4447; PRAGMA user_version=1");
}

}  // namespace

Status prepareSchema(Connection& connection) {
    auto version = versionOf(connection);
    if (!version) return propagate(version);
    if (*version == 0) {
        // The page size is settled by the first write; the journal mode cannot change inside a transaction.
        if (auto set = connection.execute("PRAGMA page_size=4096; PRAGMA journal_mode=WAL"); !set) return set;
    }
    if (*version == kFormatVersion) return {};
    auto transaction = WriteTransaction::begin(connection);
    if (!transaction) return propagate(transaction);
    version = versionOf(connection);  // another process may have been faster
    if (!version) return propagate(version);
    if (*version == 0)
        if (auto made = create(connection); !made) return made;
    return transaction->commit();
}

Status checkSchema(Connection& connection) {
    auto version = versionOf(connection);
    if (!version) return propagate(version);
    if (*version != kFormatVersion)
        return refuse(
            connection,
            "has an older format, which cannot be changed where it lies. Copy the library to a place where "
            "you may write and open it there.");
    return {};
}

}  // namespace smidgen::storage
