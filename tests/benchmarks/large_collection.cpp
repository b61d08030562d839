// What a big collection costs: large_collection FOLDER FILES GIGABYTES [SOURCE] makes FILES sounds of
// GIGABYTES together (16-bit stereo WAV, loops of the sounds in SOURCE at random gains) in FOLDER/sounds
// unless they are there, scans them, prepares their features in FOLDER/cache, scans and prepares again, draws
// crops, and prints times, the size of the cache and the most memory that was resident. Delete FOLDER
// afterwards.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "engine/audio/resampler.h"
#include "engine/collections/training_data.h"

namespace smidgen {
namespace {

namespace fs = std::filesystem;

struct Clock {
    std::chrono::steady_clock::time_point wall = std::chrono::steady_clock::now();
    double cpu = cpuSeconds();

    static double cpuSeconds() {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        const auto seconds = [](const timeval& t) {
            return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
        };
        return seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }
    void print(const char* what, double soundSeconds) const {
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall).count();
        const double used = cpuSeconds() - cpu;
        std::printf("%-16s %8.1f s, %8.1f CPU-s, %6.0f s of sound per CPU-s, %5ld MiB resident at most\n",
                    what, seconds, used, used > 0 ? soundSeconds / used : 0.0, usage.ru_maxrss / 1024);
        std::fflush(stdout);
    }
};

/// 16-bit stereo WAV of `frames`, looping `source` with a gain and start of its own.
void writeLoop(const fs::path& path, const AudioBuffer& source, std::int64_t frames, Random& random) {
    const auto bytes = static_cast<std::uint32_t>(4 * frames);
    std::ofstream file(path, std::ios::binary);
    const auto put = [&](auto value) { file.write(reinterpret_cast<const char*>(&value), sizeof value); };
    file << "RIFF";
    put(36 + bytes);
    file << "WAVEfmt ";
    put(std::uint32_t{16});
    put(std::uint16_t{1});
    put(std::uint16_t{2});
    put(std::uint32_t{48000});
    put(std::uint32_t{192000});
    put(std::uint16_t{4});
    put(std::uint16_t{16});
    file << "data";
    put(bytes);
    const auto length = static_cast<std::size_t>(source.length().value);
    const double gain = random.uniform(0.1, 0.9) * 32767.0;
    std::size_t at = random.below(length);
    std::vector<std::int16_t> block;
    for (std::int64_t done = 0; done < frames;) {
        block.clear();
        for (; block.size() < 65536 && done < frames; ++done, at = (at + 1) % length)
            for (std::size_t c = 0; c < 2; ++c) {
                const auto& channel = source.channels[std::min(c, source.channels.size() - 1)];
                block.push_back(static_cast<std::int16_t>(gain * static_cast<double>(channel[at])));
            }
        file.write(reinterpret_cast<const char*>(block.data()),
                   static_cast<std::streamsize>(block.size() * 2));
    }
}

void makeSounds(const fs::path& folder, int files, double gigabytes, const fs::path& source) {
    const std::vector<fs::path> paths{source};
    const auto report = scanSounds(paths);
    if (!report || report->totals.usable == 0) std::abort();
    fs::create_directories(folder);
    Random random(1);
    const double mean = gigabytes * 1e9 / 4.0 / files;
    std::size_t next = 0;
    for (int i = 0; i < files; ++i) {
        while (!report->entries[next % report->entries.size()].usable()) ++next;
        const auto sound = readAudioAtInternalRate(report->entries[next++ % report->entries.size()].path);
        if (!sound) std::abort();
        writeLoop(folder / ("loop " + std::to_string(i) + ".wav"), *sound,
                  static_cast<std::int64_t>(mean * random.uniform(0.5, 1.5)), random);
    }
}

std::int64_t bytesIn(const fs::path& folder) {
    std::int64_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(folder))
        bytes += static_cast<std::int64_t>(entry.file_size());
    return bytes;
}

int run(const fs::path& folder, int files, double gigabytes, const fs::path& source) {
    if (!fs::exists(folder / "sounds")) makeSounds(folder / "sounds", files, gigabytes, source);
    const std::vector<fs::path> paths{folder / "sounds"};
    const Clock scanning;
    ScanOptions options;
    options.threads = 2;
    const auto report = scanSounds(paths, options);
    if (!report) return 1;
    const double seconds = report->totals.usableSeconds;
    scanning.print("scan", seconds);
    std::printf("%d files, %d usable, %.2f GB, %.1f h\n", report->totals.files, report->totals.usable,
                static_cast<double>(bytesIn(folder / "sounds")) * 1e-9, seconds / 3600.0);
    options.known = report->entries;
    const Clock again;
    if (!scanSounds(paths, options)) return 1;
    again.print("scan again", seconds);

    auto cache = FeatureCache::open(folder / "cache");
    if (!cache) return 1;
    FeatureSettings settings;
    settings.augmentation = AugmentationSettings::forDuration(seconds, report->totals.usable);
    settings.variants = AugmentationSettings::variantsFor(seconds);
    for (const char* what : {"prepare", "prepare again"}) {
        const Clock preparing;
        const auto batch = cache->prepare(report->entries, settings, 2, {}, {});
        if (!batch) {
            std::printf("%s\n", batch.error().sentence.c_str());
            return 1;
        }
        preparing.print(what, seconds * (settings.variants + 1));
        std::printf("%zu sounds, %d made, %zu failures, cache %.2f GB\n", batch->sounds.size(),
                    batch->madeNow, batch->failures.size(),
                    static_cast<double>(bytesIn(folder / "cache")) * 1e-9);
        const Clock sampling;
        const CropSampler sampler(*batch, splitSounds(*batch, {}).training, {});
        std::vector<float> crop(64 * kMelBands);
        for (std::uint64_t step = 0; step < 300; ++step)
            for (std::uint64_t slot = 0; slot < 32; ++slot)
                if (!sampler.crop(step, slot, crop)) return 1;
        sampling.print("300 batches", 0);
    }
    return 0;
}

}  // namespace
}  // namespace smidgen

int main(int count, char** arguments) {
    if (count < 4) {
        std::printf("large_collection FOLDER FILES GIGABYTES [SOURCE]\n");
        return 2;
    }
    return smidgen::run(arguments[1], std::atoi(arguments[2]), std::atof(arguments[3]),
                        count > 4 ? arguments[4] : "/usr/share/sonic-pi/samples");
}
