// Levels: what is asked for is reached, or it is said why not.
#include "engine/audio/levelled_writer.h"

#include <algorithm>

#include "engine/audio/audio_reader.h"
#include "tests/audio/sounds.h"

namespace smidgen {
namespace {

class LevelledWriter : public AudioTest {
 protected:
    Result<LevelledFile> write(const AudioBuffer& sound, const LevelTarget& level,
                               FileFormat format = FileFormat::wav) {
        WriteOptions options;
        options.profile.format = format;
        return writeLevelled(sound, file, level, options);
    }
    std::filesystem::path file;
    void SetUp() override {
        AudioTest::SetUp();
        file = folder / "a";
    }
};

/// A sine has a loudness that can be worked out: 997 Hz is weighted by 0.691 dB, which BS.1770 takes off
/// again.
TEST_F(LevelledWriter, ASinesLoudnessIsItsMeanSquare) {
    const auto written = write(makeSine(997, 0.1, 2, 48000), {-20.0, {}, -1.0});
    ASSERT_TRUE(written);
    EXPECT_EQ(written->outcome, LevelOutcome::reached);
    const auto back = readAudio(file);
    double square = 0;
    for (const float x : back->channels[0]) square += static_cast<double>(x) * x;
    EXPECT_NEAR(10 * std::log10(square / 96000), -20, 0.1);
}

TEST_F(LevelledWriter, APeakIsTheHighestSample) {
    const auto written = write(makeSine(100, 0.1, 1, 48000), {{}, -6.0, {}});
    ASSERT_TRUE(written);
    const auto back = readAudio(file);
    const float highest = *std::ranges::max_element(back->channels[0]);
    EXPECT_NEAR(20 * std::log10(highest), -6, 0.01);
    EXPECT_EQ(written->outcome, LevelOutcome::reached);
}

TEST_F(LevelledWriter, ACeilingHoldsAPeakDownAndSaysSo) {
    // At a quarter of the rate, between its samples: 3 dB above them.
    const AudioBuffer sine = makeSine(12000, 0.5, 1, 48000, 1, std::numbers::pi / 4);
    const auto written = write(sine, {{}, -0.5, -1.0});
    ASSERT_TRUE(written);
    EXPECT_EQ(written->outcome, LevelOutcome::heldDown);
    EXPECT_LE(written->file.loudness->truePeakDb, -1.0);
    EXPECT_GE(written->file.loudness->truePeakDb, -1.3);
}

TEST_F(LevelledWriter, ACeilingAloneChangesNothingThatLiesBelowIt) {
    const AudioBuffer sound = makeSound(2, 48000, 48000, 0.4);
    WriteOptions options;
    options.profile.depth = SampleDepth::float32;
    ASSERT_TRUE(writeLevelled(sound, file, {{}, {}, -1.0}, options));
    EXPECT_EQ(readAudio(file)->channels, sound.channels);
}

TEST_F(LevelledWriter, AnImpossibleLoudnessIsSaid) {
    AudioBuffer clicks(1, Samples(96000));
    for (std::size_t i = 0; i < 96000; i += 24000) clicks.channels[0][i] = 0.9F;
    const auto written = write(clicks, {-3.0, {}, -1.0});
    ASSERT_TRUE(written);
    EXPECT_EQ(written->outcome, LevelOutcome::missed);
    EXPECT_LE(written->file.loudness->truePeakDb, -1.0);
}

TEST_F(LevelledWriter, SilenceStaysSilent) {
    const auto written = write(AudioBuffer(2, Samples(48000)), {-16.0, {}, -1.0});
    ASSERT_TRUE(written);
    EXPECT_EQ(written->outcome, LevelOutcome::silent);
    EXPECT_FALSE(std::isfinite(written->file.loudness->truePeakDb) &&
                 written->file.loudness->truePeakDb > -100);
}

TEST_F(LevelledWriter, StoppedItLeavesNothingWhereverItIs) {
    const AudioBuffer sound = makeSound(2, 48000);
    const CancelToken cancel;
    cancel.cancel();
    for (const FileFormat format : {FileFormat::wav, FileFormat::mp3}) {
        WriteOptions options;
        options.profile.format = format;
        const auto written = writeLevelled(sound, file, {-9.0, {}, -1.0}, options, cancel);
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().code, ErrorCode::cancelled);
        EXPECT_EQ(filesInFolder(), 0U);
    }
}

TEST_F(LevelledWriter, AnOlderFileStaysUntilTheNewOneIsWhole) {
    writeBytes(file, "older");
    AudioBuffer broken = makeSound(1, 4800);
    broken.channels[0][100] = std::nanf("");
    EXPECT_FALSE(write(broken, {-16.0, {}, -1.0}, FileFormat::vorbis));
    EXPECT_EQ(bytesOf(file), "older");
    EXPECT_EQ(filesInFolder(), 1U);
}

TEST_F(LevelledWriter, ImpossibleTargetsAreRefused) {
    const AudioBuffer sound = makeSound(1, 4800);
    for (const LevelTarget& level :
         {LevelTarget{-16.0, -1.0, {}}, {1.0, {}, {}}, {{}, {}, 3.0}, {-70.0, {}, {}}}) {
        const auto written = write(sound, level);
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().code, ErrorCode::invalidArgument);
    }
    EXPECT_EQ(filesInFolder(), 0U);
}

}  // namespace
}  // namespace smidgen
