// Folders and sounds for the tests of this room.
#pragma once

#include <gtest/gtest.h>
#include <sndfile.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>
#include <string>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/audio/audio_writer.h"
#include "engine/foundation/random.h"

namespace smidgen {

/// In memory where there is such a place: every file written here is synced, and a busy disk takes its time.
inline std::filesystem::path temporaryPlace() {
    return ::access("/dev/shm", W_OK) == 0 ? "/dev/shm" : std::filesystem::temp_directory_path();
}

/// Each test has a folder of its own, which is gone afterwards.
class AudioTest : public ::testing::Test {
 protected:
    void SetUp() override {
        const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
        folder = temporaryPlace() / ("smidgen-audio-" + std::to_string(::getpid()) + "-" + info->name());
        std::filesystem::create_directories(folder);
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    [[nodiscard]] std::size_t filesInFolder() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
    }
    std::filesystem::path folder;
};

/// Pink-ish noise and a sine, different in every channel, peak below `level`.
inline AudioBuffer makeSound(int channels, std::int64_t length, int rate = kSampleRate, double level = 0.5) {
    AudioBuffer buffer(channels, Samples(length), rate);
    for (int c = 0; c < channels; ++c) {
        Random random(mixSeed(7, static_cast<std::uint64_t>(c)));
        double low = 0;
        for (std::int64_t i = 0; i < length; ++i) {
            low += 0.05 * (random.uniform(-1.0, 1.0) - low);
            const double sine =
                std::sin(2.0 * std::numbers::pi * 440.0 * (c + 1) * static_cast<double>(i) / rate);
            buffer.channel(c)[static_cast<std::size_t>(i)] =
                static_cast<float>(level * (0.6 * sine + 0.4 * low));
        }
    }
    return buffer;
}

inline AudioBuffer makeSine(double hertz, double amplitude, double seconds, int rate, int channels = 1,
                            double phase = 0) {
    AudioBuffer buffer(channels, toSamples(Seconds(seconds), rate), rate);
    for (int c = 0; c < channels; ++c) {
        for (std::size_t i = 0; i < buffer.channel(c).size(); ++i) {
            buffer.channel(c)[i] = static_cast<float>(
                amplitude * std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(i) / rate + phase));
        }
    }
    return buffer;
}

inline std::string bytesOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void writeBytes(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

/// Writes with libsndfile directly, past the room under test.
inline void writeDirectly(const std::filesystem::path& path, int format, const AudioBuffer& buffer) {
    SF_INFO info{};
    info.samplerate = buffer.rate;
    info.channels = buffer.channelCount();
    info.format = format;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
    ASSERT_NE(file, nullptr) << sf_strerror(nullptr);
    std::vector<float> interleaved;
    for (std::size_t i = 0; i < static_cast<std::size_t>(buffer.length().value); ++i)
        for (const auto& channel : buffer.channels) interleaved.push_back(channel[i]);
    EXPECT_EQ(sf_writef_float(file, interleaved.data(), buffer.length().value), buffer.length().value);
    ASSERT_EQ(sf_close(file), 0);
}

struct DirectSound {
    SF_INFO info{};
    std::vector<int> samples;  ///< interleaved, left-justified
};
/// Reads with libsndfile directly.
inline DirectSound readDirectly(const std::filesystem::path& path) {
    DirectSound sound;
    SNDFILE* file = sf_open(path.c_str(), SFM_READ, &sound.info);
    EXPECT_NE(file, nullptr) << sf_strerror(nullptr);
    if (file == nullptr) return sound;
    sound.samples.resize(static_cast<std::size_t>(sound.info.frames * sound.info.channels));
    EXPECT_EQ(sf_readf_int(file, sound.samples.data(), sound.info.frames), sound.info.frames);
    sf_close(file);
    return sound;
}

/// Of two signals, the second aligned and alike: 10 log10 of signal over difference.
inline double signalToNoise(std::span<const float> signal, std::span<const float> other) {
    double power = 0;
    double noise = 0;
    for (std::size_t i = 0; i < std::min(signal.size(), other.size()); ++i) {
        power += static_cast<double>(signal[i]) * signal[i];
        noise += (static_cast<double>(signal[i]) - other[i]) * (static_cast<double>(signal[i]) - other[i]);
    }
    return 10.0 * std::log10(power / noise);
}

}  // namespace smidgen
