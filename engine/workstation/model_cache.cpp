#include "engine/workstation/model_cache.h"

namespace smidgen {

Result<std::shared_ptr<const models::MelVae>> ModelCache::get(const std::filesystem::path& file,
                                                              models::DeviceKind device) {
    std::error_code ignored;
    const auto changed = std::filesystem::last_write_time(file, ignored);
    const std::scoped_lock lock(m_mutex);
    for (auto slot = m_slots.begin(); slot != m_slots.end(); ++slot) {
        if (slot->file == file && slot->changed == changed) {
            m_slots.splice(m_slots.begin(), m_slots, slot);
            return m_slots.front().model;
        }
    }
    auto loaded = models::MelVae::load(file, device);
    if (!loaded) return propagate(loaded);
    m_slots.remove_if([&](const Slot& slot) { return slot.file == file; });
    m_slots.push_front({file, changed, std::make_shared<const models::MelVae>(std::move(*loaded))});
    if (m_slots.size() > kKept) m_slots.pop_back();
    return m_slots.front().model;
}

}  // namespace smidgen
