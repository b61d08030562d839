#include "storage/exchange/bridge.h"

#include <mutex>
#include <new>
#include <thread>

#include "storage/blocks/compression.h"
#include "storage/exchange/arrival_report.h"
#include "storage/exchange/lineage.h"
#include "storage/exchange/source_reader.h"
#include "storage/exchange/transfer_file.h"

namespace smidgen::storage {
namespace {

tl::unexpected<Error> stopped() {
    return failure(ErrorCode::cancelled, "The transfer was stopped. Start it again to go on.");
}

/// Moves one store's blocks, on the bridge's thread.
class Carrier {
 public:
    Carrier(BlockStore& from, BlockStore& to, const Caller& caller, const BridgeOptions& options,
            std::function<void(const BridgeProgress&)> tell)
        : m_from(from), m_to(to), m_caller(caller), m_options(options), m_tell(std::move(tell)) {}

    BridgeReport run(const std::vector<BlockId>& blocks, const VectorMean& mean) {
        m_progress.blocks = blocks.size();
        for (const BlockId& id : blocks) {
            m_progress.block = id;
            m_progress.bytesDone = m_progress.bytesTotal = 0;
            if (auto done = carry(id, mean); !done) {
                const ErrorCode code = done.error().code;
                if (code != ErrorCode::unusableInput && code != ErrorCode::notFound) {
                    m_report.sync.stopped = std::move(done.error());
                    break;
                }
                m_report.sync.problems.push_back({id, {}, done.error().sentence});
            }
            ++m_progress.blocksDone;
            m_tell(m_progress);
        }
        return std::move(m_report);
    }

 private:
    Status carry(const BlockId& id, const VectorMean& mean) {
        if (m_options.cancel.cancelled()) return stopped();
        auto stored = readForSending(m_from.core(), m_caller, id);
        if (!stored) return propagate(stored);
        if (!*stored)
            return failure(ErrorCode::notFound, "There is no block " + id.text() + " in this project.");
        ++m_report.sync.seen;
        Incoming incoming;
        incoming.block = std::move((*stored)->block);
        auto wanted = isWanted(incoming.block);
        if (!wanted) return propagate(wanted);
        std::optional<TransferFile> file;
        if (*wanted && incoming.block.contentSize > 0) {
            auto brought = bring(incoming, file);
            if (!brought) return brought;
        }
        auto done = receive(incoming, mean);
        if (!done) return done;
        return file ? file->remove() : Status{};
    }

    /// Does the target lack the content?
    Result<bool> isWanted(const Block& block) {
        auto reader = m_to.core().readers.lend();
        if (!reader) return propagate(reader);
        auto there = (*reader)->blocks.find(block.id, false);
        if (!there) return propagate(there);
        if (!*there) return true;
        const LineageOrder order = compareLineage(block.lineage, (*there)->block.lineage);
        if (order == LineageOrder::equal || order == LineageOrder::before) return false;
        if (order == LineageOrder::concurrent && m_options.policy == ConflictPolicy::manual) return false;
        return (*there)->block.contentSum != block.contentSum || m_options.policy == ConflictPolicy::keepBoth;
    }

    Status bring(Incoming& incoming, std::optional<TransferFile>& kept) {
        auto row = contentRow(incoming.block);
        if (!row) return propagate(row);
        auto file = TransferFile::open(m_to.core().files, m_to.folder(),
                                       {incoming.block.id, row->record, m_options.chunkBytes});
        if (!file) return propagate(file);
        m_report.bytesResumed += file->bytesArrived();
        m_progress.bytesTotal = row->record.length;
        while (!file->isWhole()) {
            m_progress.bytesDone = file->bytesArrived();
            m_tell(m_progress);
            if (m_options.cancel.cancelled()) return stopped();
            if (auto sent = sendChunk(incoming.block, *file); !sent) return sent;
        }
        m_progress.bytesDone = file->bytesArrived();
        m_tell(m_progress);
        auto bytes = file->read();
        if (!bytes) return giveUp(*file, bytes.error());
        auto content = unpack(row->record.codec, *bytes, row->record.size);
        if (content && checksumOf(*content) != incoming.block.contentSum)
            content =
                failure(ErrorCode::unusableInput, "The content of '" + incoming.block.name +
                                                      "' is damaged in the library that it comes from.");
        if (!content) return giveUp(*file, content.error());
        incoming.bytes = std::move(*content);
        m_report.sync.contentBytes += incoming.bytes.size();
        kept.emplace(std::move(*file));
        return {};
    }

    /// What has arrived is of no use.
    static Status giveUp(TransferFile& file, const Error& error) {
        if (error.code == ErrorCode::unusableInput)
            if (auto removed = file.remove(); !removed) return removed;
        return tl::unexpected<Error>(error);
    }

    Result<ContentRow> contentRow(const Block& block) {
        auto reader = m_from.core().readers.lend();
        if (!reader) return propagate(reader);
        auto transaction = ReadTransaction::begin((*reader)->connection);
        if (!transaction) return propagate(transaction);
        return contentRowOf(**reader, block.id, block.contentSum);
    }

    Status sendChunk(const Block& block, TransferFile& file) {
        const std::uint64_t number = file.arrived();
        std::vector<std::byte> bytes(static_cast<std::size_t>(file.bytesOfChunk(number)));
        Status read;
        // Its pack may be compacted in between: then the row names another.
        for (int attempt = 0; attempt < 2; ++attempt) {
            auto reader = m_from.core().readers.lend();
            if (!reader) return propagate(reader);
            auto transaction = ReadTransaction::begin((*reader)->connection);
            if (!transaction) return propagate(transaction);
            auto row = contentRowOf(**reader, block.id, block.contentSum);
            if (!row) return propagate(row);
            read = readStoredContent((*reader)->connection, m_from.core().packs, *row,
                                     number * m_options.chunkBytes, bytes);
            if (read || read.error().code != ErrorCode::notFound) break;
        }
        if (!read) return read;
        m_report.bytesSent += bytes.size();
        return file.append(bytes);
    }

    Status receive(Incoming& incoming, const VectorMean& mean) {
        if (!incoming.bytes.empty()) {
            auto content = prepareContent(m_to.core().packs, incoming.bytes);
            if (!content) return propagate(content);
            incoming.content = std::move(*content);
        }
        Arrived arrived;
        auto written = m_to.core().write(
            {[&](Writer& writer) -> Status {
                 Receiver receiver{writer,           m_caller, m_to.core().replica, m_from.core().replica,
                                   m_options.policy, mean};
                 auto one = receiveBlock(receiver, incoming);
                 if (!one) return propagate(one);
                 arrived = std::move(*one);
                 return {};
             },
             nullptr});
        if (!written) return written;
        if (arrived.arrival == Arrival::needsContent)
            return failure(
                ErrorCode::notFound,
                "'" + incoming.block.name + "' was changed while it was being carried. Carry it again.");
        noteArrival(m_report.sync, incoming.block, arrived);
        return {};
    }

    BlockStore& m_from;
    BlockStore& m_to;
    const Caller& m_caller;
    const BridgeOptions& m_options;
    std::function<void(const BridgeProgress&)> m_tell;
    BridgeProgress m_progress;
    BridgeReport m_report;
};

}  // namespace

struct Bridge::State {
    State(BlockStore& source, BlockStore& target, Caller who, std::vector<BlockId> what, BridgeOptions how)
        : from(source),
          to(target),
          caller(std::move(who)),
          blocks(std::move(what)),
          options(std::move(how)) {}

    void work() {
        Result<BridgeReport> done;
        try {
            done = carryAll();
        } catch (const std::bad_alloc&) {
            done = failure(ErrorCode::outOfMemory, "There is not enough memory to carry the block over.");
        }
        const std::lock_guard lock(mutex);
        result = std::move(done);
    }

    Result<BridgeReport> carryAll() {
        if (options.chunkBytes < 4096 || options.chunkBytes > (64U << 20))
            return failure(ErrorCode::invalidArgument,
                           "Blocks are carried in chunks of 4096 bytes to 64 MiB.");
        // Vector spaces and everything that is refused before the first block, but no block.
        SyncOptions nothing;
        nothing.filter.emplace();
        nothing.filter->createdUntil = 0;
        nothing.filter->createdFrom = 0;
        auto prepared = syncStores(from, to, caller, nothing);
        if (!prepared) return propagate(prepared);
        auto spaces = definedSpaces(to);
        if (!spaces) return propagate(spaces);
        Carrier carrier(from, to, caller, options, [this](const BridgeProgress& now) {
            {
                const std::lock_guard lock(mutex);
                progress = now;
            }
            if (options.onProgress) options.onProgress(now);
        });
        BridgeReport report = carrier.run(blocks, meanIn(std::move(*spaces)));
        report.sync.spaces = prepared->spaces;
        if (report.sync.stopped) return report;
        // All of them are there: what is left are their links.
        SyncOptions links;
        links.ids = blocks;
        auto linked = syncStores(from, to, caller, links);
        if (!linked) return propagate(linked);
        report.sync.links = linked->links;
        return report;
    }

    BlockStore& from;
    BlockStore& to;
    Caller caller;
    std::vector<BlockId> blocks;
    BridgeOptions options;
    mutable std::mutex mutex;
    BridgeProgress progress;
    std::optional<Result<BridgeReport>> result;
    std::thread thread;
};

Bridge::Bridge(BlockStore& from, BlockStore& to, Caller caller, std::vector<BlockId> blocks,
               BridgeOptions options)
    : m_state(std::make_unique<State>(from, to, std::move(caller), std::move(blocks), std::move(options))) {
    m_state->thread = std::thread([state = m_state.get()] { state->work(); });
}

Bridge::~Bridge() {
    cancel();
    if (m_state->thread.joinable()) m_state->thread.join();
}

void Bridge::cancel() {
    m_state->options.cancel.cancel();
}

BridgeProgress Bridge::progress() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->progress;
}

Result<BridgeReport> Bridge::wait() {
    if (m_state->thread.joinable()) m_state->thread.join();
    return *m_state->result;
}

Result<std::vector<UnfinishedTransfer>> unfinishedTransfers(BlockStore& to) {
    std::vector<UnfinishedTransfer> transfers;
    std::error_code code;
    for (const auto& entry : std::filesystem::directory_iterator(transferFolderOf(to.folder()), code)) {
        auto header = readTransferHeader(to.core().files, entry.path());
        if (!header) continue;  // a new transfer of that block begins anew
        std::error_code unknown;
        const auto bytes = std::filesystem::file_size(entry.path(), unknown);
        transfers.push_back({header->block, unknown ? 0 : bytes, header->record.length});
    }
    return transfers;
}

Status discardTransfer(BlockStore& to, const BlockId& block) {
    FileSystem& files = to.core().files;
    const std::filesystem::path path = transferPathOf(to.folder(), block);
    auto file = files.open(path, FileUse::write);
    if (!file) return file.error().code == ErrorCode::notFound ? Status{} : propagate(file);
    auto locked = (*file)->tryLock();
    if (!locked) return propagate(locked);
    if (!*locked)
        return failure(ErrorCode::conflict,
                       "The transfer is under way. Stop it first, then it can be given up.");
    return files.remove(path);
}

}  // namespace smidgen::storage
