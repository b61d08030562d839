#include "models/mel_codes.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace smidgen::models {

CodeCensus::CodeCensus(int levels, int codebookSize)
    : m_levels(std::max(levels, 0)),
      m_size(std::max(codebookSize, 0)),
      m_counts(static_cast<std::size_t>(m_levels) * static_cast<std::size_t>(m_size)) {}

void CodeCensus::add(const MelCodes& codes) {
    if (codes.levels != m_levels || m_levels == 0) return;
    m_frames += codes.frames().value;
    for (std::size_t i = 0; i < codes.codes.size(); ++i) {
        const std::size_t level = i % static_cast<std::size_t>(m_levels);
        if (codes.codes[i] < m_size) ++m_counts[level * static_cast<std::size_t>(m_size) + codes.codes[i]];
    }
}

std::vector<LevelHealth> CodeCensus::health() const {
    std::vector<LevelHealth> levels;
    for (int level = 0; level < m_levels; ++level) {
        const auto counts =
            std::span(m_counts).subspan(static_cast<std::size_t>(level) * static_cast<std::size_t>(m_size),
                                        static_cast<std::size_t>(m_size));
        double total = 0;
        for (const std::int64_t count : counts) total += static_cast<double>(count);
        LevelHealth health;
        double entropy = 0;
        for (const std::int64_t count : counts) {
            if (count == 0) {
                ++health.deadCodes;
                continue;
            }
            const double share = static_cast<double>(count) / total;
            entropy -= share * std::log(share);
        }
        health.usage = m_size > 0 ? 1.0 - static_cast<double>(health.deadCodes) / m_size : 0.0;
        health.perplexity = total > 0 ? std::exp(entropy) : 0.0;
        levels.push_back(health);
    }
    return levels;
}

namespace {

bool healthy(const LevelHealth& level, int codebookSize) {
    return level.usage >= kHealthyUsage && level.perplexity >= kHealthyPerplexityShare * codebookSize;
}

}  // namespace

bool codebooksHealthy(std::span<const LevelHealth> levels, int codebookSize) {
    return std::ranges::all_of(levels,
                               [&](const LevelHealth& level) { return healthy(level, codebookSize); });
}

std::string codebookSentence(std::span<const LevelHealth> levels, int codebookSize) {
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const LevelHealth& level = levels[i];
        if (healthy(level, codebookSize)) continue;
        const bool unused = level.usage < kHealthyUsage;
        char text[256];
        std::snprintf(text, sizeof text,
                      unused
                          ? "Level %zu uses only %.0f %% of its %d codes: train on more varied sounds, or "
                            "choose a smaller codebook."
                          : "Level %zu leans on few codes (%.0f of %d do the work): train longer, or choose "
                            "a smaller codebook.",
                      i + 1, unused ? 100 * level.usage : level.perplexity, codebookSize);
        return text;
    }
    return levels.empty() ? "This model has no codebooks." : "The codebooks are well used.";
}

int codebookSizeFor(std::int64_t latentFrames) {
    if (latentFrames < 1000) return 32;
    if (latentFrames < 2000) return 64;
    return latentFrames < 6000 ? 128 : 256;
}

}  // namespace smidgen::models
