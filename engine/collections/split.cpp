#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/collections/comparison.h"
#include "engine/collections/findings.h"
#include "engine/collections/training_data.h"

namespace smidgen {
namespace {

constexpr std::size_t kFewestForFiles = 8;
constexpr double kShortestHeldOutSeconds = 0.25;
/// Left out between training and held-out frames, so that their windows of four hops do not meet.
constexpr std::int64_t kGapFrames = 3;
constexpr double kFramesPerSecond = kSampleRate / 512.0;

FeatureSpan whole(const FeatureCache::Batch& batch, std::size_t sound) {
    return {static_cast<int>(sound), Frames(0), batch.sounds[sound].frames(0, 0)};
}

/// Sounds that may be held out: none of those that resemble another.
std::vector<bool> unique(const FeatureCache::Batch& batch) {
    std::vector<bool> mayBeHeldOut(batch.sounds.size(), true);
    for (std::size_t i = 0; i < batch.entries.size(); ++i)
        if (hasFinding(batch.entries[i], Finding::nearDuplicate)) mayBeHeldOut[i] = false;
    for (const auto& [a, b] : nearDuplicatePairs(batch.entries)) mayBeHeldOut[a] = mayBeHeldOut[b] = false;
    return mayBeHeldOut;
}

void splitByFile(const FeatureCache::Batch& batch, const SplitSettings& settings, Split& split) {
    const std::vector<bool> candidate = unique(batch);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < candidate.size(); ++i)
        if (candidate[i]) order.push_back(i);
    Random random(mixSeed(settings.seed, 0x73706c6974));
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    const double share = std::clamp(settings.heldOutShare, 0.0, 0.5);
    std::size_t count = 0;
    if (share > 0)
        count = std::max<std::size_t>(
            1, static_cast<std::size_t>(std::lround(share * static_cast<double>(candidate.size()))));
    order.resize(std::min(count, order.size()));
    std::vector<bool> heldOut(candidate.size(), false);
    for (const std::size_t i : order) heldOut[i] = true;
    for (std::size_t i = 0; i < heldOut.size(); ++i)
        (heldOut[i] ? split.heldOut : split.training).push_back(whole(batch, i));
}

void splitByTime(const FeatureCache::Batch& batch, const SplitSettings& settings, Split& split) {
    const std::vector<bool> candidate = unique(batch);
    const double share = std::clamp(settings.heldOutShare, 0.0, 0.5);
    const auto fewest = static_cast<std::int64_t>(std::ceil(kShortestHeldOutSeconds * kFramesPerSecond));
    for (std::size_t i = 0; i < batch.sounds.size(); ++i) {
        FeatureSpan training = whole(batch, i);
        const std::int64_t frames = training.length.value;
        const std::int64_t last =
            std::max(fewest, static_cast<std::int64_t>(std::llround(share * static_cast<double>(frames))));
        if (share > 0 && candidate[i] && frames >= 2 * fewest) {
            const std::int64_t heldOut = std::min(last, frames / 2);
            split.heldOut.push_back({training.sound, Frames(frames - heldOut), Frames(heldOut)});
            training.length = Frames(std::max<std::int64_t>(1, frames - heldOut - kGapFrames));
        }
        split.training.push_back(training);
    }
}

}  // namespace

Split splitSounds(const FeatureCache::Batch& batch, const SplitSettings& settings) {
    Split split;
    split.byFile = settings.by == SplitBy::files && batch.sounds.size() >= kFewestForFiles;
    if (split.byFile) {
        splitByFile(batch, settings, split);
    } else {
        splitByTime(batch, settings, split);
    }
    return split;
}

}  // namespace smidgen
