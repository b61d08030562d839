#include "engine/workstation/inspection/sound_outline.h"

#include <algorithm>
#include <cmath>

namespace smidgen {
namespace {

/// Overlaps shorter than this are rounding, not sound.
constexpr double kSliver = 1e-3;

}  // namespace

template <typename Visit>
void SoundOutline::eachChunk(double startSample, double spanSamples, std::size_t columns, Visit visit) const {
    if (columns == 0 || !std::isfinite(startSample) || !(spanSamples > 0)) return;
    const auto count = static_cast<double>(columns);
    const double width = spanSamples / count;
    for (std::size_t k = 0; k < chunks.size(); ++k) {
        const double chunkStart = static_cast<double>(k) * static_cast<double>(kChunk);
        const double chunkEnd = chunkStart + static_cast<double>(chunks[k]->length().value);
        const double first = std::clamp(std::floor((chunkStart - startSample) / width), 0.0, count);
        const double last = std::clamp(std::ceil((chunkEnd - startSample) / width), 0.0, count);
        if (last <= first) continue;
        visit(k, static_cast<std::size_t>(first), static_cast<std::size_t>(last),
              startSample + first * width - chunkStart, width);
    }
}

double SoundOutline::overlap(std::size_t chunk, double columnStart, double width) const {
    const double chunkStart = static_cast<double>(chunk) * static_cast<double>(kChunk);
    const double chunkEnd = chunkStart + static_cast<double>(chunks[chunk]->length().value);
    const double shared = std::min(chunkEnd, columnStart + width) - std::max(chunkStart, columnStart);
    return shared < std::min(kSliver, width / 2) ? 0 : shared;
}

void SoundOutline::columns(double startSample, double spanSamples, std::span<PeakPair> out) const {
    std::fill(out.begin(), out.end(), PeakPair{});
    std::vector<PeakPair> part;
    std::vector<bool> touched(out.size(), false);
    eachChunk(startSample, spanSamples, out.size(),
              [&](std::size_t k, std::size_t first, std::size_t end, double start, double width) {
                  part.resize(end - first);
                  chunks[k]->columns(start, static_cast<double>(end - first) * width, part);
                  for (std::size_t c = first; c < end; ++c) {
                      if (overlap(k, startSample + static_cast<double>(c) * width, width) <= 0) continue;
                      const PeakPair& pair = part[c - first];
                      out[c] = touched[c] ? PeakPair{std::min(out[c].low, pair.low),
                                                     std::max(out[c].high, pair.high)}
                                          : pair;
                      touched[c] = true;
                  }
              });
}

void SoundOutline::powers(double startSample, double spanSamples, std::span<float> out) const {
    std::vector<float> part;
    std::vector<double> sums(out.size()), lengths(out.size());
    eachChunk(startSample, spanSamples, out.size(),
              [&](std::size_t k, std::size_t first, std::size_t end, double start, double width) {
                  part.resize(end - first);
                  chunks[k]->powers(start, static_cast<double>(end - first) * width, part);
                  for (std::size_t c = first; c < end; ++c) {
                      const double shared = overlap(k, startSample + static_cast<double>(c) * width, width);
                      sums[c] += shared * static_cast<double>(part[c - first]);
                      lengths[c] += shared;
                  }
              });
    for (std::size_t c = 0; c < out.size(); ++c)
        out[c] = lengths[c] > 0 ? static_cast<float>(sums[c] / lengths[c]) : 0.0F;
}

}  // namespace smidgen
