// Against the known answers of EBU Tech 3341 (version 4), table 1, and hand computation.
#include "engine/audio/loudness.h"

#include "tests/audio/sounds.h"

namespace smidgen {
namespace {

double amplitudeOf(double decibels) {
    return std::pow(10.0, decibels / 20.0);
}

struct Part {
    double decibels;
    double seconds;
};

/// A stereo 1 kHz sine whose level changes from part to part.
AudioBuffer steps(std::initializer_list<Part> parts) {
    AudioBuffer buffer(2, Samples(0));
    for (const Part& part : parts) {
        const AudioBuffer sine = makeSine(1000, amplitudeOf(part.decibels), part.seconds, kSampleRate, 2);
        for (std::size_t c = 0; c < 2; ++c)
            buffer.channels[c].insert(buffer.channels[c].end(), sine.channels[c].begin(),
                                      sine.channels[c].end());
    }
    return buffer;
}

double lufs(const AudioBuffer& buffer) {
    const auto measured = measureLoudness(buffer);
    EXPECT_TRUE(measured);
    return measured->integratedLufs;
}

TEST(Loudness, Tech3341Cases1To5) {
    EXPECT_NEAR(lufs(steps({{-23, 20}})), -23.0, 0.1);
    EXPECT_NEAR(lufs(steps({{-33, 20}})), -33.0, 0.1);
    EXPECT_NEAR(lufs(steps({{-36, 10}, {-23, 60}, {-36, 10}})), -23.0, 0.1);
    EXPECT_NEAR(lufs(steps({{-72, 10}, {-36, 10}, {-23, 60}, {-36, 10}, {-72, 10}})), -23.0, 0.1);
    EXPECT_NEAR(lufs(steps({{-26, 20}, {-20, 20.1}, {-26, 20}})), -23.0, 0.1);
}

TEST(Loudness, Tech3341Case6WeighsTheSurroundChannels) {
    AudioBuffer buffer(5, toSamples(Seconds(20)));
    // L, R, C, Ls, Rs.
    const double levels[] = {-28, -28, -24, -30, -30};
    for (std::size_t c = 0; c < 5; ++c)
        buffer.channels[c] = makeSine(1000, amplitudeOf(levels[c]), 20, kSampleRate).channels[0];
    EXPECT_NEAR(lufs(buffer), -23.0, 0.1);
}

TEST(Loudness, OtherRatesMeasureAlike) {
    for (const int rate : {8000, 44100, 96000, 192000})
        EXPECT_NEAR(lufs(makeSine(1000, amplitudeOf(-23), 3, rate, 2)), -23.0, 0.1) << rate;
}

TEST(Loudness, OneChannelCountsHalfOfTwo) {
    EXPECT_NEAR(lufs(makeSine(1000, amplitudeOf(-20), 3, kSampleRate, 1)), -23.0, 0.1);
}

TEST(Loudness, SoundsShorterThanABlockAreMeasuredOverTheirLength) {
    // Whole periods, so that the mean power is the sine's.
    for (const double seconds : {0.05, 0.1, 0.25, 0.399})
        EXPECT_NEAR(lufs(makeSine(1000, amplitudeOf(-23), seconds, kSampleRate, 2)), -23.0, 0.15) << seconds;
    const auto one = measureLoudness(makeSound(1, 1));
    EXPECT_TRUE(one);
}

TEST(Loudness, ShortAndLongMeasurementsMeet) {
    const double below = lufs(makeSine(1000, 0.1, 0.3999, kSampleRate, 1));
    const double above = lufs(makeSine(1000, 0.1, 0.4001, kSampleRate, 1));
    EXPECT_NEAR(below, above, 0.05);
}

TEST(Loudness, TruePeakBetweenSamplesIsFound) {
    // Tech 3341 cases 15 to 18: a quarter of the rate, half of full scale, whatever the phase.
    for (const double degrees : {0.0, 45.0, 60.0, 67.5}) {
        const auto measured = measureLoudness(
            makeSine(kSampleRate / 4.0, 0.5, 1, kSampleRate, 1, degrees * std::numbers::pi / 180));
        EXPECT_LE(measured->truePeakDb, -6.0 + 0.2) << degrees;
        EXPECT_GE(measured->truePeakDb, -6.0 - 0.4) << degrees;
    }
    // Case 19: √2 at 45° shows samples of full scale, and peaks 3 dB above.
    const auto loud =
        measureLoudness(makeSine(kSampleRate / 4.0, std::sqrt(2.0), 1, kSampleRate, 1, std::numbers::pi / 4));
    EXPECT_NEAR(loud->samplePeakDb, 0.0, 0.001);
    EXPECT_LE(loud->truePeakDb, 3.0 + 0.2);
    EXPECT_GE(loud->truePeakDb, 3.0 - 0.4);
}

TEST(Loudness, SamplePeakIsTheLargestOfAllChannels) {
    AudioBuffer buffer(2, Samples(48000));
    buffer.channel(1)[100] = -0.25F;
    EXPECT_NEAR(measureLoudness(buffer)->samplePeakDb, 20 * std::log10(0.25), 1e-6);
}

TEST(Loudness, SilenceAndNothingAreMinusInfinity) {
    for (const std::int64_t length : {0LL, 100LL, 48000LL}) {
        const auto measured = measureLoudness(AudioBuffer(2, Samples(length)));
        ASSERT_TRUE(measured);
        EXPECT_TRUE(std::isinf(measured->integratedLufs) && measured->integratedLufs < 0);
        EXPECT_TRUE(std::isinf(measured->truePeakDb) && measured->truePeakDb < 0);
        EXPECT_EQ(gainForTarget(*measured, {}), 1.0);
    }
    EXPECT_TRUE(measureLoudness(AudioBuffer()));
}

TEST(Loudness, InvalidSamplesAreRefused) {
    AudioBuffer buffer = makeSound(1, 48000);
    buffer.channel(0)[47999] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_EQ(measureLoudness(buffer).error().code, ErrorCode::unusableInput);
}

TEST(Loudness, AStreamMeasuresLikeTheWholeBuffer) {
    for (const std::int64_t length : {5000, 150001}) {
        const AudioBuffer buffer = makeSound(2, length, 44100);
        auto meter = LoudnessMeter::create(44100, 2, true);
        auto quick = LoudnessMeter::create(44100, 2, false);
        ASSERT_TRUE(meter && quick);
        std::vector<float> block;
        for (std::size_t at = 0; at < static_cast<std::size_t>(length);) {
            block.clear();
            for (std::size_t i = 0; i < 777 && at < static_cast<std::size_t>(length); ++i, ++at)
                block.insert(block.end(), {buffer.channel(0)[at], buffer.channel(1)[at]});
            ASSERT_TRUE(meter->append(block) && quick->append(block));
        }
        const Loudness whole = *measureLoudness(buffer), streamed = *meter->finish(),
                       brief = *quick->finish();
        EXPECT_EQ(streamed.integratedLufs, whole.integratedLufs);
        EXPECT_EQ(streamed.truePeakDb, whole.truePeakDb);
        EXPECT_EQ(streamed.samplePeakDb, whole.samplePeakDb);
        EXPECT_EQ(brief.integratedLufs, whole.integratedLufs);
        EXPECT_TRUE(std::isinf(brief.truePeakDb));
    }
    EXPECT_FALSE(LoudnessMeter::create(48000, 65, false));
}

TEST(Loudness, TheGainReachesTheTarget) {
    AudioBuffer sound = makeSound(2, 48000 * 3, kSampleRate, 0.05);
    const double gain = gainForTarget(*measureLoudness(sound), {-20, -1});
    for (auto& channel : sound.channels)
        for (float& x : channel) x = static_cast<float>(x * gain);
    EXPECT_NEAR(lufs(sound), -20.0, 0.01);
}

TEST(Loudness, TheCeilingHoldsTheGainBack) {
    const Loudness measured{-30, -3, -3.2};
    EXPECT_NEAR(gainForTarget(measured, {-16, -1}), std::pow(10.0, 2.0 / 20), 1e-12);
    EXPECT_NEAR(gainForTarget(measured, {-40, -1}), std::pow(10.0, -10.0 / 20), 1e-12);
    const Loudness over{-10, 2.0, 1.0};
    EXPECT_NEAR(gainForTarget(over, {-9, -1}), std::pow(10.0, -3.0 / 20), 1e-12);
}

}  // namespace
}  // namespace smidgen
