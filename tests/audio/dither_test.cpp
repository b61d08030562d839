// The error of 16 bits with triangular dither: mean 0, variance ¼ LSB² whatever the sound, white, unrelated.
#include "engine/audio/audio_reader.h"
#include "tests/audio/sounds.h"

namespace smidgen {
namespace {

constexpr std::int64_t kLength = 400000;

class Dither : public AudioTest {
 protected:
    /// The error in LSB after writing `sound` with 16 bits, per sample of the first channel.
    std::vector<double> errorsOf(const AudioBuffer& sound, bool dither, int channel = 0) {
        WriteOptions options;
        options.profile = {FileFormat::wav, SampleDepth::int16, kSampleRate, dither, 0.7};
        EXPECT_TRUE(writeAudio(sound, folder / "a.wav", options));
        const auto direct = readDirectly(folder / "a.wav");
        std::vector<double> errors;
        for (std::size_t i = 0; i < static_cast<std::size_t>(sound.length().value); ++i) {
            const int level =
                direct.samples[i * sound.channels.size() + static_cast<std::size_t>(channel)] >> 16;
            errors.push_back(
                level - 32768.0 * static_cast<double>(sound.channels[static_cast<std::size_t>(channel)][i]));
        }
        return errors;
    }
};

double mean(const std::vector<double>& x) {
    double sum = 0;
    for (const double v : x) sum += v;
    return sum / static_cast<double>(x.size());
}

double correlation(const std::vector<double>& a, const std::vector<double>& b, std::size_t lag = 0) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    const double ma = mean(a);
    const double mb = mean(b);
    for (std::size_t i = 0; i + lag < a.size(); ++i) {
        ab += (a[i] - ma) * (b[i + lag] - mb);
        aa += (a[i] - ma) * (a[i] - ma);
        bb += (b[i + lag] - mb) * (b[i + lag] - mb);
    }
    return ab / std::sqrt(aa * bb);
}

TEST_F(Dither, MeanAndVarianceDoNotDependOnTheLevel) {
    // Standard error of the mean: 0.5 / √N; of the variance, with kurtosis below 3: √2 · 0.25 / √N.
    const double root = std::sqrt(static_cast<double>(kLength));
    for (const double level : {0.0, 0.1, 0.25, 0.5, 0.77}) {
        AudioBuffer sound(1, Samples(kLength));
        for (float& x : sound.channels[0]) x = static_cast<float>((100.0 + level) / 32768.0);
        const auto errors = errorsOf(sound, true);
        const double average = mean(errors);
        double variance = 0;
        double largest = 0;
        for (const double e : errors) {
            variance += (e - average) * (e - average) / static_cast<double>(kLength);
            largest = std::max(largest, std::abs(e));
        }
        EXPECT_NEAR(average, 0.0, 5 * 0.5 / root) << level;
        EXPECT_NEAR(variance, 0.25, 5 * std::sqrt(2.0) * 0.25 / root) << level;
        EXPECT_LE(largest, 1.5 + 1e-6);
    }
}

TEST_F(Dither, TheErrorIsWhiteAndUnrelatedToSoundAndNeighbour) {
    AudioBuffer sound(2, Samples(kLength));
    // A sine of one and a half steps: without dither its error is a harmonic of it.
    for (std::size_t i = 0; i < static_cast<std::size_t>(kLength); ++i) {
        const auto x = static_cast<float>(1.5 / 32768.0 * std::sin(0.013 * static_cast<double>(i)));
        sound.channels[0][i] = x;
        sound.channels[1][i] = x;
    }
    const std::vector<double> signal(sound.channels[0].begin(), sound.channels[0].end());
    const auto left = errorsOf(sound, true, 0);
    const auto right = errorsOf(sound, true, 1);
    const double bound = 5 / std::sqrt(static_cast<double>(kLength));
    EXPECT_LT(std::abs(correlation(left, signal)), bound);
    EXPECT_LT(std::abs(correlation(left, right)), bound);
    for (const std::size_t lag : {1U, 2U, 3U, 100U})
        EXPECT_LT(std::abs(correlation(left, left, lag)), bound) << lag;
    // The measure can tell: plain rounding fails it.
    const auto rounded = errorsOf(sound, false, 0);
    EXPECT_GT(std::abs(correlation(rounded, signal)), 10 * bound);
}

TEST_F(Dither, WithoutItTheErrorIsAtMostHalfAStep) {
    for (const double e : errorsOf(makeSound(1, 20000), false)) ASSERT_LE(std::abs(e), 0.5 + 1e-9);
}

TEST_F(Dither, FullScaleDoesNotWrapAround) {
    AudioBuffer sound(1, Samples(10000));
    for (std::size_t i = 0; i < 10000; ++i) sound.channels[0][i] = i % 2 == 0 ? 1.0F : -1.0F;
    for (const double e : errorsOf(sound, true)) ASSERT_LE(std::abs(e), 3.0);
}

}  // namespace
}  // namespace smidgen
