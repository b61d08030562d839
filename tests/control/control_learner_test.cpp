// Learning takes what was moved on purpose, and nothing else.
#include "engine/control/control_learner.h"

#include <gtest/gtest.h>

#include "engine/control/midi_decoder.h"
#include "sample_targets.h"

namespace smidgen::testing {
namespace {

using enum SourceKind;

class ControlLearnerTest : public ::testing::Test {
 protected:
    void begin(const char* target) { m_learner.begin(*findTarget(m_targets, target)); }
    /// What these bytes, one after another, settled; each is told until learning ends.
    std::optional<ControlMapping> hear(const std::vector<std::uint8_t>& bytes,
                                       const std::string& port = "box") {
        std::optional<ControlMapping> learned;
        m_stream.feed(bytes, [&](const ChannelMessage& message) {
            for (const MidiMove& move : m_decoder.read(message))
                if (auto mapping = m_learner.hear(port, move)) learned = mapping;
        });
        return learned;
    }

    std::vector<ControlTarget> m_targets = sampleTargets();
    ControlLearner m_learner;
    MidiStream m_stream;
    MidiDecoder m_decoder;
};

std::vector<std::uint8_t> sweep(std::uint8_t number, int from, int to) {
    std::vector<std::uint8_t> bytes{0xB0};
    for (int value = from; value <= to; ++value) {
        bytes.push_back(number);
        bytes.push_back(static_cast<std::uint8_t>(value));
    }
    return bytes;
}

TEST_F(ControlLearnerTest, BindsTheControlThatMoves) {
    begin("slider.warmth");
    EXPECT_FALSE(m_learner.hint().empty());
    const auto learned = hear(sweep(74, 40, 60));
    ASSERT_TRUE(learned);
    EXPECT_EQ(learned->target, "slider.warmth");
    EXPECT_EQ(learned->port, "box");
    EXPECT_EQ(learned->source, (ControlSource{controller, 1, 74}));
    EXPECT_EQ(learned->encoding, Encoding::absolute);
    EXPECT_EQ(learned->low, 0);
    EXPECT_EQ(learned->high, 1);
    EXPECT_FALSE(m_learner.target()) << "and learning has ended";
    EXPECT_FALSE(hear(sweep(75, 0, 100)));
}

TEST_F(ControlLearnerTest, AWornPotentiometerIsNotTaken) {
    begin("slider.warmth");
    for (int i = 0; i < 200; ++i) ASSERT_FALSE(hear({0xB0, 20, static_cast<std::uint8_t>(90 + i * 7 % 3)}));
    const auto learned = hear(sweep(21, 10, 30));
    ASSERT_TRUE(learned);
    EXPECT_EQ(learned->source.number, 21);
}

TEST_F(ControlLearnerTest, ReleasesTouchesAndPressureAreNotTaken) {
    begin("slider.warmth");
    EXPECT_FALSE(hear({0x90, 104, 127, 0x80, 104, 0, 0xD0, 90, 0xC0, 3, 0xF8}));
    begin("generate.dice");
    EXPECT_FALSE(hear({0x80, 60, 64, 0x90, 61, 0})) << "the key let go while learning began";
    const auto learned = hear({0x90, 62, 80});
    ASSERT_TRUE(learned);
    EXPECT_EQ(learned->source, (ControlSource{note, 1, 62}));
}

TEST_F(ControlLearnerTest, AButtonIsBoundByPressAndRelease) {
    begin("transport.loop");
    EXPECT_FALSE(hear({0xB0, 41, 127}));
    const auto learned = hear({0xB0, 41, 0});
    ASSERT_TRUE(learned);
    EXPECT_EQ(learned->source, (ControlSource{controller, 1, 41}));
    begin("transport.loop");
    EXPECT_TRUE(hear({0xC0, 7})) << "a program change says it all at once";
}

TEST_F(ControlLearnerTest, HalvesAreBoundAsAPair) {
    begin("slider.space");
    std::vector<std::uint8_t> bytes{0xB0};
    for (int value = 64 * 128; value < 80 * 128; value += 37) {
        bytes.insert(bytes.end(), {7, static_cast<std::uint8_t>(value / 128)});
        bytes.insert(bytes.end(), {39, static_cast<std::uint8_t>(value % 128)});
    }
    const auto learned = hear(bytes);
    ASSERT_TRUE(learned);
    EXPECT_EQ(learned->source, (ControlSource{controllerPair, 1, 7}));
}

TEST_F(ControlLearnerTest, AFineHalfThatJittersIsNotTaken) {
    begin("slider.space");
    for (int i = 0; i < 100; ++i)
        ASSERT_FALSE(hear({0xB0, 7, 62, 39, static_cast<std::uint8_t>(i * 31 % 60)}));
}

TEST_F(ControlLearnerTest, NrpnAndBendsAreBoundAsThemselves) {
    begin("slider.space");
    std::vector<std::uint8_t> bytes{0xB0, 99, 5, 98, 17};
    for (std::uint8_t value = 0; value < 20; ++value) bytes.insert(bytes.end(), {6, value, 38, 0});
    auto learned = hear(bytes);
    ASSERT_TRUE(learned);
    EXPECT_EQ(learned->source, (ControlSource{nrpn, 1, 657}));
    begin("slider.space");
    EXPECT_FALSE(hear({0xE0, 0, 64, 0, 66}));
    learned = hear({0xE0, 0, 90});
    ASSERT_TRUE(learned);
    EXPECT_EQ(learned->source, (ControlSource{pitchBend, 1, 0}));
}

TEST_F(ControlLearnerTest, EndlessEncodersAreRecognised) {
    const std::vector<std::pair<std::uint8_t, Encoding>> cases{{1, Encoding::twosComplement},
                                                               {127, Encoding::twosComplement},
                                                               {65, Encoding::binaryOffset},
                                                               {63, Encoding::binaryOffset}};
    for (const auto& [value, encoding] : cases) {
        begin("slider.pulse");
        EXPECT_FALSE(hear({0xB0, 16, value, 16, value}));
        const auto learned = hear({0xB0, 16, value});
        ASSERT_TRUE(learned) << int{value};
        EXPECT_EQ(learned->encoding, encoding) << int{value};
    }
    begin("slider.pulse");
    EXPECT_FALSE(hear({0xB0, 16, 1, 16, 127, 16, 1, 16, 127})) << "to and fro is no jump across the range";
}

TEST_F(ControlLearnerTest, CanBeCalledOff) {
    begin("slider.pulse");
    m_learner.cancel();
    EXPECT_FALSE(hear(sweep(74, 0, 100)));
    EXPECT_EQ(m_learner.hint(), "");
}

}  // namespace
}  // namespace smidgen::testing
