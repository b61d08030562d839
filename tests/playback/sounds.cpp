#include "sounds.h"

#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <fstream>
#include <random>

namespace smidgen::testing {

std::shared_ptr<const AudioBuffer> noise(int channels, std::int64_t length, unsigned seed, int rate) {
    std::mt19937 random(seed);
    auto sound = std::make_shared<AudioBuffer>(channels, Samples(length), rate);
    for (auto& channel : sound->channels) {
        for (auto& sample : channel) sample = static_cast<float>(random()) / 4294967296.0F - 0.5F;
        channel.front() = 0.25F;
        channel.back() = -0.25F;
    }
    return sound;
}

std::shared_ptr<const AudioBuffer> constant(float value, std::int64_t length) {
    auto sound = std::make_shared<AudioBuffer>(1, Samples(length));
    for (auto& sample : sound->channels[0]) sample = value;
    return sound;
}

Folder::Folder() {
    static std::atomic<int> next{0};
    m_path = std::filesystem::temp_directory_path() /
             ("smidgen-playback-" + std::to_string(::getpid()) + "-" + std::to_string(next++));
    std::filesystem::create_directories(m_path);
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

void writeWav(const std::filesystem::path& path, const AudioBuffer& sound) {
    std::ofstream file(path, std::ios::binary);
    const auto number = [&file](std::uint32_t value, int bytes) {
        for (int i = 0; i < bytes; ++i) file.put(static_cast<char>(value >> (8 * i)));
    };
    const auto channels = static_cast<std::uint32_t>(sound.channelCount());
    const auto frames = static_cast<std::uint32_t>(sound.length().value);
    const auto rate = static_cast<std::uint32_t>(sound.rate);
    file << "RIFF";
    number(4 + 24 + 12 + 8 + frames * channels * 4, 4);
    file << "WAVEfmt ";
    number(16, 4);
    number(3, 2);  // IEEE float
    number(channels, 2);
    number(rate, 4);
    number(rate * channels * 4, 4);
    number(channels * 4, 2);
    number(32, 2);
    file << "fact";
    number(4, 4);
    number(frames, 4);
    file << "data";
    number(frames * channels * 4, 4);
    for (std::size_t i = 0; i < frames; ++i)
        for (const auto& channel : sound.channels)
            file.write(reinterpret_cast<const char*>(&channel[i]), sizeof(float));
}

}  // namespace smidgen::testing
