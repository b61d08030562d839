#include "storage/blocks/operation_runner.h"

#include <algorithm>
#include <cmath>

#include "storage/blocks/block_record.h"
#include "storage/blocks/link_table.h"
#include "storage/blocks/permission_rules.h"
#include "storage/blocks/space_table.h"
#include "storage/blocks/tombstone.h"
#include "storage/blocks/word_backlog.h"

namespace smidgen::storage {
namespace {

tl::unexpected<Error> refused(const Block& block, const std::string& why) {
    return failure(ErrorCode::refused, "'" + block.name + "' " + why, "block " + block.id.text());
}

/// One transaction's operations, one after the other.
class Runner {
 public:
    Runner(Writer& writer, const Caller& caller, std::uint64_t replica)
        : m_writer(writer), m_caller(caller), m_callerText(callerText(caller)), m_replica(replica) {}

    [[nodiscard]] Result<Receipt> run(const Operation& operation,
                                      const std::optional<PreparedContent>& content) {
        return std::visit([&](const auto& what) { return apply(what, content); }, operation);
    }

 private:
    using Content = std::optional<PreparedContent>;

    Result<Receipt> apply(const PutBlock& put, const Content& content) {
        StoredBlock stored;
        Block& block = stored.block;
        const BlockDraft& draft = put.draft;
        block.id = draft.id.value_or(BlockId{});
        if (block.id.isNull()) block.id = BlockId::make();
        block.name = draft.name;
        block.kind = draft.kind;
        block.mimeType = draft.mimeType;
        block.metadata = draft.metadata;
        block.tags = draft.tags;
        block.permissions = draft.permissions;
        block.readOnly = draft.readOnly;
        block.vectors = draft.vectors;
        block.project = m_caller.project;
        block.owner = m_caller.name;
        block.created = block.updated = m_now;
        block.version = 1;
        countChange(block.lineage, m_replica);
        normalise(block);
        if (auto fit = checkVectors(m_writer.connection, block.name, block.vectors, m_spaces); !fit)
            return propagate(fit);
        if (auto kept = keepContent(stored, content); !kept) return propagate(kept);
        if (draft.id) {
            auto tombstone = findTombstone(m_writer.connection, block.id);
            if (!tombstone) return propagate(tombstone);
            if (*tombstone)
                return failure(
                    ErrorCode::conflict,
                    "'" + block.name + "' has the id of a block that was purged. Give it another.");
        }
        if (auto logged = log(AuditAction::create, block, {}); !logged) return propagate(logged);
        if (auto inserted = m_writer.blocks.insert(stored); !inserted) return propagate(inserted);
        return Receipt{block.id, block.version, block.change};
    }

    Result<Receipt> apply(const EditBlock& what, const Content& content) {
        const BlockEdit& edit = what.edit;
        // Permissions are shared out, not written.
        const bool writes =
            edit.name || edit.mimeType || edit.metadata || edit.tags || edit.content || edit.vectors;
        Rights needed = edit.permissions ? kMayShare : 0;
        if (writes || edit.readOnly) needed = static_cast<Rights>(needed | kMayWrite);
        auto before = obtain(what.id, what.expected, needed, true);
        if (!before) return propagate(before);
        const bool unlocks = edit.readOnly && !*edit.readOnly;
        if (before->block.readOnly && (!unlocks || writes || edit.permissions))
            return protectedBlock(before->block);
        StoredBlock after = *before;
        Block& block = after.block;
        if (edit.name) block.name = *edit.name;
        if (edit.mimeType) block.mimeType = *edit.mimeType;
        if (edit.metadata) block.metadata = *edit.metadata;
        if (edit.tags) block.tags = *edit.tags;
        if (edit.permissions) block.permissions = *edit.permissions;
        if (edit.readOnly) block.readOnly = *edit.readOnly;
        if (edit.vectors) block.vectors = *edit.vectors;
        normalise(block);
        if (edit.vectors)
            if (auto fit = checkVectors(m_writer.connection, block.name, block.vectors, m_spaces); !fit)
                return propagate(fit);
        if (edit.content)
            if (auto kept = keepContent(after, content); !kept) return propagate(kept);
        return store(AuditAction::edit, *before, after, edit.vectors.has_value(), {});
    }

    Result<Receipt> apply(const SetStatus& what, const Content&) {
        auto before = obtain(what.id, what.expected, 0, true);
        if (!before) return propagate(before);
        const bool trash =
            what.status == BlockStatus::deleted || before->block.status == BlockStatus::deleted;
        if (auto may = allow(before->block, trash ? kMayRemove : kMayWrite); !may) return propagate(may);
        if (before->block.readOnly) return protectedBlock(before->block);
        StoredBlock after = *before;
        after.block.status = what.status;
        const AuditAction action = what.status == BlockStatus::archived  ? AuditAction::archive
                                   : what.status == BlockStatus::deleted ? AuditAction::remove
                                   : trash                               ? AuditAction::restore
                                                                         : AuditAction::activate;
        return store(action, *before, after, false, {});
    }

    Result<Receipt> apply(const PurgeBlock& what, const Content&) {
        auto stored = obtain(what.id, what.expected, kMayRemove, false);
        if (!stored) return propagate(stored);
        if (stored->block.readOnly) return protectedBlock(stored->block);
        if (stored->block.status != BlockStatus::deleted)
            return refused(stored->block, "is not in the trash. Delete it first; then it can be purged.");
        stored->block.version = 0;
        countChange(stored->block.lineage, m_replica);
        if (auto logged = log(AuditAction::purge, stored->block, stored->block.name); !logged)
            return propagate(logged);
        if (auto erased = m_writer.blocks.erase(*stored, m_now); !erased) return propagate(erased);
        return Receipt{what.id, 0, stored->block.change};
    }

    Result<Receipt> apply(const ShareBlock& what, const Content&) {
        auto before = obtain(what.id, what.expected, kMayShare, true);
        if (!before) return propagate(before);
        if (before->block.readOnly && !what.shared) return protectedBlock(before->block);
        StoredBlock after = *before;
        auto& projects = after.block.sharedWith;
        std::erase(projects, what.project);
        if (what.shared && what.project != after.block.project) projects.push_back(what.project);
        normalise(after.block);
        return store(what.shared ? AuditAction::share : AuditAction::unshare, *before, after, false,
                     what.project);
    }

    Result<Receipt> apply(const LinkBlocks& what, const Content&) {
        auto source = obtain(what.link.source, 0, kMayWrite, false);
        if (!source) return propagate(source);
        auto target = obtain(what.link.target, 0, kMayRead, false);
        if (!target) return propagate(target);
        if (auto put = putLink(m_writer.connection, what.link); !put) return propagate(put);
        return noteLink(AuditAction::link, *source, what.link.type + " " + what.link.target.text());
    }

    Result<Receipt> apply(const UnlinkBlocks& what, const Content&) {
        auto source = obtain(what.source, 0, kMayWrite, false);
        if (!source) return propagate(source);
        auto erased = eraseLink(m_writer.connection, what.source, what.target, what.type);
        if (!erased) return propagate(erased);
        if (!*erased)
            return failure(ErrorCode::notFound, "'" + source->block.name + "' has no such link to remove.");
        return noteLink(AuditAction::unlink, *source, what.type + " " + what.target.text());
    }

    /// A link belongs to neither block: no new version, but an entry in the log.
    Result<Receipt> noteLink(AuditAction action, StoredBlock& source, std::string detail) {
        if (auto logged = log(action, source.block, std::move(detail)); !logged) return propagate(logged);
        return Receipt{source.block.id, source.block.version, source.block.change};
    }

    Result<Receipt> store(AuditAction action, const StoredBlock& before, StoredBlock& after,
                          bool vectorsChanged, std::string detail) {
        Block& block = after.block;
        block.version = before.block.version + 1;
        block.updated = m_now;
        countChange(block.lineage, m_replica);
        if (auto fits = checkFields(block); !fits) return propagate(fits);
        if (auto logged = log(action, block, std::move(detail)); !logged) return propagate(logged);
        if (auto done = m_writer.blocks.replace(before, after, vectorsChanged); !done) return propagate(done);
        return Receipt{block.id, block.version, block.change};
    }

    Status keepContent(StoredBlock& stored, const Content& content) {
        stored.content.reset();
        stored.block.contentSize = 0;
        stored.block.contentSum = {};
        stored.newContent.emplace();
        if (!content) return {};
        auto key = insertContent(m_writer.connection, *content);
        if (!key) return propagate(key);
        stored.content = *key;
        stored.block.contentSize = content->record.size;
        stored.block.contentSum = content->record.sum;
        stored.newContent = content->plain;
        return {};
    }

    /// The block with its vectors, if the caller may do `needed` with it and it has the version expected.
    Result<StoredBlock> obtain(const BlockId& id, std::uint64_t expected, Rights needed, bool withVectors) {
        auto found = m_writer.blocks.find(id, withVectors);
        if (!found) return propagate(found);
        if (!*found || rightsOf(m_caller, (*found)->block) == 0)
            return failure(ErrorCode::notFound, "There is no block " + id.text() + " in this project.");
        if (auto may = allow((*found)->block, needed); !may) return propagate(may);
        const Block& block = (*found)->block;
        if (expected != 0 && expected != block.version)
            return failure(ErrorCode::conflict,
                           "'" + block.name + "' was changed meanwhile (it is at version " +
                               std::to_string(block.version) + ", not " + std::to_string(expected) +
                               "). Look at it again, then repeat.");
        return std::move(**found);
    }

    Status allow(const Block& block, Rights needed) {
        if ((rightsOf(m_caller, block) & needed) == needed) return {};
        return refused(block, "may not be changed in this way by '" + m_caller.name + "'. Ask its owner, '" +
                                  block.owner + "', for permission.");
    }

    static tl::unexpected<Error> protectedBlock(const Block& block) {
        return refused(block, "is read-only. Make a copy, or take the protection off first.");
    }

    /// Writes the audit entry and gives the block its place in the order of changes.
    Status log(AuditAction action, Block& block, std::string detail) {
        AuditEntry entry;
        entry.time = m_now;
        entry.action = action;
        entry.version = block.version;
        entry.block = block.id;
        entry.caller = m_callerText;
        entry.detail = std::move(detail);
        auto seq = m_writer.audit.append(std::move(entry));
        if (!seq) return propagate(seq);
        block.change = static_cast<std::uint64_t>(*seq);
        return {};
    }

    Writer& m_writer;
    const Caller& m_caller;
    std::string m_callerText;
    std::uint64_t m_replica;
    std::int64_t m_now = currentMilliseconds();
    KnownSpaces m_spaces;
};

}  // namespace

Result<PreparedOperations> prepareOperations(PackStore& packs, std::span<const Operation> operations) {
    PreparedOperations prepared{operations, std::vector<std::optional<PreparedContent>>(operations.size())};
    for (const Operation& operation : operations) {
        // All checks before the first byte is written.
        const auto* put = std::get_if<PutBlock>(&operation);
        const auto* link = std::get_if<LinkBlocks>(&operation);
        const auto* share = std::get_if<ShareBlock>(&operation);
        if (put != nullptr) {
            if (auto fits = checkFields(put->draft); !fits) return propagate(fits);
        } else if (link != nullptr) {
            if (link->link.type.empty() || link->link.type.size() > 1024 || !std::isfinite(link->link.weight))
                return failure(ErrorCode::invalidArgument,
                               "A link needs a type and a weight that is a number.");
        } else if (share != nullptr && share->project.empty()) {
            return failure(ErrorCode::invalidArgument,
                           "A block can only be shared with a project that has a name.");
        }
    }
    for (std::size_t i = 0; i < operations.size(); ++i) {
        const std::vector<std::byte>* content = nullptr;
        if (const auto* put = std::get_if<PutBlock>(&operations[i])) content = &put->draft.content;
        if (const auto* edit = std::get_if<EditBlock>(&operations[i]))
            content = edit->edit.content ? &*edit->edit.content : nullptr;
        if (content == nullptr || content->empty()) continue;
        auto ready = prepareContent(packs, *content);
        if (!ready) return propagate(ready);
        prepared.contents[i] = std::move(*ready);
    }
    return prepared;
}

Result<std::vector<Receipt>> runOperations(Writer& writer, const Caller& caller, std::uint64_t replica,
                                           const PreparedOperations& prepared) {
    Runner runner(writer, caller, replica);
    std::vector<Receipt> receipts;
    receipts.reserve(prepared.operations.size());
    writer.blocks.setWordsMayWait(true);
    Status done;
    for (std::size_t i = 0; done && i < prepared.operations.size(); ++i) {
        auto receipt = runner.run(prepared.operations[i], prepared.contents[i]);
        if (receipt)
            receipts.push_back(*receipt);
        else
            done = propagate(receipt);
    }
    writer.blocks.setWordsMayWait(false);
    if (!done) return propagate(done);
    return receipts;
}

Status noteRefusal(Writer& writer, const Caller& caller, AuditAction action, const BlockId& block,
                   const Error& error) {
    AuditEntry entry;
    entry.time = currentMilliseconds();
    entry.action = action;
    entry.outcome = AuditOutcome::refused;
    entry.block = block;
    entry.caller = callerText(caller);
    entry.detail = error.sentence;
    auto seq = writer.audit.append(std::move(entry));
    if (!seq) return propagate(seq);
    return {};
}

AuditAction actionOf(const Operation& operation) {
    struct Action {
        AuditAction operator()(const PutBlock&) const { return AuditAction::create; }
        AuditAction operator()(const EditBlock&) const { return AuditAction::edit; }
        AuditAction operator()(const SetStatus& what) const {
            return what.status == BlockStatus::archived  ? AuditAction::archive
                   : what.status == BlockStatus::deleted ? AuditAction::remove
                                                         : AuditAction::activate;
        }
        AuditAction operator()(const PurgeBlock&) const { return AuditAction::purge; }
        AuditAction operator()(const ShareBlock& what) const {
            return what.shared ? AuditAction::share : AuditAction::unshare;
        }
        AuditAction operator()(const LinkBlocks&) const { return AuditAction::link; }
        AuditAction operator()(const UnlinkBlocks&) const { return AuditAction::unlink; }
    };
    return std::visit(Action(), operation);
}

BlockId subjectOf(const Operation& operation) {
    struct Subject {
        BlockId operator()(const PutBlock& what) const { return what.draft.id.value_or(BlockId{}); }
        BlockId operator()(const EditBlock& what) const { return what.id; }
        BlockId operator()(const SetStatus& what) const { return what.id; }
        BlockId operator()(const PurgeBlock& what) const { return what.id; }
        BlockId operator()(const ShareBlock& what) const { return what.id; }
        BlockId operator()(const LinkBlocks& what) const { return what.link.source; }
        BlockId operator()(const UnlinkBlocks& what) const { return what.source; }
    };
    return std::visit(Subject(), operation);
}

std::string callerText(const Caller& caller) {
    return caller.name + "@" + caller.project;
}

void countChange(Lineage& lineage, std::uint64_t replica) {
    const auto at =
        std::lower_bound(lineage.begin(), lineage.end(), std::pair<std::uint64_t, std::uint64_t>(replica, 0));
    if (at != lineage.end() && at->first == replica)
        ++at->second;
    else
        lineage.insert(at, {replica, 1});
}

}  // namespace smidgen::storage
