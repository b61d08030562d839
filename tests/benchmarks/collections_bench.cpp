// Seconds of sound per second of CPU, and what a batch of crops costs: cmake -DSMIDGEN_BENCHMARKS=ON …,
// ninja benchmark_collections, bin/benchmark_collections.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <numbers>
#include <vector>

#include "engine/audio/audio_writer.h"
#include "engine/collections/fingerprint.h"
#include "engine/collections/training_data.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

constexpr int kSeconds = 20;

/// A glide in noise: every frame differs.
const std::vector<float>& sound() {
    static const std::vector<float> signal = [] {
        std::vector<float> x(static_cast<std::size_t>(kSeconds) * kSampleRate);
        Random random(1);
        double phase = 0;
        for (std::size_t n = 0; n < x.size(); ++n) {
            phase += 2.0 * std::numbers::pi * (200.0 + 0.001 * static_cast<double>(n)) / kSampleRate;
            x[n] = static_cast<float>(0.3 * std::sin(phase) + 0.05 * random.uniform(-1, 1));
        }
        return x;
    }();
    return signal;
}

void countSound(benchmark::State& state, double seconds) {
    state.counters["sound_s_per_cpu_s"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * seconds, benchmark::Counter::kIsRate);
}

void render(benchmark::State& state, const AugmentationAmounts& amounts) {
    MelAnalyzer analyzer;
    std::vector<float> row(kMelBands);
    for (auto _ : state) {
        const std::vector<float> changed = augmentSignal(sound(), amounts);
        const double hop = featureHop(amounts);
        for (double centre = 0; centre <= static_cast<double>(changed.size()); centre += hop)
            analyzer.analyzeFrame(changed, std::llround(centre), analyzer.bank(), row);
        benchmark::DoNotOptimize(row.data());
    }
    countSound(state, kSeconds);
}

void pitchStretchAndFeatures(benchmark::State& state) {
    AugmentationAmounts amounts;
    amounts.pitchSemitones = 1.37;
    amounts.stretch = 1.07;
    render(state, amounts);
}
BENCHMARK(pitchStretchAndFeatures)->Unit(benchmark::kMillisecond);

void everythingAndFeatures(benchmark::State& state) {
    AugmentationAmounts amounts;
    amounts.pitchSemitones = -1.37;
    amounts.stretch = 0.94;
    amounts.noiseSnrDb = 20;
    amounts.gainDb = -3;
    amounts.flipPolarity = true;
    amounts.allPassHz = 1000;
    amounts.roomSeconds = 0.5;
    amounts.tiltDbPerOctave = 1;
    render(state, amounts);
}
BENCHMARK(everythingAndFeatures)->Unit(benchmark::kMillisecond);

void fingerprint(benchmark::State& state) {
    for (auto _ : state) {
        FingerprintBuilder builder(kSampleRate, Samples(static_cast<std::int64_t>(sound().size())));
        builder.append(sound());
        benchmark::DoNotOptimize(builder.finish());
    }
    countSound(state, kSeconds);
}
BENCHMARK(fingerprint)->Unit(benchmark::kMillisecond);

/// Forty sounds in a folder of their own, gone at the end.
class Prepared {
 public:
    Prepared() : m_folder(fs::temp_directory_path() / ("smidgen-bench-" + std::to_string(::getpid()))) {
        fs::create_directories(m_folder / "sounds");
        for (std::size_t i = 0; i < 40; ++i) {
            AudioBuffer buffer;
            const auto from = sound().begin() + static_cast<std::ptrdiff_t>(i * 20000);
            buffer.channels.assign(2, std::vector<float>(from, from + 96000));
            buffer.channels[1][5000] += 0.5F;
            WriteOptions options;
            if (!writeAudio(buffer, m_folder / "sounds" / (std::to_string(i) + ".wav"), options))
                std::abort();
        }
        const std::vector<fs::path> paths{m_folder / "sounds"};
        report = *scanSounds(paths);
    }
    ~Prepared() { fs::remove_all(m_folder); }
    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;
    [[nodiscard]] FeatureCache::Batch batch(const FeatureSettings& settings, const char* name) const {
        auto cache = *FeatureCache::open(m_folder / name, 0);
        return *cache.prepare(report.entries, settings, 1, {}, {});
    }
    ScanReport report;

 private:
    fs::path m_folder;
};

const Prepared& prepared() {
    static const Prepared sounds;
    return sounds;
}

/// Read, decode, mid and side, 13 renderings of each, written to the cache.
void prepareTwelveVariants(benchmark::State& state) {
    FeatureSettings settings;
    settings.variants = 12;
    double seconds = 0;
    for (auto _ : state) {
        settings.seed += 1;
        const auto batch = prepared().batch(settings, "made");
        for (const SoundFeatures& features : batch.sounds)
            for (int c = 0; c < features.channels(); ++c)
                seconds += 13 * static_cast<double>(features.frames(c, 0).value) * 512 / kSampleRate;
    }
    state.counters["renderings_s_per_cpu_s"] = benchmark::Counter(seconds, benchmark::Counter::kIsRate);
}
BENCHMARK(prepareTwelveVariants)->Unit(benchmark::kMillisecond);

void batchOf32Crops(benchmark::State& state) {
    FeatureSettings settings;
    settings.variants = 12;
    const auto batch = prepared().batch(settings, "crops");
    CropSettings crops;
    crops.mixupProbability = static_cast<double>(state.range(0)) / 100.0;
    crops.gainLowDb = -9;
    crops.gainHighDb = 3;
    const CropSampler sampler(batch, splitSounds(batch, {}).training, crops);
    std::vector<float> out(64 * kMelBands);
    std::uint64_t step = 0;
    for (auto _ : state) {
        for (std::uint64_t slot = 0; slot < 32; ++slot)
            if (!sampler.crop(step, slot, out)) state.SkipWithError("crop");
        ++step;
    }
}
BENCHMARK(batchOf32Crops)->Arg(0)->Arg(10)->Arg(100)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace smidgen
