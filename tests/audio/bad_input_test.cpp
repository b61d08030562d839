// Files as they come: empty, torn, lying, hostile. Each gets its sentence.
#include <sys/stat.h>

#include <array>
#include <cstring>
#include <limits>

#include "engine/audio/audio_reader.h"
#include "tests/audio/sounds.h"

namespace smidgen {
namespace {

std::string little(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i));
    return text;
}

std::string big(std::uint64_t value, int bytes) {
    const std::string text = little(value, bytes);
    return {text.rbegin(), text.rend()};
}

/// A 16-bit WAV whose header fields are free, with `bodyBytes` of sound really there.
std::string wavBytes(std::uint64_t dataSize, std::uint64_t channels, std::uint64_t rate,
                     std::size_t bodyBytes) {
    return "RIFF" + little(36 + dataSize, 4) + "WAVEfmt " + little(16, 4) + little(1, 2) +
           little(channels, 2) + little(rate, 4) + little(rate * channels * 2, 4) + little(channels * 2, 2) +
           little(16, 2) + "data" + little(dataSize, 4) + std::string(bodyBytes, '\x11');
}

std::string rf64Bytes(std::uint64_t dataSize, std::uint64_t frames, std::size_t bodyBytes) {
    return "RF64" + little(0xFFFFFFFF, 4) + "WAVEds64" + little(28, 4) + little(dataSize + 72, 8) +
           little(dataSize, 8) + little(frames, 8) + little(0, 4) + "fmt " + little(16, 4) + little(1, 2) +
           little(1, 2) + little(48000, 4) + little(96000, 4) + little(2, 2) + little(16, 2) + "data" +
           little(0xFFFFFFFF, 4) + std::string(bodyBytes, '\x11');
}

std::string aiffBytes(int channels, std::uint64_t frames, const std::string& rate, std::uint64_t soundSize,
                      std::size_t bodyBytes) {
    const std::string chunks = "COMM" + big(18, 4) + big(static_cast<std::uint64_t>(channels), 2) +
                               big(frames, 4) + big(16, 2) + rate + "SSND" + big(soundSize + 8, 4) +
                               big(0, 8) + std::string(bodyBytes, '\x11');
    return "FORM" + big(chunks.size() + 4, 4) + "AIFF" + chunks;
}

class BadInput : public AudioTest {
 protected:
    /// The error of opening or reading `bytes` as a file of this name.
    Error errorOf(const std::string& name, const std::string& bytes) {
        writeBytes(folder / name, bytes);
        auto sound = readAudio(folder / name);
        EXPECT_FALSE(sound) << name << " was accepted";
        if (sound) return {};
        EXPECT_NE(sound.error().sentence.find(name), std::string::npos) << sound.error().sentence;
        EXPECT_EQ(sound.error().sentence.back(), '.');
        return sound.error();
    }
    void expectUnusable(const std::string& name, const std::string& bytes, const std::string& reason) {
        const Error error = errorOf(name, bytes);
        EXPECT_EQ(error.code, ErrorCode::unusableInput) << error.sentence;
        EXPECT_NE(error.sentence.find(reason), std::string::npos) << error.sentence;
    }
    std::string encoded(FileFormat format, const AudioBuffer& sound) {
        WriteOptions options;
        options.profile.format = format;
        EXPECT_TRUE(writeAudio(sound, folder / "good", options));
        return bytesOf(folder / "good");
    }
};

TEST_F(BadInput, MissingFileIsNotFound) {
    const auto sound = readAudio(folder / "nowhere.wav");
    ASSERT_FALSE(sound);
    EXPECT_EQ(sound.error().code, ErrorCode::notFound);
}

TEST_F(BadInput, FolderAndPipeAreNoSoundFiles) {
    EXPECT_EQ(AudioReader::open(folder).error().code, ErrorCode::unusableInput);
    const auto pipe = folder / "pipe.wav";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const auto opened = AudioReader::open(pipe);
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().sentence.find("pipe"), std::string::npos);
}

TEST_F(BadInput, EmptyFile) {
    expectUnusable("empty.wav", "", "empty");
}

TEST_F(BadInput, TextRenamedIsCalledText) {
    expectUnusable("song.wav", "Dear diary,\r\ntoday I recorded a kick.\n", "text");
    expectUnusable("song.mp3", std::string(100000, 'a'), "text");
}

TEST_F(BadInput, OtherKindsAreCalledByTheirName) {
    expectUnusable("a.wav", std::string("\0\0\0\x20", 4) + "ftypM4A " + std::string(100, '\0'), "M4A");
    expectUnusable("b.aiff", "caff" + std::string(100, '\0'), "CAF");
    expectUnusable("c.wav", "MThd" + std::string(100, '\0'), "MIDI");
    expectUnusable("d.wav", std::string(1000, '\0'), "not a sound file");
}

TEST_F(BadInput, HeaderClaimingTwoToThe63Frames) {
    expectUnusable("a.wav", rf64Bytes(1ULL << 63U, 1ULL << 63U, 100),
                   "promises 9 223 372 036 854 775 808 bytes");
    expectUnusable("b.wav", rf64Bytes(~0ULL - 2000, ~0ULL, 100), "promises");
    expectUnusable("c.aiff",
                   aiffBytes(1, 0xFFFFFFFF, big(0x400EBB8000000000, 8) + big(0, 2), 0x60000000, 100),
                   "promises");
}

TEST_F(BadInput, FlacClaimingMoreThanItsBytesCanHold) {
    std::string bytes = encoded(FileFormat::flac, makeSound(1, 10000));
    bytes[21] = static_cast<char>(bytes[21] | 0x0F);
    bytes.replace(22, 4, "\xFF\xFF\xFF\xFF");
    expectUnusable("huge.flac", bytes, "promises");
}

TEST_F(BadInput, OggClaimingMoreThanItsBytesCanHold) {
    for (const FileFormat format : {FileFormat::vorbis, FileFormat::opus}) {
        std::string bytes = encoded(format, makeSound(1, 10000));
        // The granule position of the last page is the length.
        bytes.replace(bytes.rfind("OggS") + 6, 8, little(1ULL << 62U, 8));
        const Error error = errorOf("huge.ogg", bytes);
        EXPECT_EQ(error.code, ErrorCode::unusableInput) << error.sentence;
    }
}

TEST_F(BadInput, Mp3ClaimingMoreThanItsBytesCanHold) {
    std::string bytes = encoded(FileFormat::mp3, makeSound(1, 48000));
    const std::size_t xing = std::min(bytes.find("Xing"), bytes.find("Info"));
    ASSERT_NE(xing, std::string::npos);
    bytes.replace(xing + 8, 4, "\xFF\xFF\xFF\xFF");
    expectUnusable("huge.mp3", bytes, "promises");
}

TEST_F(BadInput, ImpossibleChannelsAndRates) {
    expectUnusable("a.wav", wavBytes(100, 0, 48000, 100), "0 channels");
    expectUnusable("b.wav", wavBytes(100, 1, 0, 100), "0 Hz");
    expectUnusable("c.wav", wavBytes(100, 1, 0xFFFFFFFF, 100), "4 294 967 295 Hz");
    expectUnusable("d.aiff", aiffBytes(0, 50, big(0x400EBB8000000000, 8) + big(0, 2), 100, 100),
                   "0 channels");
    expectUnusable("e.aiff", aiffBytes(1, 50, big(0x7FFFFFFFFFFFFFFF, 8) + big(~0ULL, 2), 100, 100), "Hz");
    std::string flac = encoded(FileFormat::flac, makeSound(1, 1000));
    flac.replace(18, 2, std::string(2, '\0'));
    flac[20] = static_cast<char>(flac[20] & 0x0F);
    expectUnusable("f.flac", flac, "0 Hz");
}

TEST_F(BadInput, NoSamplesAtAll) {
    writeBytes(folder / "none.wav", wavBytes(0, 1, 48000, 0));
    const auto reader = AudioReader::open(folder / "none.wav");
    ASSERT_TRUE(reader) << reader.error().sentence;
    EXPECT_EQ(reader->format().length.value, 0);
    expectUnusable("none.wav", wavBytes(0, 1, 48000, 0), "no sound");
}

TEST_F(BadInput, OneSampleIsReadAsOneSample) {
    writeBytes(folder / "one.wav", wavBytes(2, 1, 48000, 2));
    const auto sound = readAudio(folder / "one.wav");
    ASSERT_TRUE(sound);
    ASSERT_EQ(sound->length().value, 1);
    EXPECT_FLOAT_EQ(sound->channel(0)[0], 0x1111 / 32768.0F);
}

TEST_F(BadInput, TruncatedFilesOfEveryFormatAreRefused) {
    for (const FileFormat format : {FileFormat::wav, FileFormat::flac, FileFormat::aiff, FileFormat::vorbis,
                                    FileFormat::opus, FileFormat::mp3}) {
        const std::string bytes = encoded(format, makeSound(2, 96000));
        for (const double share : {0.3, 0.5, 0.9}) {
            const auto length = static_cast<std::size_t>(static_cast<double>(bytes.size()) * share);
            const Error error = errorOf("torn", bytes.substr(0, length));
            EXPECT_EQ(error.code, ErrorCode::unusableInput) << fileExtension(format) << " " << error.sentence;
            EXPECT_NE(error.sentence.find("Copy it again"), std::string::npos) << error.sentence;
        }
    }
}

TEST_F(BadInput, FlacOfUnknownLengthIsCountedAndItsTruncationNoticed) {
    std::string bytes = encoded(FileFormat::flac, makeSound(1, 50000));
    bytes[21] = static_cast<char>(bytes[21] & 0xF0);
    bytes.replace(22, 4, std::string(4, '\0'));
    writeBytes(folder / "stream.flac", bytes);
    const auto reader = AudioReader::open(folder / "stream.flac");
    ASSERT_TRUE(reader) << reader.error().sentence;
    EXPECT_EQ(reader->format().length.value, 50000);
    EXPECT_EQ(readAudio(folder / "stream.flac")->length().value, 50000);
    expectUnusable("torn.flac", bytes.substr(0, bytes.size() * 2 / 3), "damaged");
}

TEST_F(BadInput, WavWrittenIntoAPipeIsReadToItsEnd) {
    for (const std::uint64_t placeholder : {0ULL, 0x7FFFFFFFULL, 0xFFFFFFFFULL}) {
        std::string bytes = wavBytes(2000, 1, 44100, 2000);
        bytes.replace(4, 4, little(placeholder, 4));
        bytes.replace(40, 4, little(placeholder, 4));
        writeBytes(folder / "pipe.wav", bytes);
        const auto sound = readAudio(folder / "pipe.wav");
        ASSERT_TRUE(sound) << sound.error().sentence;
        EXPECT_EQ(sound->length().value, 1000);
    }
}

TEST_F(BadInput, AnEmptyWavWithTagsBehindItsSoundStaysEmpty) {
    const std::string list = "LIST" + little(20, 4) + "INFOINAM" + little(8, 4) + "no sound";
    std::string bytes = wavBytes(0, 1, 48000, 0) + list;
    bytes.replace(4, 4, little(bytes.size() - 8, 4));
    expectUnusable("tagged.wav", bytes, "no sound");
}

TEST_F(BadInput, NotANumberAndInfinityAreRefusedWithTheirPlace) {
    for (const float bad :
         {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        AudioBuffer sound = makeSound(2, 48000);
        sound.channel(1)[24000] = bad;
        writeDirectly(folder / "bad.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, sound);
        expectUnusable("bad.wav", bytesOf(folder / "bad.wav"), "at 0.50 s");
        // The streaming reader passes it on, for those who want to know how much there is of it.
        auto reader = AudioReader::open(folder / "bad.wav");
        std::vector<float> block(2 * 48000);
        ASSERT_EQ(*reader->read(block, 48000), 48000);
        EXPECT_FALSE(std::isfinite(block[48001]));
    }
}

TEST_F(BadInput, SoundLongerThanAllowedIsRefusedBeforeReading) {
    writeDirectly(folder / "long.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, makeSound(1, 48000));
    const auto sound = readAudio(folder / "long.wav", {Samples(0), std::nullopt, 0.5});
    ASSERT_FALSE(sound);
    EXPECT_EQ(sound.error().code, ErrorCode::unusableInput);
    EXPECT_TRUE(readAudio(folder / "long.wav", {Samples(0), Samples(24000), 0.5}));
}

TEST_F(BadInput, Id3TagClaimingMoreThanTheFileIsNoSound) {
    expectUnusable("tag.mp3", std::string("ID3\x04\0\0\x7F\x7F\x7F\x7F", 10) + std::string(200, '\x01'),
                   "not a sound");
}

TEST_F(BadInput, UnreadableFileSaysSo) {
    if (::geteuid() == 0) {
        // Root reads everything; a path through a file fails for everyone.
        writeBytes(folder / "file", "x");
        const auto sound = readAudio(folder / "file" / "a.wav");
        ASSERT_FALSE(sound);
        EXPECT_EQ(sound.error().code, ErrorCode::io);
        return;
    }
    writeBytes(folder / "locked.wav", wavBytes(100, 1, 48000, 100));
    std::filesystem::permissions(folder / "locked.wav", std::filesystem::perms::none);
    const auto sound = readAudio(folder / "locked.wav");
    ASSERT_FALSE(sound);
    EXPECT_EQ(sound.error().code, ErrorCode::io);
    EXPECT_NE(sound.error().sentence.find("permission"), std::string::npos);
}

}  // namespace
}  // namespace smidgen
