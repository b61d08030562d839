// Recordings grow, survive a crash at any moment, and end as ordinary WAV files.
#include <csignal>
#include <fstream>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/audio/audio_reader.h"
#include "engine/audio/recording_file.h"
#include "tests/audio/sounds.h"

namespace smidgen {
namespace {

class RecordingFileTest : public AudioTest {
 protected:
    [[nodiscard]] static std::vector<float> interleaved(const AudioBuffer& sound) {
        std::vector<float> samples;
        for (std::size_t i = 0; i < sound.channels[0].size(); ++i)
            for (const auto& channel : sound.channels) samples.push_back(channel[i]);
        return samples;
    }
    [[nodiscard]] static std::string magicOf(const std::filesystem::path& path) {
        std::string magic(4, '\0');
        std::ifstream(path, std::ios::binary).read(magic.data(), 4);
        return magic;
    }
};

TEST_F(RecordingFileTest, EverySampleComesBackAlsoBeyondFullScale) {
    for (const int channels : {1, 2}) {
        AudioBuffer sound = makeSound(channels, 50000, 44100, 1.5);
        sound.channel(0)[7] = 3.25F;
        const auto path = folder / "new folder" / ("recording " + std::to_string(channels) + ".wav");
        auto file = RecordingFile::create(path, 44100, channels);
        ASSERT_TRUE(file) << file.error().sentence;
        const auto samples = interleaved(sound);
        const std::span<const float> all(samples);
        for (std::size_t done = 0; done < samples.size();) {
            const std::size_t count = std::min(samples.size() - done, std::size_t(1234));
            ASSERT_TRUE(file->append(all.subspan(done, count)));
            done += count;
            if (done % 5 == 0) {
                ASSERT_TRUE(file->secure());
            }
        }
        EXPECT_EQ(file->length(), sound.length());
        ASSERT_TRUE(file->finish());
        EXPECT_EQ(magicOf(path), "RIFF") << "what is below 4 GiB is a WAV that everything reads";
        const auto read = readAudio(path);
        ASSERT_TRUE(read) << read.error().sentence;
        EXPECT_EQ(read->rate, 44100);
        EXPECT_EQ(read->channels, sound.channels);
    }
}

TEST_F(RecordingFileTest, WhatWasSecuredIsThereAfterAKill) {
    const auto path = folder / "killed.wav";
    const AudioBuffer sound = makeSound(2, 30000, 48000, 0.5);
    const auto samples = interleaved(sound);
    const pid_t child = ::fork();
    if (child == 0) {
        auto file = RecordingFile::create(path, 48000, 2);
        const bool fine = file && file->append(samples) && file->secure() && file->append(samples);
        if (fine) ::raise(SIGKILL);
        ::_exit(1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child must have come as far as to be killed";
    const auto read = readAudio(path);
    ASSERT_TRUE(read) << read.error().sentence;
    ASSERT_GE(read->length(), sound.length());
    for (std::size_t c = 0; c < 2; ++c)
        EXPECT_TRUE(
            std::equal(sound.channels[c].begin(), sound.channels[c].end(), read->channels[c].begin()));
}

TEST_F(RecordingFileTest, AnExistingFileIsNeverOverwritten) {
    const auto path = folder / "there.wav";
    std::ofstream(path) << "mine";
    const auto refused = RecordingFile::create(path, 48000, 1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::io);
    EXPECT_NE(refused.error().sentence.find("there.wav"), std::string::npos);
    EXPECT_EQ(std::filesystem::file_size(path), 4U);
}

TEST_F(RecordingFileTest, AFullDiskIsASentenceAndKeepsWhatWasSecured) {
    const auto path = folder / "full.wav";
    const AudioBuffer sound = makeSound(1, 20000, 48000, 0.5);
    const pid_t child = ::fork();
    if (child == 0) {
        // A limit on the size of files refuses like a disk without room.
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{100000, 100000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        auto file = RecordingFile::create(path, 48000, 1);
        if (!file || !file->append(sound.channels[0]) || !file->secure()) ::_exit(1);
        const Status refused = file->append(sound.channels[0]);
        const Status secured = file->secure();
        const Status finished = file->finish();
        ::_exit(!refused && !secured && !finished && refused.error().code == ErrorCode::io ? 0 : 2);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
    const auto read = readAudio(path);
    ASSERT_TRUE(read) << read.error().sentence;
    ASSERT_GE(read->length(), sound.length());
    EXPECT_TRUE(std::equal(sound.channels[0].begin(), sound.channels[0].end(), read->channels[0].begin()));
}

TEST_F(RecordingFileTest, NonsenseIsRefused) {
    EXPECT_FALSE(RecordingFile::create(folder / "a.wav", 0, 1));
    EXPECT_FALSE(RecordingFile::create(folder / "a.wav", 48000, 0));
    EXPECT_FALSE(std::filesystem::exists(folder / "a.wav"));
    std::ofstream(folder / "file") << "x";
    EXPECT_FALSE(RecordingFile::create(folder / "file" / "a.wav", 48000, 1)) << "a file is no folder";
}

}  // namespace
}  // namespace smidgen
