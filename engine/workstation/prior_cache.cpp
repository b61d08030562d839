#include "engine/workstation/prior_cache.h"

namespace smidgen {

Result<std::shared_ptr<const TakeJudge>> PriorCache::get(const std::filesystem::path& file,
                                                         const std::shared_ptr<const models::MelVae>& model) {
    std::error_code ignored;
    const auto changed = std::filesystem::last_write_time(file, ignored);
    const std::scoped_lock lock(m_mutex);
    if (m_last != nullptr && m_file == file && m_changed == changed) return m_last;
    auto prior = models::CodePrior::load(file);
    if (!prior) return propagate(prior);
    auto judge = TakeJudge::create(model, std::make_shared<const models::CodePrior>(std::move(*prior)));
    if (!judge) return propagate(judge);
    m_last = std::make_shared<const TakeJudge>(std::move(*judge));
    m_file = file;
    m_changed = changed;
    return m_last;
}

}  // namespace smidgen
