// Movements of known values, and where they put what they are mapped to.
#include "engine/control/control_router.h"

#include <gtest/gtest.h>

#include "sample_targets.h"

namespace smidgen::testing {
namespace {

using enum SourceKind;

class ControlRouterTest : public ::testing::Test {
 protected:
    void map(ControlMapping mapping) {
        const Status fits = checkMapping(mapping, m_targets);
        ASSERT_TRUE(fits) << fits.error().sentence;
        m_router.setMappings({std::move(mapping)}, m_targets);
    }
    /// The position it was put to by `value`, which the slider then takes.
    std::optional<double> put(int value) {
        const auto& source = m_router.mappings().front().source;
        const auto changes = m_router.route(
            "box", {{source.kind, std::max(source.channel, 1), source.number}, value}, m_state, m_now);
        if (changes.empty()) return std::nullopt;
        m_state[changes.front().target] = changes.front().value;
        return changes.front().value;
    }
    std::vector<ControlChange::Kind> pressed(std::initializer_list<int> values) {
        std::vector<ControlChange::Kind> kinds;
        for (const int value : values)
            for (const auto& change :
                 m_router.route("box", {m_router.mappings().front().source, value}, m_state, m_now))
                kinds.push_back(change.kind);
        return kinds;
    }

    std::vector<ControlTarget> m_targets = sampleTargets();
    ControlRouter m_router;
    ControlState m_state;
    double m_now = 0;
};

const ControlSource kKnob{controller, 1, 74};
const std::string kBrightness = "slider.brightness";

TEST_F(ControlRouterTest, ASliderThatStandsNowhereIsPutAtOnce) {
    map(mappingOf(kBrightness, kKnob));
    EXPECT_EQ(put(0), 0.0);
    EXPECT_EQ(put(127), 1.0) << "once held, it follows any step";
    EXPECT_DOUBLE_EQ(*put(64), 64.0 / 127);
}

TEST_F(ControlRouterTest, AKnobPicksUpWhereItPassesBy) {
    map(mappingOf(kBrightness, kKnob));
    m_state[kBrightness] = 0.5;
    EXPECT_EQ(put(10), std::nullopt);
    ASSERT_TRUE(m_router.waitingAt(0));
    EXPECT_DOUBLE_EQ(*m_router.waitingAt(0), 10.0 / 127);
    EXPECT_EQ(put(40), std::nullopt);
    EXPECT_DOUBLE_EQ(*put(80), 80.0 / 127) << "passed 0.5 in a leap";
    EXPECT_EQ(m_router.waitingAt(0), std::nullopt);
    EXPECT_DOUBLE_EQ(*put(20), 20.0 / 127);
    m_state[kBrightness] = 0.9;  // moved in the window
    EXPECT_EQ(put(21), std::nullopt);
    EXPECT_EQ(put(60), std::nullopt);
    EXPECT_DOUBLE_EQ(*put(113), 113.0 / 127) << "a step beside 0.9 is near enough";
}

TEST_F(ControlRouterTest, ASliderBeyondTheRangeIsPickedUpAtItsEnd) {
    map(mappingOf(kBrightness, kKnob));
    m_state[kBrightness] = 1.2;
    EXPECT_EQ(put(60), std::nullopt);
    EXPECT_EQ(put(127), 1.0);
    EXPECT_DOUBLE_EQ(*put(90), 90.0 / 127);
    m_state[kBrightness] = -0.2;
    EXPECT_EQ(put(40), std::nullopt);
    EXPECT_EQ(put(0), 0.0);
}

TEST_F(ControlRouterTest, ADeviceThatComesForgetsItsOwnControlsAlone) {
    map(mappingOf(kBrightness, kKnob));
    ASSERT_TRUE(put(50));
    m_router.forget("another box");
    EXPECT_TRUE(put(90)) << "still held";
    m_router.forget("box");
    EXPECT_EQ(put(20), std::nullopt) << "picked up anew";
}

TEST_F(ControlRouterTest, ARoundedSliderIsStillHeld) {
    map(mappingOf(kBrightness, kKnob));
    ASSERT_TRUE(put(50));
    m_state[kBrightness] = 0.39;  // of 0.3937
    EXPECT_TRUE(put(90));
}

TEST_F(ControlRouterTest, JumpTakesOverAtOnce) {
    auto mapping = mappingOf(kBrightness, kKnob);
    mapping.takeOver = TakeOver::jump;
    map(mapping);
    m_state[kBrightness] = 0.5;
    EXPECT_EQ(put(127), 1.0);
}

TEST_F(ControlRouterTest, RangeInversionAndCurveShapeTheWay) {
    auto mapping = mappingOf(kBrightness, kKnob);
    mapping.takeOver = TakeOver::jump;
    mapping.low = -0.25;
    mapping.high = 1.25;
    map(mapping);
    EXPECT_EQ(put(0), -0.25);
    EXPECT_EQ(put(127), 1.25);
    mapping.inverted = true;
    map(mapping);
    EXPECT_EQ(put(0), 1.25);
    EXPECT_EQ(put(127), -0.25);
    mapping = mappingOf(kBrightness, kKnob);
    mapping.curve = Curve::slowStart;
    EXPECT_NEAR(positionOf(mapping, 64), 0.25395, 1e-5);  // (64/127)²
    mapping.curve = Curve::fastStart;
    EXPECT_NEAR(positionOf(mapping, 32), 0.50196, 1e-5);  // √(32/127)
    for (const Curve curve : {Curve::linear, Curve::slowStart, Curve::fastStart})
        for (const bool inverted : {false, true})
            for (int value = 0; value < 128; ++value) {
                mapping.curve = curve;
                mapping.inverted = inverted;
                ASSERT_EQ(valueAt(mapping, positionOf(mapping, value)), value);
            }
}

TEST_F(ControlRouterTest, FourteenBitsAreSixteenThousandSteps) {
    for (const ControlSource& source :
         {ControlSource{controllerPair, 1, 7}, ControlSource{nrpn, 1, 657}, ControlSource{pitchBend, 1, 0}}) {
        auto mapping = mappingOf(kBrightness, source);
        mapping.takeOver = TakeOver::jump;
        map(mapping);
        EXPECT_DOUBLE_EQ(*put(16383), 1.0) << describe(source);
        EXPECT_DOUBLE_EQ(*put(8000), 8000.0 / 16383) << describe(source);
        EXPECT_NE(*put(8001), 8000.0 / 16383) << describe(source);
    }
}

TEST_F(ControlRouterTest, EncodersTurnInTheirOwnLanguage) {
    struct Case {
        Encoding encoding;
        int up, upThree, down, downThree, still;
    };
    for (const Case& each :
         {Case{Encoding::twosComplement, 1, 3, 127, 125, 0}, Case{Encoding::binaryOffset, 65, 67, 63, 61, 64},
          Case{Encoding::signMagnitude, 1, 3, 65, 67, 0}}) {
        auto mapping = mappingOf(kBrightness, kKnob);
        mapping.encoding = each.encoding;
        map(mapping);
        m_state[kBrightness] = 0.5;
        EXPECT_NEAR(*put(each.up), 0.51, 1e-12);
        EXPECT_NEAR(*put(each.upThree), 0.54, 1e-12);
        EXPECT_NEAR(*put(each.down), 0.53, 1e-12);
        EXPECT_NEAR(*put(each.downThree), 0.50, 1e-12);
        EXPECT_EQ(put(each.still), std::nullopt);
        m_state[kBrightness] = 0.995;
        EXPECT_EQ(put(each.upThree), 1.0) << "and stop at the end of the range";
        mapping.inverted = true;
        map(mapping);
        EXPECT_NEAR(*put(each.up), 0.99, 1e-12);
    }
}

TEST_F(ControlRouterTest, AButtonPressesOnceAndItsReleaseIsNothing) {
    using Kind = ControlChange::Kind;
    map(mappingOf("generate.dice", {note, 10, 36}));
    EXPECT_EQ(pressed({100, 0, 1, 0}), (std::vector{Kind::press, Kind::press}));
    map(mappingOf("generate.dice", kKnob));
    EXPECT_EQ(pressed({127, 127, 0, 127}), (std::vector{Kind::press, Kind::press}));
    map(mappingOf("generate.dice", {program, 1, 5}));
    EXPECT_EQ(pressed({127, 127}), (std::vector{Kind::press, Kind::press}));
    map(mappingOf("transport.loop", kKnob));
    EXPECT_EQ(pressed({127, 0, 127}), (std::vector{Kind::flip, Kind::flip}));
}

TEST_F(ControlRouterTest, ASwitchFollowsItsButton) {
    auto mapping = mappingOf("transport.loop", kKnob);
    mapping.switching = SwitchMode::follow;
    map(mapping);
    const auto on = m_router.route("box", {kKnob, 127}, m_state, 0);
    ASSERT_EQ(on.size(), 1U);
    EXPECT_EQ(on[0].kind, ControlChange::Kind::turn);
    EXPECT_EQ(on[0].value, 1);
    EXPECT_TRUE(m_router.route("box", {kKnob, 100}, m_state, 0).empty());
    EXPECT_EQ(m_router.route("box", {kKnob, 0}, m_state, 0).at(0).value, 0);
}

TEST_F(ControlRouterTest, ListensToItsPortAndChannelOnly) {
    auto mapping = mappingOf(kBrightness, kKnob);
    mapping.port = "other box";
    map(mapping);
    EXPECT_EQ(put(5), std::nullopt);
    mapping.port.clear();
    mapping.source.channel = 0;
    map(mapping);
    EXPECT_EQ(m_router.route("box", {{controller, 13, 74}, 5}, m_state, 0).size(), 1U);
    EXPECT_TRUE(m_router.route("box", {{controller, 13, 75}, 5}, m_state, 0).empty());
}

TEST_F(ControlRouterTest, ADeviceIsShownWhatElseMovedTheSliderButNotItsOwnMovement) {
    map(mappingOf(kBrightness, kKnob));
    ASSERT_TRUE(put(10));
    EXPECT_TRUE(m_router.show(kBrightness, 10.0 / 127, {.mapping = 0, .peer = {}}, 0).empty());
    EXPECT_TRUE(m_router.show(kBrightness, 10.0 / 127, {}, 0).empty()) << "it shows that already";
    const auto replies = m_router.show(kBrightness, 1.0, {}, 0);
    ASSERT_EQ(replies.size(), 1U);
    EXPECT_EQ(replies[0].port, "box");
    EXPECT_EQ(replies[0].messages, (std::vector<ChannelMessage>{{0xB0, 74, 127}}));
    EXPECT_TRUE(m_router.show(kBrightness, 1.0, {}, 0).empty());
}

TEST_F(ControlRouterTest, AMotorFaderOnItsWayMovesNothing) {
    auto mapping = mappingOf(kBrightness, kKnob);
    mapping.takeOver = TakeOver::jump;
    map(mapping);
    ASSERT_TRUE(put(10));
    m_state[kBrightness] = 1.0;
    ASSERT_EQ(m_router.show(kBrightness, 1.0, {}, 1000).size(), 1U);
    for (m_now = 1010; m_now < 1200; m_now += 20)
        EXPECT_EQ(put(10 + static_cast<int>(m_now - 1000) / 2), std::nullopt);
    m_now = 1500;
    EXPECT_TRUE(put(100)) << "after that it is a hand";
}

TEST_F(ControlRouterTest, FeedbackCanBeOff) {
    auto mapping = mappingOf(kBrightness, kKnob);
    mapping.feedback = false;
    mapping.port = "box";
    map(mapping);
    EXPECT_TRUE(m_router.show(kBrightness, 1.0, {}, 0).empty());
    mapping.feedback = true;
    map(mapping);
    EXPECT_EQ(m_router.show(kBrightness, 1.0, {}, 0).size(), 1U);
}

TEST_F(ControlRouterTest, ALampShowsWhetherASwitchIsOn) {
    auto mapping = mappingOf("transport.loop", {note, 1, 36});
    mapping.port = "box";
    map(mapping);
    EXPECT_EQ(m_router.show("transport.loop", 1, {}, 0).at(0).messages,
              (std::vector<ChannelMessage>{{0x90, 36, 127}}));
    EXPECT_EQ(m_router.show("transport.loop", 0, {}, 0).at(0).messages,
              (std::vector<ChannelMessage>{{0x90, 36, 0}}));
}

TEST(ControlMapping, RefusesInWordsWhatCannotBe) {
    const auto targets = sampleTargets();
    const auto sentence = [&](ControlMapping mapping) {
        const Status status = checkMapping(mapping, targets);
        return status ? std::string() : status.error().sentence;
    };
    auto mapping = mappingOf("slider.colour", kKnob);
    EXPECT_EQ(sentence(mapping), "There is nothing called 'slider.colour' to control.");
    mapping.target = kBrightness;
    EXPECT_EQ(sentence(mapping), "");
    mapping.source.channel = 17;
    EXPECT_NE(sentence(mapping), "");
    mapping.source = {controllerPair, 1, 32};
    EXPECT_NE(sentence(mapping), "");
    mapping.source = kKnob;
    mapping.low = 1;
    EXPECT_NE(sentence(mapping), "");
    mapping.low = -0.5;
    EXPECT_NE(sentence(mapping), "");
    mapping.low = 0;
    mapping.step = 0;
    EXPECT_NE(sentence(mapping), "");
    mapping.step = 0.01;
    mapping.encoding = Encoding::binaryOffset;
    mapping.source = {pitchBend, 1, 0};
    EXPECT_NE(sentence(mapping), "");
}

TEST(ControlMapping, ConflictsAreToldInWords) {
    const auto targets = sampleTargets();
    const std::vector mappings{mappingOf(kBrightness, {controller, 1, 7}),
                               mappingOf("slider.warmth", {controllerPair, 1, 20})};
    EXPECT_EQ(conflictsOf(mappingOf("slider.space", {controller, 1, 7}), mappings, targets),
              std::vector<std::string>{"Controller 7 on channel 1 moves Brightness too."});
    EXPECT_EQ(conflictsOf(mappingOf(kBrightness, {controller, 0, 7}), mappings, targets),
              std::vector<std::string>{"Controller 7 on any channel moves Brightness already."});
    EXPECT_EQ(conflictsOf(mappingOf("slider.space", {controller, 1, 52}), mappings, targets).size(), 1U)
        << "the fine half of 20";
    EXPECT_TRUE(conflictsOf(mappingOf("slider.space", {controller, 2, 7}), mappings, targets).empty());
    EXPECT_TRUE(conflictsOf(mappings[0], mappings, targets, 0).empty());
}

}  // namespace
}  // namespace smidgen::testing
