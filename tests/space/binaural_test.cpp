// What the ears hear, against the measured responses themselves, read and convolved here.
#include "engine/space/binaural.h"

#include <gtest/gtest.h>
#include <mysofa.h>

#include <array>
#include <iostream>

#include "engine/audio/resampler.h"
#include "engine/space/air.h"
#include "tests/space/ears.h"

namespace smidgen {
namespace {

/// The default set as libmysofa reads it: no delays taken out, nothing interpolated.
class Measurements {
 public:
    Measurements() {
        int code = 0;
        m_set = mysofa_load(Hrtf::defaultFile()->c_str(), &code);
        EXPECT_NE(m_set, nullptr);
    }
    ~Measurements() { mysofa_free(m_set); }
    Measurements(const Measurements&) = delete;
    Measurements& operator=(const Measurements&) = delete;

    /// Both ears' response in exactly that direction, at 48 kHz.
    [[nodiscard]] AudioBuffer at(double azimuth, double elevation) const {
        for (unsigned m = 0; m < m_set->M; ++m) {
            const float* place = m_set->SourcePosition.values + std::size_t{m} * 3;
            const double turn = std::remainder(static_cast<double>(place[0]) - azimuth, 360);
            if (std::abs(turn) > 0.01 || std::abs(static_cast<double>(place[1]) - elevation) > 0.01) continue;
            AudioBuffer ears(2, Samples(m_set->N), static_cast<int>(m_set->DataSamplingRate.values[0]));
            for (unsigned ear = 0; ear < 2; ++ear) {
                const float* from = m_set->DataIR.values + (std::size_t{m} * 2 + ear) * m_set->N;
                ears.channels[ear].assign(from, from + m_set->N);
                ears.channels[ear].resize(2 * std::size_t{m_set->N});
            }
            return *resample(ears, kSampleRate);
        }
        ADD_FAILURE() << "nothing was measured at " << azimuth << ", " << elevation;
        return AudioBuffer(2, Samples(1));
    }

 private:
    MYSOFA_HRTF* m_set;
};

std::vector<float> convolve(std::span<const float> signal, std::span<const float> response) {
    std::vector<float> out(signal.size());
    for (std::size_t i = 0; i < signal.size(); ++i) {
        double sum = 0;
        for (std::size_t k = 0; k < std::min(response.size(), i + 1); ++k)
            sum += static_cast<double>(response[k]) * static_cast<double>(signal[i - k]);
        out[i] = static_cast<float>(sum);
    }
    return out;
}

class BinauralTest : public ::testing::Test {
 protected:
    static const Hrtf& ears() {
        static const Hrtf kEars = std::move(*Hrtf::load(*Hrtf::defaultFile()));
        return kEars;
    }
    static AudioBuffer render(std::span<const float> mono, const std::vector<SourcePoint>& path) {
        auto rendered = renderBinaural(mono, path, ears());
        EXPECT_TRUE(rendered);
        return std::move(*rendered);
    }
    static AudioBuffer render(std::span<const float> mono, const SourcePosition& position) {
        return render(mono, std::vector<SourcePoint>{{0, position}});
    }
};

TEST_F(BinauralTest, TimeAndLevelBetweenTheEarsAreTheMeasuredOnesIn24Directions) {
    const Measurements measured;
    const auto sound = noise(12000, 5);
    // What is taken off all directions alike is taken off here too.
    const auto equalised = convolve(sound, ears().equaliser());
    double worstTime = 0, worstLevel = 0;
    for (int azimuth = 0; azimuth < 360; azimuth += 15) {
        const AudioBuffer response = measured.at(azimuth, 0);
        const auto left = convolve(equalised, response.channel(0)),
                   right = convolve(equalised, response.channel(1));
        const AudioBuffer heard = render(sound, {static_cast<double>(azimuth), 0, ears().radius()});
        const double time = timeDifference(heard.channel(0), heard.channel(1)) - timeDifference(left, right);
        const double level =
            levelDifference(heard.channel(0), heard.channel(1)) - levelDifference(left, right);
        EXPECT_LE(std::abs(time), 0.5) << azimuth << "°, samples";
        EXPECT_LE(std::abs(level), 0.5) << azimuth << "°, dB";
        worstTime = std::max(worstTime, std::abs(time));
        worstLevel = std::max(worstLevel, std::abs(level));
    }
    std::cout << "off by at most " << worstTime / 48 * 1000 << " µs and " << worstLevel << " dB\n";
}

TEST_F(BinauralTest, ALeftSoundIsLouderAndEarlierLeft) {
    const auto sound = noise(24000, 6);
    const AudioBuffer left = render(sound, {90, 0, 1.4}), right = render(sound, {-90, 0, 1.4});
    EXPECT_GT(levelDifference(left.channel(0), left.channel(1)), 6);
    EXPECT_NEAR(timeDifference(left.channel(0), left.channel(1)), 33, 5) << "0.7 ms";
    EXPECT_LT(levelDifference(right.channel(0), right.channel(1)), -6);
    const AudioBuffer same = render(sound, {270, 0, 1.4});
    EXPECT_EQ(same.channels, right.channels);
}

TEST_F(BinauralTest, BetweenMeasuredDirectionsTheTimeLiesBetween) {
    const auto sound = noise(24000, 7);
    const auto time = [&](double azimuth) {
        const AudioBuffer heard = render(sound, {azimuth, 0, 1.4});
        return timeDifference(heard.channel(0), heard.channel(1));
    };
    for (const double azimuth : {20.0, 35.0, 50.0}) {
        const double before = time(azimuth), between = time(azimuth + 2.5), after = time(azimuth + 5);
        EXPECT_GT(between, before);
        EXPECT_LT(between, after);
    }
}

TEST_F(BinauralTest, LevelFallsByHalfWithTwiceTheDistance) {
    const auto sound = sine(500, 0.5);
    const auto level = [&](double distance) {
        const AudioBuffer heard = render(sound, {0, 0, distance});
        return 10 * std::log10(energyOf(heard.channel(0)) + energyOf(heard.channel(1)));
    };
    // At 1 m the ears' own lines to the sound still differ from the head's.
    EXPECT_NEAR(level(1) - level(2), 6.02, 0.2);
    EXPECT_NEAR(level(2) - level(4), 6.02, 0.1);
    EXPECT_NEAR(level(4) - level(8), 6.02, 0.1);
    EXPECT_NEAR(level(20) - level(40), 6.02, 0.15);
}

TEST_F(BinauralTest, OverAllDirectionsEveryFrequencyKeepsItsPower) {
    for (const double hertz : {60.0, 100.0, 300.0, 1000.0, 3000.0, 6000.0, 10000.0, 16000.0}) {
        const auto sound = sine(hertz, 0.4);
        double sum = 0, weights = 0;
        for (int elevation = -40; elevation <= 80; elevation += 20)
            for (int azimuth = 0; azimuth < 360; azimuth += 30) {
                const double weight = std::cos(elevation * std::numbers::pi / 180);
                const AudioBuffer heard =
                    render(sound, {static_cast<double>(azimuth), static_cast<double>(elevation), 1});
                sum += weight * (energyOf(heard.channel(0)) + energyOf(heard.channel(1)));
                weights += weight;
            }
        EXPECT_NEAR(10 * std::log10(sum / weights / energyOf(sound)), 0, 1) << hertz << " Hz";
    }
}

TEST_F(BinauralTest, ANearSoundAtTheSideFavoursItsEarMore) {
    const auto sound = sine(400, 0.5);
    const auto difference = [&](double distance) {
        const AudioBuffer heard = render(sound, {90, 0, distance});
        return levelDifference(heard.channel(0), heard.channel(1));
    };
    // By distance alone: ears at 0.0875 m either side, 1.4 m and 0.25 m away.
    const double expected =
        20 * std::log10((0.25 + 0.0875) / (0.25 - 0.0875)) - 20 * std::log10((1.4 + 0.0875) / (1.4 - 0.0875));
    EXPECT_NEAR(difference(0.25) - difference(1.4), expected, 1.0);
}

TEST_F(BinauralTest, FarAwayTheAirTakesTreble) {
    const auto level = [&](double hertz, double distance) {
        const AudioBuffer heard = render(sine(hertz, 0.3), {0, 0, distance});
        return 10 * std::log10(energyOf(heard.channel(0)));
    };
    const double lost = (level(8000, 10) - level(8000, 60)) - (level(500, 10) - level(500, 60));
    EXPECT_NEAR(lost, 50 * (airAbsorption(8000) - airAbsorption(500)), 0.3);
}

/// ISO 9613-1, table 1: 20 °C, 50 %, in dB a kilometre.
TEST(Air, AbsorbsAsTheStandardsTableSays) {
    EXPECT_NEAR(1000 * airAbsorption(1000), 4.66, 0.1);
    EXPECT_NEAR(1000 * airAbsorption(2000), 9.86, 0.2);
    EXPECT_NEAR(1000 * airAbsorption(4000), 29.4, 0.6);
    EXPECT_NEAR(1000 * airAbsorption(8000), 104, 2);
}

TEST_F(BinauralTest, AMovingSoundMakesNoSteps) {
    const auto sound = sine(200, 2);
    const auto steepest = [](const AudioBuffer& heard) {
        float most = 0;
        // Not where the sound itself begins and ends.
        for (const auto& channel : heard.channels)
            for (std::size_t i = 2000; i + 2000 < channel.size(); ++i)
                most = std::max(most, std::abs(channel[i] - channel[i - 1]));
        return most;
    };
    float atRest = 0;
    for (int azimuth = 0; azimuth < 360; azimuth += 5)
        atRest = std::max(atRest, steepest(render(sound, {static_cast<double>(azimuth), 0, 1})));
    const AudioBuffer moving = render(sound, {{0, {0, 0, 1}}, {2, {720, 0, 1}}});
    EXPECT_LE(steepest(moving), 1.02F * atRest);
    std::cout << "steepest step " << steepest(moving) / atRest << " of the steepest at rest\n";
}

TEST_F(BinauralTest, AMovingSineHasNothingFarFromItself) {
    // A click has every frequency. What lies above 4 kHz, after a steep high-pass, is next to nothing.
    const AudioBuffer moving = render(sine(500, 2), {{0, {-90, 0, 1}}, {2, {270, 0, 1}}});
    std::vector<double> high(moving.channels[0].begin(), moving.channels[0].end());
    for (int pass = 0; pass < 8; ++pass) {
        double state = high.front();
        for (double& x : high) {
            state += 0.45 * (x - state);
            x -= state;
        }
    }
    double most = 0;
    for (std::size_t i = 3000; i + 3000 < high.size(); ++i) most = std::max(most, std::abs(high[i]));
    // The passes take some 100 dB off the sine itself.
    EXPECT_LE(20 * std::log10(most), -80);
}

TEST_F(BinauralTest, AtRestInPartsIsAtRest) {
    const auto sound = noise(20000, 9);
    const AudioBuffer once = render(sound, {40, 20, 2});
    const AudioBuffer path = render(sound, {{0, {40, 20, 2}}, {0.1, {40, 20, 2}}, {0.3, {40, 20, 2}}});
    EXPECT_EQ(once.channels, path.channels);
    EXPECT_EQ(once.length().value, 20000);
    EXPECT_EQ(render(sound, {40, 20, 2}).channels, once.channels) << "the same bits again";
}

TEST_F(BinauralTest, BadPathsAndAStopAreErrors) {
    const auto sound = noise(1000, 1);
    const std::vector<std::vector<SourcePoint>> paths{
        {},         {{0, {0, 91, 1}}},          {{0, {0, 0, 0.1}}}, {{0, {0, 0, 101}}}, {{1, {}}, {1, {}}},
        {{-1, {}}}, {{0, {std::nan(""), 0, 1}}}};
    for (const auto& path : paths) {
        const auto heard = renderBinaural(sound, path, ears());
        ASSERT_FALSE(heard);
        EXPECT_EQ(heard.error().code, ErrorCode::invalidArgument);
    }
    const CancelToken cancel;
    cancel.cancel();
    const std::vector<SourcePoint> here{{0, {}}};
    EXPECT_EQ(renderBinaural(sound, here, ears(), cancel).error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace smidgen
