// S10: the codecs on log spectra of real sounds, one thread, CPU time. The same arrays as
// yardsticks/codecs.cpp: 512 bins of a 1024-point STFT, hop 256, and 128 mel bands, in dB, whole files, rows
// in multiples of eight.
//     codecs_bench SAMPLES_FOLDER
#include <time.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <numbers>
#include <string>
#include <vector>

#include "engine/audio/audio_reader.h"
#include "storage/wavetable/codec.h"
#include "storage/wavetable/row_spectrum.h"

namespace {

using namespace smidgen;
using namespace smidgen::storage;
namespace fs = std::filesystem;

constexpr std::size_t kWindow = 1024;
constexpr std::size_t kHop = 256;
constexpr std::size_t kBins = kWindow / 2;
constexpr std::size_t kBands = 128;
constexpr std::size_t kMostFrames = 4096;

double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Triangles between mel-spaced frequencies, normalised to their weight, over powers of the bins.
std::vector<std::vector<double>> melWeights(double rate) {
    const auto mel = [](double hertz) { return 2595 * std::log10(1 + hertz / 700); };
    const auto bin = [&](double band) {
        return 700 * (std::pow(10, mel(rate / 2) * band / (kBands + 1) / 2595) - 1) * kWindow / rate;
    };
    std::vector<std::vector<double>> weights(kBands, std::vector<double>(kBins + 1, 0.0));
    for (std::size_t k = 0; k < kBands; ++k) {
        const double low = bin(static_cast<double>(k));
        const double middle = bin(static_cast<double>(k + 1));
        const double high = bin(static_cast<double>(k + 2));
        double total = 0;
        for (std::size_t j = 0; j <= kBins; ++j) {
            const auto at = static_cast<double>(j);
            weights[k][j] =
                std::max(0.0, at < middle ? (at - low) / (middle - low) : (high - at) / (high - middle));
            total += weights[k][j];
        }
        if (total <= 0) weights[k][static_cast<std::size_t>(std::lround(middle))] = 1;
    }
    return weights;
}

struct Material {
    std::vector<NodePointer> spectra;
    std::vector<NodePointer> mels;
};

float decibels(double power) {
    return static_cast<float>(10 * std::log10(power + 1e-10));
}

void addFile(const std::vector<float>& samples, double rate, Material& material) {
    if (samples.size() < kWindow + 63 * kHop) return;
    const std::size_t frames = std::min(kMostFrames, ((samples.size() - kWindow) / kHop + 1) / 8 * 8);
    const auto weights = melWeights(rate);
    RowSpectrum spectrum(kWindow);
    std::vector<double> windowed(kWindow);
    std::vector<double> c(kWindow);
    std::vector<double> power(kBins + 1);
    std::vector<float> bins;
    std::vector<float> bands;
    for (std::size_t t = 0; t < frames; ++t) {
        for (std::size_t i = 0; i < kWindow; ++i)
            windowed[i] = static_cast<double>(samples[t * kHop + i]) *
                          (0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / kWindow));
        spectrum.forward(windowed, c);
        power[0] = c[0] * c[0] * kWindow;
        power[kBins] = c[kWindow - 1] * c[kWindow - 1] * kWindow;
        for (std::size_t k = 1; k < kBins; ++k)
            power[k] = (c[2 * k - 1] * c[2 * k - 1] + c[2 * k] * c[2 * k]) * kWindow / 2;
        for (std::size_t k = 0; k < kBins; ++k) bins.push_back(decibels(power[k]));
        for (const auto& band : weights) {
            double sum = 0;
            for (std::size_t j = 0; j <= kBins; ++j) sum += band[j] * power[j];
            bands.push_back(decibels(sum));
        }
    }
    const auto rows = static_cast<std::uint32_t>(frames);
    material.spectra.push_back(*makeNode({rows, kBins, 1}, bins));
    material.mels.push_back(*makeNode({rows, kBands, 1}, bands));
}

Material load(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto extension = entry.path().extension();
        if (extension == ".flac" || extension == ".wav") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    Material material;
    for (const auto& path : files) {
        const auto sound = readAudio(path);
        if (!sound) continue;
        addFile(toMidSide(*sound).mid, sound->rate, material);
    }
    return material;
}

struct Totals {
    double valueBytes = 0;
    double streamBytes = 0;
    double encodeSeconds = 0;
    double decodeSeconds = 0;
    double squares = 0;
    double values = 0;
    double largest = 0;
    std::size_t others = 0;  ///< nodes that another codec had to take
};

void measure(const char* what, const std::vector<NodePointer>& nodes, const EncodeRequest& request) {
    Totals sum;
    for (const auto& node : nodes) {
        double before = cpuSeconds();
        const auto encoded = encodeNode(*node, request);
        sum.encodeSeconds += cpuSeconds() - before;
        if (!encoded) std::abort();
        before = cpuSeconds();
        const auto decoded = decodeNode(encoded->stream);
        sum.decodeSeconds += cpuSeconds() - before;
        if (!decoded) std::abort();
        const MeasuredError error = measureError(node->floats(), (*decoded)->floats());
        if (!error.within(request.limit) && request.codec != Codec::exact) std::abort();
        const auto count = static_cast<double>(node->shape.count());
        sum.valueBytes += 4 * count;
        sum.streamBytes += static_cast<double>(encoded->stream.size());
        sum.squares += error.rms * error.rms * count;
        sum.values += count;
        sum.largest = std::max(sum.largest, error.largest);
        sum.others += request.codec && encoded->header.codec != *request.codec ? 1 : 0;
    }
    std::printf("%-9s %-17s %6.2fx  rms %.3f dB  largest %6.2f dB  encode %5.0f  decode %5.0f MB/s", what,
                request.codec ? std::string(codecName(*request.codec)).c_str() : "automatic",
                sum.valueBytes / sum.streamBytes, std::sqrt(sum.squares / sum.values), sum.largest,
                sum.valueBytes / sum.encodeSeconds / 1e6, sum.valueBytes / sum.decodeSeconds / 1e6);
    if (sum.others > 0) std::printf("  (%zu of %zu kept otherwise)", sum.others, nodes.size());
    std::printf("\n");
    std::fflush(stdout);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) {
        std::fprintf(stderr, "usage: codecs_bench SAMPLES_FOLDER\n");
        return 2;
    }
    const Material material = load(arguments[1]);
    for (const bool mel : {false, true}) {
        const auto& nodes = mel ? material.mels : material.spectra;
        const char* what = mel ? "mel 128" : "STFT 512";
        measure(what, nodes, {Codec::exact, {.largest = 0}});
        for (const Codec codec : {Codec::quantised, Codec::dct, Codec::wavelet, Codec::fft})
            measure(what, nodes, {codec, {.rms = 0.29}});
        measure(what, nodes, {std::nullopt, {.rms = 0.29}});
        for (const Codec codec : {Codec::quantised, Codec::dct})
            measure(what, nodes, {codec, {.largest = 0.5}});
    }
    return 0;
}
