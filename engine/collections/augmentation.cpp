#include "engine/collections/augmentation.h"

#include <algorithm>
#include <cmath>
#include <new>

#include "engine/audio/resampler.h"
#include "engine/collections/signal_changes.h"

namespace smidgen {
namespace {

constexpr double kNoNoiseDb = 200.0;
constexpr double kWantedSeconds = 1200.0;  ///< of features, clean and augmented together
constexpr std::uint64_t kRoomStream = 1;

/// 1 up to `low`, 0.5 from `high` on, straight in the logarithm between.
double strength(double amount, double low, double high) {
    const double place = std::log(std::max(amount, low) / low) / std::log(high / low);
    return 1.0 - 0.5 * std::min(place, 1.0);
}

void scaleAround(AmountRange& range, double neutral, double factor) {
    range.low = neutral + (range.low - neutral) * factor;
    range.high = neutral + (range.high - neutral) * factor;
}

/// Two numbers from the stream, always; the amount when the kind is drawn.
class Draw {
 public:
    Draw(Random& random, double probability) : m_random(random), m_probability(probability) {}
    double uniform(const AmountRange& range, double neutral) {
        return next(range) ? range.low + (range.high - range.low) * m_place : neutral;
    }
    double logarithmic(const AmountRange& range, double neutral) {
        if (!next(range)) return neutral;
        return range.low > 0 ? range.low * std::pow(range.high / range.low, m_place)
                             : range.low + (range.high - range.low) * m_place;
    }
    bool happens(const AmountRange& range) { return next(range); }

 private:
    bool next(const AmountRange& range) {
        const bool chosen = m_random.uniform() < m_probability;
        m_place = m_random.uniform();
        return chosen && range.enabled;
    }
    Random& m_random;
    double m_probability;
    double m_place = 0;
};

std::vector<float> mixed(std::span<const float> signal, std::span<const float> other, double share) {
    std::vector<float> result(signal.begin(), signal.end());
    if (share <= 0 || other.empty()) return result;
    const auto own = static_cast<float>(std::sqrt(1.0 - share));
    const auto second = static_cast<float>(std::sqrt(share));
    for (float& x : result) x *= own;
    const std::size_t common = std::min(result.size(), other.size());
    for (std::size_t i = 0; i < common; ++i) result[i] += second * other[i];
    return result;
}

double varispeedRatio(const AugmentationAmounts& amounts) {
    return std::exp2(-amounts.pitchSemitones / 12.0);
}

}  // namespace

AugmentationSettings AugmentationSettings::none() {
    AugmentationSettings settings;
    for (AmountRange* range :
         {&settings.pitchSemitones, &settings.stretch, &settings.noiseSnrDb, &settings.gainDb,
          &settings.polarity, &settings.allPassHz, &settings.detuneCents, &settings.roomSeconds,
          &settings.tiltDbPerOctave, &settings.mixupShare})
        range->enabled = false;
    settings.probability = 0;
    return settings;
}

AugmentationSettings AugmentationSettings::forDuration(double totalSeconds, int files) {
    AugmentationSettings settings;
    const double wanted =
        std::max(strength(totalSeconds, 120.0, 3600.0), strength(static_cast<double>(files), 10.0, 500.0));
    const double factor = std::round(wanted * 8.0) / 8.0;
    for (AmountRange* range :
         {&settings.pitchSemitones, &settings.detuneCents, &settings.tiltDbPerOctave, &settings.gainDb})
        scaleAround(*range, 0.0, factor);
    scaleAround(settings.stretch, 1.0, factor);
    scaleAround(settings.noiseSnrDb, settings.noiseSnrDb.high, factor);
    scaleAround(settings.roomSeconds, settings.roomSeconds.low, factor);
    scaleAround(settings.mixupShare, settings.mixupShare.low, factor);
    settings.mixupShare.enabled = files > 1;
    settings.probability *= factor;
    return settings;
}

int AugmentationSettings::variantsFor(double totalSeconds) {
    if (!(totalSeconds > 0)) return 0;
    const double wanted = kWantedSeconds / totalSeconds;
    for (const int variants : {24, 16, 12, 8, 6, 4, 3, 2, 1})
        if (wanted >= variants) return variants;
    return wanted >= 0.5 ? 1 : 0;
}

AugmentationAmounts drawAmounts(const AugmentationSettings& settings, Random& random) {
    Draw draw(random, settings.probability);
    AugmentationAmounts amounts;
    amounts.pitchSemitones = draw.uniform(settings.pitchSemitones, 0);
    amounts.stretch = draw.uniform(settings.stretch, 1);
    amounts.noiseSnrDb = draw.uniform(settings.noiseSnrDb, amounts.noiseSnrDb);
    amounts.gainDb = draw.uniform(settings.gainDb, 0);
    amounts.flipPolarity = draw.happens(settings.polarity);
    amounts.allPassHz = draw.logarithmic(settings.allPassHz, 0);
    amounts.pitchSemitones += draw.uniform(settings.detuneCents, 0) / 100.0;
    amounts.roomSeconds = draw.logarithmic(settings.roomSeconds, 0);
    amounts.tiltDbPerOctave = draw.uniform(settings.tiltDbPerOctave, 0);
    amounts.mixupShare = draw.uniform(settings.mixupShare, 0);
    amounts.noiseSeed = random.bits();
    return amounts;
}

std::vector<float> augmentSignal(std::span<const float> signal, const AugmentationAmounts& amounts,
                                 std::span<const float> other) {
    std::vector<float> result = mixed(signal, other, amounts.mixupShare);
    if (amounts.pitchSemitones != 0 && !result.empty()) {
        auto shifted = resampleByRatio(result, varispeedRatio(amounts), ResampleQuality::best);
        // A ratio of a few semitones is always possible; only memory can be lacking.
        if (!shifted) throw std::bad_alloc();
        result = std::move(*shifted);
    }
    if (amounts.allPassHz > 0) applyAllPass(result, amounts.allPassHz);
    if (amounts.tiltDbPerOctave != 0) applyTilt(result, amounts.tiltDbPerOctave);
    if (amounts.roomSeconds > 0) {
        const double stretchedBy = 512.0 / featureHop(amounts, 512);
        addRoom(result, amounts.roomSeconds / stretchedBy, mixSeed(amounts.noiseSeed, kRoomStream));
    }
    if (amounts.noiseSnrDb < kNoNoiseDb) addNoise(result, amounts.noiseSnrDb, amounts.noiseSeed);
    const auto gain =
        static_cast<float>(std::pow(10.0, amounts.gainDb / 20.0) * (amounts.flipPolarity ? -1.0 : 1.0));
    if (gain != 1.0F)
        for (float& x : result) x *= gain;
    return result;
}

double featureHop(const AugmentationAmounts& amounts, int hop) {
    return hop * varispeedRatio(amounts) / amounts.stretch;
}

}  // namespace smidgen
