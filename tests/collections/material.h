// Signals and files the tests of this folder are made of.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <span>
#include <string>
#include <vector>

#include "engine/audio/audio_writer.h"
#include "engine/collections/preflight.h"
#include "engine/foundation/random.h"

namespace smidgen::testing {

inline std::vector<float> sine(double hz, double seconds, double amplitude = 0.5, double rate = kSampleRate) {
    std::vector<float> signal(static_cast<std::size_t>(std::llround(seconds * rate)));
    for (std::size_t i = 0; i < signal.size(); ++i)
        signal[i] = static_cast<float>(amplitude *
                                       std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(i) / rate));
    return signal;
}

inline std::vector<float> whiteNoise(double seconds, std::uint64_t seed, double amplitude = 0.3) {
    Random random(seed);
    std::vector<float> signal(static_cast<std::size_t>(std::llround(seconds * kSampleRate)));
    for (float& x : signal) x = static_cast<float>(random.uniform(-amplitude, amplitude));
    return signal;
}

/// A struck sound: decaying partials and a noisy attack, different for every seed.
inline std::vector<float> strike(double seconds, std::uint64_t seed, double amplitude = 0.5) {
    Random random(seed);
    std::vector<float> signal(static_cast<std::size_t>(std::llround(seconds * kSampleRate)), 0.0F);
    for (int partial = 0; partial < 5; ++partial) {
        const double hz = 80.0 * std::exp2(random.uniform(0.0, 6.0));
        const double decay = random.uniform(4.0, 30.0);
        const double level = amplitude * random.uniform(0.1, 0.4);
        for (std::size_t i = 0; i < signal.size(); ++i) {
            const double t = static_cast<double>(i) / kSampleRate;
            signal[i] +=
                static_cast<float>(level * std::exp(-decay * t) * std::sin(2.0 * std::numbers::pi * hz * t));
        }
    }
    for (std::size_t i = 0; i < signal.size(); ++i)
        signal[i] += static_cast<float>(amplitude * 0.2 * random.uniform(-1, 1) *
                                        std::exp(-120.0 * static_cast<double>(i) / kSampleRate));
    return signal;
}

inline double powerOf(std::span<const float> signal) {
    double sum = 0;
    for (const float x : signal) sum += static_cast<double>(x) * static_cast<double>(x);
    return sum / static_cast<double>(signal.size());
}

/// Amplitude of one frequency over [from, to) by correlation with a Hann-windowed complex sine.
inline double amplitudeAt(std::span<const float> signal, double hz, double rate = kSampleRate) {
    double re = 0, im = 0, weight = 0;
    for (std::size_t i = 0; i < signal.size(); ++i) {
        const double place = static_cast<double>(i) / static_cast<double>(signal.size());
        const double w = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * place);
        const double phase = 2.0 * std::numbers::pi * hz * static_cast<double>(i) / rate;
        re += w * static_cast<double>(signal[i]) * std::cos(phase);
        im += w * static_cast<double>(signal[i]) * std::sin(phase);
        weight += w;
    }
    return 2.0 * std::hypot(re, im) / weight;
}

inline AudioBuffer mono(std::vector<float> signal, int rate = kSampleRate) {
    AudioBuffer buffer;
    buffer.rate = rate;
    buffer.channels.push_back(std::move(signal));
    return buffer;
}

inline AudioBuffer stereo(std::vector<float> left, std::vector<float> right) {
    AudioBuffer buffer;
    buffer.channels.push_back(std::move(left));
    buffer.channels.push_back(std::move(right));
    return buffer;
}

/// A folder of its own for each test, removed afterwards.
class FolderTest : public ::testing::Test {
 protected:
    void SetUp() override {
        const auto* const test = ::testing::UnitTest::GetInstance()->current_test_info();
        folder =
            std::filesystem::temp_directory_path() / ("smidgen-" + std::string(test->test_suite_name()) +
                                                      "-" + test->name() + "-" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder);
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    /// A 32-bit float WAV, without waiting for the disk as writeAudio() does.
    std::filesystem::path write(const std::string& name, const AudioBuffer& buffer) const {
        const auto channels = static_cast<std::uint32_t>(buffer.channelCount());
        const auto frames = static_cast<std::uint32_t>(buffer.length().value);
        const auto rate = static_cast<std::uint32_t>(buffer.rate);
        std::string bytes;
        const auto put = [&](auto value) {
            bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
        };
        bytes += "RIFF";
        put(36 + 4 * channels * frames);
        bytes += "WAVEfmt ";
        put(std::uint32_t{16});
        put(std::uint16_t{3});  // IEEE float
        put(static_cast<std::uint16_t>(channels));
        put(rate);
        put(4 * channels * rate);
        put(static_cast<std::uint16_t>(4 * channels));
        put(std::uint16_t{32});
        bytes += "data";
        put(4 * channels * frames);
        for (std::size_t i = 0; i < frames; ++i)
            for (const auto& channel : buffer.channels) put(channel[i]);
        return writeBytes(name, bytes);
    }
    std::filesystem::path write(const std::string& name, const AudioBuffer& buffer, SampleDepth depth) const {
        return write(name, buffer, {FileFormat::wav, depth, buffer.rate, false, 0.7});
    }
    std::filesystem::path write(const std::string& name, const AudioBuffer& buffer,
                                const WriteProfile& profile) const {
        WriteOptions options;
        options.profile = profile;
        const std::filesystem::path path = folder / name;
        const auto written = writeAudio(buffer, path, options);
        EXPECT_TRUE(written) << (written ? "" : written.error().sentence);
        return path;
    }
    std::filesystem::path writeBytes(const std::string& name, std::string_view bytes) const {
        const std::filesystem::path path = folder / name;
        std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return path;
    }
    [[nodiscard]] static ScanReport scan(const std::filesystem::path& path, const ScanOptions& options = {}) {
        const std::vector<std::filesystem::path> paths{path};
        auto report = scanSounds(paths, options);
        EXPECT_TRUE(report) << (report ? "" : report.error().sentence);
        return report ? *report : ScanReport();
    }
    [[nodiscard]] ScanReport scanAll(const ScanOptions& options = {}) const { return scan(folder, options); }

    std::filesystem::path folder;
};

}  // namespace smidgen::testing
