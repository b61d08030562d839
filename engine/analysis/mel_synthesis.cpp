#include "engine/analysis/mel_synthesis.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/analysis/griffin_lim.h"
#include "engine/analysis/short_window_targets.h"

namespace smidgen {
namespace {

constexpr int kInversionIterations = 10;
/// Of the windows 1, 1/2, 1/4 and 1/8 as long as the mel's: found by search on recorded sounds.
constexpr std::array kWeights{1.0F, 0.6F, 0.4F, 0.1F};
constexpr float kWeightSum = 2.1F;
/// The mel is put right every few iterations in the last part.
constexpr int kCorrectionStep = 5;
constexpr double kCorrectionStart = 0.3;
constexpr float kLargestCorrection = 3.0F;

struct Scale {
    Stft stft;
    std::vector<float> magnitudes;
};

/// The signal's mel against the one wanted; `magnitudes` are scaled by the square root of what is missing.
void correctTowardsMel(const MelBank& bank, std::span<const float> mel, std::span<const float> signal,
                       Scale& scale) {
    const auto bins = static_cast<std::size_t>(bank.shape().stft.bins());
    const auto bands = static_cast<std::size_t>(bank.shape().bands);
    std::vector<float> row(bins);
    std::vector<float> ones(bands, 1.0F);
    std::vector<float> binSum(bins);
    bank.applyTransposed(ones, binSum);
    std::vector<float> factors(bands);
    for (std::size_t t = 0; t < mel.size() / bands; ++t) {
        scale.stft.frameMagnitudes(signal, static_cast<std::int64_t>(t) * bank.shape().stft.hop, row);
        bank.apply(row, factors);
        for (std::size_t b = 0; b < bands; ++b) {
            const float missing = (mel[t * bands + b] + kMelFloor) / (factors[b] + kMelFloor);
            factors[b] = std::sqrt(std::clamp(missing, 1.0F / kLargestCorrection, kLargestCorrection));
        }
        bank.applyTransposed(factors, row);
        float* const magnitudes = scale.magnitudes.data() + t * bins;
        for (std::size_t k = 0; k < bins; ++k)
            if (binSum[k] > 0.0F) magnitudes[k] *= row[k] / binSum[k];
    }
}

void imposeHead(std::span<const float> head, std::span<float> signal) {
    const std::size_t length = std::min(head.size(), signal.size());
    const std::size_t fade = std::min(kHeadFade, length);
    std::copy_n(head.begin(), length - fade, signal.begin());
    for (std::size_t i = length - fade; i < length; ++i) {
        const float share = static_cast<float>(length - i) / static_cast<float>(fade + 1);
        signal[i] += share * (head[i] - signal[i]);
    }
}

std::vector<Scale> makeScales(const MelBank& bank, std::span<const float> mel, Samples samples) {
    std::vector<Scale> scales;
    scales.push_back({Stft(bank.shape().stft), invertMel(bank, mel, kInversionIterations)});
    const ShortWindowTargets targets(bank, scales.front().magnitudes, mel);
    const int window = bank.shape().stft.fftSize;
    for (const int ratio : {2, 4, 8})
        scales.push_back({Stft({window / ratio, window / ratio / 4}), targets.magnitudes(ratio, samples)});
    return scales;
}

}  // namespace

std::vector<float> synthesizeFromMel(const MelBank& bank, std::span<const float> mel, Samples samples,
                                     const MelSynthesisSettings& settings, std::span<const float> head,
                                     const CancelToken& cancel) {
    std::vector<float> wanted(mel.begin(), mel.end());
    for (float& value : wanted) value = value > 0.0F ? value : 0.0F;
    std::vector<Scale> scales = makeScales(bank, wanted, samples);
    std::vector<float> signal =
        griffinLim(scales.front().stft, scales.front().magnitudes, samples, {0, 0.0, settings.seed});
    imposeHead(head, signal);
    std::vector<float> extrapolated = signal;
    std::vector<float> before;
    std::vector<float> one;
    const auto momentum = static_cast<float>(settings.momentum);
    const int correctionStart = static_cast<int>(kCorrectionStart * settings.iterations);
    for (int iteration = 0; iteration < settings.iterations && !cancel.cancelled(); ++iteration) {
        before.swap(signal);
        signal.assign(before.size(), 0.0F);
        for (std::size_t s = 0; s < scales.size(); ++s) {
            scales[s].stft.imposeMagnitudes(extrapolated, scales[s].magnitudes, one);
            const float weight = kWeights[s] / kWeightSum;
            for (std::size_t i = 0; i < signal.size(); ++i) signal[i] += weight * one[i];
        }
        imposeHead(head, signal);
        for (std::size_t i = 0; i < signal.size(); ++i)
            extrapolated[i] = signal[i] + momentum * (signal[i] - before[i]);
        if (iteration >= correctionStart && (iteration - correctionStart) % kCorrectionStep == 0)
            correctTowardsMel(bank, wanted, signal, scales.front());
    }
    return signal;
}

}  // namespace smidgen
