#include "engine/jobs/decoder_material.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <numbers>

#include "engine/audio/audio_reader.h"
#include "engine/audio/resampler.h"
#include "engine/foundation/atomic_file.h"
#include "engine/synthesis/sound_synthesizer.h"

namespace smidgen {
namespace {

constexpr double kVarispeedShare = 0.5;
constexpr double kMostOctaves = 0.6;
constexpr double kReverseShare = 0.1;
constexpr double kTiltShare = 0.4;
constexpr double kSecondShare = 0.25;
constexpr double kAttackShare = 0.25;
constexpr double kShortestSynthetic = 0.4;
constexpr double kLongestSynthetic = 2.5;
constexpr double kQuietestPeakDb = -45.0;
constexpr double kLoudestPeakDb = -0.5;
/// What is quieter than this before augmentation is raised by no more than kMostGainDb.
constexpr double kMostGainDb = 40.0;

float peakOf(std::span<const float> signal) {
    float peak = 0;
    for (const float value : signal) peak = std::max(peak, std::abs(value));
    return peak;
}

/// x + amount × one-pole low-pass of x.
void tilt(std::span<float> signal, double hz, double amount) {
    const auto pole = static_cast<float>(std::exp(-2.0 * std::numbers::pi * hz / kSampleRate));
    const auto share = static_cast<float>(amount);
    float low = 0;
    for (float& value : signal) {
        low = value + pole * (low - value);
        value += share * low;
    }
}

/// Where in a sound a crop begins; below zero: the sound begins inside the crop. Short sounds may lie
/// anywhere in it; of others, every fourth begins in it: attacks out of silence.
std::int64_t drawStart(Random& random, std::int64_t length, std::int64_t samples) {
    const auto below = [&](std::int64_t n) {
        return static_cast<std::int64_t>(
            random.below(static_cast<std::uint64_t>(std::max<std::int64_t>(1, n))));
    };
    if (length < samples) return below(samples) - (samples - length / 2);
    if (random.uniform() < kAttackShare) return -below(samples * 3 / 4);
    return below(length - samples + 1);
}

double gainOf(double db) {
    return std::pow(10.0, db / 20.0);
}

}  // namespace

Result<DecoderMaterial> DecoderMaterial::load(std::span<const std::filesystem::path> files,
                                              const DecoderMaterialSettings& settings,
                                              const CancelToken& cancel,
                                              const std::function<void(double)>& progress) {
    DecoderMaterial material;
    material.m_settings = settings;
    double shares = 0;
    try {
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (cancel.cancelled())
                return failure(ErrorCode::cancelled, "Reading the recordings was cancelled.");
            if (progress) progress(static_cast<double>(i) / static_cast<double>(files.size()));
            const auto audio = readAudioAtInternalRate(files[i]);
            if (!audio) {
                material.m_skipped.push_back(audio.error().sentence);
                continue;
            }
            const std::vector<float> mid = toMidSide(*audio).mid;
            const float peak = peakOf(mid);
            if (mid.empty() || !(peak > 0.0F) || !std::isfinite(peak)) {
                material.m_skipped.push_back("'" + displayName(files[i]) + "' is silent.");
                continue;
            }
            const double seconds = static_cast<double>(mid.size()) / kSampleRate;
            if (material.seconds() + seconds > settings.mostSeconds) {
                material.m_skipped.push_back("'" + displayName(files[i]) +
                                             "' was left out: there is enough sound already.");
                continue;
            }
            Sound sound;
            sound.scale = peak / 32767.0F;
            sound.samples.reserve(mid.size());
            for (const float value : mid)
                sound.samples.push_back(static_cast<std::int16_t>(std::lrint(value / sound.scale)));
            material.m_sounds.push_back(std::move(sound));
            material.m_shares.push_back(shares += std::sqrt(seconds));
        }
    } catch (const std::bad_alloc&) {
        return failure(ErrorCode::outOfMemory, "There is not enough memory for these recordings.");
    }
    if (!files.empty() && material.m_sounds.empty())
        return failure(ErrorCode::unusableInput,
                       "None of these files can be learned from. " + material.m_skipped.front());
    material.m_syntheticShare = material.syntheticShare();
    return material;
}

double DecoderMaterial::seconds() const {
    std::size_t samples = 0;
    for (const Sound& sound : m_sounds) samples += sound.samples.size();
    return static_cast<double>(samples) / kSampleRate;
}

std::vector<float> DecoderMaterial::recorded(Random& random, std::int64_t samples) const {
    const double place = random.uniform() * m_shares.back();
    const auto found = std::upper_bound(m_shares.begin(), m_shares.end(), place);
    const auto index =
        std::min<std::size_t>(static_cast<std::size_t>(found - m_shares.begin()), m_sounds.size() - 1);
    const Sound& sound = m_sounds[index];
    const auto length = static_cast<std::int64_t>(sound.samples.size());
    const std::int64_t start = drawStart(random, length, samples);
    std::vector<float> signal(static_cast<std::size_t>(samples), 0.0F);
    for (std::int64_t i = std::max<std::int64_t>(0, -start); i < samples && start + i < length; ++i)
        signal[static_cast<std::size_t>(i)] =
            static_cast<float>(sound.samples[static_cast<std::size_t>(start + i)]) * sound.scale;
    return signal;
}

std::vector<float> DecoderMaterial::synthetic(Random& random, std::int64_t samples) const {
    std::uint64_t number = random.bits();
    if (m_settings.syntheticSeconds) {
        const double sounds = *m_settings.syntheticSeconds / (0.5 * (kShortestSynthetic + kLongestSynthetic));
        number %= static_cast<std::uint64_t>(std::max(1.0, sounds));
    }
    Random drawn(mixSeed(m_settings.seed, 0x73796e7468ULL, number));
    const double seconds = drawn.uniform(kShortestSynthetic, kLongestSynthetic);
    const std::vector<float> sound = synthesizeSound(drawn.bits(), seconds);
    const auto length = static_cast<std::int64_t>(sound.size());
    const std::int64_t start = drawStart(random, length, samples);
    std::vector<float> signal(static_cast<std::size_t>(samples), 0.0F);
    for (std::int64_t i = std::max<std::int64_t>(0, -start); i < samples && start + i < length; ++i)
        signal[static_cast<std::size_t>(i)] = sound[static_cast<std::size_t>(start + i)];
    return signal;
}

double DecoderMaterial::syntheticShare() const {
    if (m_sounds.empty()) return 1.0;
    if (!m_settings.syntheticSeconds) return kSyntheticShare;
    return *m_settings.syntheticSeconds / (*m_settings.syntheticSeconds + seconds());
}

std::vector<float> DecoderMaterial::source(Random& random, std::int64_t samples) const {
    const bool fromSynthesizer = random.uniform() < m_syntheticShare;
    const double octaves =
        random.uniform() < kVarispeedShare ? random.uniform(-kMostOctaves, kMostOctaves) : 0.0;
    const double ratio = std::exp2(octaves);  // output rate over input rate
    const auto wanted = static_cast<std::int64_t>(std::ceil(static_cast<double>(samples) / ratio)) + 64;
    std::vector<float> signal = fromSynthesizer ? synthetic(random, wanted) : recorded(random, wanted);
    if (octaves != 0.0)
        if (auto changed = resampleByRatio(signal, ratio, ResampleQuality::quick))
            signal = std::move(*changed);
    signal.resize(static_cast<std::size_t>(samples), 0.0F);
    if (random.uniform() < kReverseShare) std::reverse(signal.begin(), signal.end());
    return signal;
}

std::vector<float> DecoderMaterial::crop(std::uint64_t number, int frames) const {
    Random random(mixSeed(m_settings.seed, 0x63726f70ULL, number));
    const std::int64_t samples = static_cast<std::int64_t>(frames - 1) * 512;
    std::vector<float> signal = source(random, samples);
    if (random.uniform() < kSecondShare) {
        std::vector<float> second = source(random, samples);
        const float first = peakOf(signal);
        const float other = peakOf(second);
        const auto gain = static_cast<float>(gainOf(random.uniform(-20.0, 0.0)));
        if (other > 0.0F)
            for (std::size_t i = 0; i < signal.size(); ++i)
                signal[i] += second[i] * gain * (first > 0.0F ? first : 1.0F) / other;
    }
    if (random.uniform() < kTiltShare)
        tilt(signal, 200.0 * std::pow(25.0, random.uniform()), random.uniform(-0.9, 4.0));
    const float peak = peakOf(signal);
    if (peak > 0.0F) {
        const double wanted = gainOf(random.uniform(kQuietestPeakDb, kLoudestPeakDb));
        const auto gain =
            static_cast<float>(std::min(wanted / static_cast<double>(peak), gainOf(kMostGainDb)));
        for (float& value : signal) value *= gain;
    }
    return signal;
}

WaveBatcher::WaveBatcher(const models::WaveDecoderShape& shape, std::shared_ptr<const models::MelVae> through)
    : m_shape(shape),
      m_through(std::move(through)),
      m_skeleton(m_analyzer.bank(), {1}),
      m_carrier(m_analyzer.bank()) {}

void WaveBatcher::clear(models::WaveBatch& batch) const {
    batch.inputs.clear();
    batch.skeleton.clear();
    batch.turns.clear();
    batch.signal.clear();
}

Status WaveBatcher::append(std::span<const float> crop, std::uint64_t seed, models::WaveBatch& batch) {
    LogMel mel = m_analyzer.analyze(crop);
    if (m_through && seed % 2 == 1) {
        auto latents = m_through->encode(mel.values);
        if (!latents) return propagate(latents);
        auto rebuilt = m_through->decode(*latents);
        if (!rebuilt) return propagate(rebuilt);
        rebuilt->resize(mel.values.size());
        mel.values = std::move(*rebuilt);
        for (float& value : mel.values) value = std::max(value, kLogMelFloor);
    }
    describeForDecoder(m_skeleton, mel.values, m_shape.noise, seed, m_rows);
    batch.inputs.insert(batch.inputs.end(), m_rows.begin(), m_rows.end());
    m_skeleton.interpolate(mel.values, m_rows);
    batch.skeleton.insert(batch.skeleton.end(), m_rows.begin(), m_rows.end());
    // A crop is cut out of something: its tones have been sounding for any time.
    const std::vector<float> turns = m_carrier.trace(mel.values, &seed).turns;
    const auto bands = static_cast<std::size_t>(mel.bands);
    for (std::size_t row = 0; row < turns.size(); row += bands)
        for (const int band : m_carrier.bandOfBin())
            batch.turns.push_back(turns[row + static_cast<std::size_t>(band)]);
    batch.signal.insert(batch.signal.end(), crop.begin(), crop.end());
    return {};
}

}  // namespace smidgen
