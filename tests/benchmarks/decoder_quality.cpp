// How true the mel decoder is, per CPU second: decoder_quality [--seconds S] FILE…
// Every file is rebuilt from its own mel and from a disturbed one (smoothed, then slow Gaussian error to a
// mean of 0.22 log10, as a small network leaves it), by one-window Griffin-Lim and by synthesizeFromMel.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "engine/analysis/griffin_lim.h"
#include "engine/analysis/mel_synthesis.h"
#include "engine/analysis/metrics.h"
#include "engine/audio/audio_reader.h"
#include "engine/foundation/random.h"

namespace smidgen {
namespace {

constexpr double kDisturbance = 0.22;

double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Gaussian smoothing along one axis of frames × 128; stride 128 is time, 1 is bands.
std::vector<double> smooth(const std::vector<double>& in, std::int64_t stride, double sigma) {
    const auto size = static_cast<std::int64_t>(in.size());
    std::vector<double> out(in.size());
    for (std::int64_t i = 0; i < size; ++i) {
        double sum = 0;
        double weights = 0;
        for (std::int64_t d = -8; d <= 8; ++d) {
            const std::int64_t at = i + d * stride;
            if (at < 0 || at >= size || (stride == 1 && at / kMelBands != i / kMelBands)) continue;
            const double weight = std::exp(-static_cast<double>(d * d) / (2.0 * sigma * sigma));
            sum += weight * in[static_cast<std::size_t>(at)];
            weights += weight;
        }
        out[static_cast<std::size_t>(i)] = sum / weights;
    }
    return out;
}

LogMel disturbed(const LogMel& mel) {
    std::vector<double> values(mel.values.begin(), mel.values.end());
    std::vector<double> noise(values.size());
    Random random(5);
    for (double& value : noise) value = random.normal();
    values = smooth(smooth(values, kMelBands, 1.2), 1, 0.8);
    noise = smooth(smooth(noise, kMelBands, 3.0), 1, 3.0);
    double noisePower = 0;
    double already = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        noisePower += noise[i] * noise[i] / static_cast<double>(values.size());
        already +=
            std::abs(values[i] - static_cast<double>(mel.values[i])) / static_cast<double>(values.size());
    }
    // Of a Gaussian, the mean modulus is 0.798 of the deviation.
    const double wanted = kDisturbance * std::log(10.0) / 0.798;
    const double gain = std::sqrt(std::max(0.0, wanted * wanted - std::pow(already / 0.798, 2)) / noisePower);
    LogMel result = mel;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const bool silent = mel.values[i] <= kLogMelFloor;
        const double value = values[i] + (silent ? 0.0 : gain * noise[i]);
        result.values[i] = std::max(kLogMelFloor, static_cast<float>(value));
    }
    return result;
}

struct Way {
    const char* name;
    bool fourWindows;
    int iterations;
};
constexpr Way kWays[] = {{"one window", false, 64},  {"one window", false, 128}, {"four windows", true, 8},
                         {"four windows", true, 16}, {"four windows", true, 24}, {"four windows", true, 48},
                         {"four windows", true, 100}};

std::vector<float> rebuild(const Way& way, const MelBank& bank, const LogMel& mel, Samples samples) {
    const std::vector<float> linear = fromLogMel(mel.values);
    if (way.fourWindows)
        return synthesizeFromMel(bank, linear, samples, {.iterations = way.iterations, .seed = 1});
    Stft stft(bank.shape().stft);
    return griffinLim(stft, invertMel(bank, linear), samples, {way.iterations, 0.99, 1});
}

int run(const std::vector<std::string>& files, double seconds) {
    std::printf("%-8s %-13s %5s | %7s %7s %7s %7s %7s | CPU-s per 10 s\n", "mel", "way", "iter", "mel L1",
                "LSD", "LSD sh.", "mel d.", "MR-STFT");
    MelAnalyzer analyzer;
    for (const bool disturb : {false, true}) {
        for (const Way& way : kWays) {
            ReconstructionMetrics sum;
            double cpu = 0;
            double length = 0;
            double count = 0;
            for (const std::string& file : files) {
                const auto buffer = readAudioAtInternalRate(file);
                if (!buffer) {
                    std::fprintf(stderr, "%s\n", buffer.error().sentence.c_str());
                    return 1;
                }
                std::vector<float> signal = toMidSide(*buffer).mid;
                signal.resize(std::min(signal.size(), static_cast<std::size_t>(seconds * kSampleRate)));
                const LogMel mel = analyzer.analyze(signal);
                const LogMel given = disturb ? disturbed(mel) : mel;
                const double start = cpuSeconds();
                const std::vector<float> rebuilt =
                    rebuild(way, analyzer.bank(), given, Samples(static_cast<std::int64_t>(signal.size())));
                cpu += cpuSeconds() - start;
                length += static_cast<double>(signal.size()) / kSampleRate;
                const ReconstructionMetrics one = compareSignals(signal, rebuilt);
                sum.melL1 += one.melL1;
                sum.lsd += one.lsd;
                sum.lsdShort += one.lsdShort;
                sum.melDistance += one.melDistance;
                sum.mrStft += one.mrStft;
                count += 1;
            }
            std::printf("%-8s %-13s %5d | %7.4f %7.4f %7.4f %7.3f %7.3f | %.2f\n",
                        disturb ? "0.22 off" : "true", way.name, way.iterations, sum.melL1 / count,
                        sum.lsd / count, sum.lsdShort / count, sum.melDistance / count, sum.mrStft / count,
                        10.0 * cpu / length);
            std::fflush(stdout);
        }
    }
    return 0;
}

}  // namespace
}  // namespace smidgen

int main(int argc, char** argv) {
    std::vector<std::string> files;
    double seconds = 4.0;
    for (int i = 1; i < argc; ++i) {
        if (std::string(argv[i]) == "--seconds" && i + 1 < argc) {
            seconds = std::atof(argv[++i]);
        } else {
            files.emplace_back(argv[i]);
        }
    }
    if (files.empty()) {
        std::fprintf(stderr, "usage: decoder_quality [--seconds S] FILE…\n");
        return 2;
    }
    return smidgen::run(files, seconds);
}
