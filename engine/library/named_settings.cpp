#include "engine/library/named_settings.h"

#include <algorithm>

#include "engine/foundation/nearest.h"
#include "storage/blocks/block_store.h"

namespace smidgen {
namespace {

using storage::Block;
using storage::BlockStatus;

constexpr std::size_t kLongestName = 200;  ///< bytes

/// Without content, oldest first.
Result<std::vector<Block>> blocksOf(const Library& library, const SettingsKind& kind, BlockStatus status) {
    storage::BlockQuery query;
    query.classes = {storage::BlockClass::state};
    query.statuses = {status};
    query.limit = 1000;
    std::vector<Block> blocks;
    do {
        auto page = library.store().list(library.caller(), query);
        if (!page) return propagate(page);
        for (Block& block : page->blocks)
            if (block.mimeType == kind.mime) blocks.push_back(std::move(block));
        query.after = page->next;
    } while (!query.after.empty());
    return blocks;
}

Result<Block> blockNamed(const Library& library, const SettingsKind& kind, const std::string& name,
                         BlockStatus status) {
    auto blocks = blocksOf(library, kind, status);
    if (!blocks) return propagate(blocks);
    const auto found = std::ranges::find(blocks->rbegin(), blocks->rend(), name, &Block::name);
    if (found != blocks->rend()) return std::move(*found);
    std::vector<std::string> names;
    for (const Block& block : *blocks) names.push_back(block.name);
    return failure(ErrorCode::notFound, "There is no " + std::string(kind.noun) + " '" + name + "'" +
                                            (status == BlockStatus::deleted ? " in the trash." : ".") +
                                            didYouMean(name, names));
}

Status checkName(const SettingsKind& kind, const std::string& name) {
    const bool plain =
        std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    if (!name.empty() && name.size() <= kLongestName && plain) return {};
    return failure(ErrorCode::invalidArgument, "The name of an " + std::string(kind.noun) +
                                                   " has 1 to 200 bytes on one line. Choose another.");
}

tl::unexpected<Error> taken(const SettingsKind& kind, const std::string& name) {
    return failure(ErrorCode::invalidArgument, "There is an " + std::string(kind.noun) + " '" + name +
                                                   "' already. Choose another name, or replace it.");
}

/// Errors: invalidArgument when `name` is taken; io.
Status requireFree(const Library& library, const SettingsKind& kind, const std::string& name) {
    auto there = blockNamed(library, kind, name, BlockStatus::active);
    if (there) return taken(kind, name);
    if (there.error().code != ErrorCode::notFound) return propagate(there);
    return {};
}

std::vector<std::byte> bytesOf(const std::string& text) {
    const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
    return {bytes, bytes + text.size()};
}

Result<NamedSettings> read(const Library& library, const Block& block) {
    auto whole = library.store().get(library.caller(), block.id, {false, true});
    if (!whole) return propagate(whole);
    return NamedSettings{whole->name,
                         {reinterpret_cast<const char*>(whole->content.data()), whole->content.size()},
                         whole->updated};
}

}  // namespace

Result<std::vector<NamedSettings>> namedSettings(const Library& library, const SettingsKind& kind) {
    auto blocks = blocksOf(library, kind, BlockStatus::active);
    if (!blocks) return propagate(blocks);
    std::vector<NamedSettings> all;
    for (const Block& block : *blocks) {
        auto settings = read(library, block);
        if (!settings) return propagate(settings);
        all.push_back(std::move(*settings));
    }
    std::ranges::sort(all, {}, &NamedSettings::name);
    return all;
}

Result<NamedSettings> findNamedSettings(const Library& library, const SettingsKind& kind,
                                        const std::string& name) {
    auto block = blockNamed(library, kind, name, BlockStatus::active);
    if (!block) return propagate(block);
    return read(library, *block);
}

Status saveNamedSettings(const Library& library, const SettingsKind& kind, const std::string& name,
                         const std::string& text, bool replace) {
    if (auto good = checkName(kind, name); !good) return good;
    auto there = blockNamed(library, kind, name, BlockStatus::active);
    if (!there && there.error().code != ErrorCode::notFound) return propagate(there);
    if (there && !replace) return taken(kind, name);
    if (there) {
        storage::BlockEdit edit;
        edit.content = bytesOf(text);
        auto done = library.store().edit(library.caller(), there->id, there->version, std::move(edit));
        if (!done) return propagate(done);
        return {};
    }
    storage::BlockDraft draft;
    draft.name = name;
    draft.kind = storage::BlockClass::state;
    draft.mimeType = std::string(kind.mime);
    draft.content = bytesOf(text);
    auto put = library.store().put(library.caller(), std::move(draft));
    if (!put) return propagate(put);
    return {};
}

Status renameNamedSettings(const Library& library, const SettingsKind& kind, const std::string& name,
                           const std::string& newName) {
    if (auto good = checkName(kind, newName); !good) return good;
    auto block = blockNamed(library, kind, name, BlockStatus::active);
    if (!block) return propagate(block);
    if (newName == name) return {};
    if (auto free = requireFree(library, kind, newName); !free) return free;
    storage::BlockEdit edit;
    edit.name = newName;
    auto done = library.store().edit(library.caller(), block->id, block->version, std::move(edit));
    if (!done) return propagate(done);
    return {};
}

Status removeNamedSettings(const Library& library, const SettingsKind& kind, const std::string& name) {
    auto block = blockNamed(library, kind, name, BlockStatus::active);
    if (!block) return propagate(block);
    auto done = library.store().setStatus(library.caller(), block->id, BlockStatus::deleted);
    if (!done) return propagate(done);
    return {};
}

Status restoreNamedSettings(const Library& library, const SettingsKind& kind, const std::string& name) {
    auto block = blockNamed(library, kind, name, BlockStatus::deleted);
    if (!block) return propagate(block);
    if (auto free = requireFree(library, kind, name); !free) return free;
    auto done = library.store().setStatus(library.caller(), block->id, BlockStatus::active);
    if (!done) return propagate(done);
    return {};
}

}  // namespace smidgen
