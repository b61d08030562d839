#include "engine/generation/latent_path.h"

#include <algorithm>
#include <cmath>

#include "engine/foundation/random.h"
#include "engine/steering/near_draw.h"

namespace smidgen {
namespace {

using models::Latents;

/// A stretch of one anchor.
struct Stretch {
    const Latents* anchor = nullptr;
    std::int64_t start = 0;
    std::int64_t length = 1;
};

/// Where to enter a sound, and how long it is followed.
Stretch drawStretch(const Latents& anchor, double framesPerSecond, Random& random) {
    Stretch stretch;
    stretch.anchor = &anchor;
    const std::int64_t all = anchor.frames().value;
    const auto longest = static_cast<std::int64_t>(random.uniform(1.5, 4.0) * framesPerSecond);
    stretch.length = std::min(all, std::max<std::int64_t>(longest, 1));
    // Long sounds are entered anywhere; short ones are kept whole, attack first.
    if (all > stretch.length) {
        stretch.start =
            static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(all - stretch.length + 1)));
    }
    return stretch;
}

/// Draws stretches as though all anchors were alike; then, where shares are given, puts others in the place
/// of some. So a walk by shares has what the walk without them has, but for what must differ.
class Stretches {
 public:
    Stretches(const std::vector<Latents>& anchors, const LatentPathSettings& settings)
        : m_seed(settings.seed), m_framesPerSecond(settings.framesPerSecond) {
        for (std::size_t i = 0; i < anchors.size(); ++i) {
            if (anchors[i].frames().value == 0) continue;
            m_anchors.push_back(&anchors[i]);
            if (settings.shares.size() == anchors.size()) m_shares.push_back(settings.shares[i]);
        }
        m_alike.assign(m_shares.size(), 1.0);
    }
    [[nodiscard]] const std::vector<const Latents*>& anchors() const { return m_anchors; }

    Stretch draw(Random& random) {
        const std::size_t drawn = random.below(m_anchors.size());
        Random same = random;  // another is entered where, and followed as long as, this one would be
        const Stretch alike = drawStretch(*m_anchors[drawn], m_framesPerSecond, random);
        ++m_count;
        if (m_shares.empty()) return alike;
        const std::size_t near = drawNear(drawn, m_alike, m_shares, Random(mixSeed(m_seed, 4, m_count)));
        if (near == drawn) return alike;
        return drawStretch(*m_anchors[near], m_framesPerSecond, same);
    }

 private:
    std::uint64_t m_seed;
    double m_framesPerSecond;
    std::uint64_t m_count = 0;
    std::vector<const Latents*> m_anchors;
    std::vector<double> m_alike, m_shares;  ///< empty: all alike
};

/// z of `stretch` at a fractional frame, linearly interpolated, added to `out` with `weight`.
void addAt(const Stretch& stretch, double frame, float weight, std::span<float> out) {
    const auto dims = static_cast<std::int64_t>(out.size());
    const double last = static_cast<double>(stretch.length - 1);
    const double at = std::clamp(frame, 0.0, last);
    const auto low = static_cast<std::int64_t>(at);
    const std::int64_t high = std::min(low + 1, stretch.length - 1);
    const auto part = static_cast<float>(at - static_cast<double>(low));
    const float* a = stretch.anchor->z.data() + (stretch.start + low) * dims;
    const float* b = stretch.anchor->z.data() + (stretch.start + high) * dims;
    for (std::int64_t d = 0; d < dims; ++d) {
        out[static_cast<std::size_t>(d)] += weight * ((1 - part) * a[d] + part * b[d]);
    }
}

void addGlobal(const Latents& anchor, float weight, std::span<float> out) {
    for (std::size_t d = 0; d < out.size(); ++d) out[d] += weight * anchor.g[d];
}

constexpr double kGridSeconds = 0.5;
constexpr double kMostUneven = 1.3;  ///< octaves

/// Frames until the next gesture, which comes after `usual` of them by itself.
std::int64_t spacingOf(std::int64_t usual, const WalkRhythm& rhythm, double framesPerSecond, Random& random) {
    if (rhythm == WalkRhythm()) return usual;
    double spacing = static_cast<double>(usual) / std::max(0.05, rhythm.pace);
    if (rhythm.regularity > 0) {
        const double grid = kGridSeconds * framesPerSecond;
        const double snapped = std::max(1.0, std::round(spacing / grid)) * grid;
        spacing += rhythm.regularity * (snapped - spacing);
    } else if (rhythm.regularity < 0) {
        spacing *= std::exp2(-rhythm.regularity * random.uniform(-kMostUneven, kMostUneven));
    }
    return std::max<std::int64_t>(std::llround(spacing), kGestureOverlap);
}

float smoothStep(float x) {
    return x * x * (3 - 2 * x);
}

}  // namespace

Latents walkLatents(const std::vector<Latents>& anchors, std::span<const float> latentStd,
                    const LatentPathSettings& settings) {
    Stretches stretches(anchors, settings);
    const std::vector<const Latents*>& usable = stretches.anchors();
    Latents path;
    if (usable.empty() || settings.frames.value <= 0) return path;
    const auto dims = static_cast<std::size_t>(usable.front()->latentDims);
    const std::size_t globals = usable.front()->g.size();
    const auto total = static_cast<std::size_t>(settings.frames.value);
    path.latentDims = static_cast<int>(dims);
    path.z.assign(total * dims, 0.0F);
    path.g.assign(total * globals, 0.0F);

    Random random(mixSeed(settings.seed, 1)), unrest(mixSeed(settings.seed, 3));
    std::vector<float> z(dims), g(globals);
    for (std::int64_t begin = 0; begin < settings.frames.value;) {
        const Stretch main = stretches.draw(random);
        const Stretch partner = stretches.draw(random);
        const double speed = std::exp2(settings.variation * random.uniform(-0.4, 0.4));
        const double shareStart = settings.variation * random.uniform(0.0, 0.5);
        const double shareEnd = settings.variation * random.uniform(0.0, 0.5);
        const auto usual = std::max<std::int64_t>(
            static_cast<std::int64_t>(std::llround(static_cast<double>(main.length) / speed)),
            2 * kGestureOverlap);
        const std::int64_t length = kGestureOverlap + spacingOf(usual - kGestureOverlap, settings.rhythm,
                                                                settings.framesPerSecond, unrest);
        const double partnerSpeed = std::clamp(
            static_cast<double>(partner.length) / static_cast<double>(length), 0.5 * speed, 2.0 * speed);
        for (std::int64_t i = 0; i < length && begin + i < settings.frames.value; ++i) {
            const double along = static_cast<double>(i) / static_cast<double>(length);
            const auto share =
                static_cast<float>(std::clamp(shareStart + (shareEnd - shareStart) * along, 0.0, 1.0));
            std::ranges::fill(z, 0.0F);
            std::ranges::fill(g, 0.0F);
            addAt(main, static_cast<double>(i) * speed, 1 - share, z);
            addAt(partner, static_cast<double>(i) * partnerSpeed, share, z);
            addGlobal(*main.anchor, 1 - share, g);
            addGlobal(*partner.anchor, share, g);
            // The first frames fade in over the tail the gesture before has already written.
            const bool overlapping = begin > 0 && i < kGestureOverlap;
            const float in =
                overlapping ? smoothStep(static_cast<float>(i + 1) / (kGestureOverlap + 1)) : 1.0F;
            const auto frame = static_cast<std::size_t>(begin + i);
            for (std::size_t d = 0; d < dims; ++d) {
                float& value = path.z[frame * dims + d];
                value += in * (z[d] - value);
            }
            for (std::size_t d = 0; d < globals; ++d) {
                float& value = path.g[frame * globals + d];
                value += in * (g[d] - value);
            }
        }
        begin += length - kGestureOverlap;
    }

    // Stationary Ornstein–Uhlenbeck noise: x' = ρ x + √(1 − ρ²) n, correlation time 150 ms.
    const double rho = std::exp(-1.0 / (0.15 * settings.framesPerSecond));
    const double kick = std::sqrt(1 - rho * rho);
    Random noise(mixSeed(settings.noiseSeed, 2));
    for (std::size_t d = 0; d < dims && d < latentStd.size(); ++d) {
        const double scale = 0.12 * settings.variation * latentStd[d];
        double x = noise.normal();
        for (std::size_t t = 0; t < total; ++t) {
            path.z[t * dims + d] += static_cast<float>(scale * x);
            x = rho * x + kick * noise.normal();
        }
    }
    return path;
}

}  // namespace smidgen
