#include "tests/audio/independent_reader.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
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

HeardFile hearWithFfmpeg(const std::filesystem::path& file, bool integers) {
    std::filesystem::path readings = file;
    readings += ".readings";
    const std::string raw = outputOf(
        "ffmpeg -nostdin -nostats -v error -y -i " + quoted(file) +
        " -filter_complex '[0:a]asplit[a][b];[a]ebur128=metadata=1:peak=true,ametadata=mode=print:file=" +
        readings.string() + "[meter]' -map '[meter]' -f null - -map '[b]' -f " +
        (integers ? "s32le" : "f32le") + " pipe:1");
    std::ifstream in(readings);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    std::filesystem::remove(readings);
    HeardFile heard;
    heard.level = {numberAfter(text, "lavfi.r128.I="),
                   20 * std::log10(numberAfter(text, "lavfi.r128.true_peak="))};
    heard.samples.reserve(raw.size() / 4);
    for (std::size_t at = 0; at + 4 <= raw.size(); at += 4) {
        if (integers) {
            std::int32_t value = 0;
            std::memcpy(&value, raw.data() + at, 4);
            heard.samples.push_back(value * 0x1.0p-31);
        } else {
            float value = 0;
            std::memcpy(&value, raw.data() + at, 4);
            heard.samples.push_back(static_cast<double>(value));
        }
    }
    return heard;
}

}  // namespace smidgen
