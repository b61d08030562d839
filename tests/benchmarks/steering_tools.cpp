// How each tool moves each attribute: steering_tools FILE…
// Each file (its first eight seconds) goes through each tool at nine amounts from −1 to 1. Prints for each
// tool and attribute the change from the least to the middle and from the middle to the most, in standard
// deviations of the attribute over the files, and Spearman's rank correlation of the tool's own attribute;
// then the speed.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "engine/analysis/rank_correlation.h"
#include "engine/audio/audio_reader.h"
#include "engine/steering/tool_chain.h"

namespace smidgen {
namespace {

constexpr int kSteps = 9;
using Clock = std::chrono::steady_clock;

struct Sound {
    std::string name;
    AudioBuffer audio;
    Attributes attributes;
};

int run(const std::vector<std::string>& files) {
    SoundDescriber describer;
    std::vector<Sound> sounds;
    std::vector<Attributes> all;
    double seconds = 0;
    for (const std::string& file : files) {
        auto read = readAudioAtInternalRate(file);
        if (!read) continue;
        AudioBuffer mono(1, Samples(0));
        mono.channels[0] = toMidSide(*read).mid;
        const auto length = static_cast<std::size_t>(8 * kSampleRate);
        if (mono.channels[0].size() > length) mono.channels[0].resize(length);
        const Attributes attributes = describer.describe(mono.channel(0)).attributes;
        seconds += mono.duration().value;
        all.push_back(attributes);
        sounds.push_back({file.substr(file.rfind('/') + 1), std::move(mono), attributes});
    }
    if (sounds.empty()) return 1;
    std::array<double, kAttributeCount> deviation{};
    for (std::size_t a = 0; a < kAttributeCount; ++a) {
        double mean = 0, square = 0;
        for (const Attributes& each : all) {
            mean += each.values[a] / static_cast<double>(all.size());
            square += each.values[a] * each.values[a] / static_cast<double>(all.size());
        }
        deviation[a] = std::sqrt(std::max(1e-12, square - mean * mean));
    }
    std::printf("%-12s", "");
    for (const Attribute attribute : kAttributes) std::printf(" %13s", wordsFor(attribute).name.data());
    std::printf("   own rank: median, worst\n");
    for (const Attribute tool : kAttributes) {
        std::array<std::vector<double>, kAttributeCount> down, up;
        std::vector<double> ranks;
        double spent = 0, described = 0;
        for (const Sound& sound : sounds) {
            const ToolChain chain(sound.audio);
            std::array<Attributes, kSteps> found{};
            for (int s = 0; s < kSteps; ++s) {
                ToolAmounts amounts;
                amounts[tool] = (s - kSteps / 2) / (kSteps / 2.0);
                const auto start = Clock::now();
                const auto changed = chain.applyToMid(amounts);
                const auto middle = Clock::now();
                found[static_cast<std::size_t>(s)] = describer.describe(changed).attributes;
                spent += std::chrono::duration<double>(middle - start).count();
                described += std::chrono::duration<double>(Clock::now() - middle).count();
            }
            std::vector<double> own, steps;
            for (std::size_t s = 0; s < kSteps; ++s) {
                own.push_back(found[s][tool]);
                steps.push_back(static_cast<double>(s));
            }
            ranks.push_back(rankCorrelation(steps, own));
            for (std::size_t a = 0; a < kAttributeCount; ++a) {
                down[a].push_back((found[kSteps / 2].values[a] - found[0].values[a]) / deviation[a]);
                up[a].push_back((found[kSteps - 1].values[a] - found[kSteps / 2].values[a]) / deviation[a]);
            }
            if (std::getenv("DETAILS") != nullptr) {
                std::printf("    %-24s %5.2f ", sound.name.c_str(), ranks.back());
                for (const double value : own) std::printf(" %7.3f", value);
                std::printf("\n");
            }
        }
        const auto median = [](std::vector<double> values) {
            std::ranges::sort(values);
            return values[values.size() / 2];
        };
        std::printf("%-12s", wordsFor(tool).name.data());
        for (std::size_t a = 0; a < kAttributeCount; ++a)
            std::printf("  %5.2f %5.2f%s", median(down[a]), median(up[a]),
                        kAttributes[a] == tool ? "*" : " ");
        std::printf("   %.2f %.2f   tool %.0fx, describer %.0fx\n", median(ranks),
                    *std::ranges::min_element(ranks), kSteps * seconds / spent, kSteps * seconds / described);
    }
    return 0;
}

}  // namespace
}  // namespace smidgen

int main(int count, char** arguments) {
    return smidgen::run({arguments + 1, arguments + count});
}
