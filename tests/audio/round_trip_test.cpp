// What is written is what is read, in every format, depth and channel count.
#include <algorithm>
#include <tuple>

#include "engine/audio/audio_reader.h"
#include "engine/audio/resampler.h"
#include "tests/audio/sounds.h"

namespace smidgen {
namespace {

struct Lossless {
    FileFormat format;
    SampleDepth depth;
    const char* encoding;
};
constexpr Lossless kLossless[] = {{FileFormat::wav, SampleDepth::int16, "16-bit"},
                                  {FileFormat::wav, SampleDepth::int24, "24-bit"},
                                  {FileFormat::wav, SampleDepth::float32, "32-bit float"},
                                  {FileFormat::flac, SampleDepth::int16, "16-bit"},
                                  {FileFormat::flac, SampleDepth::int24, "24-bit"},
                                  {FileFormat::aiff, SampleDepth::int16, "16-bit"},
                                  {FileFormat::aiff, SampleDepth::int24, "24-bit"},
                                  {FileFormat::aiff, SampleDepth::float32, "32-bit float"}};
constexpr FileFormat kLossy[] = {FileFormat::vorbis, FileFormat::opus, FileFormat::mp3};

std::filesystem::path fileOf(const std::filesystem::path& folder, FileFormat format) {
    return folder / ("sound." + std::string(fileExtension(format)));
}

class RoundTrip : public AudioTest {};

TEST_F(RoundTrip, LosslessFormatsGiveBackEverySampleOfTheirDepth) {
    for (const Lossless& kind : kLossless) {
        for (const int channels : {1, 2, 3, 6, 8}) {
            const int bits = kind.depth == SampleDepth::int16 ? 16 : 24;
            AudioBuffer sound = makeSound(channels, 5000, 44100, 0.9);
            // Full scale, and samples that lie exactly on the file's steps, so that rounding changes nothing.
            sound.channel(0)[0] = -1.0F;
            sound.channel(0)[1] = 0.0F;
            if (kind.depth != SampleDepth::float32)
                for (auto& channel : sound.channels)
                    for (float& x : channel)
                        x = std::ldexp(std::nearbyint(std::ldexp(x, bits - 1)), 1 - bits);
            WriteOptions options;
            options.profile = {kind.format, kind.depth, 44100, false, 0.7};
            const auto path = fileOf(folder, kind.format);
            const auto written = writeAudio(sound, path, options);
            ASSERT_TRUE(written) << written.error().sentence << written.error().detail;
            EXPECT_EQ(written->bytes, static_cast<std::int64_t>(std::filesystem::file_size(path)));
            const auto reader = AudioReader::open(path);
            ASSERT_TRUE(reader);
            EXPECT_EQ(reader->format().encoding, kind.encoding);
            EXPECT_EQ(reader->format().rate, 44100);
            EXPECT_EQ(reader->format().length.value, 5000);
            const auto back = readAudio(path);
            ASSERT_TRUE(back);
            EXPECT_EQ(back->channels, sound.channels) << kind.encoding << " " << channels << " " << path;
        }
    }
}

TEST_F(RoundTrip, IntegerDepthsAreSeenAlikeByTheLibraryItself) {
    AudioBuffer sound(1, Samples(4));
    sound.channels = {{0.5F, -1.0F, 1.0F, 2.0F}};
    WriteOptions options;
    options.profile = {FileFormat::wav, SampleDepth::int24, kSampleRate, false, 0.7};
    ASSERT_TRUE(writeAudio(sound, folder / "a.wav", options));
    const auto direct = readDirectly(folder / "a.wav");
    // Half, lowest, and clipped to the highest of 24 bits.
    EXPECT_EQ(direct.samples, (std::vector<int>{1 << 30, -2147483647 - 1, 0x7FFFFF00, 0x7FFFFF00}));
}

TEST_F(RoundTrip, FloatKeepsWhatLiesBeyondFullScale) {
    AudioBuffer sound(1, Samples(3));
    sound.channels = {{4.0F, -2.5F, 1e-30F}};
    WriteOptions options;
    options.profile.depth = SampleDepth::float32;
    ASSERT_TRUE(writeAudio(sound, folder / "a.wav", options));
    EXPECT_EQ(readAudio(folder / "a.wav")->channels, sound.channels);
}

TEST_F(RoundTrip, LossyFormatsKeepLengthRateChannelsAndTheSound) {
    for (const FileFormat format : kLossy) {
        for (const int channels : {1, 2}) {
            const AudioBuffer sound = makeSound(channels, 48001);
            WriteOptions options;
            options.profile.format = format;
            options.profile.lossyQuality = 0.9;
            const auto path = fileOf(folder, format);
            const auto written = writeAudio(sound, path, options);
            ASSERT_TRUE(written) << written.error().sentence << written.error().detail;
            const auto back = readAudio(path);
            ASSERT_TRUE(back);
            EXPECT_EQ(back->rate, 48000);
            ASSERT_EQ(back->channelCount(), channels);
            ASSERT_EQ(back->length().value, 48001);
            for (int c = 0; c < channels; ++c)
                EXPECT_GT(signalToNoise(sound.channel(c), back->channel(c)), 20.0)
                    << path << " channel " << c;
        }
    }
}

TEST_F(RoundTrip, MoreQualityMeansMoreBytes) {
    for (const FileFormat format : kLossy) {
        std::int64_t before = 0;
        for (const double quality : {0.1, 0.5, 0.9}) {
            WriteOptions options;
            options.profile.format = format;
            options.profile.lossyQuality = quality;
            const auto written = writeAudio(makeSound(2, 96000), fileOf(folder, format), options);
            ASSERT_TRUE(written);
            EXPECT_GT(written->bytes, before);
            before = written->bytes;
        }
    }
}

TEST_F(RoundTrip, OneSampleSurvivesEveryFormat) {
    for (const FileFormat format : {FileFormat::wav, FileFormat::flac, FileFormat::aiff, FileFormat::vorbis,
                                    FileFormat::opus, FileFormat::mp3}) {
        WriteOptions options;
        options.profile.format = format;
        const auto path = fileOf(folder, format);
        const auto written = writeAudio(makeSound(1, 1), path, options);
        ASSERT_TRUE(written) << written.error().sentence << written.error().detail;
        EXPECT_EQ(written->length.value, 1);
        EXPECT_EQ(readAudio(path)->length().value, 1);
    }
}

TEST_F(RoundTrip, AnotherRateIsConvertedToTheExactLength) {
    const AudioBuffer sound = makeSine(997, 0.5, 0.5, 48000, 2);
    for (const int rate : {8000, 22050, 44100, 96000, 192000}) {
        WriteOptions options;
        options.profile = {FileFormat::wav, SampleDepth::float32, rate, false, 0.7};
        const auto written = writeAudio(sound, folder / "a.wav", options);
        ASSERT_TRUE(written) << written.error().sentence;
        EXPECT_EQ(written->length.value, std::llround(0.5 * rate));
        const auto back = readAudio(folder / "a.wav");
        EXPECT_EQ(back->channels, resample(sound, rate)->channels);
    }
}

TEST_F(RoundTrip, TheSameSoundGivesTheSameBytes) {
    WriteOptions options;
    options.tags = {{"title", "again"}};
    for (const Lossless& kind : kLossless) {
        options.profile = {kind.format, kind.depth, 44100, true, 0.7};
        ASSERT_TRUE(writeAudio(makeSound(2, 3000), folder / "a", options));
        ASSERT_TRUE(writeAudio(makeSound(2, 3000), folder / "b", options));
        EXPECT_TRUE(bytesOf(folder / "a") == bytesOf(folder / "b")) << kind.encoding;
    }
}

TEST_F(RoundTrip, NamesInAnyScriptAndOfAnyPossibleLengthWork) {
    std::string longName(251, 'x');
    std::string longUtf8;
    for (int i = 0; i < 83; ++i) longUtf8 += "音";
    for (const std::string& name :
         {std::string("звук"), std::string("音 声"), std::string("صوت"), std::string("🥁 kick'\"\\\n"),
          std::string("-"), longName, longUtf8, std::string("not-utf8-\xFF\xFE")}) {
        const auto path = folder / (name + ".wav");
        const auto written = writeAudio(makeSound(1, 100), path, {});
        ASSERT_TRUE(written) << written.error().sentence;
        EXPECT_EQ(readAudio(path)->length().value, 100);
        EXPECT_TRUE(readTags(path));
    }
}

TEST_F(RoundTrip, RecordingsOfSonicPiPassThroughUnchanged) {
    const std::filesystem::path samples = "/usr/share/sonic-pi/samples";
    int files = 0;
    for (const char* name : {"ambi_choir.flac", "bd_haus.flac", "drum_tom_hi_hard.flac", "loop_amen.flac"}) {
        const auto sound = readAudio(samples / name);
        ASSERT_TRUE(sound) << sound.error().sentence;
        WriteOptions options;
        options.profile = {FileFormat::flac, SampleDepth::int16, sound->rate, false, 0.7};
        ASSERT_TRUE(writeAudio(*sound, folder / name, options));
        EXPECT_EQ(readDirectly(folder / name).samples, readDirectly(samples / name).samples);
        ++files;
    }
    EXPECT_EQ(files, 4);
}

}  // namespace
}  // namespace smidgen
