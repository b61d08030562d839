#include "storage/exchange/sync.h"

#include "storage/blocks/link_table.h"
#include "storage/blocks/operation_runner.h"
#include "storage/blocks/permission_rules.h"
#include "storage/blocks/space_table.h"
#include "storage/exchange/arrival_report.h"
#include "storage/exchange/lineage.h"
#include "storage/exchange/source_reader.h"

namespace smidgen::storage {
namespace {

constexpr std::size_t kPageBlocks = 256;
constexpr std::size_t kMostTogether = 64;  ///< blocks in one transaction
constexpr std::size_t kMostBytesTogether = std::size_t{16} << 20;

/// One run from one store to another.
class Sync {
 public:
    Sync(BlockStore& from, BlockStore& to, const Caller& caller, const SyncOptions& options)
        : m_from(from), m_to(to), m_caller(caller), m_options(options) {}

    Result<SyncReport> run() {
        auto spaces = definedSpaces(m_from);
        if (!spaces) return propagate(spaces);
        if (auto same = checkSpaces(*spaces); !same) return propagate(same);
        const bool all = m_options.ids.empty() && !m_options.filter;
        Status done = addSpaces(*spaces);
        if (done) done = m_options.ids.empty() ? pages() : chosen();
        if (done) done = flush();
        if (done) done = addLinks();
        if (done && all) done = purges();
        if (!done)
            m_report.stopped = std::move(done.error());
        else if (m_options.progress)
            m_options.progress(1.0);
        return std::move(m_report);
    }

 private:
    Status goOn() const {
        if (m_options.cancel.cancelled())
            return failure(ErrorCode::cancelled, "The synchronisation was stopped. Start it again to go on.");
        return {};
    }

    Status checkSpaces(const std::vector<VectorSpace>& spaces) {
        auto known = definedSpaces(m_to);
        if (!known) return propagate(known);
        for (const VectorSpace& space : spaces)
            for (const VectorSpace& other : *known)
                if (space.name == other.name && !(space == other))
                    return failure(ErrorCode::conflict, "The vector space '" + space.name +
                                                            "' is defined otherwise in the other library.");
        m_spacesThere = known->size();
        std::vector<VectorSpace> both = std::move(*known);
        both.insert(both.end(), spaces.begin(), spaces.end());
        m_mean = meanIn(std::move(both));
        return {};
    }

    Status addSpaces(const std::vector<VectorSpace>& spaces) {
        for (const VectorSpace& space : spaces)
            if (auto defined = defineSpace(m_to, space); !defined) return defined;
        auto now = definedSpaces(m_to);
        if (!now) return propagate(now);
        m_report.spaces = now->size() - std::min(now->size(), m_spacesThere);
        return {};
    }

    Status pages() {
        BlockQuery query;
        if (m_options.filter)
            static_cast<BlockFilter&>(query) = *m_options.filter;
        else
            query.statuses.clear();
        query.limit = kPageBlocks;
        auto count = m_from.count(m_caller, query);
        if (!count) return propagate(count);
        for (;;) {
            auto page = listPage(query);
            if (!page) return propagate(page);
            for (const Block& block : page->blocks)
                if (auto done = consider(block); !done) return done;
            if (m_options.progress && *count > 0)
                m_options.progress(
                    std::min(1.0, static_cast<double>(m_report.seen) / static_cast<double>(*count)));
            if (page->next.empty()) return {};
            query.after = page->next;
        }
    }

    Result<BlockPage> listPage(const BlockQuery& query) {
        auto reader = m_from.core().readers.lend();
        if (!reader) return propagate(reader);
        auto transaction = ReadTransaction::begin((*reader)->connection);
        if (!transaction) return propagate(transaction);
        return listBlocks((*reader)->connection, (*reader)->blocks, m_caller, query);
    }

    Status chosen() {
        for (const BlockId& id : m_options.ids) {
            auto stored = readForSending(m_from.core(), m_caller, id);
            if (!stored) {
                if (auto noted = problem(id, {}, stored.error()); !noted) return noted;
                continue;
            }
            if (!*stored)
                m_report.problems.push_back({id, {}, "There is no block " + id.text() + " in this project."});
            else if (auto done = consider((*stored)->block); !done)
                return done;
        }
        return {};
    }

    /// Damage concerns one block; everything else ends the run.
    Status problem(const BlockId& id, const std::string& name, const Error& error) {
        if (error.code != ErrorCode::unusableInput && error.code != ErrorCode::notFound)
            return tl::unexpected<Error>(error);
        m_report.problems.push_back({id, name, error.sentence});
        return {};
    }

    /// Reads it whole only when it has something that the target lacks.
    Status consider(const Block& listed) {
        if (auto going = goOn(); !going) return going;
        ++m_report.seen;
        m_linked.push_back(listed.id);
        bool hasContent = false;
        {
            auto reader = m_to.core().readers.lend();
            if (!reader) return propagate(reader);
            auto there = (*reader)->blocks.find(listed.id, false);
            if (!there && there.error().code != ErrorCode::unusableInput) return propagate(there);
            if (there && *there) {
                const LineageOrder order = compareLineage(listed.lineage, (*there)->block.lineage);
                if (order == LineageOrder::equal) return note(listed, Arrival::same);
                if (order == LineageOrder::before) return note(listed, Arrival::newerHere);
                if (order == LineageOrder::concurrent && m_options.policy == ConflictPolicy::manual)
                    hasContent = true;  // nothing will be written, unless both say the same
                hasContent = hasContent || ((*there)->block.contentSum == listed.contentSum &&
                                            m_options.policy != ConflictPolicy::keepBoth);
            }
        }
        return send(listed.id, listed.name, hasContent);
    }

    Status send(const BlockId& id, const std::string& name, bool targetHasContent) {
        auto stored = readForSending(m_from.core(), m_caller, id);
        if (!stored) return problem(id, name, stored.error());
        if (!*stored) return {};  // purged meanwhile
        Incoming incoming;
        incoming.block = std::move((*stored)->block);
        if (!(*stored)->content && incoming.block.contentSize != 0)
            return problem(id, name,
                           {ErrorCode::unusableInput, "The content of '" + name + "' is missing.", {}});
        if ((*stored)->content && !targetHasContent) {
            auto bytes = contentForSending(m_from.core(), id, incoming.block.contentSum);
            if (!bytes) return problem(id, name, bytes.error());
            m_report.contentBytes += bytes->size();
            m_bytes += bytes->size();
            incoming.bytes = std::move(*bytes);
        }
        m_waiting.push_back(std::move(incoming));
        return m_waiting.size() >= kMostTogether || m_bytes >= kMostBytesTogether ? flush() : Status{};
    }

    /// Writes what waits, in one transaction.
    Status flush() {
        std::vector<Incoming> waiting = std::exchange(m_waiting, {});
        m_bytes = 0;
        if (waiting.empty()) return {};
        for (Incoming& incoming : waiting) {
            if (incoming.bytes.empty()) continue;
            auto content = prepareContent(m_to.core().packs, incoming.bytes);
            if (!content) return propagate(content);
            incoming.content = std::move(*content);
        }
        std::vector<Arrived> arrived;
        auto written = m_to.core().write({[&](Writer& writer) -> Status {
                                              Receiver receiver = receiverOf(writer);
                                              for (const Incoming& incoming : waiting) {
                                                  auto one = receiveBlock(receiver, incoming);
                                                  if (!one) return propagate(one);
                                                  arrived.push_back(std::move(*one));
                                              }
                                              return {};
                                          },
                                          nullptr});
        if (!written) return written;
        for (std::size_t i = 0; i < waiting.size(); ++i)
            if (auto noted = note(waiting[i].block, arrived[i]); !noted) return noted;
        return {};
    }

    Receiver receiverOf(Writer& writer) {
        return {writer, m_caller, m_to.core().replica, m_from.core().replica, m_options.policy, m_mean};
    }

    Status note(const Block& block, Arrival arrival) {
        Arrived arrived{arrival, {}, {}};
        return note(block, arrived);
    }

    Status note(const Block& block, Arrived& arrived) {
        // The target's content was to be kept, and has changed meanwhile.
        if (arrived.arrival == Arrival::needsContent) return send(block.id, block.name, false);
        noteArrival(m_report, block, arrived);
        return {};
    }

    /// Links of the blocks gone over, where the target has both ends and not the link.
    Status addLinks() {
        for (std::size_t at = 0; at < m_linked.size(); at += kPageBlocks) {
            if (auto going = goOn(); !going) return going;
            const auto ids = std::span(m_linked).subspan(at, std::min(kPageBlocks, m_linked.size() - at));
            std::vector<Link> missing;
            for (const BlockId& id : ids)
                if (auto found = findMissing(id, missing); !found) return found;
            if (missing.empty()) continue;
            std::uint64_t added = 0;
            auto written = m_to.core().write({[&](Writer& writer) -> Status {
                                                  for (const Link& link : missing) {
                                                      auto done = receiveLink(writer, link);
                                                      if (!done) return propagate(done);
                                                      if (*done) ++added;
                                                  }
                                                  return {};
                                              },
                                              nullptr});
            if (!written) return written;
            m_report.links += added;
        }
        return {};
    }

    Status findMissing(const BlockId& id, std::vector<Link>& missing) {
        auto links = m_from.linksFrom(m_caller, id);
        if (!links) return links.error().code == ErrorCode::notFound ? Status{} : propagate(links);
        if (links->empty()) return {};
        auto reader = m_to.core().readers.lend();
        if (!reader) return propagate(reader);
        auto there = linksAt((*reader)->connection, LinkEnd::source, id);
        if (!there) return problem(id, {}, there.error());
        for (const Link& link : *links) {
            const bool known = std::any_of(there->begin(), there->end(), [&](const Link& other) {
                return other.target == link.target && other.type == link.type;
            });
            if (!known) missing.push_back(link);
        }
        return {};
    }

    /// False when the target lacks an end or the caller may not link there.
    Result<bool> receiveLink(Writer& writer, const Link& link) {
        auto source = writer.blocks.find(link.source, false);
        auto target = writer.blocks.find(link.target, false);
        for (auto* end : {&source, &target})
            if (!*end && end->error().code != ErrorCode::unusableInput) return propagate(*end);
        if (!source || !target || !*source || !*target) return false;
        if ((rightsOf(m_caller, (*source)->block) & kMayWrite) == 0 || !maySee(m_caller, (*target)->block))
            return false;
        if (auto put = putLink(writer.connection, link); !put) return propagate(put);
        AuditEntry entry;
        entry.time = currentMilliseconds();
        entry.action = AuditAction::link;
        entry.version = (*source)->block.version;
        entry.block = link.source;
        entry.caller = callerText(m_caller);
        entry.detail = link.type + " " + link.target.text();
        auto seq = writer.audit.append(std::move(entry));
        if (!seq) return propagate(seq);
        return true;
    }

    Status purges() {
        auto all = tombstones();
        if (!all) return propagate(all);
        for (std::size_t at = 0; at < all->size(); at += kMostTogether) {
            if (auto going = goOn(); !going) return going;
            const auto some = std::span(*all).subspan(at, std::min(kMostTogether, all->size() - at));
            std::vector<Arrived> arrived;
            auto written = m_to.core().write({[&](Writer& writer) -> Status {
                                                  Receiver receiver = receiverOf(writer);
                                                  for (const Tombstone& tombstone : some) {
                                                      auto one = receivePurge(receiver, tombstone);
                                                      if (!one) return propagate(one);
                                                      arrived.push_back(std::move(*one));
                                                  }
                                                  return {};
                                              },
                                              nullptr});
            if (!written) return written;
            for (std::size_t i = 0; i < some.size(); ++i) {
                Block gone;
                gone.id = some[i].id;
                if (arrived[i].arrival != Arrival::purgedHere) noteArrival(m_report, gone, arrived[i]);
            }
        }
        return {};
    }

    /// Of the caller's project, whose blocks the target still has.
    Result<std::vector<Tombstone>> tombstones() {
        auto reader = m_from.core().readers.lend();
        if (!reader) return propagate(reader);
        auto other = m_to.core().readers.lend();
        if (!other) return propagate(other);
        Statement rows = (*reader)->connection.use(
            "SELECT key, id, change, time, project, lineage, sum FROM tombstone WHERE project = ?1 ORDER BY "
            "key");
        rows.bind(1, std::string_view(m_caller.project));
        std::vector<Tombstone> gone;
        for (;;) {
            auto row = rows.step();
            if (!row) return propagate(row);
            if (!*row) return gone;
            auto tombstone = readTombstone(rows);
            if (!tombstone) {
                if (auto noted = problem({}, {}, tombstone.error()); !noted) return propagate(noted);
                continue;
            }
            Statement there = (*other)->connection.use("SELECT 1 FROM block WHERE id = ?1");
            there.bind(1, tombstone->id.bytes);
            auto found = there.step();
            if (!found) return propagate(found);
            if (*found) gone.push_back(std::move(*tombstone));
        }
    }

    BlockStore& m_from;
    BlockStore& m_to;
    const Caller& m_caller;
    const SyncOptions& m_options;
    SyncReport m_report;
    VectorMean m_mean;
    std::size_t m_spacesThere = 0;
    std::vector<Incoming> m_waiting;
    std::size_t m_bytes = 0;
    std::vector<BlockId> m_linked;
};

}  // namespace

Result<SyncReport> syncStores(BlockStore& from, BlockStore& to, const Caller& caller,
                              const SyncOptions& options) {
    if (caller.name.empty() || caller.project.empty())
        return failure(ErrorCode::invalidArgument, "Who asks, and from which project, must be said.");
    if (from.core().replica == to.core().replica)
        return failure(ErrorCode::invalidArgument,
                       "A library cannot be synchronised with itself, nor with a copy of its files.");
    if (to.isReadOnly()) {
        auto refused = to.core().write({});
        return propagate(refused);
    }
    return Sync(from, to, caller, options).run();
}

Result<BothWaysReport> syncBothWays(BlockStore& a, BlockStore& b, const Caller& caller,
                                    const SyncOptions& options) {
    BothWaysReport report;
    SyncOptions there = options;
    SyncOptions back = options;
    if (options.progress) {
        there.progress = [&](double done) { options.progress(done / 2.0); };
        back.progress = [&](double done) { options.progress(0.5 + done / 2.0); };
    }
    auto first = syncStores(a, b, caller, there);
    if (!first) return propagate(first);
    report.there = std::move(*first);
    if (report.there.stopped) return report;
    auto second = syncStores(b, a, caller, back);
    if (!second) return propagate(second);
    report.back = std::move(*second);
    return report;
}

Status resolveConflict(BlockStore& from, BlockStore& to, const Caller& caller, const BlockId& id,
                       ConflictPolicy policy) {
    SyncOptions options;
    options.ids = {id};
    options.policy = policy;
    auto report = syncStores(from, to, caller, options);
    if (!report) return propagate(report);
    if (report->stopped) return tl::unexpected<Error>(*report->stopped);
    if (!report->problems.empty()) return failure(ErrorCode::refused, report->problems.front().sentence);
    if (!report->conflicts.empty())
        return failure(ErrorCode::conflict, report->conflicts.front().reason.empty()
                                                ? "The conflict is still there: choose how to resolve it."
                                                : report->conflicts.front().reason);
    return {};
}

}  // namespace smidgen::storage
