#include "storage/exchange/incoming.h"

#include <algorithm>

#include "storage/blocks/block_record.h"
#include "storage/blocks/link_table.h"
#include "storage/blocks/operation_runner.h"
#include "storage/blocks/permission_rules.h"
#include "storage/blocks/space_table.h"
#include "storage/exchange/lineage.h"

namespace smidgen::storage {
namespace {

constexpr const char* kOtherVersion = "other-version-of";

std::string hexOf(std::uint64_t store) {
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(store >> shift) & 15];
    return text;
}

Rights neededFor(const Block& before, const Block& after) {
    Rights needed = kMayWrite;
    if (before.permissions != after.permissions || before.sharedWith != after.sharedWith ||
        before.owner != after.owner || before.project != after.project)
        needed |= kMayShare;
    if (before.status != after.status &&
        (before.status == BlockStatus::deleted || after.status == BlockStatus::deleted))
        needed |= kMayRemove;
    return needed;
}

/// One block's arrival.
class Taking {
 public:
    Taking(Receiver& receiver, const Incoming& incoming)
        : m_receiver(receiver), m_writer(receiver.writer), m_incoming(incoming), m_theirs(incoming.block) {}

    Result<Arrived> run() {
        auto found = m_writer.blocks.find(m_theirs.id, true);
        if (!found) return failedOr(found);
        KnownSpaces spaces;
        if (auto fit = checkVectors(m_writer.connection, m_theirs.name, m_theirs.vectors, spaces); !fit) {
            if (fit.error().code != ErrorCode::invalidArgument) return propagate(fit);
            return Arrived{Arrival::refused, fit.error().sentence, {}};
        }
        if (!*found) return arriveNew();
        m_ours = std::move(**found);
        const Block& ours = m_ours.block;
        if (rightsOf(m_receiver.caller, ours) == 0) return refusal(ours);
        switch (compareLineage(m_theirs.lineage, ours.lineage)) {
            case LineageOrder::equal:
                return Arrived{Arrival::same, {}, {}};
            case LineageOrder::before:
                return Arrived{Arrival::newerHere, {}, {}};
            case LineageOrder::after:
                return become(m_theirs, true, m_theirs.lineage, Arrival::updated);
            case LineageOrder::concurrent:
                break;
        }
        if (isSameState(m_theirs, ours)) return become(ours, false, bothLineages(), Arrival::same);
        return settle();
    }

 private:
    static Result<Arrived> failedOr(Result<std::optional<StoredBlock>>& found) {
        if (found.error().code != ErrorCode::unusableInput) return propagate(found);
        return Arrived{Arrival::failed, found.error().sentence, {}};
    }

    Arrived refusal(const Block& block) const {
        return {Arrival::refused,
                "'" + block.name + "' may not be changed in the other library by '" + m_receiver.caller.name +
                    "'.",
                {}};
    }

    [[nodiscard]] Lineage bothLineages() const {
        return mergeLineage(m_theirs.lineage, m_ours.block.lineage);
    }
    /// A decision is a change of this store: two stores that decide differently are in conflict again.
    [[nodiscard]] Lineage decided() const {
        Lineage lineage = bothLineages();
        countChange(lineage, m_receiver.replica);
        return lineage;
    }

    Result<Arrived> settle() {
        const Block& ours = m_ours.block;
        const Arrived unsettled{Arrival::conflict, {}, ours};
        switch (m_receiver.policy) {
            case ConflictPolicy::manual:
                return unsettled;
            case ConflictPolicy::targetWins:
                return become(ours, false, decided(), Arrival::targetWon);
            case ConflictPolicy::keepBoth:
                return keepBoth();
            case ConflictPolicy::sourceWins:
            case ConflictPolicy::newestWins:
            case ConflictPolicy::merge:
                break;
        }
        if (ours.readOnly) {
            Arrived protectedOne = unsettled;
            protectedOne.reason = "'" + ours.name +
                                  "' is read-only. Decide for one of its versions, or take the "
                                  "protection off.";
            if (m_receiver.policy != ConflictPolicy::sourceWins) return protectedOne;
        }
        if (m_receiver.policy == ConflictPolicy::merge) {
            const Block merged = mergeBlocks(m_theirs, ours, m_receiver.mean);
            return become(merged, isNewer(m_theirs, ours), decided(), Arrival::merged);
        }
        if (m_receiver.policy == ConflictPolicy::sourceWins || isNewer(m_theirs, ours))
            return become(m_theirs, true, decided(), Arrival::sourceWon);
        return become(ours, false, decided(), Arrival::targetWon);
    }

    Result<Arrived> keepBoth() {
        StoredBlock copy;
        copy.block = m_theirs;
        copy.block.id = BlockId::make();
        copy.block.version = 1;
        copy.block.lineage.clear();
        countChange(copy.block.lineage, m_receiver.replica);
        constexpr std::string_view kSuffix = " (other version)";
        if (copy.block.name.size() + kSuffix.size() <= 1024) copy.block.name += kSuffix;
        if (m_theirs.contentSize != 0 && !m_incoming.content) return Arrived{Arrival::needsContent, {}, {}};
        auto kept = become(m_ours.block, false, decided(), Arrival::keptBoth);
        if (!kept || kept->arrival != Arrival::keptBoth) return kept;
        if (auto placed = place(copy, nullptr); !placed) return propagate(placed);
        if (auto logged = log(copy.block); !logged) return propagate(logged);
        if (auto inserted = m_writer.blocks.insert(copy); !inserted) return propagate(inserted);
        const Link link{copy.block.id, m_theirs.id, kOtherVersion, 1.0};
        if (auto put = putLink(m_writer.connection, link); !put) return propagate(put);
        return kept;
    }

    /// The target's block in the state of `state`; its content is theirs when `theirContent`, else ours.
    Result<Arrived> become(const Block& state, bool theirContent, Lineage lineage, Arrival arrival) {
        const Block& ours = m_ours.block;
        if ((rightsOf(m_receiver.caller, ours) & neededFor(ours, state)) != neededFor(ours, state))
            return refusal(ours);
        StoredBlock after;
        after.block = state;
        after.block.key = ours.key;
        after.block.version = std::max(ours.version + 1, state.version);
        after.block.lineage = std::move(lineage);
        if (theirContent) {
            after.block.contentSize = m_theirs.contentSize;
            after.block.contentSum = m_theirs.contentSum;
            auto placed = place(after, &m_ours);
            if (!placed) return propagate(placed);
            if (!*placed) return Arrived{Arrival::needsContent, {}, {}};
        } else {
            after.block.contentSize = ours.contentSize;
            after.block.contentSum = ours.contentSum;
            after.content = m_ours.content;
        }
        if (auto logged = log(after.block); !logged) return propagate(logged);
        if (auto done = m_writer.blocks.replace(m_ours, after, ours.vectors != after.block.vectors); !done)
            return propagate(done);
        return Arrived{arrival, {}, {}};
    }

    Result<Arrived> arriveNew() {
        if (!maySee(m_receiver.caller, m_theirs)) return refusal(m_theirs);
        auto tombstone = findTombstone(m_writer.connection, m_theirs.id);
        if (!tombstone) return propagate(tombstone);
        StoredBlock stored;
        stored.block = m_theirs;
        stored.block.version = std::max<std::uint64_t>(m_theirs.version, 1);
        if (*tombstone) {
            const LineageOrder order = compareLineage(m_theirs.lineage, (*tombstone)->lineage);
            if (order == LineageOrder::before || order == LineageOrder::equal)
                return Arrived{Arrival::purgedHere, {}, {}};
            stored.block.lineage = mergeLineage(m_theirs.lineage, (*tombstone)->lineage);
        }
        auto placed = place(stored, nullptr);
        if (!placed) return propagate(placed);
        if (!*placed) return Arrived{Arrival::needsContent, {}, {}};
        if (auto logged = log(stored.block); !logged) return propagate(logged);
        if (*tombstone) {
            if (auto erased = eraseTombstone(m_writer.connection, m_theirs.id); !erased)
                return propagate(erased);
            // Its old key: no other block may ever have it.
            m_writer.blocks.setNextKey((*tombstone)->key);
        }
        if (auto inserted = m_writer.blocks.insert(stored); !inserted) return propagate(inserted);
        if (*tombstone) m_writer.blocks.setNextKey(0);
        return Arrived{*tombstone ? Arrival::cameBack : Arrival::added, {}, {}};
    }

    /// Gives the row its content. False when it was not brought along and is not here either.
    Result<bool> place(StoredBlock& stored, const StoredBlock* here) {
        stored.content.reset();
        if (stored.block.contentSize == 0) {
            if (here == nullptr || here->block.contentSize != 0) stored.newContent.emplace();
            return true;
        }
        if (here != nullptr && here->content && here->block.contentSum == stored.block.contentSum) {
            stored.content = here->content;
            return true;
        }
        if (!m_incoming.content) return false;
        auto key = insertContent(m_writer.connection, *m_incoming.content);
        if (!key) return propagate(key);
        stored.content = *key;
        stored.newContent = m_incoming.content->plain;
        return true;
    }

    Status log(Block& block) {
        AuditEntry entry;
        entry.time = currentMilliseconds();
        entry.action = AuditAction::receive;
        entry.version = block.version;
        entry.block = block.id;
        entry.caller = callerText(m_receiver.caller);
        entry.detail = "from " + hexOf(m_receiver.source);
        auto seq = m_writer.audit.append(std::move(entry));
        if (!seq) return propagate(seq);
        block.change = static_cast<std::uint64_t>(*seq);
        return {};
    }

    Receiver& m_receiver;
    Writer& m_writer;
    const Incoming& m_incoming;
    const Block& m_theirs;
    StoredBlock m_ours;
};

}  // namespace

Result<Arrived> receiveBlock(Receiver& receiver, const Incoming& incoming) {
    return Taking(receiver, incoming).run();
}

Result<Arrived> receivePurge(Receiver& receiver, const Tombstone& tombstone) {
    Writer& writer = receiver.writer;
    auto found = writer.blocks.find(tombstone.id, false);
    if (!found) {
        if (found.error().code != ErrorCode::unusableInput) return propagate(found);
        return Arrived{Arrival::failed, found.error().sentence, {}};
    }
    if (!*found) return Arrived{Arrival::purgedHere, {}, {}};
    StoredBlock& stored = **found;
    const LineageOrder order = compareLineage(tombstone.lineage, stored.block.lineage);
    if (order == LineageOrder::before || order == LineageOrder::concurrent)
        return Arrived{Arrival::changedHere, {}, std::move(stored.block)};
    if ((rightsOf(receiver.caller, stored.block) & kMayRemove) == 0)
        return Arrived{Arrival::refused,
                       "'" + stored.block.name + "' may not be purged in the other library by '" +
                           receiver.caller.name + "'.",
                       {}};
    AuditEntry entry;
    entry.time = currentMilliseconds();
    entry.action = AuditAction::purge;
    entry.block = tombstone.id;
    entry.caller = callerText(receiver.caller);
    entry.detail = stored.block.name + ", from " + hexOf(receiver.source);
    auto seq = writer.audit.append(std::move(entry));
    if (!seq) return propagate(seq);
    stored.block.lineage = tombstone.lineage;
    stored.block.change = static_cast<std::uint64_t>(*seq);
    if (auto erased = writer.blocks.erase(stored, tombstone.time); !erased) return propagate(erased);
    return Arrived{Arrival::purged, {}, {}};
}

}  // namespace smidgen::storage
