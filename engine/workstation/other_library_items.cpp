#include "engine/workstation/other_library_items.h"

#include <optional>

#include "engine/library/library_blocks.h"
#include "engine/library/library_bridge.h"
#include "engine/library/other_versions.h"
#include "engine/workstation/cubes.h"
#include "engine/workstation/other_standing.h"
#include "engine/workstation/presets.h"
#include "engine/workstation/workstation.h"
#include "storage/blocks/block_store.h"
#include "storage/exchange/sync.h"

namespace smidgen {
namespace {

using storage::Block;
using storage::BlockId;
using storage::ConflictPolicy;

/// One run of bringing things over.
class Bringing {
 public:
    Bringing(Library& here, const Library& there, const CancelToken& cancel,
             const std::function<void(const SendingState&)>& progress)
        : m_here(here), m_there(there), m_cancel(cancel), m_progress(progress) {}

    Result<Brought> run(const std::vector<BringChoice>& choices) {
        m_state.items = choices.size();
        for (const BringChoice& choice : choices)
            if (auto sorted = sort(choice); !sorted) return propagate(sorted);
        m_state.itemsDone = m_brought.same + m_brought.left + m_brought.problems.size();
        Status done = sendPlain();
        for (std::size_t i = 0; done && i < m_others.size(); ++i) done = settle(m_others[i]);
        if (!done) m_brought.stopped = std::move(done.error());
        return std::move(m_brought);
    }

 private:
    struct Plain {
        BlockId id;
        std::uint64_t before = 0;  ///< our version of it; 0 when there was none
    };
    struct Other {
        Block block;
        Settling settling = Settling::leave;
        bool removedHere = false;
    };

    Status sort(const BringChoice& choice) {
        const auto id = BlockId::parse(choice.block);
        if (!id) return failure(ErrorCode::invalidArgument, "'" + choice.block + "' is no block.");
        auto theirs = m_there.store().get(m_there.caller(), *id, {false, false});
        if (!theirs) {
            m_brought.problems.push_back(theirs.error().code == ErrorCode::notFound
                                             ? "Something that was chosen is not there any more. Look again."
                                             : theirs.error().sentence);
            return {};
        }
        auto ours = m_here.store().get(m_here.caller(), *id, {false, false});
        if (!ours && ours.error().code != ErrorCode::notFound) {
            m_brought.problems.push_back("'" + theirs->name + "': " + ours.error().sentence);
            return {};
        }
        auto standing = ours ? Result<Standing>(standingOf(*theirs, *ours)) : standingAlone(m_here, *theirs);
        if (!standing) return propagate(standing);
        switch (*standing) {
            case Standing::onlyThere:
            case Standing::newerThere:
                m_plain.push_back({*id, ours ? ours->version : 0});
                break;
            case Standing::removedHere:
                m_others.push_back({std::move(*theirs), Settling::keepBoth, true});
                break;
            case Standing::changedOnBoth:
                if (choice.settling == Settling::leave)
                    ++m_brought.left;
                else
                    m_others.push_back({std::move(*theirs), choice.settling});
                break;
            case Standing::onlyHere:
            case Standing::newerHere:
            case Standing::same:
                ++m_brought.same;
                break;
        }
        return {};
    }

    void tell() const {
        if (m_progress) m_progress(m_state);
    }

    Status sendPlain() {
        std::vector<BlockId> ids;
        for (const Plain& plain : m_plain) ids.push_back(plain.id);
        if (ids.empty()) return {};
        const std::size_t before = m_state.itemsDone;
        auto sent = sendItems(m_there, m_here, ids, m_cancel, [&](const SendingState& state) {
            m_state.name = state.name;
            m_state.itemsDone = before + state.itemsDone;
            m_state.bytesDone = state.bytesDone;
            m_state.bytesTotal = state.bytesTotal;
            tell();
        });
        // Broken off, what has come is here all the same.
        for (const Plain& plain : m_plain) {
            auto now = m_here.store().get(m_here.caller(), plain.id, {false, false});
            if (!now || now->version == plain.before) continue;
            if (plain.before == 0)
                note(*now, itemIdOf(*now));
            else
                ++m_brought.updated;
        }
        if (!sent) return propagate(sent);
        m_brought.left += sent->conflicts.size();
        for (std::string& problem : sent->problems) m_brought.problems.push_back(std::move(problem));
        return {};
    }

    void note(const Block& block, const std::string& id) {
        if (const auto kind = itemKindOf(block)) m_brought.added.push_back({*kind, id});
    }

    Status settle(const Other& other) {
        if (m_cancel.cancelled())
            return failure(ErrorCode::cancelled, "It was stopped. What had come by then is here.");
        const auto file = keptFileOf(other.block);
        m_state.name = other.block.name;
        m_state.bytesDone = 0;
        m_state.bytesTotal = file ? static_cast<std::uint64_t>(file->bytes) : 0;
        tell();
        Status done = other.removedHere ? bringAsNew(other.block) : decide(other);
        ++m_state.itemsDone;
        if (!done && done.error().code != ErrorCode::cancelled && done.error().code != ErrorCode::io) {
            m_brought.problems.push_back("'" + other.block.name + "': " + done.error().sentence);
            done = {};
        }
        tell();
        return done;
    }

    Status bringAsNew(const Block& block) {
        auto id = keepAsNew(m_there, m_here, block);
        if (!id) return propagate(id);
        note(block, *id);
        return {};
    }

    Status decide(const Other& other) {
        if (other.settling == Settling::keepBoth) {
            if (auto kept = keepOtherVersion(m_there, m_here, other.block); !kept) return kept;
            note(other.block, idOfOtherVersion(other.block));
        } else if (other.settling == Settling::takeTheirs) {
            auto kept = takeOtherVersion(m_there, m_here, other.block, m_cancel, [this](std::uint64_t bytes) {
                m_state.bytesDone = bytes;
                tell();
            });
            if (!kept) return propagate(kept);
            if (!kept->empty()) note(other.block, *kept);
        } else if (auto settled = storage::resolveConflict(m_there.store(), m_here.store(), m_here.caller(),
                                                           other.block.id, ConflictPolicy::targetWins);
                   !settled) {
            return settled;
        }
        ++m_brought.settled;
        return {};
    }

    Library& m_here;
    const Library& m_there;
    const CancelToken& m_cancel;
    const std::function<void(const SendingState&)>& m_progress;
    SendingState m_state;
    Brought m_brought;
    std::vector<Plain> m_plain;
    std::vector<Other> m_others;
};

Status trash(Workstation& workstation, const ItemName& item) {
    switch (item.kind) {
        case ItemKind::take:
            return workstation.trashTake(item.id);
        case ItemKind::model:
            return workstation.removeModel(item.id);
        case ItemKind::collection:
            return workstation.removeCollection(item.id);
        case ItemKind::cube:
            return trashCube(workstation, item.id);
        case ItemKind::preset:
            return trashPreset(workstation, item.id);
        default:
            return {};
    }
}

Status restore(Workstation& workstation, const ItemName& item) {
    switch (item.kind) {
        case ItemKind::take:
            return workstation.restoreTake(item.id);
        case ItemKind::model:
            return workstation.restoreModel(item.id);
        case ItemKind::collection:
            return workstation.restoreCollection(item.id);
        case ItemKind::cube:
            return restoreCube(workstation, item.id);
        case ItemKind::preset:
            return restorePreset(workstation, item.id);
        default:
            return {};
    }
}

}  // namespace

Result<Brought> bringChosen(Workstation& workstation, const std::filesystem::path& folder,
                            const std::vector<BringChoice>& choices, const CancelToken& cancel,
                            const std::function<void(const SendingState&)>& progress) {
    Library& here = workstation.items();
    auto there = openAnother(here, folder);
    if (!there) return propagate(there);
    auto brought = Bringing(here, **there, cancel, progress).run(choices);
    for (const Topic topic : {Topic::collections, Topic::models, Topic::takes, Topic::cubes, Topic::presets})
        workstation.tell({topic, {}, 0});
    return brought;
}

Status trashBrought(Workstation& workstation, const std::vector<ItemName>& items) {
    Status result;
    for (const ItemName& item : items)
        if (Status done = trash(workstation, item); !done) result = std::move(done);
    return result;
}

Status restoreBrought(Workstation& workstation, const std::vector<ItemName>& items) {
    Status result;
    for (const ItemName& item : items)
        if (Status done = restore(workstation, item); !done) result = std::move(done);
    return result;
}

}  // namespace smidgen
