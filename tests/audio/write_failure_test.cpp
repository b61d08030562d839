// A write that fails or is stopped leaves the folder as it was.
#include <sys/resource.h>

#include <csignal>
#include <limits>
#include <thread>

#include "engine/audio/audio_reader.h"
#include "tests/audio/sounds.h"

namespace smidgen {
namespace {

constexpr FileFormat kFormats[] = {FileFormat::wav,    FileFormat::flac, FileFormat::aiff,
                                   FileFormat::vorbis, FileFormat::opus, FileFormat::mp3};

/// While it lives, no file of this process may grow beyond `bytes`: writing fails as on a full disk.
class FileSizeLimit {
 public:
    explicit FileSizeLimit(rlim_t bytes) : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &m_old);
        const rlimit limit{bytes, m_old.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &m_old);
        std::signal(SIGXFSZ, m_handler);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
    rlimit m_old{};
    void (*m_handler)(int);
};

class WriteFailure : public AudioTest {
 protected:
    /// Writes with `options` and expects this error, an empty or untouched folder, and returns the sentence.
    std::string failureOf(const AudioBuffer& sound, const std::filesystem::path& target,
                          const WriteOptions& options, ErrorCode code, const CancelToken& cancel = {}) {
        const std::size_t before = filesInFolder();
        const auto written = writeAudio(sound, target, options, cancel);
        EXPECT_FALSE(written) << target;
        EXPECT_EQ(filesInFolder(), before) << target;
        if (written) return {};
        EXPECT_EQ(written.error().code, code) << written.error().sentence << " | " << written.error().detail;
        return written.error().sentence;
    }
};

TEST_F(WriteFailure, FullDiskLeavesNothingAndKeepsTheOlderFile) {
    const AudioBuffer sound = makeSound(2, 48000 * 4);
    for (const FileFormat format : kFormats) {
        const auto target = folder / ("take." + std::string(fileExtension(format)));
        writeBytes(target, "older");
        WriteOptions options;
        options.profile.format = format;
        options.tags = {{"title", "take"}};
        // From the first header bytes, through the sound, to the last few bytes where tags are inserted.
        const auto whole = writeAudio(sound, folder / "whole", options);
        ASSERT_TRUE(whole);
        std::filesystem::remove(folder / "whole");
        for (const std::int64_t limit :
             {std::int64_t{10}, whole->bytes / 2, whole->bytes - 1000, whole->bytes - 20, whole->bytes - 1}) {
            std::string sentence;
            {
                const FileSizeLimit full(static_cast<rlim_t>(limit));
                sentence = failureOf(sound, target, options, ErrorCode::io);
            }
            EXPECT_NE(sentence.find("take."), std::string::npos) << sentence;
            EXPECT_TRUE(bytesOf(target) == "older") << target << " " << limit;
        }
    }
}

TEST_F(WriteFailure, FullDiskForTheSidecarTakesTheSoundWithIt) {
    WriteOptions options;
    options.profile.format = FileFormat::mp3;
    options.sidecar = true;
    options.recipeJson = "{\"text\":\"" + std::string(1 << 20, 'x') + "\"}";
    // Without tags the sound is small; the sidecar alone is beyond the limit.
    const auto target = folder / "take.mp3";
    writeBytes(folder / "take.mp3", "older");
    writeBytes(folder / "take.mp3.json", "{}");
    const FileSizeLimit full(1 << 19);
    failureOf(makeSound(1, 4800), target, options, ErrorCode::io);
    EXPECT_EQ(bytesOf(folder / "take.mp3"), "older");
    EXPECT_EQ(bytesOf(folder / "take.mp3.json"), "{}");
}

TEST_F(WriteFailure, ASidecarThatCannotBePlacedTakesTheSoundWithIt) {
    std::filesystem::create_directory(folder / "take.wav.json");
    WriteOptions options;
    options.sidecar = true;
    options.recipeJson = "{}";
    const auto written = writeAudio(makeSound(1, 100), folder / "take.wav", options);
    ASSERT_FALSE(written);
    EXPECT_NE(written.error().sentence.find("take.wav.json"), std::string::npos) << written.error().sentence;
    EXPECT_FALSE(std::filesystem::exists(folder / "take.wav"));
    EXPECT_EQ(filesInFolder(), 1U);
}

TEST_F(WriteFailure, StoppedBeforeOrInTheMiddleLeavesNothing) {
    const CancelToken before;
    before.cancel();
    failureOf(makeSound(1, 1000), folder / "a.wav", {}, ErrorCode::cancelled, before);

    // Ten minutes of FLAC take seconds; the stop comes as soon as the part file is seen.
    WriteOptions options;
    options.profile.format = FileFormat::flac;
    const AudioBuffer sound(1, Samples(48000 * 600));
    const CancelToken during;
    std::jthread stopper([&](const std::stop_token& stop) {
        while (filesInFolder() == 0 && !stop.stop_requested()) std::this_thread::yield();
        during.cancel();
    });
    failureOf(sound, folder / "b.flac", options, ErrorCode::cancelled, during);
}

TEST_F(WriteFailure, InvalidSamplesAreRefusedBeforeAnythingIsWritten) {
    for (const float bad :
         {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
        AudioBuffer sound = makeSound(2, 1000);
        sound.channel(1)[999] = bad;
        failureOf(sound, folder / "a.wav", {}, ErrorCode::unusableInput);
    }
}

TEST_F(WriteFailure, NoSoundIsNotWritten) {
    failureOf(AudioBuffer(), folder / "a.wav", {}, ErrorCode::invalidArgument);
    failureOf(AudioBuffer(2, Samples(0)), folder / "a.wav", {}, ErrorCode::invalidArgument);
}

TEST_F(WriteFailure, MissingFolderAndImpossibleNames) {
    failureOf(makeSound(1, 100), folder / "nowhere" / "a.wav", {}, ErrorCode::notFound);
    const std::string sentence = failureOf(makeSound(1, 100), folder / (std::string(300, 'x') + ".wav"), {},
                                           ErrorCode::invalidArgument);
    EXPECT_NE(sentence.find("49 bytes too long"), std::string::npos) << sentence;
    WriteOptions options;
    options.sidecar = true;
    failureOf(makeSound(1, 100), folder / (std::string(251, 'x') + ".wav"), options,
              ErrorCode::invalidArgument);
    std::filesystem::create_directory(folder / "folder.wav");
    failureOf(makeSound(1, 100), folder / "folder.wav", {}, ErrorCode::invalidArgument);
    failureOf(makeSound(1, 100), folder / "", {}, ErrorCode::invalidArgument);
}

TEST_F(WriteFailure, AnExistingFileIsKeptWhenItMayNotBeReplaced) {
    writeBytes(folder / "a.wav", "older");
    WriteOptions options;
    options.overwrite = false;
    failureOf(makeSound(1, 100), folder / "a.wav", options, ErrorCode::invalidArgument);
    EXPECT_EQ(bytesOf(folder / "a.wav"), "older");
    options.overwrite = true;
    ASSERT_TRUE(writeAudio(makeSound(1, 100), folder / "a.wav", options));
    EXPECT_EQ(readAudio(folder / "a.wav")->length().value, 100);
}

TEST_F(WriteFailure, TooManyChannelsAreRefusedWithAWayOut) {
    for (const auto& [format, channels] : {std::pair{FileFormat::mp3, 3}, std::pair{FileFormat::flac, 9}}) {
        WriteOptions options;
        options.profile.format = format;
        const std::string sentence =
            failureOf(makeSound(channels, 100), folder / "a", options, ErrorCode::invalidArgument);
        EXPECT_NE(sentence.find("WAV"), std::string::npos) << sentence;
    }
}

TEST_F(WriteFailure, DamagedRecipeIsRefused) {
    WriteOptions options;
    options.recipeJson = "{\"seed\":";
    failureOf(makeSound(1, 100), folder / "a.wav", options, ErrorCode::invalidArgument);
}

TEST(WriteProfile, RefusesWhatNoFileCanHoldAndNamesTheNearest) {
    struct Case {
        WriteProfile profile;
        const char* hint;
    };
    const Case cases[] = {{{FileFormat::opus, SampleDepth::int24, 44100, true, 0.7}, "48000"},
                          {{FileFormat::mp3, SampleDepth::int24, 96000, true, 0.7}, "48000"},
                          {{FileFormat::mp3, SampleDepth::int24, 43000, true, 0.7}, "44100"},
                          {{FileFormat::flac, SampleDepth::float32, 48000, true, 0.7}, "24-bit"},
                          {{FileFormat::flac, SampleDepth::int24, 96001, true, 0.7}, "96000"},
                          {{FileFormat::wav, SampleDepth::int24, 4000, true, 0.7}, "8000"},
                          {{FileFormat::aiff, SampleDepth::int24, 400000, true, 0.7}, "192000"},
                          {{FileFormat::vorbis, SampleDepth::int24, 0, true, 0.7}, "8000"},
                          {{FileFormat::vorbis, SampleDepth::int24, 48000, true, 1.5}, "1."},
                          {{FileFormat::opus, SampleDepth::int24, 48000, true, std::nan("")}, "0.7"}};
    for (const Case& c : cases) {
        const Status valid = c.profile.validate();
        ASSERT_FALSE(valid) << c.hint;
        EXPECT_EQ(valid.error().code, ErrorCode::invalidArgument);
        EXPECT_NE(valid.error().sentence.find(c.hint), std::string::npos) << valid.error().sentence;
    }
}

TEST_F(WriteFailure, EveryValidProfileCanReallyBeWritten) {
    const AudioBuffer sound = makeSound(2, 2000);
    for (const FileFormat format : kFormats) {
        for (const SampleDepth depth : {SampleDepth::int16, SampleDepth::int24, SampleDepth::float32}) {
            for (const int rate :
                 {8000, 11025, 16000, 22050, 32000, 44100, 48000, 65537, 88200, 96000, 176400, 192000}) {
                WriteOptions options;
                options.profile = {format, depth, rate, true, 0.7};
                if (!options.profile.validate()) continue;
                const auto written = writeAudio(sound, folder / "a", options);
                EXPECT_TRUE(written) << fileExtension(format) << " " << rate << " "
                                     << written.error().sentence << written.error().detail;
            }
        }
    }
}

TEST(FileExtensions, AreKnownInAnyCase) {
    EXPECT_TRUE(hasAudioExtension("a.WAV"));
    EXPECT_TRUE(hasAudioExtension("/x/ä.Aif"));
    EXPECT_FALSE(hasAudioExtension("a.txt"));
    EXPECT_FALSE(hasAudioExtension("wav"));
    EXPECT_FALSE(hasAudioExtension(".wav"));
    for (const FileFormat format : kFormats)
        EXPECT_EQ(formatOfExtension("a." + std::string(fileExtension(format))), format);
    EXPECT_EQ(formatOfExtension("a.json"), std::nullopt);
}

}  // namespace
}  // namespace smidgen
