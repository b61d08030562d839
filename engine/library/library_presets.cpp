// The library's presets: settings under a name, a block each.
#include <algorithm>

#include "engine/library/library.h"
#include "engine/library/library_shelf.h"
#include "storage/blocks/block_id.h"

namespace smidgen {

std::vector<std::shared_ptr<const PresetRecord>> Library::presets(bool trashed) const {
    const std::scoped_lock lock(m_mutex);
    refresh();
    std::vector<std::shared_ptr<const PresetRecord>> all;
    for (const auto& [id, kept] : m_presets)
        if (kept.trashed == trashed) all.push_back(kept.record);
    std::ranges::sort(all, [](const auto& a, const auto& b) {
        return std::tie(a->name, a->id) < std::tie(b->name, b->id);
    });
    return all;
}

std::shared_ptr<const PresetRecord> Library::preset(const PresetId& id) const {
    const auto kept = find(m_presets, id);
    return kept ? kept->record : nullptr;
}

Result<std::shared_ptr<const PresetRecord>> Library::addPreset(PresetRecord record) {
    record.id = newId();
    record.createdMs = storage::currentMilliseconds();
    if (auto put = m_store->put(m_caller, draftOf(record)); !put) return propagate(put);
    return preset(record.id);
}

Result<std::shared_ptr<const PresetRecord>> Library::replacePreset(const PresetId& id, const Recipe& recipe) {
    const auto kept = find(m_presets, id);
    if (!kept) return unknown("preset", id);
    auto block = m_store->getByKey(m_caller, kept->block, {false, false});
    if (!block) return propagate(block);
    PresetRecord record = *kept->record;
    record.recipe = recipe;
    storage::BlockDraft draft = draftOf(record);
    storage::BlockEdit edit;
    edit.metadata = std::move(draft.metadata);
    edit.content = std::move(draft.content);
    if (auto done = m_store->edit(m_caller, block->id, 0, std::move(edit)); !done) return propagate(done);
    return preset(id);
}

Status Library::changePreset(const PresetId& id, const std::function<void(PresetRecord&)>& change) {
    return changeItem<PresetRecord>(m_presets, "preset", id, [&](PresetRecord& preset, bool& trashed) {
        change(preset);
        trashed = preset.trashed;
    });
}

Status Library::purgePreset(const PresetId& id) {
    return purge(m_presets, "preset", id);
}

}  // namespace smidgen
