#include "engine/synthesis/modal.h"

#include <gtest/gtest.h>

#include <array>

#include "tests/synthesis/measurements.h"

namespace smidgen::synthesis {
namespace {

Note struck(double frequency, double seconds = 1.5) {
    return {.frequency = frequency, .samples = samplesOf(seconds), .gate = samplesOf(seconds), .seed = 2};
}

TEST(ModeRatios, AreThoseOfTheTextbooks) {
    // Fletcher & Rossing, The Physics of Musical Instruments: free bar 3.011² : 5² : 7² : 9², clamped bar
    // 1.194² : 2.988² : 5², circular membrane.
    const auto bar = modeRatios(Struck::freeBar, 5, 1);
    EXPECT_NEAR(bar[1], 25 / (3.011 * 3.011), 0.005);
    EXPECT_NEAR(bar[2], 49 / (3.011 * 3.011), 0.005);
    EXPECT_NEAR(bar[4], 121 / (3.011 * 3.011), 0.01);
    const auto clamped = modeRatios(Struck::clampedBar, 3, 1);
    EXPECT_NEAR(clamped[1], 2.988 * 2.988 / (1.194 * 1.194), 0.02);
    EXPECT_NEAR(clamped[2], 25 / (1.194 * 1.194), 0.05);
    const auto skin = modeRatios(Struck::membrane, 22, 1);
    constexpr std::array<double, 4> kSkin{1, 1.594, 2.136, 2.296};
    for (std::size_t k = 0; k < kSkin.size(); ++k) EXPECT_NEAR(skin[k], kSkin[k], 0.002);
    // J₀'s second zero over its first.
    EXPECT_NEAR(skin[3], 5.520078 / 2.404826, 1e-4);
    const auto square = modeRatios(Struck::plate, 6, 1);
    EXPECT_NEAR(square[1], 2.5, 1e-9);
    EXPECT_NEAR(square[3], 4, 1e-9);
}

TEST(ModalTone, RingsAtItsModes) {
    ModalTone tone{
        .modes = {{1, 1, 3}, {2.756, 0.7, 2}, {5.404, 0.5, 1.5}}, .malletSeconds = 0.0001, .contactNoise = 0};
    const Spectrum spectrum(render(tone, struck(440)));
    for (const auto& mode : tone.modes) {
        const double expected = 440 * mode.ratio;
        EXPECT_NEAR(cents(spectrum.strongest(expected * 0.95, expected * 1.05).frequency, expected), 0, 5);
    }
}

TEST(ModalTone, LetsEachModeDecayInItsOwnTime) {
    for (const double decay : {0.5, 1.5}) {
        const ModalTone tone{.modes = {{1, 1, decay}}, .malletSeconds = 0.0005, .contactNoise = 0};
        const Signal signal = render(tone, struck(600));
        const std::span<const float> all(signal);
        const double drop =
            decibels(rootMeanSquare(all.subspan(4800, 2400)) / rootMeanSquare(all.subspan(14400, 2400)));
        EXPECT_NEAR(60 * 0.2 / drop / decay, 1, 0.02);
    }
}

TEST(ModalTone, SoundsDarkerFromASofterMallet) {
    ModalTone tone{.malletSeconds = 0.0001, .contactNoise = 0};
    for (const double ratio : modeRatios(Struck::freeBar, 6, 1)) tone.modes.push_back({ratio, 1, 1});
    const double hard = Spectrum(render(tone, struck(300))).centroid();
    tone.malletSeconds = 0.004;
    EXPECT_LT(Spectrum(render(tone, struck(300))).centroid(), 0.3 * hard);
}

TEST(ModalTone, LeavesOutModesThatPassTwentyKilohertz) {
    const ModalTone tone{.modes = {{1, 1, 1}, {9, 1, 1}}, .malletSeconds = 0.0001, .contactNoise = 0};
    const Spectrum spectrum(render(tone, struck(2500)));
    EXPECT_LT(decibels(spectrum.strongest(20100, 23900).amplitude / spectrum.strongest(2400, 2600).amplitude),
              -60);
}

TEST(ModalTone, StopsWhenMuted) {
    ModalTone tone{.modes = {{1, 1, 8}}, .muteSeconds = 0.1};
    Note note = struck(500, 1);
    note.gate = 24000;
    const Signal signal = render(tone, note);
    const std::span<const float> all(signal);
    EXPECT_LT(decibels(rootMeanSquare(all.subspan(36000)) / rootMeanSquare(all.subspan(12000, 12000))), -60);
}

}  // namespace
}  // namespace smidgen::synthesis
