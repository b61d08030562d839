// BlockStore's links: what a block was made from, and what was made from it.
#include <algorithm>
#include <deque>
#include <unordered_set>

#include "storage/blocks/block_store.h"
#include "storage/blocks/link_table.h"
#include "storage/blocks/permission_rules.h"
#include "storage/blocks/store_core.h"

namespace smidgen::storage {
namespace {

Result<bool> isVisible(Reader& reader, const Caller& caller, const BlockId& id) {
    auto found = reader.blocks.find(id, false);
    if (!found) return propagate(found);
    return found->has_value() && maySee(caller, (*found)->block);
}

/// The links at one end of a block, those whose other end the caller may not see left out.
Result<std::vector<Link>> visibleLinks(Reader& reader, const Caller& caller, LinkEnd end,
                                       const BlockId& block) {
    auto links = linksAt(reader.connection, end, block);
    if (!links) return links;
    std::vector<Link> visible;
    for (Link& link : *links) {
        auto seen = isVisible(reader, caller, end == LinkEnd::source ? link.target : link.source);
        if (!seen) return propagate(seen);
        if (*seen) visible.push_back(std::move(link));
    }
    return visible;
}

Result<std::vector<Link>> links(StoreCore& core, const Caller& caller, LinkEnd end, const BlockId& block) {
    auto reader = core.readers.lend();
    if (!reader) return propagate(reader);
    auto transaction = ReadTransaction::begin((*reader)->connection);
    if (!transaction) return propagate(transaction);
    auto seen = isVisible(**reader, caller, block);
    if (!seen) return propagate(seen);
    if (!*seen)
        return failure(ErrorCode::notFound, "There is no block " + block.text() + " in this project.");
    return visibleLinks(**reader, caller, end, block);
}

}  // namespace

Result<std::vector<Link>> BlockStore::linksFrom(const Caller& caller, const BlockId& source) {
    return links(*m_core, caller, LinkEnd::source, source);
}

Result<std::vector<Link>> BlockStore::linksTo(const Caller& caller, const BlockId& target) {
    return links(*m_core, caller, LinkEnd::target, target);
}

Result<std::vector<ProvenanceStep>> BlockStore::provenance(const Caller& caller, const BlockId& block,
                                                           const std::vector<std::string>& types,
                                                           std::size_t maxDepth) {
    auto reader = m_core->readers.lend();
    if (!reader) return propagate(reader);
    auto transaction = ReadTransaction::begin((*reader)->connection);
    if (!transaction) return propagate(transaction);
    auto seen = isVisible(**reader, caller, block);
    if (!seen) return propagate(seen);
    if (!*seen)
        return failure(ErrorCode::notFound, "There is no block " + block.text() + " in this project.");
    std::vector<ProvenanceStep> steps;
    std::unordered_set<BlockId> known{block};
    std::deque<std::pair<BlockId, std::size_t>> front{{block, 0}};
    while (!front.empty()) {
        const auto [from, depth] = front.front();
        front.pop_front();
        if (depth == maxDepth) continue;
        auto found = visibleLinks(**reader, caller, LinkEnd::source, from);
        if (!found) return propagate(found);
        for (Link& link : *found) {
            if (!types.empty() && std::find(types.begin(), types.end(), link.type) == types.end()) continue;
            if (!known.insert(link.target).second) continue;
            front.emplace_back(link.target, depth + 1);
            steps.push_back({std::move(link), depth + 1});
        }
    }
    return steps;
}

}  // namespace smidgen::storage
