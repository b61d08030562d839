#include "engine/generation/novelty.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>

namespace smidgen {
namespace {

constexpr int kFramesPerColumn = 2;
constexpr std::int64_t kWindowFrames = static_cast<std::int64_t>(NoveltyWindows::kColumns) * kFramesPerColumn;
/// 80 dB as natural logarithm of magnitude.
constexpr float kHeardRange = 4.0F * std::numbers::ln10_v<float>;
constexpr double kSpreadWindows = 64;
constexpr double kNearFloor = 1e-3;
constexpr double kCopyPercentile = 0.01;

/// The whole spectrogram in coarse cells, columns × kBands, in log10.
std::vector<float> coarse(const LogMel& mel, float floor) {
    const std::int64_t frames = mel.frames().value;
    const int pool = std::max(1, mel.bands / NoveltyWindows::kBands);
    std::vector<float> cells;
    for (std::int64_t first = 0; first < frames; first += kFramesPerColumn) {
        const std::int64_t last = std::min(frames, first + kFramesPerColumn);
        for (int band = 0; band < NoveltyWindows::kBands; ++band) {
            float sum = 0;
            int count = 0;
            for (std::int64_t t = first; t < last; ++t)
                for (int b = band * pool; b < std::min(mel.bands, (band + 1) * pool); ++b, ++count)
                    sum += std::max(floor, mel.frame(t)[static_cast<std::size_t>(b)]);
            cells.push_back((count > 0 ? sum / static_cast<float>(count) : floor) /
                            std::numbers::ln10_v<float>);
        }
    }
    return cells;
}

double distance(const float* a, const float* b) {
    float sum = 0;
    for (std::size_t i = 0; i < NoveltyWindows::kValues; ++i) sum += std::abs(a[i] - b[i]);
    return sum / static_cast<double>(NoveltyWindows::kValues);
}

}  // namespace

NoveltyWindows windowsOf(const LogMel& mel, int hopFrames) {
    NoveltyWindows windows;
    if (mel.values.empty()) return windows;
    const float loudest = *std::ranges::max_element(mel.values);
    const float floor = std::max(kLogMelFloor, loudest - kHeardRange);
    const auto cells = coarse(mel, floor);
    const float silent = floor / std::numbers::ln10_v<float>;
    const auto bands = static_cast<std::size_t>(NoveltyWindows::kBands);
    const std::int64_t frames = mel.frames().value;
    for (std::int64_t start = 0; start == 0 || start + kWindowFrames <= frames; start += hopFrames) {
        const std::size_t from = static_cast<std::size_t>(start / kFramesPerColumn) * bands;
        std::vector<float> values(NoveltyWindows::kValues, silent);
        const std::size_t there = std::min(NoveltyWindows::kValues, cells.size() - from);
        std::copy_n(cells.begin() + static_cast<std::ptrdiff_t>(from), there, values.begin());
        if (std::ranges::none_of(values, [&](float value) { return value > silent + 0.5F; })) continue;
        windows.values.insert(windows.values.end(), values.begin(), values.end());
        windows.starts.push_back(start);
    }
    return windows;
}

void NoveltyIndex::add(const std::string& name, const LogMel& mel) {
    m_sounds.push_back({name, windowsOf(mel, kSearchedHop)});
}

NearestSound NoveltyIndex::nearest(const LogMel& mel, const std::string& except) const {
    NearestSound result;
    const NoveltyWindows asked = windowsOf(mel, kAskedHop);
    struct Votes {
        double weight = 0, distance = 0;
        int windows = 0;
    };
    std::map<std::string, Votes> votes;
    for (std::size_t i = 0; i < asked.count(); ++i) {
        double best = std::numeric_limits<double>::infinity();
        const std::string* source = nullptr;
        for (const Sound& sound : m_sounds) {
            if (!except.empty() && sound.name == except) continue;
            for (std::size_t j = 0; j < sound.windows.count(); ++j) {
                const double here = distance(&asked.values[i * NoveltyWindows::kValues],
                                             &sound.windows.values[j * NoveltyWindows::kValues]);
                if (here >= best) continue;
                best = here;
                source = &sound.name;
            }
        }
        if (source == nullptr) continue;
        result.distances.push_back(best);
        Votes& vote = votes[*source];
        vote.weight += 1 / (best + kNearFloor);
        vote.distance += best;
        ++vote.windows;
    }
    for (const double one : result.distances)
        result.mean += one / static_cast<double>(result.distances.size());
    double most = 0;
    for (const auto& [name, vote] : votes) {
        if (vote.weight <= most) continue;
        most = vote.weight;
        result.source = name;
        result.sourceDistance = vote.distance / vote.windows;
    }
    return result;
}

double NoveltyIndex::spread() const {
    std::vector<std::vector<const float*>> chosen;
    for (const Sound& sound : m_sounds) {
        std::vector<const float*> windows;
        const double step = std::max(1.0, static_cast<double>(sound.windows.count()) / kSpreadWindows *
                                              std::max(1.0, static_cast<double>(m_sounds.size()) / 16));
        for (double at = 0; at < static_cast<double>(sound.windows.count()); at += step)
            windows.push_back(&sound.windows.values[static_cast<std::size_t>(at) * NoveltyWindows::kValues]);
        chosen.push_back(std::move(windows));
    }
    double sum = 0;
    std::int64_t pairs = 0;
    for (std::size_t a = 0; a < chosen.size(); ++a)
        for (std::size_t b = a + 1; b < chosen.size(); ++b)
            for (const float* left : chosen[a])
                for (const float* right : chosen[b]) {
                    sum += distance(left, right);
                    ++pairs;
                }
    return pairs > 0 ? sum / static_cast<double>(pairs) : 0;
}

NoveltyScale noveltyScaleOf(std::span<const double> heldOutDistances) {
    NoveltyScale scale;
    if (heldOutDistances.empty()) return scale;
    std::vector<double> sorted(heldOutDistances.begin(), heldOutDistances.end());
    std::ranges::sort(sorted);
    for (const double one : sorted) scale.heldOutMean += one / static_cast<double>(sorted.size());
    // The percentile between two ranks, by linear interpolation.
    const double rank = kCopyPercentile * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(rank);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    scale.copyBelow = sorted[below] + (rank - static_cast<double>(below)) * (sorted[above] - sorted[below]);
    return scale;
}

NoveltyReport noveltyOf(const LogMel& mel, const NoveltyIndex& training, const NoveltyScale& scale) {
    const NearestSound nearest = training.nearest(mel);
    NoveltyReport report;
    report.closest = nearest.source;
    report.closestDistance = nearest.sourceDistance;
    if (scale.heldOutMean > 0) report.novelty = nearest.mean / scale.heldOutMean;
    const auto near =
        std::ranges::count_if(nearest.distances, [&](double one) { return one < scale.copyBelow; });
    if (!nearest.distances.empty())
        report.nearShare = static_cast<double>(near) / static_cast<double>(nearest.distances.size());
    return report;
}

double diversityOf(const NoveltyIndex& takes, const NoveltyIndex& training) {
    const double all = training.spread();
    return all > 0 ? takes.spread() / all : 0;
}

}  // namespace smidgen
