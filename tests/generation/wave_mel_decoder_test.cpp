#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/analysis/metrics.h"
#include "engine/generation/mel_decoder.h"
#include "wave_decoder_fixture.h"

namespace smidgen {
namespace {

/// Hiss that swells and fades, with a hit every half second.
std::vector<float> hiss(std::size_t count) {
    std::vector<float> x(count);
    Random random(3);
    for (std::size_t i = 0; i < count; ++i) {
        const double t = static_cast<double>(i) / 48000.0;
        x[i] = static_cast<float>(
            (0.05 * (1.1 + std::sin(5.0 * t)) + 0.3 * std::exp(-30.0 * std::fmod(t, 0.5))) * random.normal());
    }
    return x;
}

class WaveMelDecoder : public SmallWaveDecoder {
 protected:
    static std::unique_ptr<MelDecoder> decoder(const WaveDecoding& decoding = {}) {
        auto weights = models::WaveDecoder::load(file(), models::DeviceKind::cpu);
        if (!weights) throw std::runtime_error(weights.error().sentence);
        return makeWaveDecoder(std::make_shared<const models::WaveDecoder>(std::move(*weights)), decoding);
    }
    static std::vector<float> decode(MelDecoder& decoder, const LogMel& mel, std::size_t length,
                                     std::uint64_t seed = 1) {
        auto decoded = decoder.decode({&mel, Samples(static_cast<std::int64_t>(length)), seed, {}});
        if (!decoded) throw std::runtime_error(decoded.error().sentence);
        return std::move(*decoded);
    }
};

TEST_F(WaveMelDecoder, ReturnsASoundOfTheMelItWasGiven) {
    const std::vector<float> signal = hiss(48000);
    const std::vector<float> decoded = decode(*decoder(), MelAnalyzer().analyze(signal), signal.size());
    ASSERT_EQ(decoded.size(), signal.size());
    EXPECT_LT(melL1(signal, decoded), 0.1);
}

/// The share of a sound's energy within 4 Hz of hz, over a second in its middle.
double shareNear(const std::vector<float>& signal, double hz) {
    constexpr std::size_t kSecond = 48000;
    const std::size_t start = (signal.size() - kSecond) / 2;
    double near = 0, all = 0;
    for (std::size_t i = 0; i < kSecond; ++i) {
        const auto value = static_cast<double>(signal[start + i]);
        all += value * value;
    }
    for (int offset = -4; offset <= 4; ++offset) {
        double real = 0, imaginary = 0;
        for (std::size_t i = 0; i < kSecond; ++i) {
            const double angle = 2 * std::numbers::pi * (hz + offset) * static_cast<double>(i) / kSecond;
            real += static_cast<double>(signal[start + i]) * std::cos(angle);
            imaginary += static_cast<double>(signal[start + i]) * std::sin(angle);
        }
        near += 2 * (real * real + imaginary * imaginary) / kSecond;
    }
    return near / all;
}

TEST_F(WaveMelDecoder, SteadyTonesKeepTheirPitch) {
    // The first two lie half way between multiples of 93.75 Hz, where frames that repeat cannot stand.
    for (const double hz : {234.375, 609.375, 10000.0}) {
        std::vector<float> signal(2 * 48000);
        for (std::size_t i = 0; i < signal.size(); ++i)
            signal[i] = 0.3F * static_cast<float>(
                                   std::sin(2 * std::numbers::pi * hz * static_cast<double>(i) / 48000));
        const std::vector<float> decoded = decode(*decoder(), MelAnalyzer().analyze(signal), signal.size());
        EXPECT_GT(shareNear(decoded, hz), 0.95) << hz;
    }
}

TEST_F(WaveMelDecoder, PiecesMeetWithoutASeam) {
    std::vector<float> signal = hiss(512 * 400 + 77);
    for (std::size_t i = 0; i < signal.size(); ++i)
        signal[i] += 0.2F * static_cast<float>(std::sin(0.05 * static_cast<double>(i)));
    const LogMel mel = MelAnalyzer().analyze(signal);
    const std::vector<float> whole = decode(*decoder({2, 100000}), mel, signal.size());
    for (const std::int64_t frames : {37, 128}) {
        const std::vector<float> pieces = decode(*decoder({2, frames}), mel, signal.size());
        ASSERT_EQ(pieces.size(), whole.size());
        float largest = 0;
        for (std::size_t i = 0; i < whole.size(); ++i)
            largest = std::max(largest, std::abs(whole[i] - pieces[i]));
        EXPECT_LE(largest, 1e-4F) << frames;
    }
}

TEST_F(WaveMelDecoder, EqualRequestsGiveEqualBitsAndSeedsDiffer) {
    const LogMel mel = MelAnalyzer().analyze(hiss(24000));
    const auto one = decoder();
    const std::vector<float> first = decode(*one, mel, 24000, 5);
    EXPECT_EQ(first, decode(*one, mel, 24000, 5));
    EXPECT_EQ(first, decode(*decoder(), mel, 24000, 5));
    EXPECT_NE(first, decode(*one, mel, 24000, 6));
}

TEST_F(WaveMelDecoder, TakesAnyLength) {
    const LogMel mel = MelAnalyzer().analyze(hiss(512 * 30));
    const auto one = decoder({2, 16});
    for (const std::size_t length :
         {0U, 1U, 511U, 512U, 513U, 512U * 16U, 512U * 16U + 1U, 512U * 30U, 512U * 60U}) {
        const std::vector<float> decoded = decode(*one, mel, length);
        ASSERT_EQ(decoded.size(), length);
        for (const float value : decoded) ASSERT_TRUE(std::isfinite(value));
    }
    // Beyond the mel's end there is silence.
    const std::vector<float> longer = decode(*one, mel, 512 * 80);
    for (std::size_t i = 512 * 45; i < longer.size(); ++i) ASSERT_LT(std::abs(longer[i]), 1e-4F) << i;
}

TEST_F(WaveMelDecoder, HostileMelsGiveFiniteSound) {
    LogMel mel{kMelBands, std::vector<float>(128 * 20)};
    Random random(1);
    for (float& value : mel.values) {
        const double kind = random.uniform();
        value = kind < 0.1   ? std::numeric_limits<float>::quiet_NaN()
                : kind < 0.2 ? std::numeric_limits<float>::infinity()
                : kind < 0.3 ? -std::numeric_limits<float>::infinity()
                             : static_cast<float>(random.uniform(-50, 50));
    }
    for (const float value : decode(*decoder(), mel, 512 * 20)) ASSERT_TRUE(std::isfinite(value));
    const LogMel empty{kMelBands, {}};
    for (const float value : decode(*decoder(), empty, 5000)) ASSERT_LT(std::abs(value), 1e-4F);
}

TEST_F(WaveMelDecoder, StopsWhenCancelled) {
    const LogMel mel = MelAnalyzer().analyze(hiss(24000));
    const CancelToken cancel;
    cancel.cancel();
    const auto stopped = decoder()->decode({&mel, Samples(24000), 1, cancel});
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace smidgen
