#include "engine/library/library_bridge.h"

#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "engine/collections/content_hash.h"
#include "engine/foundation/atomic_file.h"
#include "engine/library/file_transfer.h"
#include "engine/library/library_blocks.h"
#include "engine/library/library_files.h"
#include "storage/blocks/block_store.h"
#include "storage/blocks/block_visit.h"
#include "storage/exchange/bridge.h"
#include "storage/exchange/lineage.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;
using storage::Block;
using storage::BlockId;
using storage::LineageOrder;

/// Sends items, one after the other.
class Sending {
 public:
    Sending(const Library& from, Library& to, const CancelToken& cancel,
            const std::function<void(const SendingState&)>& progress)
        : m_from(from), m_to(to), m_cancel(cancel), m_progress(progress) {}

    Result<SendingReport> run(const std::vector<BlockId>& blocks) {
        if (auto known = readTarget(); !known) return propagate(known);
        m_state.items = blocks.size();
        for (const BlockId& id : blocks) {
            auto sent = send(id);
            if (!sent && sent.error().code != ErrorCode::unusableInput &&
                sent.error().code != ErrorCode::notFound && sent.error().code != ErrorCode::refused)
                return propagate(sent);
            if (!sent) m_report.problems.push_back("'" + m_state.name + "': " + sent.error().sentence);
            ++m_state.itemsDone;
        }
        tell();
        return std::move(m_report);
    }

 private:
    /// What the other library has, as far as it concerns what is sent there.
    struct There {
        storage::Lineage lineage;
        std::optional<KeptFile> file;
    };
    /// A file under way: where it belongs, and where it waits.
    struct Moving {
        KeptFile file;   ///< at its place in the other library
        std::string id;  ///< of the item, there
        fs::path part;
        bool placed = false;
    };

    Status readTarget() {
        auto visited = storage::visitBlocks(m_to.store(), {}, [&](const Block& block) {
            There there{block.lineage, keptFileOf(block)};
            if (there.file) m_places[there.file->place].insert(block.id);
            m_there.emplace(block.id, std::move(there));
            return true;
        });
        if (!visited) return propagate(visited);
        return {};
    }

    void tell() const {
        if (m_progress) m_progress(m_state);
    }

    Status send(const BlockId& id) {
        m_state.name = id.text();
        m_state.bytesDone = m_state.bytesTotal = 0;
        auto block = m_from.store().get(m_from.caller(), id, {false, false});
        if (!block) return propagate(block);
        m_state.name = block->name;
        tell();
        std::optional<Moving> moving;
        if (const auto file = keptFileOf(*block); file && isPlainPlace(file->place)) {
            auto brought = bringFile(*block, *file);
            if (!brought) return propagate(brought);
            moving = std::move(*brought);
        }
        if (auto carried = carry(*block); !carried) return carried;
        return moving ? settle(*block, *moving) : Status();
    }

    /// Where a block and its file belong in the other library: a file of `place` is never two blocks'.
    Moving placeOf(const Block& block, KeptFile file, const std::string& place) const {
        file.place = place;
        const auto users = m_places.find(place);
        const bool others =
            users != m_places.end() && (users->second.size() > 1 || !users->second.contains(block.id));
        std::string id = itemIdOf(block);
        if (others) {
            id = idOfTwin(block);
            file.place = placeFor(id, place);
        }
        return {std::move(file), std::move(id), {}, false};
    }

    /// Nothing when the other library needs none.
    Result<std::optional<Moving>> bringFile(const Block& block, const KeptFile& file) {
        std::optional<Moving> none;
        const auto there = m_there.find(block.id);
        const bool sameFile =
            there != m_there.end() && there->second.file && there->second.file->sum == file.sum;
        if (there != m_there.end() && !sameFile &&
            storage::compareLineage(block.lineage, there->second.lineage) != LineageOrder::after)
            return none;
        Moving moving = placeOf(block, file, sameFile ? there->second.file->place : file.place);
        if (!isPlainPlace(moving.file.place)) return none;
        const fs::path place = m_to.folder() / fs::path(moving.file.place);
        moving.part = m_to.transfersFolder() / (file.sum + ".part");
        m_state.bytesTotal = static_cast<std::uint64_t>(file.bytes);
        std::error_code ignored;
        const bool isThere = fs::exists(place, ignored);
        if (isThere && holds(place, file.sum)) {
            moving.placed = true;
            m_state.bytesDone = m_state.bytesTotal;
            return moving;
        }
        auto sent = transferFile(m_from.folder() / fs::path(file.place), file, moving.part, m_cancel,
                                 [&](std::uint64_t done) {
                                     m_state.bytesDone = done;
                                     tell();
                                 });
        if (!sent) return propagate(sent);
        m_report.bytesSent += sent->bytesSent;
        m_report.bytesResumed += sent->bytesResumed;
        // What lies there is this very block's, from before: it goes when the block has come.
        if (isThere) return moving;
        if (auto placed = placePart(moving.part, place); !placed) return propagate(placed);
        moving.placed = true;
        return moving;
    }

    Status carry(const Block& block) {
        if (m_cancel.cancelled())
            return failure(ErrorCode::cancelled, "The transfer was stopped. Start it again to go on.");
        // A bridge stops itself at its end: the person's own token is not to be touched.
        storage::BridgeOptions options;
        options.onProgress = [this, own = options.cancel](const storage::BridgeProgress&) {
            if (m_cancel.cancelled()) own.cancel();
        };
        storage::Bridge bridge(m_from.store(), m_to.store(), m_from.caller(), {block.id}, options);
        auto report = bridge.wait();
        if (!report) return propagate(report);
        const storage::SyncReport& sync = report->sync;
        m_report.bytesSent += report->bytesSent;
        m_report.bytesResumed += report->bytesResumed;
        m_report.added += sync.added + sync.cameBack;
        m_report.updated += sync.updated;
        m_report.same += sync.same + sync.newerInTarget;
        for (const storage::SyncConflict& conflict : sync.conflicts)
            m_report.conflicts.push_back(conflict.source.name);
        for (const storage::SyncProblem& problem : sync.problems)
            m_report.problems.push_back("'" + block.name + "': " + problem.sentence);
        if (sync.purgedInTarget > 0)
            m_report.problems.push_back("'" + block.name +
                                        "' was removed for good in the other library: it stays away.");
        if (sync.stopped) return tl::unexpected<Error>(*sync.stopped);
        return {};
    }

    /// The block is there now, or it will not come: its file is put in order.
    Status settle(const Block& sent, const Moving& moving) {
        const fs::path place = m_to.folder() / fs::path(moving.file.place);
        std::error_code ignored;
        auto block = m_to.store().get(m_from.caller(), sent.id, {false, true});
        const auto file = block ? keptFileOf(*block) : std::nullopt;
        if (!file || file->sum != moving.file.sum) {
            auto named = namedFiles(m_to);
            if (!named) return propagate(named);
            if (moving.placed && !named->isNamed(moving.file.place)) fs::remove(place, ignored);
            fs::remove(moving.part, ignored);
            return {};
        }
        if (file->place != moving.file.place) {
            auto edit = asAnotherItem(*block, moving.id, moving.file);
            auto done = m_to.store().edit(m_from.caller(), block->id, block->version, std::move(edit));
            if (!done) return propagate(done);
        }
        if (!moving.placed) {
            fs::rename(moving.part, place, ignored);
            if (ignored) return systemFailure(ignored.value(), "write", place);
        }
        const auto before = m_there.find(sent.id);
        if (before != m_there.end() && before->second.file)
            // Nodes of a cube as it was lie in another file.
            if (auto kept = keepNamedFiles(m_to, {before->second.file->place}); !kept) return propagate(kept);
        m_places[moving.file.place].insert(sent.id);
        m_there[sent.id] = {block->lineage, moving.file};
        fs::remove(moving.part, ignored);
        return {};
    }

    const Library& m_from;
    Library& m_to;
    const CancelToken& m_cancel;
    const std::function<void(const SendingState&)>& m_progress;
    SendingState m_state;
    SendingReport m_report;
    std::map<BlockId, There> m_there;
    std::map<std::string, std::set<BlockId>> m_places;
};

}  // namespace

Result<SendingReport> sendItems(const Library& from, Library& to, const std::vector<BlockId>& blocks,
                                const CancelToken& cancel,
                                const std::function<void(const SendingState&)>& progress) {
    return Sending(from, to, cancel, progress).run(blocks);
}

}  // namespace smidgen
