// Streaming, jumping and ranges, in every format and coding.
#include <algorithm>

#include "engine/audio/audio_reader.h"
#include "engine/audio/resampler.h"
#include "tests/audio/sounds.h"

namespace smidgen {
namespace {

class Reader : public AudioTest {
 protected:
    std::filesystem::path write(FileFormat format, const AudioBuffer& sound) {
        WriteOptions options;
        options.profile.format = format;
        options.profile.rate = format == FileFormat::opus ? 48000 : sound.rate;
        const auto path = folder / ("a." + std::string(fileExtension(format)));
        EXPECT_TRUE(writeAudio(sound, path, options));
        return path;
    }
};

constexpr FileFormat kFormats[] = {FileFormat::wav,    FileFormat::flac, FileFormat::aiff,
                                   FileFormat::vorbis, FileFormat::opus, FileFormat::mp3};

TEST_F(Reader, BlocksOfAnySizeAddUpToTheWhole) {
    for (const FileFormat format : kFormats) {
        const auto path = write(format, makeSound(2, 20000));
        const auto whole = readAudio(path);
        ASSERT_TRUE(whole);
        for (const std::int64_t block : {1LL, 777LL, 5000LL}) {
            auto reader = AudioReader::open(path);
            ASSERT_TRUE(reader);
            std::vector<float> left;
            std::vector<float> buffer(static_cast<std::size_t>(2 * block));
            for (;;) {
                const auto got = reader->read(buffer, block);
                ASSERT_TRUE(got) << got.error().sentence;
                if (*got == 0) break;
                for (std::int64_t i = 0; i < *got; ++i)
                    left.push_back(buffer[static_cast<std::size_t>(2 * i)]);
            }
            EXPECT_TRUE(left == whole->channels[0]) << fileExtension(format) << " " << block;
        }
    }
}

TEST_F(Reader, JumpsLandOnTheSample) {
    // Long enough for several Ogg pages and for jumps into the last one.
    for (const FileFormat format : kFormats) {
        const auto path = write(format, makeSound(1, 48000 * 6));
        const auto whole = readAudio(path);
        ASSERT_TRUE(whole);
        auto reader = AudioReader::open(path);
        Random random(3);
        std::vector<float> block(3000);
        for (int i = 0; i < 60; ++i) {
            // Every third jump goes to the last half second.
            const std::uint64_t from = i % 3 == 0 ? 48000 * 11 / 2 : 0;
            const auto place = static_cast<std::int64_t>(from + random.below(48000 * 6 - 3000 - from));
            ASSERT_TRUE(reader->seek(Samples(place)));
            const auto got = reader->read(block, 3000);
            ASSERT_TRUE(got);
            ASSERT_EQ(*got, 3000);
            double worst = 0;
            for (std::size_t k = 0; k < 3000; ++k)
                worst = std::max(worst, std::abs(static_cast<double>(block[k]) -
                                                 whole->channels[0][static_cast<std::size_t>(place) + k]));
            // Opus keeps a trace of its past in the last bit.
            EXPECT_LE(worst, 2e-7) << fileExtension(format) << " at " << place;
        }
    }
}

TEST_F(Reader, AJumpToTheEndReadsNothingAndBeyondItIsRefused) {
    for (const FileFormat format : kFormats) {
        const auto path = write(format, makeSound(1, 5000));
        auto reader = AudioReader::open(path);
        std::vector<float> block(10);
        ASSERT_TRUE(reader->seek(Samples(5000)));
        EXPECT_EQ(*reader->read(block, 10), 0);
        EXPECT_EQ(reader->seek(Samples(5001)).error().code, ErrorCode::invalidArgument);
        EXPECT_EQ(reader->seek(Samples(-1)).error().code, ErrorCode::invalidArgument);
        ASSERT_TRUE(reader->seek(Samples(4999)));
        EXPECT_EQ(*reader->read(block, 10), 1);
        EXPECT_EQ(reader->read(block, 11).error().code, ErrorCode::invalidArgument);
    }
}

TEST_F(Reader, RangesAreCutFromTheWhole) {
    const auto path = write(FileFormat::flac, makeSound(2, 10000));
    const auto whole = readAudio(path);
    const auto part = readAudio(path, {Samples(1234), Samples(4321)});
    ASSERT_TRUE(part);
    ASSERT_EQ(part->length().value, 4321);
    EXPECT_TRUE(
        std::equal(part->channels[1].begin(), part->channels[1].end(), whole->channels[1].begin() + 1234));
    EXPECT_EQ(readAudio(path, {Samples(9000), Samples(5000)})->length().value, 1000);
    EXPECT_EQ(readAudio(path, {Samples(10001), std::nullopt}).error().code, ErrorCode::invalidArgument);
}

TEST_F(Reader, EveryCodingOfWavAndAiffIsUnderstood) {
    const AudioBuffer sound = makeSound(2, 4000, 44100);
    struct Case {
        int format;
        const char* container;
        const char* encoding;
        double decibels;
    };
    const Case cases[] = {{SF_FORMAT_WAV | SF_FORMAT_PCM_U8, "WAV", "8-bit", 30},
                          {SF_FORMAT_WAV | SF_FORMAT_PCM_32, "WAV", "32-bit", 120},
                          {SF_FORMAT_WAV | SF_FORMAT_DOUBLE, "WAV", "64-bit float", 120},
                          {SF_FORMAT_WAV | SF_FORMAT_ULAW, "WAV", "µ-law", 30},
                          {SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM, "WAV", "compressed", 20},
                          {SF_FORMAT_WAV | SF_FORMAT_MS_ADPCM, "WAV", "compressed", 20},
                          {SF_FORMAT_WAVEX | SF_FORMAT_PCM_24, "WAV", "24-bit", 90},
                          {SF_FORMAT_WAV | SF_FORMAT_PCM_16 | SF_ENDIAN_BIG, "WAV", "16-bit", 70},
                          {SF_FORMAT_RF64 | SF_FORMAT_PCM_24, "RF64", "24-bit", 90},
                          {SF_FORMAT_AIFF | SF_FORMAT_PCM_S8, "AIFF", "8-bit", 30},
                          {SF_FORMAT_AIFF | SF_FORMAT_PCM_16 | SF_ENDIAN_LITTLE, "AIFF", "16-bit", 70},
                          {SF_FORMAT_AIFF | SF_FORMAT_DOUBLE, "AIFF", "64-bit float", 120},
                          {SF_FORMAT_FLAC | SF_FORMAT_PCM_S8, "FLAC", "8-bit", 30}};
    for (const Case& c : cases) {
        const auto path = folder / "a";
        writeDirectly(path, c.format, sound);
        const auto reader = AudioReader::open(path);
        ASSERT_TRUE(reader) << c.container << c.encoding << reader.error().sentence;
        EXPECT_EQ(reader->format().container, c.container);
        EXPECT_EQ(reader->format().encoding, c.encoding);
        EXPECT_EQ(reader->format().rate, 44100);
        EXPECT_EQ(reader->format().channels, 2);
        const auto back = readAudio(path);
        ASSERT_TRUE(back) << back.error().sentence;
        ASSERT_GE(back->length().value, 4000);
        EXPECT_GT(signalToNoise(sound.channel(1), back->channel(1)), c.decibels) << c.container << c.encoding;
    }
}

TEST_F(Reader, EveryRateFromOneToSevenHundredKilohertzIsRead) {
    for (const int rate : {1000, 8000, 11025, 37800, 44056, 48000, 192000, 705600, 768000}) {
        writeDirectly(folder / "a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, makeSound(1, 1000, rate));
        const auto sound = readAudioAtInternalRate(folder / "a.wav");
        ASSERT_TRUE(sound) << sound.error().sentence;
        EXPECT_EQ(sound->rate, kSampleRate);
        EXPECT_EQ(sound->length().value, std::llround(1000.0 * kSampleRate / rate));
    }
}

TEST_F(Reader, TheInternalRateIsReachedAsByResamplingTheWhole) {
    const auto path = write(FileFormat::flac, makeSound(2, 50000, 44100));
    const auto streamed = readAudioAtInternalRate(path);
    const auto converted = resample(*readAudio(path), kSampleRate);
    ASSERT_TRUE(streamed);
    EXPECT_TRUE(streamed->channels == converted->channels);
}

TEST_F(Reader, ATagBeforeTheSoundIsSteppedOver) {
    const std::string tag = std::string("ID3\x04\0\0\0\0\x01\x00", 10) + std::string(128, '\0');
    for (const FileFormat format : {FileFormat::mp3, FileFormat::flac, FileFormat::wav}) {
        const auto path = write(format, makeSound(1, 5000));
        const auto plain = readAudio(path);
        writeBytes(path, tag + bytesOf(path));
        const auto tagged = readAudio(path);
        ASSERT_TRUE(tagged) << fileExtension(format) << tagged.error().sentence;
        EXPECT_TRUE(tagged->channels == plain->channels) << fileExtension(format);
    }
}

TEST_F(Reader, AVariableRateMp3WithoutFrameCountIsReadToItsEnd) {
    // Loud noise, then silence: from the first frame's bit rate the length would be guessed far too short.
    AudioBuffer sound(1, Samples(48000 * 8));
    Random random(5);
    for (std::size_t i = 0; i < 48000 * 4; ++i) {
        sound.channel(0)[i] = static_cast<float>(random.uniform(-0.5, 0.5));
        sound.channel(0)[i + 48000 * 4] = static_cast<float>(1e-4 * std::sin(0.01 * static_cast<double>(i)));
    }
    const auto path = write(FileFormat::mp3, sound);
    std::string bytes = bytesOf(path);
    // The first frame, which holds the count, ends where the next sync word with the same parameters begins.
    const std::size_t next = bytes.find(bytes.substr(0, 2), 4);
    ASSERT_NE(next, std::string::npos);
    ASSERT_LT(std::min(bytes.find("Xing"), bytes.find("Info")), next);
    writeBytes(path, bytes.substr(next));
    auto reader = AudioReader::open(path);
    ASSERT_TRUE(reader) << reader.error().sentence;
    EXPECT_NEAR(static_cast<double>(reader->format().length.value), 48000.0 * 8, 3 * 1152);
    const auto back = readAudio(path);
    ASSERT_TRUE(back) << back.error().sentence;
    EXPECT_EQ(back->length(), reader->format().length);
    std::vector<float> block(1000);
    ASSERT_TRUE(reader->seek(Samples(200000)));
    ASSERT_EQ(*reader->read(block, 1000), 1000);
    EXPECT_TRUE(std::equal(block.begin(), block.end(), back->channels[0].begin() + 200000));
}

}  // namespace
}  // namespace smidgen
