#include "engine/collections/comparison.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <unordered_map>

#include "engine/collections/findings.h"
#include "engine/collections/fingerprint.h"

namespace smidgen {
namespace {

/// A sound that is used has no own finding but clipping, so its sentence can be made again.
void forgetRelatives(SoundEntry& entry) {
    if (std::erase_if(entry.findings, isRelative) == 0) return;
    std::string& reason = hasFinding(entry, Finding::missing) ? entry.reasonWhenPresent : entry.reason;
    reason = hasFinding(entry, Finding::clipped) ? clippedSentence(entry.clippedShare) : "";
    entry.verdict = verdictOf(entry.findings);
}

void findDuplicates(std::span<SoundEntry> entries) {
    std::unordered_map<std::string, std::size_t> first;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!entries[i].usable() || entries[i].contentHash.empty()) continue;
        const auto [found, isFirst] = first.emplace(entries[i].contentHash, i);
        if (!isFirst)
            addFinding(entries[i], Finding::duplicate,
                       "It is the same, byte for byte, as " + quotedName(entries[found->second].path) +
                           " and is left out, so that the sound does not count twice.");
    }
}

void findNearDuplicates(std::span<SoundEntry> entries) {
    std::map<std::size_t, std::size_t> earliest;
    for (const auto& [a, b] : nearDuplicatePairs(entries)) {
        const auto [found, isNew] = earliest.emplace(b, a);
        if (!isNew) found->second = std::min(found->second, a);
    }
    for (const auto& [later, earlier] : earliest)
        addFinding(entries[later], Finding::nearDuplicate,
                   "It sounds like " + quotedName(entries[earlier].path) +
                       " (a copy at another gain or in another format, or a close repetition). It is used "
                       "for training, but never for testing the model.");
}

void findRateMismatches(std::span<SoundEntry> entries) {
    const std::vector<int> rates = totalsOf(entries).rates;
    if (rates.size() < 2) return;
    for (SoundEntry& entry : entries) {
        if (!entry.usable() || entry.format.rate == rates.front()) continue;
        const std::string target = entry.format.rate == kSampleRate
                                       ? ""
                                       : " It is resampled to " + rateText(kSampleRate) + " and used.";
        addFinding(entry, Finding::rateMismatch,
                   "Its rate is " + rateText(entry.format.rate) + ", that of most others " +
                       rateText(rates.front()) + "." + (target.empty() ? " It is used as it is." : target));
    }
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> nearDuplicatePairs(std::span<const SoundEntry> entries) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (entries[i].usable() && entries[i].fingerprint.size() == kFingerprintSize) order.push_back(i);
    const auto duration = [&](std::size_t i) { return entries[i].fingerprint[0]; };
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return duration(a) < duration(b); });
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (std::size_t j = i + 1; j < order.size(); ++j) {
            const double distance =
                fingerprintDistance(entries[order[i]].fingerprint, entries[order[j]].fingerprint);
            if (distance < kNearDuplicateDb) pairs.push_back(std::minmax(order[i], order[j]));
            // Sorted by duration: once durations alone keep two apart, they do for all that follow.
            if (std::isinf(distance)) break;
        }
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
}

void compareSounds(std::span<SoundEntry> entries) {
    for (SoundEntry& entry : entries) forgetRelatives(entry);
    findDuplicates(entries);
    findNearDuplicates(entries);
    findRateMismatches(entries);
}

}  // namespace smidgen
