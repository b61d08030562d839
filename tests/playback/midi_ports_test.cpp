// MIDI through ports of the system: JACK's (a server with the dummy driver), and ALSA's sequencer where the
// kernel has one.
#include "engine/playback/midi_ports.h"

#include <gtest/gtest.h>
#include <juce_audio_devices/juce_audio_devices.h>

#include <algorithm>
#include <chrono>

#include "engine/control/control_desk.h"
#include "engine/playback/message_loop.h"
#include "jack_controller.h"
#include "jack_server.h"

namespace smidgen::testing {
namespace {

std::vector<ControlTarget> targets() {
    return controlTargets(R"({"shortcuts": [{"id": "transport.loop", "text": "Loop", "toggle": true},
                                            {"id": "generate.dice", "text": "Dice"}]})");
}

/// Ports and desk as the studio has them.
class MidiPortsTest : public ::testing::Test {
 protected:
    MidiPortsTest()
        : m_desk(targets(), {}),
          m_ports(
              {[this](const std::string& name) { return m_desk.addPort(name); },
               [this](int port, std::span<const std::uint8_t> bytes) { m_desk.heardMidi(port, bytes); }}) {
        m_desk.onMidiReply([this](const MidiReply& reply) {
            for (const ChannelMessage& message : reply.messages)
                m_ports.send(reply.port, bytesOf(message).span());
        });
    }
    double now() const {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - m_start).count();
    }
    /// Takes what arrives until `done`; false after ten seconds.
    template <typename Condition>
    [[nodiscard]] bool takeUntil(Condition done) {
        while (!done()) {
            if (now() > m_patience) return false;
            TakenControls taken = m_desk.take(now());
            for (auto& change : taken.changes) m_changes.push_back(std::move(change));
            for (auto& move : taken.moves) m_moves.push_back(std::move(move));
            if (taken.learned) m_learned = taken.learned;
            m_loop.runFor(5);
        }
        m_patience = now() + 10000;
        return true;
    }

    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    double m_patience = 10000;
    MessageLoop m_loop;
    ControlDesk m_desk;
    MidiPorts m_ports;
    std::vector<ControlChange> m_changes;
    std::vector<HeardMove> m_moves;
    std::optional<ControlMapping> m_learned;
};

// As in jack_fixture.h, not under ThreadSanitizer.
#if !defined(__SANITIZE_THREAD__)
class JackMidiTest : public MidiPortsTest {
 protected:
    void SetUp() override {
        ASSERT_TRUE(m_server.start()) << "jackd (package jackd2) must be able to start";
        const auto changes = m_ports.listenTo(true, {});
        ASSERT_NE(std::find(changes.came.begin(), changes.came.end(), MidiPorts::kJackPort),
                  changes.came.end());
    }
    void TearDown() override { static_cast<void>(m_ports.listenTo(false, {})); }
    JackServer m_server;
};

TEST_F(JackMidiTest, AKnobIsLearnedMovesItsSliderAndIsShownWhatElseMovedIt) {
    JackController knobs;
    ASSERT_TRUE(knobs.connected());
    m_desk.learn(*findTarget(m_desk.targets(), "slider.brightness"));
    for (std::uint8_t value = 20; value < 40; ++value) knobs.send({0xB2, 74, value});
    ASSERT_TRUE(takeUntil([&] { return m_learned.has_value(); }));
    EXPECT_EQ(m_learned->source, (ControlSource{SourceKind::controller, 3, 74}));
    EXPECT_EQ(m_learned->port, MidiPorts::kJackPort);
    ASSERT_TRUE(takeUntil([&] { return m_moves.size() >= 20; }));
    m_desk.setMappings({*m_learned});
    m_changes.clear();

    knobs.send({0xB2, 74, 64});
    ASSERT_TRUE(takeUntil([&] { return !m_changes.empty(); }));
    EXPECT_EQ(m_changes.back().target, "slider.brightness");
    EXPECT_DOUBLE_EQ(m_changes.back().value, 64.0 / 127);
    EXPECT_TRUE(knobs.shown().empty()) << "not its own movement";

    m_desk.moved("slider.brightness", 1.0, now());
    ASSERT_TRUE(takeUntil([&] { return !knobs.shown().empty(); }));
    EXPECT_EQ(knobs.shown().front(), (JackController::Bytes{0xB2, 74, 127}));
}

TEST_F(JackMidiTest, EveryMessageOfAFastSweepArrives) {
    JackController knobs;
    ASSERT_TRUE(knobs.connected());
    auto mapping = ControlMapping{};
    mapping.target = "slider.space";
    mapping.source = {SourceKind::controller, 1, 7};
    m_desk.setMappings({mapping});
    for (int round = 0; round < 10; ++round)
        for (std::uint8_t value = 0; value < 128; ++value) knobs.send({0xB0, 7, value});
    std::size_t told = 0;
    const auto all = [this] {
        std::size_t heard = 0;
        for (const HeardMove& move : m_moves)
            heard += move.move.source.kind == SourceKind::controller ? 1 : 0;
        return heard;
    };
    ASSERT_TRUE(takeUntil([&] { return all() >= 1280; }));
    told = m_changes.size();
    EXPECT_EQ(all(), 1280U);
    EXPECT_LT(told, 1280U) << "and they are merged";
    EXPECT_EQ(m_changes.back().value, 1.0) << "but for the last";
}

TEST_F(JackMidiTest, AServerThatDiesIsToldAndOneThatComesBackIsFound) {
    m_server.kill();
    std::vector<std::string> went;
    ASSERT_TRUE(takeUntil([&] {
        went = m_ports.refresh().went;
        return !went.empty();
    }));
    EXPECT_EQ(went, std::vector<std::string>{MidiPorts::kJackPort});
    EXPECT_TRUE(std::none_of(m_ports.inputs().begin(), m_ports.inputs().end(),
                             [](const MidiInputPort& port) { return port.name == MidiPorts::kJackPort; }));
    ASSERT_TRUE(m_server.start());
    std::vector<std::string> came;
    ASSERT_TRUE(takeUntil([&] {
        came = m_ports.refresh().came;
        return !came.empty();
    }));
    EXPECT_EQ(came, std::vector<std::string>{MidiPorts::kJackPort});
    JackController knobs;
    ASSERT_TRUE(knobs.connected());
    knobs.send({0x90, 60, 100});
    EXPECT_TRUE(takeUntil([&] { return !m_moves.empty(); }));
}
#endif

TEST_F(MidiPortsTest, ADeviceOfTheSequencerIsHeardOrItsAbsenceIsSaid) {
    if (!MidiPorts::problem().empty()) {
        // No sequencer in this kernel: then nothing is listed, and the reason is a sentence.
        EXPECT_NE(MidiPorts::problem().find("/dev/snd/seq"), std::string::npos);
        EXPECT_TRUE(m_ports.listenTo(false, {"Pads"}).came.empty());
        for (const auto& input : m_ports.inputs()) EXPECT_EQ(MidiPorts::kJackPort, input.name);
        return;
    }
    auto pads = juce::MidiOutput::createNewDevice("Smidgen test pads");
    ASSERT_NE(pads, nullptr);
    const auto changes = m_ports.listenTo(false, {"Smidgen test pads"});
    ASSERT_EQ(changes.came, std::vector<std::string>{"Smidgen test pads"});
    pads->sendMessageNow(juce::MidiMessage(0x90, 36, 100));
    ASSERT_TRUE(takeUntil([&] { return !m_moves.empty(); }));
    EXPECT_EQ(m_moves[0].move, (MidiMove{{SourceKind::note, 1, 36}, 100}));
    EXPECT_EQ(m_moves[0].port, "Smidgen test pads");
    pads.reset();
    EXPECT_EQ(m_ports.refresh().went, std::vector<std::string>{"Smidgen test pads"});
}

TEST_F(MidiPortsTest, WhatIsNotThereIsListenedToLaterAndNothingIsSentThere) {
    const auto changes = m_ports.listenTo(false, {"A box that is switched off"});
    EXPECT_TRUE(changes.came.empty());
    EXPECT_TRUE(changes.refused.empty());
    const std::vector<std::uint8_t> message{0x90, 60, 1};
    m_ports.send("A box that is switched off", message);
    m_ports.send(MidiPorts::kJackPort, message);
    EXPECT_TRUE(m_moves.empty());
}

}  // namespace
}  // namespace smidgen::testing
