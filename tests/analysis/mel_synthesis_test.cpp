#include "engine/analysis/mel_synthesis.h"

#include <gtest/gtest.h>

#include <numbers>

#include <complex>

#include <cmath>

#include <limits>
#include <numeric>

#include "engine/analysis/griffin_lim.h"
#include "engine/analysis/metrics.h"
#include "engine/analysis/short_window_targets.h"
#include "engine/foundation/thread_share.h"
#include "tests/analysis/test_signals.h"

namespace smidgen {
namespace {

const MelBank& defaultBank() {
    static const MelBank bank;
    return bank;
}

std::vector<float> melOf(std::span<const float> signal) {
    return fromLogMel(MelAnalyzer().analyze(signal).values);
}

/// What ShortWindowTargets expects of `signal`, and what its STFT has.
struct Expectation {
    Expectation(std::span<const float> signal, int ratio)
        : width(static_cast<std::size_t>(1024 / ratio + 1)) {
        Stft longWindow({2048, 512});
        std::vector<float> magnitudes;
        longWindow.magnitudes(signal, magnitudes);
        const std::vector<float> mel = melOf(signal);
        const ShortWindowTargets targets(defaultBank(), magnitudes, mel);
        expected = targets.magnitudes(ratio, Samples(static_cast<std::int64_t>(signal.size())));
        Stft shortWindow({2048 / ratio, 512 / ratio});
        shortWindow.magnitudes(signal, actual);
    }
    [[nodiscard]] static double power(std::span<const float> values) {
        double sum = 0;
        for (const float value : values) sum += static_cast<double>(value) * static_cast<double>(value);
        return sum;
    }
    [[nodiscard]] double framePower(const std::vector<float>& values, std::size_t frame) const {
        return power(std::span(values).subspan(frame * width, width));
    }
    std::size_t width;
    std::vector<float> expected;
    std::vector<float> actual;
};

TEST(ShortWindowTargets, SteadyNoiseHasTheEnergyItHasThroughTheShortWindow) {
    const std::vector<float> noise = testSignal("noise", 48000);
    for (const int ratio : {2, 4, 8}) {
        const Expectation e(noise, ratio);
        ASSERT_EQ(e.expected.size(), e.actual.size());
        EXPECT_NEAR(Expectation::power(e.expected) / Expectation::power(e.actual), 1.0, 0.03) << ratio;
    }
}

TEST(ShortWindowTargets, AnAttackIsPlacedMoreSharplyThanTheLongWindowSawIt) {
    // Silence, then noise from sample 20000 on, which lies between two frames of the long window.
    std::vector<float> signal = testSignal("noise", 40000);
    std::fill_n(signal.begin(), 20000, 0.0F);
    const Expectation e(signal, 8);
    const double settled = e.framePower(e.actual, 24000 / 64);
    // 700 samples before: inside the long window, which sees the noise; 700 after: full noise.
    const std::size_t before = (20000 - 700) / 64;
    const std::size_t after = (20000 + 700) / 64;
    EXPECT_LT(e.framePower(e.expected, before), 0.03 * settled);
    EXPECT_GT(e.framePower(e.expected, after), 0.5 * settled);
}

TEST(ShortWindowTargets, SilenceAndNothing) {
    const ShortWindowTargets none(defaultBank(), {}, {});
    EXPECT_EQ(none.magnitudes(4, Samples(0)), std::vector<float>(257, 0.0F));
    const std::vector<float> silence(3000, 0.0F);
    const Expectation e(silence, 4);
    EXPECT_LT(*std::max_element(e.expected.begin(), e.expected.end()), 1e-9F);
}

TEST(SynthesizeFromMel, ComesCloserThanOneWindowOfTwiceTheIterations) {
    for (const char* const kind : {"rich", "noise"}) {
        const std::vector<float> signal = testSignal(kind, 48000);
        const std::vector<float> mel = melOf(signal);
        const std::vector<float> got =
            synthesizeFromMel(defaultBank(), mel, Samples(48000), {.iterations = 24, .seed = 1});
        ASSERT_EQ(got.size(), signal.size());
        Stft stft(defaultBank().shape().stft);
        const std::vector<float> plain =
            griffinLim(stft, invertMel(defaultBank(), mel), Samples(48000), {48, 0.99, 1});
        const ReconstructionMetrics mine = compareSignals(signal, got);
        const ReconstructionMetrics other = compareSignals(signal, plain);
        EXPECT_LT(mine.lsd, 0.88 * other.lsd) << kind;
        EXPECT_LT(mine.lsdShort, other.lsdShort) << kind;
        EXPECT_LT(mine.mrStft, other.mrStft) << kind;
        EXPECT_LT(mine.melL1, 0.06) << kind;
    }
}

TEST(SynthesizeFromMel, EqualSeedsGiveEqualBits) {
    const std::vector<float> mel = melOf(testSignal("rich", 12000));
    const auto run = [&](std::uint64_t seed) {
        return synthesizeFromMel(defaultBank(), mel, Samples(12000), {.iterations = 4, .seed = seed});
    };
    EXPECT_EQ(run(7), run(7));
    EXPECT_NE(run(7), run(8));
}

TEST(SynthesizeFromMel, BeginsWithItsHeadAndContinuesIt) {
    std::vector<float> tone(48000);
    for (std::size_t n = 0; n < tone.size(); ++n)
        tone[n] = static_cast<float>(
            0.3 * std::sin(2.0 * std::numbers::pi * 700.0 * static_cast<double>(n) / 48000.0));
    const std::size_t length = 12000;
    const std::vector<float> got =
        synthesizeFromMel(defaultBank(), melOf(tone), Samples(48000), {.iterations = 24, .seed = 1},
                          std::span(tone).first(length));
    for (std::size_t i = 0; i + kHeadFade < length; ++i) ASSERT_EQ(got[i], tone[i]);
    // Seven periods further it is still in phase with its head.
    double along = 0;
    double energy = 0;
    for (std::size_t i = length; i < length + 480; ++i) {
        along += static_cast<double>(got[i] * tone[i]);
        energy += static_cast<double>(tone[i] * tone[i]);
    }
    EXPECT_GT(along, 0.9 * energy);
}

TEST(SynthesizeFromMel, HeadLongerThanTheSoundIsCut) {
    const std::vector<float> signal = testSignal("rich", 4000);
    const std::vector<float> got = synthesizeFromMel(defaultBank(), melOf(signal), Samples(4000),
                                                     {.iterations = 2}, testSignal("rich", 9000));
    EXPECT_EQ(got.size(), 4000U);
}

TEST(SynthesizeFromMel, CancelledBeforeItBeginsIsTheStart) {
    const std::vector<float> mel = melOf(testSignal("rich", 4000));
    CancelToken cancel;
    cancel.cancel();
    EXPECT_EQ(synthesizeFromMel(defaultBank(), mel, Samples(4000), {.iterations = 1 << 30}, {}, cancel),
              synthesizeFromMel(defaultBank(), mel, Samples(4000), {.iterations = 0}));
}

TEST(SynthesizeFromMel, SilenceNothingAndNonsenseStayFinite) {
    const std::vector<float> silent = synthesizeFromMel(defaultBank(), std::vector<float>(128 * 10, 0.0F),
                                                        Samples(5000), {.iterations = 5});
    for (const float sample : silent) EXPECT_LT(std::abs(sample), 1e-9F);
    EXPECT_TRUE(synthesizeFromMel(defaultBank(), std::vector<float>(128, 1.0F), Samples(0), {}).empty());
    std::vector<float> nonsense(128 * 10, std::numeric_limits<float>::quiet_NaN());
    nonsense[700] = -5.0F;
    for (const float sample : synthesizeFromMel(defaultBank(), nonsense, Samples(5000), {.iterations = 6}))
        ASSERT_TRUE(std::isfinite(sample));
}

TEST(MelSynthesis, ASteadyToneKeepsItsPitch) {
    const MelBank bank;
    for (const double hz : {234.375, 3046.9, 10000.0}) {
        std::vector<float> signal(48000);
        for (std::size_t i = 0; i < signal.size(); ++i)
            signal[i] = 0.3F * static_cast<float>(
                                   std::sin(2 * std::numbers::pi * hz * static_cast<double>(i) / 48000));
        const std::vector<float> mel = fromLogMel(MelAnalyzer().analyze(signal).values);
        const std::vector<float> told = synthesizeFromMel(
            bank, mel, Samples(static_cast<std::int64_t>(signal.size())), {.iterations = 8});
        // The sound times a turning pointer stands still where the pitch is right: a sixth of a second adds
        // up.
        std::complex<double> sum;
        double power = 0;
        for (std::size_t i = 20000; i < 28000; ++i) {
            const auto value = static_cast<double>(told[i]);
            sum += value * std::polar(1.0, -2 * std::numbers::pi * hz * static_cast<double>(i) / 48000);
            power += value * value;
        }
        EXPECT_GT(2 * std::norm(sum) / 8000 / power, 0.8) << hz;
    }
}

TEST(SynthesizeFromMel, HoweverManyThreadsItGoesOverEveryBitIsTheSame) {
    const std::vector<float> signal = testSignal("noise", 400 * 512 + 77);
    const std::vector<float> mel = melOf(signal);
    const auto made = [&](int threads, std::span<const float> head) {
        ThreadShare::setMost(threads);
        auto sound = synthesizeFromMel(defaultBank(), mel, Samples(static_cast<std::int64_t>(signal.size())),
                                       {.iterations = 12, .seed = 4}, head);
        ThreadShare::setMost(0);
        return sound;
    };
    for (const std::span<const float> head : {std::span<const float>(), std::span(signal).first(16 * 512)}) {
        const std::vector<float> alone = made(1, head);
        for (const int threads : {2, 3, 4, 16}) EXPECT_EQ(alone, made(threads, head)) << threads;
    }
}

}  // namespace
}  // namespace smidgen
