#include "engine/synthesis/noise.h"

#include <gtest/gtest.h>

#include "tests/synthesis/measurements.h"

namespace smidgen::synthesis {
namespace {

TEST(ColouredNoise, HasTheSlopeOfItsColour) {
    for (const double slope : {-9.0, -6.0, -3.0, 0.0, 3.0, 6.0}) {
        Random random(21);
        const Signal noise = colouredNoise(slope, 96000, random);
        EXPECT_NEAR(slopePerOctave(noise, 80, 10000), slope, 0.4) << slope;
        EXPECT_NEAR(rootMeanSquare(noise), 0.25, 0.01);
    }
}

TEST(ColouredNoise, IsNoiseNotTone) {
    Random random(3);
    const Spectrum spectrum(colouredNoise(0, 48000, random));
    // Of 3700 bins of white noise the strongest lies about 10 dB above the mean power; a tone would be 40.
    const double mean =
        spectrum.power(500, 6000) / static_cast<double>(spectrum.binOf(6000) - spectrum.binOf(500));
    EXPECT_LT(decibels(spectrum.strongest(500, 6000).amplitude) - 10 * std::log10(mean), 14);
}

TEST(SlowCurve, ChangesAsSlowlyAsAsked) {
    Random random(8);
    const Signal curve = slowCurve(4, 48000 * 20, random);
    EXPECT_NEAR(rootMeanSquare(curve), 0.85, 0.25);
    double steepest = 0;
    for (std::size_t n = 1; n < curve.size(); ++n) {
        steepest = std::max(steepest, static_cast<double>(std::abs(curve[n] - curve[n - 1])));
    }
    EXPECT_LT(steepest, 4 / 48000.0 * 15);
}

TEST(NoiseTexture, WindComesInGusts) {
    Random random(2);
    const Signal wind = noiseTexture(NoiseTexture::wind, random, 48000 * 8);
    double loudest = 0;
    double faintest = 1e9;
    for (std::size_t start = 0; start + 12000 <= wind.size(); start += 12000) {
        const double level = rootMeanSquare(std::span(wind).subspan(start, 12000));
        loudest = std::max(loudest, level);
        faintest = std::min(faintest, level);
    }
    // Steady noise stays within a decibel over quarters of a second.
    EXPECT_GT(decibels(loudest / faintest), 4);
}

double crestFactor(const Signal& signal) {
    float peak = 0;
    for (const float sample : signal) peak = std::max(peak, std::abs(sample));
    return decibels(static_cast<double>(peak) / rootMeanSquare(signal));
}

TEST(NoiseTexture, FireAndVinylCrackle) {
    // A normal process of this length peaks 13 dB above its root mean square.
    for (const NoiseTexture texture : {NoiseTexture::fire, NoiseTexture::vinyl}) {
        std::vector<double> crests;
        for (std::uint64_t seed = 0; seed < 5; ++seed) {
            Random random(seed);
            crests.push_back(crestFactor(noiseTexture(texture, random, 96000)));
        }
        std::sort(crests.begin(), crests.end());
        EXPECT_GT(crests[2], 16);
    }
}

TEST(NoiseTexture, HumHasTheMainsHarmonics) {
    Random random(6);
    const Spectrum spectrum(noiseTexture(NoiseTexture::hum, random, 96000), 65536);
    const double found = spectrum.strongest(30, 400).frequency;
    const double fifty = std::abs(found - 50 * std::round(found / 50));
    const double sixty = std::abs(found - 60 * std::round(found / 60));
    EXPECT_LT(std::min(fifty, sixty), 0.5) << found;
}

TEST(NoiseTexture, SteamIsHighAndSurfIsLow) {
    Random random(7);
    const double steam = Spectrum(noiseTexture(NoiseTexture::steam, random, 96000)).centroid();
    const double surf = Spectrum(noiseTexture(NoiseTexture::surf, random, 96000)).centroid();
    EXPECT_GT(steam, 4000);
    EXPECT_LT(surf, 1500);
}

}  // namespace
}  // namespace smidgen::synthesis
