// Recording through a real JACK server: what Smidgen plays is led back into what it records.
#include "engine/playback/recorder.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "engine/audio/audio_reader.h"
#include "jack_fixture.h"

namespace smidgen::testing {
namespace {

namespace fs = std::filesystem;

/// A machine without an input: no JACK server of that name, an ALSA configuration without devices.
TEST(RecorderWithoutInput, StartingIsASentenceAndLeavesNothing) {
    const Folder folder;
    ::setenv("JACK_DEFAULT_SERVER", "smidgen-nobody", 1);
    std::ofstream(folder / "alsa.conf") << "";
    ::setenv("ALSA_CONFIG_PATH", (folder / "alsa.conf").c_str(), 1);
    MessageLoop loop;
    Recorder recorder;
    EXPECT_TRUE(Recorder::devices().empty());
    const Status started = recorder.start({{}, 2, folder / "a.wav"});
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, ErrorCode::device);
    EXPECT_NE(started.error().sentence.find("No input to record from"), std::string::npos);
    const Status missing = recorder.start({{"JACK", "gone"}, 2, folder / "a.wav"});
    ASSERT_FALSE(missing);
    EXPECT_NE(missing.error().sentence.find("'gone' (JACK)"), std::string::npos);
    EXPECT_FALSE(recorder.recording());
    EXPECT_FALSE(recorder.stop());
    EXPECT_FALSE(fs::exists(folder / "a.wav"));
    EXPECT_EQ(recorder.meters().peakDb[0], -120.0F);
}

#if !defined(__SANITIZE_THREAD__)

class RecorderTest : public JackFixture {
 protected:
    /// Leads Smidgen's outputs into what it records from.
    void leadBack() {
        jack_status_t status{};
        jack_client_t* client = jack_client_open("wire", JackNoStartServer, &status);
        ASSERT_NE(client, nullptr);
        for (const char* side : {"1", "2"}) {
            const std::string input = std::string("Smidgen.*:in_") + side;
            const char** ports = jack_get_ports(client, input.c_str(), nullptr, JackPortIsInput);
            if (ports != nullptr) {
                const std::string output = std::string("Smidgen:out_") + side;
                EXPECT_EQ(jack_connect(client, output.c_str(), ports[0]), 0);
                jack_free(ports);
            }
        }
        jack_client_close(client);
    }
    [[nodiscard]] bool comesIn(double seconds) {
        const double until = m_recorder.length().value + seconds;
        return runUntil([&] { return m_recorder.length().value >= until; });
    }
    /// Where `sound` begins in `heard`, or -1.
    static std::ptrdiff_t placeOf(const std::vector<float>& sound, const std::vector<float>& heard) {
        const auto found = std::search(heard.begin(), heard.end(), sound.begin(), sound.end());
        return found == heard.end() ? -1 : found - heard.begin();
    }

    Folder m_folder;
    Recorder m_recorder;
};

TEST_F(RecorderTest, WhatComesInIsInTheFileSampleForSample) {
    const auto devices = Recorder::devices();
    ASSERT_FALSE(devices.empty());
    EXPECT_EQ(devices.front(), (AudioDevice{"JACK", "system"}));
    const auto sound = noise(2, 20000, 91);
    for (int attempt = 0;; ++attempt) {
        openSystem();
        ASSERT_TRUE(m_playback.load({sound, {}}));
        const int before = m_playback.state().xruns;
        const fs::path file = m_folder / ("stereo " + std::to_string(attempt) + ".wav");
        ASSERT_TRUE(m_recorder.start({{}, 2, file}));
        EXPECT_TRUE(m_recorder.recording());
        EXPECT_EQ(m_recorder.device(), devices.front());
        EXPECT_FALSE(m_recorder.start({{}, 2, m_folder / "second.wav"})) << "one at a time";
        ASSERT_NO_FATAL_FAILURE(leadBack());
        const int finished = m_finished;
        ASSERT_TRUE(m_playback.play());
        ASSERT_TRUE(runUntil([&] { return m_finished > finished; }));
        EXPECT_GT(m_recorder.meters().rmsDb[0], -60);
        ASSERT_TRUE(comesIn(0.2));
        const auto recorded = m_recorder.stop();
        ASSERT_TRUE(recorded) << recorded.error().sentence;
        EXPECT_FALSE(m_recorder.recording());
        EXPECT_EQ(recorded->file, file);
        EXPECT_EQ(recorded->rate, 48000);
        EXPECT_EQ(recorded->channels, 2);
        EXPECT_EQ(recorded->lost, Samples(0));
        EXPECT_EQ(recorded->problem, "");
        const auto read = readAudio(file);
        ASSERT_TRUE(read) << read.error().sentence;
        EXPECT_EQ(read->length(), recorded->length);
        EXPECT_EQ(read->rate, 48000);
        const auto place = placeOf(sound->channels[0], read->channels[0]);
        if (place >= 0) {
            EXPECT_EQ(placeOf(sound->channels[1], read->channels[1]), place);
            return;
        }
        ASSERT_TRUE(m_playback.state().xruns > before && attempt < 10) << "the sound is not in the file";
    }
}

TEST_F(RecorderTest, MonoIsTheFirstInput) {
    const auto sound = noise(2, 9000, 92);
    openSystem();
    ASSERT_TRUE(m_playback.load({sound, {}}));
    ASSERT_TRUE(m_recorder.start({{"JACK", ""}, 1, m_folder / "mono.wav"}));
    ASSERT_NO_FATAL_FAILURE(leadBack());
    ASSERT_TRUE(m_playback.play());
    ASSERT_TRUE(comesIn(1));
    const auto recorded = m_recorder.stop();
    ASSERT_TRUE(recorded);
    const auto read = readAudio(m_folder / "mono.wav");
    ASSERT_TRUE(read) << read.error().sentence;
    ASSERT_EQ(read->channelCount(), 1);
    EXPECT_GT(*std::max_element(read->channels[0].begin(), read->channels[0].end()), 0.4F);
}

TEST_F(RecorderTest, ALostServerEndsItAndKeepsWhatCameIn) {
    int ended = 0;
    m_recorder.onEnded([&] { ++ended; });
    ASSERT_TRUE(m_recorder.start({{}, 2, m_folder / "lost.wav"}));
    ASSERT_TRUE(comesIn(0.3));
    m_server.kill();
    ASSERT_TRUE(runUntil([&] { return ended == 1; }));
    EXPECT_TRUE(m_recorder.recording()) << "until someone asks for it";
    const auto recorded = m_recorder.stop();
    ASSERT_TRUE(recorded);
    EXPECT_NE(recorded->problem.find("'system' is gone"), std::string::npos);
    EXPECT_GT(recorded->length.value, 48000 / 4);
    const auto read = readAudio(m_folder / "lost.wav");
    ASSERT_TRUE(read) << read.error().sentence;
    EXPECT_EQ(read->length(), recorded->length);
}

TEST_F(RecorderTest, AFileThatIsThereIsNotRecordedOver) {
    std::ofstream(m_folder / "mine.wav") << "mine";
    const Status started = m_recorder.start({{}, 2, m_folder / "mine.wav"});
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, ErrorCode::io);
    EXPECT_FALSE(m_recorder.recording());
    EXPECT_EQ(fs::file_size(m_folder / "mine.wav"), 4U);
}

TEST_F(RecorderTest, DestroyedWhileRecordingItKeepsTheFile) {
    {
        Recorder recorder;
        ASSERT_TRUE(recorder.start({{}, 2, m_folder / "left.wav"}));
        ASSERT_TRUE(runUntil([&] { return recorder.length().value > 0.2; }));
    }
    const auto read = readAudio(m_folder / "left.wav");
    ASSERT_TRUE(read) << read.error().sentence;
    EXPECT_GT(read->duration().value, 0.15);
}

#endif

}  // namespace
}  // namespace smidgen::testing
