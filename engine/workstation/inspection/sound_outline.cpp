#include "engine/workstation/inspection/sound_outline.h"

#include <algorithm>
#include <cmath>

namespace smidgen {
namespace {

/// Overlaps shorter than this are rounding, not sound.
constexpr double kSliver = 1e-3;

}  // namespace

void SoundOutline::columns(double startSample, double spanSamples, std::span<PeakPair> out) const {
    std::fill(out.begin(), out.end(), PeakPair{});
    if (out.empty() || !std::isfinite(startSample) || !(spanSamples > 0)) return;
    const auto count = static_cast<double>(out.size());
    const double width = spanSamples / count;
    std::vector<PeakPair> part;
    std::vector<bool> touched(out.size(), false);
    for (std::size_t k = 0; k < chunks.size(); ++k) {
        const double chunkStart = static_cast<double>(k) * static_cast<double>(kChunk);
        const double chunkEnd = chunkStart + static_cast<double>(chunks[k]->length().value);
        const double first = std::clamp(std::floor((chunkStart - startSample) / width), 0.0, count);
        const double last = std::clamp(std::ceil((chunkEnd - startSample) / width), 0.0, count);
        if (last <= first) continue;
        part.resize(static_cast<std::size_t>(last - first));
        chunks[k]->columns(startSample + first * width - chunkStart, (last - first) * width, part);
        for (std::size_t i = 0; i < part.size(); ++i) {
            const auto c = static_cast<std::size_t>(first) + i;
            const double from = std::max(chunkStart, startSample + static_cast<double>(c) * width);
            const double to = std::min(chunkEnd, startSample + static_cast<double>(c + 1) * width);
            if (to - from < std::min(kSliver, width / 2)) continue;
            out[c] = touched[c]
                         ? PeakPair{std::min(out[c].low, part[i].low), std::max(out[c].high, part[i].high)}
                         : part[i];
            touched[c] = true;
        }
    }
}

}  // namespace smidgen
