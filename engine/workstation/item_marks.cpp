#include "engine/workstation/item_marks.h"

#include <algorithm>

#include "engine/library/code_shelf.h"
#include "engine/library/library.h"
#include "engine/library/library_blocks.h"
#include "engine/library/sound_index.h"
#include "engine/workstation/workstation.h"
#include "storage/blocks/block_store.h"

namespace smidgen {
namespace {

constexpr int kTries = 16;

Result<storage::Block> blockOf(const Library& library, const ItemName& item) {
    if (item.kind == ItemKind::sound) return soundBlock(library, item.id);
    if (item.kind == ItemKind::codes) return codesBlock(library, item.id);
    return library.blockOf(item.kind, item.id);
}

bool canBeMarked(ItemKind kind) {
    return kind == ItemKind::take || kind == ItemKind::sound || kind == ItemKind::codes ||
           kind == ItemKind::preset;
}

ItemMarks marksIn(std::vector<std::string> tags) {
    ItemMarks marks;
    marks.starred = std::erase(tags, kStarTag) > 0;
    std::ranges::sort(tags);
    marks.tags = std::move(tags);
    return marks;
}

Status checkTags(const std::vector<std::string>& tags) {
    for (const std::string& tag : tags) {
        if (tag == kStarTag)
            return failure(ErrorCode::invalidArgument,
                           std::string("'") + kStarTag + "' is what a star is kept as. Give it a star.");
        if (tag.empty()) return failure(ErrorCode::invalidArgument, "A tag needs a name.");
    }
    return {};
}

}  // namespace

Result<ItemMarks> marksOf(const Workstation& workstation, const ItemName& item) {
    auto block = blockOf(workstation.items(), item);
    if (!block) return propagate(block);
    return marksIn(std::move(block->tags));
}

Status setMarks(Workstation& workstation, const ItemName& item, const ItemMarks& marks) {
    if (auto checked = checkTags(marks.tags); !checked) return checked;
    if (!canBeMarked(item.kind))
        return failure(ErrorCode::invalidArgument,
                       "Only takes, sounds, edited sounds and presets have stars and tags here.");
    if (item.kind == ItemKind::take) {
        auto changed = workstation.items().changeTake(item.id, [&](TakeRecord& take) {
            take.starred = marks.starred;
            take.tags = marks.tags;
        });
        if (!changed) return changed;
        workstation.tell({Topic::takes, item.id, 0});
        return {};
    }
    const Library& library = workstation.items();
    for (int i = 0;; ++i) {
        auto block = blockOf(library, item);
        if (!block) return propagate(block);
        storage::BlockEdit edit;
        edit.tags = marks.tags;
        if (marks.starred) edit.tags->emplace_back(kStarTag);
        auto done = library.store().edit(library.caller(), block->id, block->version, std::move(edit));
        if (done) break;
        if (done.error().code != ErrorCode::conflict || i == kTries) return propagate(done);
    }
    // Marks of sounds are shown where collections are, those of edited sounds where takes are.
    workstation.tell({item.kind == ItemKind::sound    ? Topic::collections
                      : item.kind == ItemKind::preset ? Topic::presets
                                                      : Topic::takes,
                      {},
                      0});
    return {};
}

}  // namespace smidgen
