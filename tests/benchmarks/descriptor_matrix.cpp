// How the descriptors answer to what they are named after, and to nothing else: descriptor_matrix FILE…
// Each file (its first six seconds, and silence for a tail) goes through each processing at nine strengths.
// Prints, for each processing and attribute, Spearman's rank correlation with the strength (mean over files),
// and the change from the least to the most, in standard deviations of the attribute over the files; then,
// for the attributes that should move, every file's correlation; then the attributes of the files themselves
// and the speed on one core.
#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <functional>
#include <numbers>
#include <numeric>
#include <string>
#include <vector>

#include "engine/analysis/descriptors.h"
#include "engine/analysis/rank_correlation.h"
#include "engine/analysis/real_fft.h"
#include "engine/analysis/stft.h"
#include "engine/audio/audio_reader.h"
#include "engine/foundation/random.h"

namespace smidgen {
namespace {

using Signal = std::vector<float>;
constexpr std::size_t kStrengths = 9;
constexpr double kRate = kSampleRate;

double atTime(std::size_t i) {
    return static_cast<double>(i) / kRate;
}

/// −6 … 6 dB per octave about 1 kHz.
Signal tilt(const Signal& in, double strength) {
    Stft stft(StftShape{});
    Signal out;
    stft.changeFrames(
        in,
        [&](std::size_t, std::span<std::complex<float>> bins) {
            for (std::size_t k = 0; k < bins.size(); ++k) {
                const double octaves = std::log2(std::max(1.0, static_cast<double>(k)) * 23.4375 / 1000);
                bins[k] *= static_cast<float>(std::pow(10.0, (12 * strength - 6) * octaves / 20));
            }
        },
        out);
    return out;
}

Signal modulate(const Signal& in, double strength) {
    Signal out(in);
    for (std::size_t i = 0; i < in.size(); ++i)
        out[i] *= static_cast<float>(1 + strength * std::sin(2 * std::numbers::pi * 70 * atTime(i)));
    return out;
}

Signal transposed(const Signal& in, double cents) {
    Signal out(in.size());
    const double step = std::exp2(cents / 1200);
    for (std::size_t i = 0; i < in.size(); ++i) {
        const double at = static_cast<double>(i) * step;
        const auto whole = static_cast<std::size_t>(at);
        if (whole + 1 >= in.size()) break;
        const auto part = static_cast<float>(at - static_cast<double>(whole));
        out[i] = (1 - part) * in[whole] + part * in[whole + 1];
    }
    return out;
}

Signal detune(const Signal& in, double strength) {
    const Signal up = transposed(in, 80), down = transposed(in, -110);
    Signal out(in);
    for (std::size_t i = 0; i < in.size(); ++i) out[i] += static_cast<float>(strength) * (up[i] + down[i]);
    return out;
}

/// One to nine copies, each at its own place in time.
Signal layer(const Signal& in, double strength) {
    Random random(5);
    Signal out(in);
    const auto copies = static_cast<std::size_t>(std::lround(8 * strength));
    for (std::size_t c = 0; c < copies; ++c) {
        const std::size_t shift = random.below(in.size());
        for (std::size_t i = 0; i < in.size(); ++i) out[(i + shift) % in.size()] += in[i];
    }
    return out;
}

/// Transients softened (0) to sharpened (1): a fast envelope over a slow one, to a power.
Signal sharpen(const Signal& in, double strength) {
    Signal out(in);
    double fast = 1e-4, slow = 1e-4;
    for (std::size_t i = 0; i < in.size(); ++i) {
        const double level = std::abs(static_cast<double>(in[i])) + 1e-5;
        fast += (level - fast) * (level > fast ? 0.02 : 0.0007);
        slow += (level - slow) * 0.0003;
        out[i] *= static_cast<float>(std::clamp(std::pow(fast / slow, 1.6 * strength - 0.8), 0.05, 8.0));
    }
    return out;
}

/// A swell on every beat of the sound's own tempo, or of 120 a minute where it has none.
Signal pulsate(const Signal& in, double strength) {
    static SoundDescriber describer;
    const TempoEstimate tempo = describer.describe(in).tempo;
    const double rate = tempo.confidence > 0.3 ? tempo.bpm / 60 : 2;
    Signal out(in);
    for (std::size_t i = 0; i < in.size(); ++i)
        out[i] *= static_cast<float>(1 - strength *
                                             (0.5 - 0.5 * std::cos(2 * std::numbers::pi * rate * atTime(i))));
    return out;
}

/// A room of 2 s in equal measure at most.
Signal reverberate(const Signal& in, double strength) {
    static const Signal room = [] {
        Random random(9);
        Signal response(static_cast<std::size_t>(1.5 * kRate));
        for (std::size_t i = 0; i < response.size(); ++i)
            response[i] =
                static_cast<float>(random.normal() * std::exp(-6.908 * atTime(i) / 2.0) / std::sqrt(6950.0));
        return response;
    }();
    int size = 2;
    while (static_cast<std::size_t>(size) < in.size() + room.size()) size *= 2;
    RealFft a(size), b(size);
    std::ranges::fill(a.real(), 0.0F);
    std::ranges::fill(b.real(), 0.0F);
    std::ranges::copy(in, a.real().begin());
    std::ranges::copy(room, b.real().begin());
    a.forward();
    b.forward();
    for (std::size_t k = 0; k < a.bins().size(); ++k) a.bins()[k] *= b.bins()[k];
    a.inverse();
    Signal out(in);
    for (std::size_t i = 0; i < in.size(); ++i)
        out[i] += static_cast<float>(strength) * a.real()[i] * 2 / static_cast<float>(size);
    return out;
}

struct Processing {
    std::string name;
    std::function<Signal(const Signal&, double)> apply;
    std::vector<std::size_t> targets;  ///< attributes that should move
};

const std::vector<Processing>& processings() {
    static const std::vector<Processing> all{{"layers", layer, {0}},        {"tilt", tilt, {1, 2}},
                                             {"modulation", modulate, {3}}, {"detuning", detune, {4}},
                                             {"transients", sharpen, {5}},  {"pulsation", pulsate, {6}},
                                             {"room", reverberate, {7}}};
    return all;
}

struct Sound {
    std::string name;
    Signal signal;
    SoundDescription description;
};

double deviationOf(const std::vector<Sound>& sounds, std::size_t attribute) {
    double mean = 0, square = 0;
    for (const Sound& sound : sounds) {
        const double value = sound.description.attributes.values[attribute];
        mean += value / static_cast<double>(sounds.size());
        square += value * value / static_cast<double>(sounds.size());
    }
    return std::sqrt(std::max(1e-12, square - mean * mean));
}

void printHead() {
    std::printf("%-28s", "");
    for (const Attribute attribute : kAttributes) std::printf(" %10s", wordsFor(attribute).name.data());
    std::printf("\n");
}

void printMatrix(const std::vector<Sound>& sounds, SoundDescriber& describer) {
    std::vector<std::string> details;
    std::printf("Spearman, and change in standard deviations\n");
    printHead();
    for (const Processing& processing : processings()) {
        std::array<double, kAttributeCount> ranks{}, moves{};
        for (const Sound& sound : sounds) {
            std::array<std::vector<double>, kAttributeCount> values;
            std::vector<double> strengths;
            for (std::size_t step = 0; step < kStrengths; ++step) {
                const double strength = static_cast<double>(step) / (kStrengths - 1);
                strengths.push_back(strength);
                const auto description = describer.describe(processing.apply(sound.signal, strength));
                for (std::size_t a = 0; a < kAttributeCount; ++a)
                    values[a].push_back(description.attributes.values[a]);
            }
            for (std::size_t a = 0; a < kAttributeCount; ++a) {
                const double rank = rankCorrelation(strengths, values[a]);
                const double move = (values[a].back() - values[a].front()) / deviationOf(sounds, a);
                ranks[a] += rank / static_cast<double>(sounds.size());
                moves[a] += move / static_cast<double>(sounds.size());
                if (std::ranges::count(processing.targets, a) == 0) continue;
                char line[200];
                std::snprintf(line, sizeof line, "%-12s %-10s %-28s %6.2f %6.2f  ", processing.name.c_str(),
                              wordsFor(kAttributes[a]).name.data(), sound.name.c_str(), rank, move);
                std::string text = line;
                for (const double value : values[a]) {
                    std::snprintf(line, sizeof line, " %.3f", value);
                    text += line;
                }
                details.push_back(text);
            }
        }
        std::printf("%-28s", processing.name.c_str());
        for (const double rank : ranks) std::printf(" %10.2f", rank);
        std::printf("\n%-28s", "");
        for (const double move : moves) std::printf(" %10.2f", move);
        std::printf("\n");
    }
    for (const std::string& line : details) std::printf("%s\n", line.c_str());
}

int run(const std::vector<std::string>& files) {
    SoundDescriber describer;
    std::vector<Sound> sounds;
    double seconds = 0, audio = 0;
    for (const std::string& file : files) {
        const auto read = readAudioAtInternalRate(file);
        if (!read) {
            std::fprintf(stderr, "%s\n", read.error().sentence.c_str());
            continue;
        }
        Sound sound{std::filesystem::path(file).stem().string(), toMidSide(*read).mid, {}};
        sound.signal.resize(std::min<std::size_t>(sound.signal.size(), 6 * kSampleRate));
        sound.signal.resize(sound.signal.size() + kSampleRate);
        const std::clock_t start = std::clock();
        sound.description = describer.describe(sound.signal);
        seconds += static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        audio += static_cast<double>(sound.signal.size()) / kRate;
        sounds.push_back(std::move(sound));
    }
    if (sounds.empty()) return 1;
    printMatrix(sounds, describer);
    printHead();
    for (const Sound& sound : sounds) {
        const SoundDescription& d = sound.description;
        std::printf("%-28s", sound.name.c_str());
        for (const double value : d.attributes.values) std::printf(" %10.3f", value);
        std::printf("  flatness %.3f  key %2d%s %.2f  tempo %.1f %.2f\n", d.flatness, d.key.tonic,
                    d.key.minor ? "m" : " ", d.key.confidence, d.tempo.bpm, d.tempo.confidence);
    }
    std::printf("%.1f s of sound in %.3f s: %.0f times real time\n", audio, seconds, audio / seconds);
    return 0;
}

}  // namespace
}  // namespace smidgen

int main(int count, char** arguments) {
    return smidgen::run({arguments + 1, arguments + count});
}
