#include "storage/blocks/block_store.h"

#include "storage/blocks/change_log.h"
#include "storage/blocks/maintenance_worker.h"
#include "storage/blocks/operation_runner.h"
#include "storage/blocks/permission_rules.h"
#include "storage/blocks/store_core.h"
#include "storage/blocks/word_backlog.h"

namespace smidgen::storage {
namespace {

tl::unexpected<Error> noSuchBlock(const std::string& which) {
    return failure(ErrorCode::notFound, "There is no block " + which + " in this project.");
}

Status checkCaller(const Caller& caller) {
    if (caller.name.empty() || caller.project.empty())
        return failure(ErrorCode::invalidArgument, "Who asks, and from which project, must be said.");
    return {};
}

/// What is being looked for, and how the error names it.
struct Wanted {
    std::optional<BlockId> id;
    std::int64_t key = 0;
    [[nodiscard]] std::string text() const { return id ? id->text() : "number " + std::to_string(key); }
    [[nodiscard]] Result<std::optional<StoredBlock>> find(Reader& reader, bool withVectors) const {
        return id ? reader.blocks.find(*id, withVectors) : reader.blocks.findByKey(key, withVectors);
    }
};

/// The found block if the caller may read it. A refusal goes into the audit log.
Result<StoredBlock> permitted(StoreCore& core, const Caller& caller, const Wanted& wanted,
                              Result<std::optional<StoredBlock>> found) {
    if (!found) return propagate(found);
    if (!*found) return noSuchBlock(wanted.text());
    const Rights rights = rightsOf(caller, (*found)->block);
    if ((rights & kMayRead) != 0) return std::move(**found);
    if (!core.isReadOnly()) {
        const BlockId id = (*found)->block.id;
        const Error error{ErrorCode::refused, "'" + caller.name + "' may not read it.", {}};
        auto noted = core.write(
            {[&](Writer& writer) { return noteRefusal(writer, caller, AuditAction::read, id, error); },
             nullptr});
        if (!noted) return propagate(noted);
    }
    return noSuchBlock(wanted.text());
}

Result<Block> withParts(StoreCore& core, Reader& reader, StoredBlock stored, BlockParts parts) {
    if (parts.content && stored.content) {
        auto content = readContent(reader.connection, core.packs, *stored.content, stored.block.contentSum);
        if (!content) return propagate(content);
        stored.block.content = std::move(*content);
    }
    return std::move(stored.block);
}

/// What is written down, and what is not yet.
void setAccess(StoreCore& core, Block& block, const AccessCount& written) {
    const AccessCount pending = core.access.pending(block.key);
    block.accessCount = written.count + pending.count;
    block.accessed = std::max(written.time, pending.time);
}

/// A copy of what is held, when the caller may read it and no content is wanted of it.
std::optional<Block> copyOf(StoreCore& core, const Caller& caller, const StoredBlock& stored,
                            const AccessCount& written, BlockParts parts) {
    if ((parts.content && stored.content) || (rightsOf(caller, stored.block) & kMayRead) == 0)
        return std::nullopt;
    Block copy = stored.block;
    if (!parts.vectors) copy.vectors.clear();
    setAccess(core, copy, written);
    return copy;
}

/// `packGone` when the content's pack is not there.
Result<Block> getOnce(StoreCore& core, const Caller& caller, const Wanted& wanted, BlockParts parts,
                      bool& packGone) {
    const std::optional<LogMark> mark = core.logMark();
    if (mark && wanted.id)
        if (const auto held = core.cache.find(*wanted.id, parts.vectors, *mark); held && held->written)
            if (auto copy = copyOf(core, caller, *held->stored, *held->written, parts))
                return std::move(*copy);
    auto reader = core.readers.lend();
    if (!reader) return propagate(reader);
    Connection& connection = (*reader)->connection;
    auto transaction = ReadTransaction::begin(connection);
    if (!transaction) return propagate(transaction);
    // What was read between two looks at the same mark is what the database says there.
    const auto isNow = [&] { return core.logMark() == mark; };
    const auto keep = [&](CachedBlock block) {
        if (mark && isNow()) core.cache.keep(std::move(block), *mark);
    };
    if (mark)
        if (auto followed = core.cache.follow(connection, *mark, isNow); !followed)
            return propagate(followed);
    if (mark && wanted.id)
        if (const auto held = core.cache.find(*wanted.id, parts.vectors, *mark)) {
            auto written = readAccess(connection, held->stored->block.key);
            if (!written) return propagate(written);
            keep({held->stored, held->hasVectors, *written});
            if (auto copy = copyOf(core, caller, *held->stored, *written, parts)) return std::move(*copy);
        }
    auto stored = permitted(core, caller, wanted, wanted.find(**reader, parts.vectors));
    if (!stored) return propagate(stored);
    auto written = readAccess(connection, stored->block.key);
    if (!written) return propagate(written);
    keep({std::make_shared<const StoredBlock>(*stored), parts.vectors, *written});
    auto block = withParts(core, **reader, std::move(*stored), parts);
    packGone = !block && block.error().code == ErrorCode::notFound;
    if (!block) return block;
    if (!mark && core.mode == OpenMode::readWrite) core.logIndex = connection.logIndex();
    setAccess(core, *block, *written);
    return block;
}

Result<Block> getBlock(StoreCore& core, const Caller& caller, const Wanted& wanted, BlockParts parts) {
    const Stopwatch watch(core.gets);
    if (auto said = checkCaller(caller); !said) return propagate(said);
    bool packGone = false;
    auto block = getOnce(core, caller, wanted, parts, packGone);
    // A pack may have been compacted between the reading of its row and its bytes: the row now names another.
    if (packGone) block = getOnce(core, caller, wanted, parts, packGone);
    if (block && !core.isReadOnly()) core.access.note(block->key, currentMilliseconds());
    return block;
}

}  // namespace

BlockStore::BlockStore(std::unique_ptr<StoreCore> core) : m_core(std::move(core)) {
    if (m_core->isReadOnly() || !m_core->options.backgroundWork) return;
    m_worker = std::make_unique<MaintenanceWorker>(*m_core);
    m_core->queue->onCommit = [worker = m_worker.get(), most = m_core->options.checkpointPages](int pages) {
        if (pages >= most) worker->logHasGrown();
    };
}

BlockStore::~BlockStore() {
    // The worker commits, too: it goes before what its commits call.
    m_worker.reset();
    if (m_core->queue) m_core->queue->onCommit = nullptr;
    (void)m_core->flushAccess();
    // A copy on a medium that cannot be written to has them all.
    if (!m_core->isReadOnly()) (void)indexWaitingWords(*m_core, [] { return true; });
}

Result<std::unique_ptr<BlockStore>> BlockStore::open(const std::filesystem::path& folder,
                                                     const StoreOptions& options) {
    auto core = StoreCore::open(folder, options);
    if (!core) return propagate(core);
    return std::unique_ptr<BlockStore>(new BlockStore(std::move(*core)));
}

bool BlockStore::isReadOnly() const {
    return m_core->isReadOnly();
}

const std::filesystem::path& BlockStore::folder() const {
    return m_core->folder;
}

Result<std::vector<Receipt>> BlockStore::apply(const Caller& caller,
                                               const std::vector<Operation>& operations) {
    const Stopwatch watch(m_core->puts);
    if (auto said = checkCaller(caller); !said) return propagate(said);
    if (operations.empty()) return std::vector<Receipt>();
    if (isReadOnly()) {
        auto refused = m_core->write({});
        return propagate(refused);
    }
    auto prepared = prepareOperations(m_core->packs, operations);
    if (!prepared) return propagate(prepared);
    std::vector<Receipt> receipts;
    WriteWork work;
    work.run = [&](Writer& writer) -> Status {
        auto done = runOperations(writer, caller, m_core->replica, *prepared);
        if (!done) return propagate(done);
        receipts = std::move(*done);
        return {};
    };
    work.note = [&](Writer& writer, const Error& error) -> Status {
        if (error.code != ErrorCode::refused) return {};
        const Operation& first = operations.front();
        return noteRefusal(writer, caller, actionOf(first), subjectOf(first), error);
    };
    if (auto done = m_core->write(work); !done) return propagate(done);
    if (m_worker) m_worker->wordsWait();
    return receipts;
}

Result<Receipt> BlockStore::put(const Caller& caller, BlockDraft draft) {
    std::vector<Operation> one;
    one.emplace_back(PutBlock{std::move(draft)});
    auto receipts = apply(caller, one);
    if (!receipts) return propagate(receipts);
    return receipts->front();
}

Result<Receipt> BlockStore::edit(const Caller& caller, const BlockId& id, std::uint64_t expected,
                                 BlockEdit edit) {
    std::vector<Operation> one;
    one.emplace_back(EditBlock{id, expected, std::move(edit)});
    auto receipts = apply(caller, one);
    if (!receipts) return propagate(receipts);
    return receipts->front();
}

Result<Receipt> BlockStore::setStatus(const Caller& caller, const BlockId& id, BlockStatus status,
                                      std::uint64_t expected) {
    auto receipts = apply(caller, {SetStatus{id, expected, status}});
    if (!receipts) return propagate(receipts);
    return receipts->front();
}

Result<Receipt> BlockStore::purge(const Caller& caller, const BlockId& id) {
    auto receipts = apply(caller, {PurgeBlock{id, 0}});
    if (!receipts) return propagate(receipts);
    return receipts->front();
}

Result<Block> BlockStore::get(const Caller& caller, const BlockId& id, BlockParts parts) {
    return getBlock(*m_core, caller, {id, 0}, parts);
}

Result<Block> BlockStore::getByKey(const Caller& caller, std::int64_t key, BlockParts parts) {
    return getBlock(*m_core, caller, {std::nullopt, key}, parts);
}

Result<std::vector<std::uint64_t>> BlockStore::versions(const Caller& caller, const BlockId& id) {
    if (auto said = checkCaller(caller); !said) return propagate(said);
    auto reader = m_core->readers.lend();
    if (!reader) return propagate(reader);
    auto transaction = ReadTransaction::begin((*reader)->connection);
    if (!transaction) return propagate(transaction);
    auto stored = permitted(*m_core, caller, {id, 0}, (*reader)->blocks.find(id, false));
    if (!stored) return propagate(stored);
    auto versions = (*reader)->blocks.versions(stored->block.key);
    if (versions) versions->push_back(stored->block.version);
    return versions;
}

Result<Block> BlockStore::getVersion(const Caller& caller, const BlockId& id, std::uint64_t version,
                                     BlockParts parts) {
    if (auto said = checkCaller(caller); !said) return propagate(said);
    auto reader = m_core->readers.lend();
    if (!reader) return propagate(reader);
    auto transaction = ReadTransaction::begin((*reader)->connection);
    if (!transaction) return propagate(transaction);
    // Who may read the block now may read what it was.
    auto stored = permitted(*m_core, caller, {id, 0}, (*reader)->blocks.find(id, parts.vectors));
    if (!stored) return propagate(stored);
    if (version == stored->block.version) return withParts(*m_core, **reader, std::move(*stored), parts);
    auto superseded = (*reader)->blocks.findVersion(stored->block.key, version);
    if (!superseded) return propagate(superseded);
    if (!*superseded)
        return failure(ErrorCode::notFound,
                       "'" + stored->block.name + "' has no version " + std::to_string(version) + ".");
    StoredBlock past{std::move((*superseded)->block), (*superseded)->content};
    if (!parts.vectors) past.block.vectors.clear();
    return withParts(*m_core, **reader, std::move(past), parts);
}

Result<BlockPage> BlockStore::list(const Caller& caller, const BlockQuery& query) {
    const Stopwatch watch(m_core->lists);
    if (auto said = checkCaller(caller); !said) return propagate(said);
    auto reader = m_core->readers.lend();
    if (!reader) return propagate(reader);
    auto transaction = ReadTransaction::begin((*reader)->connection);
    if (!transaction) return propagate(transaction);
    return listBlocks((*reader)->connection, (*reader)->blocks, caller, query);
}

Result<WordPage> BlockStore::searchWords(const Caller& caller, const WordQuery& query) {
    const Stopwatch watch(m_core->wordSearches);
    if (auto said = checkCaller(caller); !said) return propagate(said);
    auto reader = m_core->readers.lend();
    if (!reader) return propagate(reader);
    auto waiting = wordsWaitFrom((*reader)->connection);
    if (!waiting) return propagate(waiting);
    // Where nothing can be written they are searched as they are.
    if (*waiting && !isReadOnly()) (void)indexWaitingWords(*m_core, [] { return true; });
    auto transaction = ReadTransaction::begin((*reader)->connection);
    if (!transaction) return propagate(transaction);
    return findWords((*reader)->connection, (*reader)->blocks, m_core->packs, caller, query);
}

Result<std::uint64_t> BlockStore::count(const Caller& caller, const BlockQuery& query) {
    if (auto said = checkCaller(caller); !said) return propagate(said);
    auto reader = m_core->readers.lend();
    if (!reader) return propagate(reader);
    return countBlocks((*reader)->connection, (*reader)->blocks, caller, query);
}

Result<ChangePage> BlockStore::changesSince(std::uint64_t since, std::size_t limit) {
    auto reader = m_core->readers.lend();
    if (!reader) return propagate(reader);
    auto transaction = ReadTransaction::begin((*reader)->connection);
    if (!transaction) return propagate(transaction);
    return readChanges((*reader)->connection, since, limit);
}

Result<std::vector<AuditEntry>> BlockStore::audit(std::int64_t first, std::size_t limit) {
    auto reader = m_core->readers.lend();
    if (!reader) return propagate(reader);
    return readAudit((*reader)->connection, first, limit);
}

}  // namespace smidgen::storage
