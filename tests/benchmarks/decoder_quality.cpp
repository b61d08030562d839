// How true each decoder is, and what it costs: decoder_quality [--seconds S] [--decoder NAME]… FILE…
// Every file is rebuilt from its own mel, on one thread. The first row, plain Griffin-Lim through one window
// with 128 steps of momentum, is what the others are measured against; rows are Markdown. Pre-echo is that
// before attacks (engine/analysis/pre_echo.h), as energy ratio averaged over files that have attacks, each
// after 0.15 s of silence. Loudness is the difference in LU (median and worst).
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "engine/analysis/griffin_lim.h"
#include "engine/analysis/mel_skeleton.h"
#include "engine/analysis/metrics.h"
#include "engine/analysis/pre_echo.h"
#include "engine/audio/audio_reader.h"
#include "engine/audio/loudness.h"
#include "engine/generation/decoder_shelf.h"
#include "models/device.h"

namespace smidgen {
namespace {

constexpr std::size_t kSilence = 7000;

double cpuSeconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// LUFS of a mono sound at 48 kHz; not finite where it is too short or silent.
double loudnessOf(const std::vector<float>& signal) {
    AudioBuffer buffer;
    buffer.rate = kSampleRate;
    buffer.channels = {signal};
    const auto loudness = measureLoudness(buffer);
    return loudness ? loudness->integratedLufs : std::numeric_limits<double>::quiet_NaN();
}

using Rebuild = std::function<std::vector<float>(const LogMel& mel, Samples samples)>;
struct Way {
    std::string name;
    Rebuild rebuild{};
    double cpu = 0;
    double echo = 0;
    int echoes = 0;
    std::vector<double> loudness{};  ///< |LU| between sound and rebuilt, of each file
    ReconstructionMetrics sum{};
};

Way griffinLimWay() {
    Way way;
    way.name = "Griffin-Lim, 128 steps";
    way.rebuild = [bank = MelBank(), stft = std::make_shared<Stft>(StftShape{})](const LogMel& mel,
                                                                                 Samples samples) {
        return griffinLim(*stft, invertMel(bank, fromLogMel(mel.values)), samples, {128, 0.99, 1});
    };
    return way;
}

Way decoderWay(const std::string& name) {
    auto decoder = makeDecoder(name, {48});
    if (!decoder) {
        std::fprintf(stderr, "%s\n", decoder.error().sentence.c_str());
        std::exit(1);
    }
    Way way;
    way.name = name;
    way.rebuild = [kept = std::shared_ptr<MelDecoder>(std::move(*decoder))](const LogMel& mel,
                                                                            Samples samples) {
        auto decoded = kept->decode({&mel, samples, 1, {}});
        return decoded ? std::move(*decoded) : std::vector<float>();
    };
    return way;
}

int run(const std::vector<std::string>& files, double seconds, std::vector<std::string> names) {
    std::vector<Way> ways;
    ways.push_back(griffinLimWay());
    if (names.empty()) {
        names.emplace_back(kGriffinLimDecoder);
        for (const std::string& identity : shippedDecoders())
            names.push_back(identity.substr(0, identity.find('-')));
    }
    for (const std::string& name : names) ways.push_back(decoderWay(name));
    MelAnalyzer analyzer;
    double total = 0;
    double count = 0;
    for (const std::string& file : files) {
        const auto buffer = readAudioAtInternalRate(file);
        if (!buffer) {
            std::fprintf(stderr, "%s\n", buffer.error().sentence.c_str());
            continue;
        }
        std::vector<float> signal = toMidSide(*buffer).mid;
        signal.resize(std::min(signal.size(), static_cast<std::size_t>(seconds * kSampleRate)));
        const LogMel mel = analyzer.analyze(signal);
        // Most sounds begin with their attack: it gets a silence to be heard after.
        std::vector<float> late(kSilence, 0.0F);
        late.insert(late.end(), signal.begin(), signal.end());
        const LogMel lateMel = analyzer.analyze(late);
        for (Way& way : ways) {
            const double start = cpuSeconds();
            const std::vector<float> rebuilt =
                way.rebuild(mel, Samples(static_cast<std::int64_t>(signal.size())));
            way.cpu += cpuSeconds() - start;
            const ReconstructionMetrics one = compareSignals(signal, rebuilt);
            way.sum.melL1 += one.melL1;
            way.sum.lsd += one.lsd;
            way.sum.lsdShort += one.lsdShort;
            way.sum.mrStft += one.mrStft;
            const double difference = std::abs(loudnessOf(rebuilt) - loudnessOf(signal));
            if (std::isfinite(difference)) way.loudness.push_back(difference);
            int attacks = 0;
            const double echo = preEchoDb(
                late, way.rebuild(lateMel, Samples(static_cast<std::int64_t>(late.size()))), &attacks);
            if (attacks == 0) continue;
            way.echo += std::isfinite(echo) ? std::pow(10.0, echo / 10.0) : 0.0;
            ++way.echoes;
        }
        total += static_cast<double>(signal.size()) / kSampleRate;
        count += 1;
    }
    std::printf("%.0f files, %.0f s; attacks in %d of them\n\n", count, total, ways.front().echoes);
    std::printf(
        "| decoder | LSD | short LSD | mel L1 | MR-STFT | pre-echo dB | LU off | × real time | × Griffin-Lim "
        "|\n");
    std::printf("|---|---|---|---|---|---|---|---|---|\n");
    for (Way& way : ways) {
        std::sort(way.loudness.begin(), way.loudness.end());
        const bool any = !way.loudness.empty();
        std::printf(
            "| %s | %.4f (%+.1f %%) | %.4f (%+.1f %%) | %.3f | %.2f | %.1f | %.2f, %.2f | %.0f | %.1f |\n",
            way.name.c_str(), way.sum.lsd / count, 100 * (way.sum.lsd / ways[0].sum.lsd - 1),
            way.sum.lsdShort / count, 100 * (way.sum.lsdShort / ways[0].sum.lsdShort - 1),
            way.sum.melL1 / count, way.sum.mrStft / count,
            10.0 * std::log10(way.echo / std::max(1, way.echoes)),
            any ? way.loudness[way.loudness.size() / 2] : 0.0, any ? way.loudness.back() : 0.0,
            total / way.cpu, ways[0].cpu / way.cpu);
    }
    return 0;
}

}  // namespace
}  // namespace smidgen

int main(int argc, char** argv) {
    smidgen::models::keepFreedMemory();
    std::vector<std::string> files, decoders;
    double seconds = 4.0;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--seconds" && i + 1 < argc)
            seconds = std::atof(argv[++i]);
        else if (word == "--decoder" && i + 1 < argc)
            decoders.emplace_back(argv[++i]);
        else
            files.push_back(word);
    }
    if (files.empty()) {
        std::fprintf(stderr, "usage: decoder_quality [--seconds S] [--decoder NAME]… FILE…\n");
        return 2;
    }
    return smidgen::run(files, seconds, decoders);
}
