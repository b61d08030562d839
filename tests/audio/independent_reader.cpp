#include "tests/audio/independent_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

namespace smidgen {
namespace {

std::string quoted(const std::filesystem::path& file) {
    std::string text = "'";
    for (const char c : file.string()) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

double numberAfter(const std::string& text, const std::string& key) {
    const std::size_t at = text.rfind(key);
    EXPECT_NE(at, std::string::npos) << key << " is not in " << text.substr(0, 200);
    return at == std::string::npos ? std::nan("") : std::strtod(text.c_str() + at + key.size(), nullptr);
}

}  // namespace

std::string outputOf(const std::string& command) {
    std::string output;
    FILE* pipe = ::popen(command.c_str(), "r");
    EXPECT_NE(pipe, nullptr);
    if (pipe == nullptr) return output;
    std::array<char, 1 << 16> block{};
    for (std::size_t got = 0; (got = std::fread(block.data(), 1, block.size(), pipe)) > 0;)
        output.append(block.data(), got);
    EXPECT_EQ(::pclose(pipe), 0) << command << "\n" << output.substr(0, 500);
    return output;
}

FileFacts probeWithFfmpeg(const std::filesystem::path& file) {
    const auto json = nlohmann::json::parse(
        outputOf("ffprobe -v error -show_streams -show_format -of json " + quoted(file)), nullptr, false);
    FileFacts facts;
    if (json.is_discarded() || json["streams"].size() != 1) {
        ADD_FAILURE() << file << " is not one stream";
        return facts;
    }
    const auto& stream = json["streams"][0];
    facts.codec = stream["codec_name"].get<std::string>();
    facts.rate = std::stoi(stream["sample_rate"].get<std::string>());
    facts.channels = stream["channels"].get<int>();
    facts.bits = stream.value("bits_per_sample", 0);
    if (stream.contains("bits_per_raw_sample"))
        facts.bits = std::stoi(stream["bits_per_raw_sample"].get<std::string>());
    for (const auto& holder : {stream, json["format"]})
        if (holder.contains("tags"))
            for (const auto& [name, value] : holder["tags"].items()) {
                std::string lower = name;
                std::ranges::transform(lower, lower.begin(),
                                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
                facts.tags[lower] = value.get<std::string>();
            }
    return facts;
}

std::vector<double> decodeWithFfmpeg(const std::filesystem::path& file, bool integers) {
    const std::string raw =
        outputOf("ffmpeg -nostdin -v error -i " + quoted(file) + (integers ? " -f s32le -" : " -f f32le -"));
    std::vector<double> samples;
    samples.reserve(raw.size() / 4);
    for (std::size_t at = 0; at + 4 <= raw.size(); at += 4) {
        if (integers) {
            std::int32_t value = 0;
            std::memcpy(&value, raw.data() + at, 4);
            samples.push_back(value * 0x1.0p-31);
        } else {
            float value = 0;
            std::memcpy(&value, raw.data() + at, 4);
            samples.push_back(static_cast<double>(value));
        }
    }
    return samples;
}

MeterReading measureWithFfmpeg(const std::filesystem::path& file) {
    const std::string text =
        outputOf("ffmpeg -nostdin -nostats -v error -i " + quoted(file) +
                 " -af ebur128=metadata=1:peak=true,ametadata=mode=print:file=- -f null -");
    return {numberAfter(text, "lavfi.r128.I="), 20 * std::log10(numberAfter(text, "lavfi.r128.true_peak="))};
}

}  // namespace smidgen
