#include "engine/analysis/stft.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>
#include <thread>

#include "tests/analysis/test_signals.h"

namespace smidgen {
namespace {

double relativeError(std::span<const float> got, std::span<const float> wanted) {
    double error = 0;
    double energy = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        error += std::pow(static_cast<double>(got[i]) - static_cast<double>(wanted[i]), 2);
        energy += std::pow(static_cast<double>(wanted[i]), 2);
    }
    return std::sqrt(error / energy);
}

TEST(Stft, MagnitudesAgreeWithScipy) {
    for (const auto& wanted : testVectors().at("spectra")) {
        SCOPED_TRACE(wanted["kind"].get<std::string>() + " " + wanted["count"].dump() + " samples, size " +
                     wanted["size"].dump());
        Stft stft({wanted["size"], wanted["hop"]});
        const auto bins = static_cast<std::size_t>(stft.shape().bins());
        std::vector<float> magnitudes;
        stft.magnitudes(testSignal(wanted["kind"], wanted["count"]), magnitudes);
        ASSERT_EQ(magnitudes.size(), wanted["frames"].get<std::size_t>() * bins);
        const double sum = std::accumulate(magnitudes.begin(), magnitudes.end(), 0.0);
        EXPECT_NEAR(sum / wanted["sum"].get<double>(), 1.0, 1e-5);
        std::size_t at = 0;
        for (const std::size_t row : wanted["rows"])
            for (std::size_t k = 0; k < bins; k += wanted["step"].get<std::size_t>(), ++at)
                EXPECT_NEAR(magnitudes[row * bins + k], wanted["values"][at].get<double>(), 2e-5);
        EXPECT_EQ(at, wanted["values"].size());
    }
}

TEST(Stft, CosineOnABinHasHalfTheWindowSum) {
    // A cosine on bin 8 under a Hann window of sum n/2: n/4 there, n/8 on the two bins beside it.
    constexpr int kSize = 256;
    std::vector<float> signal(4096);
    for (std::size_t n = 0; n < signal.size(); ++n)
        signal[n] = std::cos(2.0F * std::numbers::pi_v<float> * 8.0F * static_cast<float>(n % 32) / 256.0F);
    Stft stft({kSize, 64});
    std::vector<float> row(static_cast<std::size_t>(stft.shape().bins()));
    stft.frameMagnitudes(signal, 2048, row);
    EXPECT_NEAR(row[8], 64.0F, 1e-3F);
    EXPECT_NEAR(row[7], 32.0F, 1e-3F);
    EXPECT_NEAR(row[9], 32.0F, 1e-3F);
    EXPECT_NEAR(row[12], 0.0F, 1e-3F);
}

TEST(Stft, InverseOfForwardIsTheSignal) {
    for (const std::size_t count :
         {std::size_t{1}, std::size_t{700}, std::size_t{1025}, std::size_t{20011}}) {
        SCOPED_TRACE(count);
        const std::vector<float> signal = testSignal("rich", count);
        Stft stft({2048, 512});
        std::vector<std::complex<float>> spectrum;
        std::vector<float> back;
        stft.forward(signal, spectrum);
        stft.inverse(spectrum, back, Samples(static_cast<std::int64_t>(count)));
        ASSERT_EQ(back.size(), count);
        EXPECT_LT(relativeError(back, signal), 1e-6);
    }
}

TEST(Stft, InverseFillsWhatNoFrameCoversWithSilence) {
    Stft stft({64, 16});
    const std::vector<std::complex<float>> oneFrame(33, {1.0F, 0.0F});
    std::vector<float> signal;
    stft.inverse(oneFrame, signal, Samples(100));
    ASSERT_EQ(signal.size(), 100U);
    for (std::size_t i = 32; i < 100; ++i) EXPECT_EQ(signal[i], 0.0F);
}

TEST(Stft, ImposingItsOwnMagnitudesLeavesASignalAlone) {
    const std::vector<float> signal = testSignal("rich", 9000);
    Stft stft({1024, 256});
    std::vector<float> magnitudes;
    std::vector<float> back;
    stft.magnitudes(signal, magnitudes);
    stft.imposeMagnitudes(signal, magnitudes, back);
    EXPECT_LT(relativeError(back, signal), 1e-6);
}

TEST(Stft, ImposingMagnitudesEqualsForwardScaleInverse) {
    const std::vector<float> signal = testSignal("rich", 9000);
    Stft stft({1024, 256});
    std::vector<float> magnitudes;
    stft.magnitudes(testSignal("chirp", 9000), magnitudes);
    std::vector<std::complex<float>> spectrum;
    stft.forward(signal, spectrum);
    for (std::size_t i = 0; i < spectrum.size(); ++i) spectrum[i] *= magnitudes[i] / std::abs(spectrum[i]);
    std::vector<float> wanted;
    std::vector<float> got;
    stft.inverse(spectrum, wanted, Samples(9000));
    stft.imposeMagnitudes(signal, magnitudes, got);
    EXPECT_LT(relativeError(got, wanted), 1e-4);
}

TEST(Stft, FramesMayBeCentredAnywhere) {
    const std::vector<float> signal = testSignal("rich", 5000);
    Stft stft({512, 128});
    std::vector<float> all;
    stft.magnitudes(signal, all);
    std::vector<float> row(257);
    stft.frameMagnitudes(signal, 3 * 128, row);
    EXPECT_TRUE(std::equal(row.begin(), row.end(), all.begin() + 3 * 257));
    // Far outside there is nothing, and nothing out of bounds is read.
    for (const std::int64_t centre : {std::int64_t{-1'000'000}, std::int64_t{1'000'000}}) {
        stft.frameMagnitudes(signal, centre, row);
        EXPECT_EQ(*std::max_element(row.begin(), row.end()), 0.0F);
    }
}

TEST(Stft, EmptySignalIsOneSilentFrame) {
    Stft stft({2048, 512});
    EXPECT_EQ(stft.frameCount(Samples(0)).value, 1);
    EXPECT_EQ(stft.frameCount(Samples(511)).value, 1);
    EXPECT_EQ(stft.frameCount(Samples(512)).value, 2);
    std::vector<float> magnitudes;
    stft.magnitudes({}, magnitudes);
    EXPECT_EQ(magnitudes, std::vector<float>(1025, 0.0F));
    std::vector<std::complex<float>> spectrum;
    stft.forward({}, spectrum);
    std::vector<float> back;
    stft.inverse(spectrum, back, Samples(0));
    EXPECT_TRUE(back.empty());
}

TEST(Stft, NotANumberStaysWithinItsFrames) {
    std::vector<float> signal(4000, 0.1F);
    signal[2000] = std::numeric_limits<float>::quiet_NaN();
    Stft stft({256, 64});
    std::vector<float> magnitudes;
    stft.magnitudes(signal, magnitudes);
    EXPECT_TRUE(std::isnan(magnitudes[31 * 129]));
    EXPECT_FALSE(std::isnan(magnitudes[10 * 129]));
}

TEST(Stft, ThreadsMayPlanTogetherAndAgree) {
    const std::vector<float> signal = testSignal("rich", 4000);
    std::vector<std::vector<float>> results(4);
    std::vector<std::thread> threads;
    for (auto& result : results)
        threads.emplace_back([&signal, &result] {
            for (const int size : {64, 96, 128, 160, 4096}) {
                Stft stft({size, size / 4});
                std::vector<float> magnitudes;
                stft.magnitudes(signal, magnitudes);
                result.insert(result.end(), magnitudes.begin(), magnitudes.end());
            }
        });
    for (std::thread& thread : threads) thread.join();
    for (const auto& result : results) EXPECT_EQ(result, results.front());
}

}  // namespace
}  // namespace smidgen
