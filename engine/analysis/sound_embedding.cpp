#include "engine/analysis/sound_embedding.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace smidgen {
namespace {

constexpr int kCoefficients = 13;
/// Frames this far below the loudest (60 dB) are silence.
constexpr double kSilence = 6.9;
constexpr double kLowHz = 150, kHighHz = 5000;
/// A rise of the level within two frames that begins something new, nepers.
constexpr double kOnset = 0.5;
constexpr double kFastestDecay = 40;
constexpr double kFarthest = 3;
constexpr double kCeiling = 16;

/// Of the numbers over 1 505 recordings: sonic-pi-samples and the CC0 instruments of resources/base/README.md
/// (`embedding_quality --scales`).
struct Scale {
    float mean, deviation;
};
constexpr Scale kScales[kSoundDims] = {
    {8.296F, 11.12F},    {-3.768F, 7.147F},  {1.811F, 4.073F},   {-2.692F, 3.555F},   {-0.3026F, 2.889F},
    {-2.253F, 2.612F},   {-0.2157F, 2.373F}, {-1.382F, 2.239F},  {-0.04118F, 2.156F}, {-1.421F, 1.887F},
    {-0.04051F, 1.864F}, {-1.009F, 1.743F},  {0.01193F, 1.69F},  {2.285F, 1.586F},    {1.974F, 1.529F},
    {1.184F, 0.8212F},   {1.085F, 0.7423F},  {0.8183F, 0.494F},  {0.8315F, 0.5196F},  {0.676F, 0.4098F},
    {0.6957F, 0.4454F},  {0.6178F, 0.3727F}, {0.6299F, 0.3728F}, {0.5954F, 0.4234F},  {0.5972F, 0.4069F},
    {0.5735F, 0.401F},   {37.72F, 21.34F},   {21.33F, 7.024F},   {-1.81F, 1.077F},    {0.2589F, 0.1319F},
    {0.1363F, 0.2264F},  {0.1646F, 0.2011F}, {-3.242F, 1.909F},  {0.2233F, 0.2011F},  {0.4405F, 0.8945F},
    {2.535F, 1.653F},    {11.03F, 11.7F},    {0.895F, 1.587F},   {1.322F, 0.6668F},   {0.09826F, 0.1645F}};

/// Found by trial (`embedding_quality`): how far timbre wanders tells half as much as the rest.
constexpr float weightOf(std::size_t number) {
    return number >= kCoefficients && number < 2 * kCoefficients ? 0.5F : 1.0F;
}

/// What is taken of each frame, and how much each counts.
struct Levels {
    std::vector<double> level;   ///< ln of the root of the sum of squares over bands
    std::vector<double> weight;  ///< energy as a share of all
    double loudest = 0;
};

/// Keeps nonsense finite: no sound comes near the ceiling.
double held(float value) {
    return value > kLogMelFloor ? std::min<double>(value, kCeiling) : kLogMelFloor;
}

double weighted(std::span<const double> values, std::span<const double> weights) {
    double sum = 0;
    for (std::size_t t = 0; t < values.size(); ++t) sum += values[t] * weights[t];
    return sum;
}

Levels levelsOf(const LogMel& mel, std::int64_t count) {
    Levels frames;
    double total = 0;
    for (std::int64_t t = 0; t < count; ++t) {
        double power = 0;
        for (const float value : mel.frame(t)) power += std::exp(2.0 * held(value));
        frames.level.push_back(0.5 * std::log(power));
        frames.weight.push_back(power);
        total += power;
    }
    for (double& weight : frames.weight) weight /= total;
    frames.loudest = *std::max_element(frames.level.begin(), frames.level.end());
    return frames;
}

/// Coefficients 1 … kCoefficients of the discrete cosine transform over bands, for each frame.
std::vector<std::vector<double>> cepstra(const LogMel& mel, std::int64_t count) {
    const auto bands = static_cast<std::size_t>(mel.bands);
    std::vector<double> cosines(bands * kCoefficients);
    for (std::size_t c = 0; c < kCoefficients; ++c)
        for (std::size_t b = 0; b < bands; ++b)
            cosines[c * bands + b] = std::cos(std::numbers::pi * static_cast<double>(c + 1) *
                                              (static_cast<double>(b) + 0.5) / static_cast<double>(bands)) *
                                     std::sqrt(2.0 / static_cast<double>(bands));
    std::vector<std::vector<double>> rows(kCoefficients,
                                          std::vector<double>(static_cast<std::size_t>(count)));
    for (std::int64_t t = 0; t < count; ++t) {
        const auto frame = mel.frame(t);
        for (std::size_t c = 0; c < kCoefficients; ++c)
            for (std::size_t b = 0; b < bands; ++b)
                rows[c][static_cast<std::size_t>(t)] += cosines[c * bands + b] * held(frame[b]);
    }
    return rows;
}

void describeSpectrum(const LogMel& mel, std::int64_t count, const MelShape& shape, const Levels& frames,
                      std::span<float> out) {
    const auto toMel = [](double hz) { return 2595.0 * std::log10(1.0 + hz / 700.0); };
    const double low = toMel(shape.lowHz);
    const double step = (toMel(shape.highHz) - low) / (shape.bands + 1);
    const double lowEnd = (toMel(kLowHz) - low) / step - 1, highStart = (toMel(kHighHz) - low) / step - 1;
    double centroid = 0, spread = 0, flatness = 0, change = 0, below = 0, above = 0;
    for (std::int64_t t = 0; t < count; ++t) {
        const auto frame = mel.frame(t);
        const double weight = frames.weight[static_cast<std::size_t>(t)];
        double sum = 0, first = 0, second = 0, logs = 0, lows = 0, highs = 0, moved = 0;
        for (int b = 0; b < mel.bands; ++b) {
            const double value = held(frame[static_cast<std::size_t>(b)]);
            const double magnitude = std::exp(value);
            sum += magnitude;
            first += magnitude * b;
            second += magnitude * b * b;
            logs += value;
            if (b <= lowEnd) lows += magnitude;
            if (b >= highStart) highs += magnitude;
            if (t > 0) moved += std::abs(value - held(mel.frame(t - 1)[static_cast<std::size_t>(b)]));
        }
        const double middle = first / sum;
        centroid += weight * middle;
        spread += weight * std::sqrt(std::max(0.0, second / sum - middle * middle));
        flatness += weight * (logs / mel.bands - std::log(sum / mel.bands));
        change += weight * moved / mel.bands;
        below += weight * lows / sum;
        above += weight * highs / sum;
    }
    const double values[] = {centroid, spread, flatness, change, below, above};
    for (std::size_t i = 0; i < std::size(values); ++i) out[i] = static_cast<float>(values[i]);
}

void describeTime(const Levels& frames, double frameSeconds, std::span<float> out) {
    const std::vector<double>& level = frames.level;
    const auto count = static_cast<double>(level.size());
    const auto highest =
        static_cast<std::size_t>(std::max_element(level.begin(), level.end()) - level.begin());
    const auto reaches = [&](double share) {
        std::size_t t = highest;
        while (t > 0 && level[t - 1] > frames.loudest + std::log(share)) --t;
        return t;
    };
    const double attack = static_cast<double>(reaches(0.9) - reaches(0.1)) + 0.5;
    double centre = 0, sounding = 0, mean = 0, square = 0, onsets = 0;
    for (std::size_t t = 0; t < level.size(); ++t) {
        centre += frames.weight[t] * (static_cast<double>(t) + 0.5) / count;
        if (level[t] < frames.loudest - kSilence) continue;
        sounding += 1;
        mean += level[t];
        square += level[t] * level[t];
    }
    mean /= sounding;
    bool rising = false;
    for (std::size_t t = 2; t < level.size(); ++t) {
        const bool rises = level[t] > frames.loudest - kSilence / 2 && level[t] - level[t - 2] > kOnset;
        if (rises && !rising) onsets += 1;
        rising = rises;
    }
    // To where the level has fallen by 20 dB, or to the end.
    std::size_t end = highest;
    while (end + 1 < level.size() && level[end] > frames.loudest - std::numbers::ln10) ++end;
    const double fall =
        end > highest ? (frames.loudest - level[end]) / (static_cast<double>(end - highest) * frameSeconds)
                      : kFastestDecay;
    const double values[] = {std::log(attack * frameSeconds),
                             centre,
                             std::log(sounding * frameSeconds),
                             frames.loudest - mean,
                             std::clamp(fall, 0.0, kFastestDecay),
                             onsets / (count * frameSeconds),
                             std::sqrt(std::max(0.0, square / sounding - mean * mean)),
                             1.0 - sounding / count};
    for (std::size_t i = 0; i < std::size(values); ++i) out[i] = static_cast<float>(values[i]);
}

}  // namespace

SoundEmbedding describeSound(const LogMel& mel, const MelShape& shape) {
    SoundEmbedding result{};
    const std::int64_t count = mel.frames().value;
    const auto silent = [](float value) { return !(value > kLogMelFloor); };
    if (count == 0 || std::all_of(mel.values.begin(), mel.values.end(), silent)) return result;
    const Levels frames = levelsOf(mel, count);
    const auto rows = cepstra(mel, count);
    for (std::size_t c = 0; c < kCoefficients; ++c) {
        const double mean = weighted(rows[c], frames.weight);
        double square = 0;
        for (std::size_t t = 0; t < rows[c].size(); ++t)
            square += frames.weight[t] * (rows[c][t] - mean) * (rows[c][t] - mean);
        result[c] = static_cast<float>(mean);
        result[kCoefficients + c] = static_cast<float>(std::sqrt(square));
    }
    const std::span<float> rest = std::span(result).subspan(2 * kCoefficients);
    describeSpectrum(mel, count, shape, frames, rest.first(6));
    describeTime(frames, static_cast<double>(shape.stft.hop) / shape.rate, rest.subspan(6));
    return result;
}

SoundEmbedding embedSound(const LogMel& mel, const MelShape& shape) {
    SoundEmbedding values = describeSound(mel, shape);
    if (std::all_of(values.begin(), values.end(), [](float value) { return value == 0.0F; })) return values;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float away = (values[i] - kScales[i].mean) / kScales[i].deviation;
        values[i] = weightOf(i) * std::clamp<float>(away, -kFarthest, kFarthest);
    }
    return values;
}

}  // namespace smidgen
