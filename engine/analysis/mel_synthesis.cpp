#include "engine/analysis/mel_synthesis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "engine/analysis/griffin_lim.h"
#include "engine/analysis/short_window_targets.h"
#include "engine/analysis/tone_carrier.h"
#include "engine/foundation/random.h"
#include "engine/foundation/thread_share.h"

namespace smidgen {
namespace {

constexpr int kInversionIterations = 10;
/// Of the windows 1, 1/2, 1/4 and 1/8 as long as the mel's: found by search on recorded sounds.
constexpr std::array kWeights{1.0F, 0.6F, 0.4F, 0.15F};
/// Frames count by their expected energy to this power, so that what is quiet (before an attack, say) is not
/// drowned in what is loud beside it; no frame counts as more than 80 dB below the loudest.
constexpr float kEnergyExponent = -0.25F;
constexpr float kLeastEnergyShare = 1e-8F;
constexpr float kTinyEnergy = 1e-12F;
constexpr float kLeastWeightSum = 1e-6F;
/// The mel is put right every few iterations in the last part.
constexpr int kCorrectionStep = 5;
constexpr double kCorrectionStart = 0.3;
constexpr float kLargestCorrection = 3.0F;
/// Shorter parts would not be worth a thread.
constexpr std::size_t kLeastPartFrames = 96;

struct Scale {
    Scale(StftShape shape, std::vector<float> expected) : stft(shape), magnitudes(std::move(expected)) {}
    Stft stft;
    std::vector<float> magnitudes;
    std::vector<float> weights;  ///< of its frames
};

/// A frame's energy, on one footing for every window length.
std::vector<float> frameEnergies(const Scale& scale) {
    const auto bins = static_cast<std::size_t>(scale.stft.shape().bins());
    const auto size = static_cast<float>(scale.stft.shape().fftSize);
    std::vector<float> energies(scale.magnitudes.size() / bins);
    for (std::size_t t = 0; t < energies.size(); ++t) {
        float sum = 0;
        for (std::size_t k = 0; k < bins; ++k)
            sum += scale.magnitudes[t * bins + k] * scale.magnitudes[t * bins + k];
        energies[t] = sum / (size * size);
    }
    return energies;
}

/// Sets the weights of all frames; returns the reciprocal of their sum over windows for every sample.
std::vector<float> weigh(std::vector<Scale>& scales, std::size_t samples) {
    float loudest = 0;
    for (Scale& scale : scales) {
        scale.weights = frameEnergies(scale);
        for (const float energy : scale.weights) loudest = std::max(loudest, energy);
    }
    const float least = loudest * kLeastEnergyShare + kTinyEnergy;
    const float scaling = std::pow(loudest + least, -kEnergyExponent);
    std::vector<float> reciprocal(samples, 0.0F);
    for (std::size_t s = 0; s < scales.size(); ++s) {
        for (float& weight : scales[s].weights)
            weight = kWeights[s] * scaling * std::pow(weight + least, kEnergyExponent);
        scales[s].stft.addSquaredWindows(scales[s].weights, reciprocal);
    }
    for (float& value : reciprocal) value = value > kLeastWeightSum ? 1.0F / value : 0.0F;
    return reciprocal;
}

/// A stretch of the signal, and what a thread of its own needs to work on it.
struct Part {
    Part(const MelBank& bank, const std::vector<Scale>& scales)
        : row(static_cast<std::size_t>(bank.shape().stft.bins())),
          factors(static_cast<std::size_t>(bank.shape().bands)) {
        for (const Scale& scale : scales) stfts.emplace_back(scale.stft.shape());
    }
    std::size_t firstFrame = 0, lastFrame = 0;    ///< of the mel, [first, last)
    std::size_t firstSample = 0, lastSample = 0;  ///< [first, last)
    std::vector<Stft> stfts;
    std::vector<float> row, factors;
};

std::vector<Part> divide(const MelBank& bank, const std::vector<Scale>& scales, std::size_t samples,
                         int threads) {
    const auto bins = static_cast<std::size_t>(bank.shape().stft.bins());
    const auto hop = static_cast<std::size_t>(bank.shape().stft.hop);
    const std::size_t frames = scales.front().magnitudes.size() / bins;
    const std::size_t count =
        std::clamp<std::size_t>(frames / kLeastPartFrames, 1, static_cast<std::size_t>(threads));
    std::vector<Part> parts;
    for (std::size_t p = 0; p < count; ++p) {
        Part& part = parts.emplace_back(bank, scales);
        part.firstFrame = frames * p / count;
        part.lastFrame = frames * (p + 1) / count;
        part.firstSample = std::min(samples, part.firstFrame * hop);
        part.lastSample = p + 1 == count ? samples : std::min(samples, part.lastFrame * hop);
    }
    return parts;
}

/// What the windows agree on in a part: the mean of what each makes of `signal`.
void agree(const std::vector<Scale>& scales, std::span<const float> signal, std::span<const float> reciprocal,
           Part& part, std::span<float> out) {
    const std::span<float> own = out.subspan(part.firstSample, part.lastSample - part.firstSample);
    std::ranges::fill(own, 0.0F);
    for (std::size_t s = 0; s < scales.size(); ++s)
        part.stfts[s].addImposed(signal, scales[s].magnitudes, scales[s].weights, own, part.firstSample);
    for (std::size_t i = 0; i < own.size(); ++i) own[i] *= reciprocal[part.firstSample + i];
}

/// The signal's mel against the one wanted; `magnitudes` of a part's frames are scaled by the square root of
/// what is missing. binSum: what all triangles weigh at each bin.
void correctTowardsMel(const MelBank& bank, std::span<const float> mel, std::span<const float> signal,
                       std::span<const float> binSum, Part& part, std::span<float> magnitudes) {
    const std::size_t bins = part.row.size(), bands = part.factors.size();
    for (std::size_t t = part.firstFrame; t < std::min(part.lastFrame, mel.size() / bands); ++t) {
        part.stfts.front().frameMagnitudes(signal, static_cast<std::int64_t>(t) * bank.shape().stft.hop,
                                           part.row);
        bank.apply(part.row, part.factors);
        for (std::size_t b = 0; b < bands; ++b) {
            const float missing = (mel[t * bands + b] + kMelFloor) / (part.factors[b] + kMelFloor);
            part.factors[b] = std::sqrt(std::clamp(missing, 1.0F / kLargestCorrection, kLargestCorrection));
        }
        bank.applyTransposed(part.factors, part.row);
        for (std::size_t k = 0; k < bins; ++k)
            if (binSum[k] > 0.0F) magnitudes[t * bins + k] *= part.row[k] / binSum[k];
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

/// Where to start: random phases, but steady tones go on from frame to frame as they should, and a tone that
/// is alone has its own spectrum, in `magnitudes` too.
std::vector<std::complex<float>> startPhases(const MelBank& bank, std::span<const float> mel,
                                             std::uint64_t seed, std::vector<float>& magnitudes) {
    const auto bins = static_cast<std::size_t>(bank.shape().stft.bins());
    std::vector<float> logMel(mel.begin(), mel.end());
    toLogMel(logMel);
    const ToneCarrier carrier(bank);
    const CarriedTones tones = carrier.trace(logMel);
    const auto bands = static_cast<std::size_t>(bank.shape().bands);
    std::vector<std::complex<float>> phases(magnitudes.size());
    Random drawn(mixSeed(seed, 0x7374617274ULL));
    const auto draw = [&] {
        const double angle = 2.0 * std::numbers::pi * drawn.uniform();
        return std::complex<float>(static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle)));
    };
    std::vector<std::complex<float>> kept(bins);
    for (std::complex<float>& value : kept) value = draw();
    for (std::size_t t = 0; t < magnitudes.size() / bins; ++t) {
        const std::span<std::complex<float>> row = std::span(phases).subspan(t * bins, bins);
        const std::size_t given = std::min(t, tones.pure.size() - 1);
        for (std::size_t k = 0; k < bins; ++k) {
            const auto band = static_cast<std::size_t>(carrier.bandOfBin()[k]);
            row[k] = tones.turns[given * bands + band] != 0.0F ? kept[k] : draw();
        }
        carrier.advance(tones, given, row);
        for (const PureTone& tone : tones.pure[given])
            for (int k = tone.firstBin; k <= tone.lastBin; ++k) {
                std::complex<float>& value = row[static_cast<std::size_t>(k)];
                const float size = std::abs(value);
                magnitudes[t * bins + static_cast<std::size_t>(k)] = size;
                value = size > 0.0F ? value / size : std::complex<float>(1.0F, 0.0F);
            }
    }
    return phases;
}

std::vector<Scale> makeScales(const MelBank& bank, std::span<const float> mel, Samples samples,
                              std::vector<float> magnitudes) {
    std::vector<Scale> scales;
    scales.emplace_back(bank.shape().stft, std::move(magnitudes));
    const ShortWindowTargets targets(bank, scales.front().magnitudes, mel);
    const int window = bank.shape().stft.fftSize;
    for (const int ratio : {2, 4, 8})
        scales.emplace_back(StftShape{window / ratio, window / ratio / 4},
                            targets.magnitudes(ratio, samples));
    return scales;
}

}  // namespace

std::vector<float> synthesizeFromMel(const MelBank& bank, std::span<const float> mel, Samples samples,
                                     const MelSynthesisSettings& settings, std::span<const float> head,
                                     const CancelToken& cancel) {
    std::vector<float> wanted(mel.begin(), mel.end());
    for (float& value : wanted) value = value > 0.0F ? value : 0.0F;
    std::vector<float> magnitudes = invertMel(bank, wanted, kInversionIterations);
    const std::vector<std::complex<float>> phases = startPhases(bank, wanted, settings.seed, magnitudes);
    std::vector<Scale> scales = makeScales(bank, wanted, samples, std::move(magnitudes));
    std::vector<float> signal =
        griffinLim(scales.front().stft, scales.front().magnitudes, samples, {0, 0.0, settings.seed}, phases);
    imposeHead(head, signal);
    const std::vector<float> reciprocal = weigh(scales, signal.size());
    const ThreadShare share;
    std::vector<Part> parts = divide(bank, scales, signal.size(), share.threads());
    const auto inParts = [&parts](const auto& work) {
        ThreadShare::run(static_cast<int>(parts.size()),
                         [&](int part) { work(parts[static_cast<std::size_t>(part)]); });
    };
    std::vector<float> binSum(static_cast<std::size_t>(bank.shape().stft.bins()));
    bank.applyTransposed(std::vector<float>(static_cast<std::size_t>(bank.shape().bands), 1.0F), binSum);
    std::vector<float> extrapolated = signal;
    std::vector<float> before(signal.size());
    const auto momentum = static_cast<float>(settings.momentum);
    const int correctionStart = static_cast<int>(kCorrectionStart * settings.iterations);
    for (int iteration = 0; iteration < settings.iterations && !cancel.cancelled(); ++iteration) {
        before.swap(signal);
        inParts([&](Part& part) { agree(scales, extrapolated, reciprocal, part, signal); });
        imposeHead(head, signal);
        for (std::size_t i = 0; i < signal.size(); ++i)
            extrapolated[i] = signal[i] + momentum * (signal[i] - before[i]);
        if (iteration >= correctionStart && (iteration - correctionStart) % kCorrectionStep == 0)
            inParts([&](Part& part) {
                correctTowardsMel(bank, wanted, signal, binSum, part, scales.front().magnitudes);
            });
    }
    return signal;
}

}  // namespace smidgen
