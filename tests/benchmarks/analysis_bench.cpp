// Seconds of sound per second of CPU: cmake -DSMIDGEN_BENCHMARKS=ON …, ninja benchmark_analysis,
// bin/benchmark_analysis.
#include <benchmark/benchmark.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "engine/analysis/griffin_lim.h"
#include "engine/analysis/mel_synthesis.h"
#include "engine/analysis/metrics.h"
#include "engine/analysis/peaks.h"
#include "engine/foundation/random.h"

namespace smidgen {
namespace {

constexpr int kSeconds = 10;

const std::vector<float>& sound() {
    static const std::vector<float> signal = [] {
        std::vector<float> x(static_cast<std::size_t>(kSeconds) * kSampleRate);
        Random random(1);
        for (std::size_t n = 0; n < x.size(); ++n) {
            const double t = static_cast<double>(n) / kSampleRate;
            x[n] = static_cast<float>(0.3 * std::sin(2.0 * std::numbers::pi * 220.0 * t) +
                                      0.05 * random.normal());
        }
        return x;
    }();
    return signal;
}

Samples length() {
    return Samples(static_cast<std::int64_t>(sound().size()));
}

/// Reports how many seconds of sound one second of CPU serves.
void countSound(benchmark::State& state) {
    state.counters["sound_s_per_cpu_s"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * kSeconds, benchmark::Counter::kIsRate);
}

void logMel(benchmark::State& state) {
    MelAnalyzer analyzer;
    for (auto _ : state) benchmark::DoNotOptimize(analyzer.analyze(sound()));
    countSound(state);
}
BENCHMARK(logMel)->Unit(benchmark::kMillisecond);

/// Features as augmentation makes them: any hop, any frequency scale.
void logMelStretchedAndShifted(benchmark::State& state) {
    MelAnalyzer analyzer;
    const MelBank bank(MelShape{}, 1.1);
    std::vector<float> row(kMelBands);
    for (auto _ : state) {
        for (std::int64_t centre = 0; centre < length().value; centre += 487)
            analyzer.analyzeFrame(sound(), centre, bank, row);
        benchmark::DoNotOptimize(row.data());
    }
    countSound(state);
}
BENCHMARK(logMelStretchedAndShifted)->Unit(benchmark::kMillisecond);

void melInversion(benchmark::State& state) {
    MelAnalyzer analyzer;
    const std::vector<float> mel = fromLogMel(analyzer.analyze(sound()).values);
    for (auto _ : state)
        benchmark::DoNotOptimize(invertMel(analyzer.bank(), mel, static_cast<int>(state.range(0))));
    countSound(state);
}
BENCHMARK(melInversion)->Arg(10)->Arg(60)->Unit(benchmark::kMillisecond);

void griffinLimOneWindow(benchmark::State& state) {
    Stft stft(StftShape{});
    std::vector<float> magnitudes;
    stft.magnitudes(sound(), magnitudes);
    for (auto _ : state)
        benchmark::DoNotOptimize(
            griffinLim(stft, magnitudes, length(), {static_cast<int>(state.range(0)), 0.99, 1}));
    countSound(state);
}
BENCHMARK(griffinLimOneWindow)->Arg(64)->Unit(benchmark::kMillisecond);

void melSynthesis(benchmark::State& state) {
    MelAnalyzer analyzer;
    const std::vector<float> mel = fromLogMel(analyzer.analyze(sound()).values);
    for (auto _ : state)
        benchmark::DoNotOptimize(synthesizeFromMel(analyzer.bank(), mel, length(),
                                                   {.iterations = static_cast<int>(state.range(0))}));
    countSound(state);
}
BENCHMARK(melSynthesis)->Arg(0)->Arg(24)->Arg(48)->Unit(benchmark::kMillisecond);

void allMetrics(benchmark::State& state) {
    std::vector<float> other = sound();
    for (float& sample : other) sample *= 0.9F;
    for (auto _ : state) benchmark::DoNotOptimize(compareSignals(sound(), other));
    countSound(state);
}
BENCHMARK(allMetrics)->Unit(benchmark::kMillisecond);

void peakPyramid(benchmark::State& state) {
    for (auto _ : state) {
        PeakPyramid pyramid;
        pyramid.append(sound());
        pyramid.finish();
        benchmark::DoNotOptimize(pyramid);
    }
    countSound(state);
}
BENCHMARK(peakPyramid)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace smidgen
