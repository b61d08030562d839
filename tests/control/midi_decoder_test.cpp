// Known bytes, as the MIDI 1.0 specification writes them, as movements.
#include "engine/control/midi_decoder.h"

#include <gtest/gtest.h>

#include <random>

namespace smidgen::testing {
namespace {

using Bytes = std::vector<std::uint8_t>;

std::vector<MidiMove> movesOf(const Bytes& bytes) {
    MidiStream stream;
    MidiDecoder decoder;
    std::vector<MidiMove> moves;
    stream.feed(bytes, [&](const ChannelMessage& message) {
        for (const MidiMove& move : decoder.read(message)) moves.push_back(move);
    });
    return moves;
}

std::vector<MidiMove> only(SourceKind kind, const Bytes& bytes) {
    auto moves = movesOf(bytes);
    std::erase_if(moves, [&](const MidiMove& move) { return move.source.kind != kind; });
    return moves;
}

MidiMove move(SourceKind kind, int channel, int number, int value) {
    return {{kind, channel, number}, value};
}

using enum SourceKind;

TEST(MidiStream, KeepsRunningStatusAndRealTimeBytesApart) {
    // 0xF8 (clock) and 0xFE (active sensing) inside messages, then running status.
    EXPECT_EQ(
        movesOf({0xB0, 0xF8, 70, 0xFE, 5, 70, 6, 71, 0xF8, 7}),
        (std::vector{move(controller, 1, 70, 5), move(controller, 1, 70, 6), move(controller, 1, 71, 7)}));
}

TEST(MidiStream, LeavesOutSystemMessagesAndEndsRunningStatusThere) {
    EXPECT_EQ(movesOf({0xF0, 0x7E, 70, 70, 0xF7, 70, 9, 0xB2, 70, 1, 0xF6, 70, 2}),
              std::vector{move(controller, 3, 70, 1)});
}

TEST(MidiStream, BeginsAnewWhenAMessageIsCutOff) {
    EXPECT_EQ(movesOf({0xB0, 70, 0xB1, 71, 3}), std::vector{move(controller, 2, 71, 3)});
}

TEST(MidiDecoder, TellsPlainControllersOnAllChannels) {
    for (int channel = 1; channel <= 16; ++channel)
        EXPECT_EQ(movesOf({static_cast<std::uint8_t>(0xAF + channel), 74, 127}),
                  std::vector{move(controller, channel, 74, 127)});
}

TEST(MidiDecoder, PutsTheHalvesOfAPairTogether) {
    EXPECT_EQ(
        only(controllerPair, {0xB0, 7, 100, 39, 5, 39, 127, 7, 101}),
        (std::vector{move(controllerPair, 1, 7, 100 * 128), move(controllerPair, 1, 7, 100 * 128 + 5),
                     move(controllerPair, 1, 7, 100 * 128 + 127), move(controllerPair, 1, 7, 101 * 128)}));
    EXPECT_TRUE(only(controllerPair, {0xB0, 39, 5}).empty()) << "a fine half alone is no value";
    EXPECT_EQ(only(controllerPair, {0xB0, 7, 127, 39, 127}).back().value, 16383);
}

TEST(MidiDecoder, ReadsNrpn) {
    // Parameter 5 × 128 + 17 = 657, value 100 × 128 + 3, then one more and one less.
    const Bytes bytes{0xB3, 99, 5, 98, 17, 6, 100, 38, 3, 96, 0, 97, 0, 97, 0};
    EXPECT_EQ(only(nrpn, bytes),
              (std::vector{move(nrpn, 4, 657, 12800), move(nrpn, 4, 657, 12803), move(nrpn, 4, 657, 12804),
                           move(nrpn, 4, 657, 12803), move(nrpn, 4, 657, 12802)}));
    EXPECT_EQ(movesOf(bytes).size(), 5U) << "its halves are no controllers of their own";
}

TEST(MidiDecoder, KeepsRegisteredParametersOutAndGivesDataEntryBack) {
    // RPN 0 (bend range) is chosen: its data is no control.
    EXPECT_TRUE(movesOf({0xB0, 101, 0, 100, 0, 6, 2, 38, 0}).empty());
    // "None" in either order makes controller 6 a plain one again.
    for (const Bytes& none : {Bytes{0xB0, 101, 127, 100, 127, 6, 9}, Bytes{0xB0, 100, 127, 101, 127, 6, 9}}) {
        Bytes bytes{0xB0, 101, 0, 100, 0, 6, 2};
        bytes.insert(bytes.end(), none.begin(), none.end());
        EXPECT_EQ(only(controller, bytes), std::vector{move(controller, 1, 6, 9)});
    }
    EXPECT_EQ(only(controller, {0xB0, 99, 127, 98, 127, 6, 9}), std::vector{move(controller, 1, 6, 9)});
    EXPECT_EQ(only(controller, {0xB0, 6, 9}), std::vector{move(controller, 1, 6, 9)});
}

TEST(MidiDecoder, ReadsNotesBendsAndPrograms) {
    EXPECT_EQ(movesOf({0x91, 60, 100, 60, 0, 0x81, 60, 64}),
              (std::vector{move(note, 2, 60, 100), move(note, 2, 60, 0)}))
        << "velocity 0 is a release; a second release is nothing";
    EXPECT_EQ(movesOf({0xE0, 0, 0x40, 0x7F, 0x7F}),
              (std::vector{move(pitchBend, 1, 0, 8192), move(pitchBend, 1, 0, 16383)}));
    EXPECT_EQ(movesOf({0xC5, 12}), std::vector{move(program, 6, 12, 127)});
}

TEST(MidiDecoder, LeavesOutWhatNoControlSends) {
    EXPECT_TRUE(movesOf({0xD0, 90, 0xA0, 60, 90, 0xB0, 123, 0, 121, 0, 120, 0}).empty());
}

TEST(MidiDecoder, WritesWhatItReads) {
    for (const MidiMove& each :
         {move(controller, 3, 7, 99), move(controllerPair, 16, 31, 12345), move(nrpn, 2, 16000, 16383),
          move(note, 9, 36, 127), move(pitchBend, 1, 0, 8193)}) {
        MidiDecoder decoder;
        std::vector<MidiMove> moves;
        for (const ChannelMessage& message : messagesFor(each.source, each.value))
            for (const MidiMove& read : decoder.read(message))
                if (read.source.kind == each.source.kind) moves.push_back(read);
        ASSERT_FALSE(moves.empty()) << describe(each.source);
        EXPECT_EQ(moves.back(), each) << describe(each.source);
    }
}

TEST(MidiDecoder, TakesAnyBytesAtAll) {
    std::mt19937 random(20261130);
    MidiStream stream;
    MidiDecoder decoder;
    std::size_t moves = 0;
    for (int i = 0; i < 20000; ++i) {
        Bytes bytes(random() % 64);
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
        stream.feed(bytes, [&](const ChannelMessage& message) {
            for (const MidiMove& each : decoder.read(message)) {
                ++moves;
                ASSERT_GE(each.value, 0);
                ASSERT_LE(each.value, largestValue(each.source.kind));
                ASSERT_GE(each.source.number, 0);
                ASSERT_LE(each.source.number, largestNumber(each.source.kind));
                ASSERT_TRUE(each.source.channel >= 1 && each.source.channel <= 16);
            }
        });
    }
    EXPECT_GT(moves, 10000U);
}

}  // namespace
}  // namespace smidgen::testing
