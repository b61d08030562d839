// Loop points, read byte by byte and by other programs.
#include "engine/audio/audio_reader.h"
#include "tests/audio/independent_reader.h"
#include "tests/audio/sounds.h"

namespace smidgen {
namespace {

std::uint32_t littleWord(const std::string& bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return value;
}

class LoopTest : public AudioTest {
 protected:
    std::filesystem::path write(FileFormat format, LoopRange loop, int rate = 48000) {
        WriteOptions options;
        options.profile.format = format;
        options.profile.rate = rate;
        options.recipeJson = "{}";
        options.loop = loop;
        const auto file = folder / ("a." + std::string(fileExtension(format)));
        const auto written = writeAudio(makeSound(2, 48000), file, options);
        EXPECT_TRUE(written) << written.error().sentence;
        return file;
    }
};

TEST_F(LoopTest, AWavHasASamplerChunkWhoseEndIsTheLastSamplePlayed) {
    const std::string bytes = bytesOf(write(FileFormat::wav, {0.25, 0.75}));
    const std::size_t chunk = bytes.find("smpl");
    ASSERT_NE(chunk, std::string::npos);
    const std::size_t body = chunk + 8;
    EXPECT_EQ(littleWord(bytes, body + 12), 60U) << "unity note";
    EXPECT_EQ(littleWord(bytes, body + 28), 1U) << "loops";
    EXPECT_EQ(littleWord(bytes, body + 36 + 4), 0U) << "forward";
    EXPECT_EQ(littleWord(bytes, body + 36 + 8), 12000U);
    EXPECT_EQ(littleWord(bytes, body + 36 + 12), 35999U);
    EXPECT_EQ(littleWord(bytes, body + 36 + 20), 0U) << "endless";
}

TEST_F(LoopTest, WavAndAiffReadBackAtTheFilesRate) {
    for (const FileFormat format : {FileFormat::wav, FileFormat::aiff}) {
        const auto reader = AudioReader::open(write(format, {0.25, {}}, 44100));
        ASSERT_TRUE(reader);
        EXPECT_EQ(reader->format().loop, (LoopSamples{11025, 44100})) << nameOf(format);
    }
}

TEST_F(LoopTest, AnAiffHasMarkersAndAnInstrumentAndALengthThatCountsThem) {
    const std::string bytes = bytesOf(write(FileFormat::aiff, {0.25, 0.75}));
    const auto number = [&](std::size_t at, int size) {
        std::uint32_t value = 0;
        for (int i = 0; i < size; ++i)
            value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
        return value;
    };
    EXPECT_EQ(number(4, 4), bytes.size() - 8);
    const std::size_t marks = bytes.find("MARK"), instrument = bytes.find("INST");
    ASSERT_NE(marks, std::string::npos);
    ASSERT_NE(instrument, std::string::npos);
    EXPECT_EQ(number(marks + 10, 2), 1U);
    EXPECT_EQ(number(marks + 12, 4), 12000U);
    EXPECT_EQ(number(marks + 18, 2), 2U);
    EXPECT_EQ(number(marks + 20, 4), 36000U);
    EXPECT_EQ(number(instrument + 16, 2), 1U) << "forward";
    EXPECT_EQ(number(instrument + 18, 2), 1U) << "from the first marker";
    EXPECT_EQ(number(instrument + 20, 2), 2U) << "to the second";
}

TEST_F(LoopTest, OthersCarryItInTheFieldsThatEnginesRead) {
    for (const FileFormat format : {FileFormat::flac, FileFormat::vorbis, FileFormat::opus}) {
        const auto tags = probeWithFfmpeg(write(format, {0.25, 0.75})).tags;
        EXPECT_EQ(tags.at("loopstart"), "12000") << nameOf(format);
        EXPECT_EQ(tags.at("looplength"), "24000") << nameOf(format);
    }
}

TEST_F(LoopTest, WithoutALoopThereIsNone) {
    ASSERT_TRUE(writeAudio(makeSound(1, 4800), folder / "a.wav", {}));
    EXPECT_EQ(bytesOf(folder / "a.wav").find("smpl"), std::string::npos);
    EXPECT_FALSE(AudioReader::open(folder / "a.wav")->format().loop);
}

TEST_F(LoopTest, PointsOutsideAndMp3AreRefused) {
    WriteOptions options;
    for (const LoopRange loop : {LoopRange{0.5, 0.5}, {0.7, 0.2}, {-0.1, {}}, {0.2, 1.5}, {1.0, {}}}) {
        options.loop = loop;
        const auto written = writeAudio(makeSound(1, 48000), folder / "a.wav", options);
        ASSERT_FALSE(written) << loop.start;
        EXPECT_EQ(written.error().code, ErrorCode::invalidArgument);
    }
    options.loop = LoopRange{};
    options.profile.format = FileFormat::mp3;
    const auto mp3 = writeAudio(makeSound(1, 48000), folder / "a.mp3", options);
    ASSERT_FALSE(mp3);
    EXPECT_NE(mp3.error().sentence.find("WAV"), std::string::npos);
    EXPECT_EQ(filesInFolder(), 0U);
}

}  // namespace
}  // namespace smidgen
