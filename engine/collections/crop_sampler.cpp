#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/collections/training_data.h"

namespace smidgen {
namespace {

/// Of mid and side together: side a quarter as often as mid.
constexpr double kSideShare = 0.2;
/// Beyond this difference of logarithms the weaker sound adds less than 1e-6.
constexpr float kWidest = 8.0F;
constexpr std::size_t kTableSteps = 512;
/// Cosines over the bands that a drawn equaliser is made of: hills two octaves wide and wider.
constexpr int kColourWaves = 5;
constexpr std::uint64_t kColourStream = 0x636f6c6f7572ULL;

/// ½ ln((1−s) + s·e^{2d}) by linear interpolation; error below 2e-4, a twentieth of binary16's step.
class PowerMix {
 public:
    explicit PowerMix(double share) : m_below(static_cast<float>(0.5 * std::log1p(-share))) {
        m_above = static_cast<float>(0.5 * std::log(share));
        for (std::size_t i = 0; i < m_table.size(); ++i) {
            const double d = -static_cast<double>(kWidest) +
                             2.0 * static_cast<double>(kWidest) * static_cast<double>(i) / kTableSteps;
            m_table[i] = static_cast<float>(0.5 * std::log((1.0 - share) + share * std::exp(2.0 * d)));
        }
    }
    [[nodiscard]] float operator()(float a, float b) const {
        const float d = b - a;
        if (d <= -kWidest) return a + m_below;
        if (d >= kWidest) return b + m_above;
        const float place = (d + kWidest) * (kTableSteps / (2.0F * kWidest));
        const auto i = std::min(static_cast<std::size_t>(place), kTableSteps - 1);
        return a + m_table[i] + (place - static_cast<float>(i)) * (m_table[i + 1] - m_table[i]);
    }

 private:
    float m_below, m_above;
    std::array<float, kTableSteps + 1> m_table;
};

/// Moves every frame of `crop` by whole bands and adds a gain that varies smoothly over them. Silence stays.
void recolour(Random& random, double spreadDb, int mostShift, std::size_t bands, std::span<float> crop) {
    const int shift =
        static_cast<int>(random.below(2 * static_cast<std::uint64_t>(mostShift) + 1)) - mostShift;
    thread_local std::vector<float> gains, moved;
    gains.assign(bands, 0.0F);
    const double size = spreadDb * std::numbers::ln10 / 20.0 * std::sqrt(2.0 / kColourWaves);
    for (int wave = 1; wave <= kColourWaves; ++wave) {
        const double height = size * random.normal();
        for (std::size_t band = 0; band < bands; ++band) {
            const double place = (static_cast<double>(band) + 0.5) / static_cast<double>(bands);
            gains[band] += static_cast<float>(height * std::cos(std::numbers::pi * wave * place));
        }
    }
    moved.resize(bands);
    for (std::size_t frame = 0; frame + bands <= crop.size(); frame += bands) {
        const auto row = crop.subspan(frame, bands);
        for (std::size_t band = 0; band < bands; ++band) {
            const auto from = std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(band) - shift, 0,
                                                         static_cast<std::ptrdiff_t>(bands) - 1);
            const float value = row[static_cast<std::size_t>(from)];
            moved[band] = value > kLogMelFloor ? std::max(value + gains[band], kLogMelFloor) : kLogMelFloor;
        }
        std::copy(moved.begin(), moved.end(), row.begin());
    }
}

}  // namespace

CropSampler::CropSampler(const FeatureCache::Batch& batch, std::vector<FeatureSpan> spans,
                         CropSettings settings)
    : m_sounds(batch.sounds), m_spans(std::move(spans)), m_settings(settings) {
    double total = 0;
    for (const FeatureSpan& span : m_spans) {
        total += std::sqrt(static_cast<double>(std::max<std::int64_t>(span.length.value, 1)));
        m_cumulative.push_back(total);
    }
}

Status CropSampler::crop(std::uint64_t step, std::uint64_t slot, std::span<float> out) const {
    if (m_spans.empty())
        return failure(ErrorCode::invalidArgument, "There is no sound to train on: all of it is held out.");
    Random random(mixSeed(m_settings.seed, step, slot));
    // Drawn first and always, so that the first sound does not depend on what follows.
    const bool mixes = random.uniform() < m_settings.mixupProbability;
    const double share = random.uniform(m_settings.mixupLow, m_settings.mixupHigh);
    const double gainDb = random.uniform(m_settings.gainLowDb, m_settings.gainHighDb);
    const bool clean = random.uniform() < m_settings.cleanShare;
    if (auto read = single(random, clean, out); !read) return read;
    if (clean) return {};
    if (mixes && share > 0 && share < 1) {
        thread_local std::vector<float> other;
        other.resize(out.size());
        if (auto read = single(random, false, other); !read) return read;
        const PowerMix mix(share);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = std::max(mix(out[i], other[i]), kLogMelFloor);
    }
    Random colour(mixSeed(mixSeed(m_settings.seed, kColourStream), step, slot));
    if (colour.uniform() < m_settings.colourProbability) {
        recolour(colour, m_settings.colourDb, m_settings.mostBandShift,
                 out.size() / static_cast<std::size_t>(m_settings.frames), out);
    }
    const auto shift = static_cast<float>(gainDb * std::numbers::ln10 / 20.0);
    if (shift == 0) return {};
    for (float& value : out)
        value = value > kLogMelFloor ? std::max(value + shift, kLogMelFloor) : kLogMelFloor;
    return {};
}

Status CropSampler::single(Random& random, bool clean, std::span<float> out) const {
    const double place = random.uniform() * m_cumulative.back();
    const auto chosen =
        std::upper_bound(m_cumulative.begin(), m_cumulative.end(), place) - m_cumulative.begin();
    const FeatureSpan& span = m_spans[std::min(static_cast<std::size_t>(chosen), m_spans.size() - 1)];
    const SoundFeatures& sound = m_sounds[static_cast<std::size_t>(span.sound)];
    const int channel = random.uniform() < kSideShare && sound.channels() > 1 ? 1 : 0;
    const int drawn = static_cast<int>(random.below(static_cast<std::uint64_t>(sound.variants())));
    const int variant = clean ? 0 : drawn;
    const std::int64_t first = sound.place(channel, variant, span.start).value;
    const std::int64_t end = sound.place(channel, variant, span.start + span.length).value;
    const std::int64_t length = std::max<std::int64_t>(1, end - first);
    const std::size_t bands = out.size() / static_cast<std::size_t>(m_settings.frames);
    if (length <= m_settings.frames) {
        const std::size_t values = static_cast<std::size_t>(length) * bands;
        const bool repeats = random.uniform() < m_settings.repeatShare;
        const auto lead = static_cast<std::size_t>(
            random.below(static_cast<std::uint64_t>(repeats ? length : m_settings.frames - length + 1)));
        if (!repeats) {
            std::fill(out.begin(), out.end(), kLogMelFloor);
            return sound.read(channel, variant, Frames(first), out.subspan(lead * bands, values));
        }
        if (auto read = sound.read(channel, variant, Frames(first), out.first(values)); !read) return read;
        std::rotate(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(lead * bands),
                    out.begin() + static_cast<std::ptrdiff_t>(values));
        for (std::size_t i = values; i < out.size(); ++i) out[i] = out[i - values];
        return {};
    }
    return sound.read(channel, variant, Frames(startOf(sound, channel, variant, span, first, length, random)),
                      out);
}

/// A start in [first, first + length − frames], most often so that the crop holds an active frame.
std::int64_t CropSampler::startOf(const SoundFeatures& sound, int channel, int variant,
                                  const FeatureSpan& span, std::int64_t first, std::int64_t length,
                                  Random& random) const {
    const std::int64_t room = length - m_settings.frames;
    const bool wantsSound = random.uniform() < m_settings.activeShare;
    const std::int64_t anywhere =
        first + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(room + 1)));
    const std::int64_t before = sound.activeFramesBefore(channel, span.start);
    const std::int64_t inside = sound.activeFramesBefore(channel, span.start + span.length) - before;
    if (!wantsSound || inside == 0) return anywhere;
    const auto n = before + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(inside)));
    const std::int64_t active = sound.activeFrame(channel, variant, n).value;
    const auto ahead = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(m_settings.frames)));
    return std::clamp(active - ahead, first, first + room);
}

}  // namespace smidgen
