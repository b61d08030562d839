#include "engine/synthesis/room.h"

#include <gtest/gtest.h>

#include "engine/synthesis/filters.h"
#include "tests/synthesis/measurements.h"

namespace smidgen::synthesis {
namespace {

Signal impulse(double seconds) {
    Signal signal(samplesOf(seconds), 0.0F);
    signal[0] = 1;
    return signal;
}

TEST(Room, DecaysInTheTimeAsked) {
    for (const double decay : {0.2, 0.5, 1.2, 3.0, 6.0}) {
        for (const double size : {0.5, 1.0, 3.0}) {
            const Room room{
                .size = {6 * size, 4.5 * size, 2.8 * size}, .decay = decay, .highShare = 1, .early = 0};
            if (decay < 0.4 && size > 1) continue;  // a hall as dead as that is none
            const double measured = reverberationTime(reverberate(impulse(1.6 * decay), room));
            EXPECT_NEAR(measured / decay, 1, 0.2) << decay << " " << size;
        }
    }
}

TEST(Room, LosesHighFrequenciesSooner) {
    const Room room{.decay = 2, .highShare = 0.2, .early = 0};
    const Signal answer = reverberate(impulse(3), room);
    Signal low = answer;
    Signal high = answer;
    Biquad::lowPass(250).apply(low);
    Biquad::highPass(12000).apply(high);
    EXPECT_NEAR(reverberationTime(low) / 2, 1, 0.2);
    EXPECT_LT(reverberationTime(high), 0.35 * 2);
}

TEST(Room, AnswersAfterTheDirectSoundFromFurtherWallsLater) {
    const auto firstAnswer = [](double size) {
        const Room room{.size = {6 * size, 5 * size, 4 * size}, .decay = 1, .early = 1, .late = 0, .seed = 5};
        const Signal answer = reverberate(impulse(1), room);
        return static_cast<double>(
            std::find_if(answer.begin(), answer.end(), [](float x) { return x != 0; }) - answer.begin());
    };
    EXPECT_GT(firstAnswer(1), 1);
    // All delays are in proportion to the size.
    EXPECT_NEAR(firstAnswer(4) / firstAnswer(1), 4, 0.2);
}

TEST(Room, BecomesDenserLikeADiffuseField) {
    // In a diffuse tail amplitudes are normally distributed: kurtosis 3. Single echoes have far more.
    const Room room{.size = {8, 6, 4}, .decay = 2, .highShare = 0.6};
    const Signal answer = reverberate(impulse(1), room);
    const auto kurtosis = [&](std::size_t start) {
        double second = 0;
        double fourth = 0;
        for (std::size_t n = start; n < start + 4800; ++n) {
            const double square = static_cast<double>(answer[n]) * static_cast<double>(answer[n]);
            second += square / 4800;
            fourth += square * square / 4800;
        }
        return fourth / (second * second);
    };
    EXPECT_GT(kurtosis(0), 8);
    EXPECT_LT(kurtosis(19200), 4.5);
}

TEST(Room, IsStableAndSilentWithoutSound) {
    const Room room{.decay = 8};
    EXPECT_EQ(reverberate(Signal(4800, 0.0F), room), Signal(4800, 0.0F));
}

}  // namespace
}  // namespace smidgen::synthesis
