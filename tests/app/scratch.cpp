#include "tests/app/scratch.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numbers>
#include <sstream>
#include <stdexcept>

#include "tests/app/smidgen_process.h"

namespace smidgen::test {
namespace {

namespace fs = std::filesystem;

template <typename Number>
void append(std::string& bytes, Number value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes.append(raw, sizeof value);
}

template <typename Number>
Number numberAt(const std::string& bytes, std::size_t place) {
    Number value{};
    if (place + sizeof value <= bytes.size()) std::memcpy(&value, bytes.data() + place, sizeof value);
    return value;
}

}  // namespace

Scratch::Scratch() {
    std::string name = (fs::temp_directory_path() / "smidgen-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    m_path = name;
}

Scratch::~Scratch() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

void writeBytes(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

std::string readBytes(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

void copyDrums(const fs::path& folder, int count) {
    const fs::path samples = "/usr/share/sonic-pi/samples";
    std::vector<fs::path> drums;
    for (const auto& entry : fs::directory_iterator(samples)) {
        if (entry.path().filename().string().starts_with("bd_")) drums.push_back(entry.path());
    }
    std::sort(drums.begin(), drums.end());
    drums.resize(std::min(drums.size(), static_cast<std::size_t>(count)));
    fs::create_directories(folder);
    for (const fs::path& drum : drums) fs::copy_file(drum, folder / drum.filename());
}

std::string wavBytes(const std::vector<float>& samples) {
    const auto size = static_cast<std::uint32_t>(samples.size() * sizeof(float));
    std::string bytes = "RIFF";
    append(bytes, std::uint32_t{36} + size);
    bytes += "WAVEfmt ";
    append(bytes, std::uint32_t{16});
    append(bytes, std::uint16_t{3});
    append(bytes, std::uint16_t{1});
    append(bytes, std::uint32_t{48000});
    append(bytes, std::uint32_t{48000 * 4});
    append(bytes, std::uint16_t{4});
    append(bytes, std::uint16_t{32});
    bytes += "data";
    append(bytes, size);
    for (const float sample : samples) append(bytes, sample);
    return bytes;
}

std::vector<float> pluck(double hertz, double seconds) {
    std::vector<float> samples(static_cast<std::size_t>(seconds * 48000));
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double t = static_cast<double>(i) / 48000;
        samples[i] = static_cast<float>(0.5 * std::exp(-4 * t) * std::sin(2 * std::numbers::pi * hertz * t));
    }
    return samples;
}

WavFacts readWav(const fs::path& file) {
    const std::string bytes = readBytes(file);
    WavFacts facts;
    if (bytes.substr(0, 4) != "RIFF" || bytes.substr(8, 4) != "WAVE") return facts;
    for (std::size_t place = 12; place + 8 <= bytes.size();) {
        const std::string name = bytes.substr(place, 4);
        const std::size_t size = numberAt<std::uint32_t>(bytes, place + 4);
        const std::size_t body = place + 8;
        if (name == "fmt ") {
            facts.format = numberAt<std::uint16_t>(bytes, body);
            facts.channels = numberAt<std::uint16_t>(bytes, body + 2);
            facts.rate = static_cast<int>(numberAt<std::uint32_t>(bytes, body + 4));
            facts.bits = numberAt<std::uint16_t>(bytes, body + 14);
        }
        if (name == "data" && facts.channels > 0 && (facts.bits == 16 || facts.bits == 24)) {
            const std::size_t width = static_cast<std::size_t>(facts.bits) / 8;
            facts.frames =
                static_cast<std::int64_t>(size / (width * static_cast<std::size_t>(facts.channels)));
            for (std::size_t i = body; i + width <= std::min(bytes.size(), body + size); i += width) {
                std::int32_t value = 0;
                std::memcpy(reinterpret_cast<char*>(&value) + 4 - width, bytes.data() + i, width);
                facts.peak = std::max(facts.peak, std::abs(static_cast<double>(value)) / 2147483648.0);
            }
        }
        place = body + size + size % 2;
    }
    return facts;
}

std::string smallModel() {
    const fs::path program = fs::path(SMIDGEN_BIN_DIR) / "smidgen";
    const fs::path model = fs::path(SMIDGEN_BIN_DIR) / "small_model.safetensors";
    if (fs::exists(model) && fs::last_write_time(model) > fs::last_write_time(program)) return model.string();
    const Scratch scratch;
    copyDrums(scratch / "drums", 6);
    const fs::path fresh = model.string() + "." + std::to_string(getpid());
    const Ending trained =
        smidgen({"train", scratch.text("drums"), "--steps", "12", "--name", "small", "--out", fresh.string(),
                 "--library", scratch.text("library"), "--threads", "1"});
    if (trained.exitCode != 0) throw std::runtime_error("the small model was not trained: " + trained.err);
    fs::rename(fresh, model);
    return model.string();
}

std::string tensorsOf(const fs::path& file) {
    const std::string bytes = readBytes(file);
    const auto length = numberAt<std::uint64_t>(bytes, 0);
    if (bytes.size() < 8 || length > bytes.size() - 8) return {};
    auto header = nlohmann::json::parse(bytes.substr(8, length), nullptr, false);
    if (!header.is_object()) return {};
    header.erase("__metadata__");
    return header.dump() + bytes.substr(8 + length);
}

}  // namespace smidgen::test
