#include "engine/analysis/partials.h"

#include <algorithm>
#include <cmath>

namespace smidgen {
namespace {

constexpr int kSize = 16384;
constexpr double kBinHz = static_cast<double>(kSampleRate) / kSize;
constexpr auto kFirst = static_cast<std::size_t>(50 / kBinHz);
constexpr auto kLast = static_cast<std::size_t>(5000 / kBinHz);
constexpr float kDeepest = 0.00316F;

}  // namespace

PartialFinder::PartialFinder() : m_stft(StftShape{kSize, kSize / 2}), m_magnitudes(kSize / 2 + 1) {}

std::vector<PartialFrame> PartialFinder::find(const ScaledSound& sound) {
    std::vector<PartialFrame> frames;
    // A short sound lies in the middle of its one frame.
    const std::size_t length = sound.length;
    const std::size_t first = std::min<std::size_t>(length, kSize / 2) / 2;
    for (std::size_t centre = first; centre < length || frames.empty(); centre += kSize / 2) {
        if (length == 0) break;
        m_stft.frameMagnitudes(sound.padded, static_cast<std::int64_t>(ScaledSound::kMargin + centre),
                               m_magnitudes);
        const auto& m = m_magnitudes;
        float highest = 0;
        m_peaks.clear();
        for (std::size_t k = kFirst; k <= kLast; ++k) {
            highest = std::max(highest, m[k]);
            if (m[k] > m[k - 1] && m[k] >= m[k + 1] && m[k] > m[k - 2] && m[k] >= m[k + 2])
                m_peaks.push_back(k);
        }
        std::erase_if(m_peaks, [&](std::size_t k) { return m[k] < kDeepest * highest; });
        const std::size_t kept = std::min(kMostPartials, m_peaks.size());
        std::partial_sort(m_peaks.begin(), m_peaks.begin() + static_cast<std::ptrdiff_t>(kept), m_peaks.end(),
                          [&](std::size_t a, std::size_t b) { return m[a] != m[b] ? m[a] > m[b] : a < b; });
        PartialFrame frame;
        frame.weight = static_cast<double>(std::sqrt(highest));
        for (std::size_t i = 0; i < kept; ++i) {
            const std::size_t k = m_peaks[i];
            const double tiny = 1e-12 * static_cast<double>(highest);
            const double left = std::log(static_cast<double>(m[k - 1]) + tiny);
            const double middle = std::log(static_cast<double>(m[k]) + tiny);
            const double right = std::log(static_cast<double>(m[k + 1]) + tiny);
            const double curvature = left - 2 * middle + right;
            const double shift = curvature < 0 ? 0.5 * (left - right) / curvature : 0;
            frame.partials.push_back({static_cast<float>((static_cast<double>(k) + shift) * kBinHz),
                                      static_cast<float>(std::sqrt(m[k]))});
        }
        frames.push_back(std::move(frame));
    }
    return frames;
}

}  // namespace smidgen
