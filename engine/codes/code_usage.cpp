#include "engine/codes/code_usage.h"

#include <cmath>

namespace smidgen {

void CodeUsage::add(const models::MelCodes& grid) {
    if (grid.levels != static_cast<int>(counts.size()) || grid.levels == 0) return;
    for (std::size_t i = 0; i < grid.codes.size(); ++i) {
        auto& level = counts[i % counts.size()];
        if (grid.codes[i] < level.size()) ++level[grid.codes[i]];
    }
    frames += grid.frames().value;
}

double CodeUsage::share(int level, int code) const {
    if (frames == 0) return 0;
    return static_cast<double>(counts[static_cast<std::size_t>(level)][static_cast<std::size_t>(code)]) /
           static_cast<double>(frames);
}

std::vector<models::LevelHealth> CodeUsage::health() const {
    std::vector<models::LevelHealth> all;
    for (int level = 0; level < static_cast<int>(counts.size()); ++level) {
        const auto size = static_cast<int>(counts[static_cast<std::size_t>(level)].size());
        models::LevelHealth health;
        double entropy = 0;
        for (int code = 0; code < size; ++code) {
            const double part = share(level, code);
            if (part > 0)
                entropy -= part * std::log(part);
            else
                ++health.deadCodes;
        }
        health.usage = size > 0 ? 1.0 - static_cast<double>(health.deadCodes) / size : 0;
        health.perplexity = frames > 0 ? std::exp(entropy) : 0;
        all.push_back(health);
    }
    return all;
}

}  // namespace smidgen
