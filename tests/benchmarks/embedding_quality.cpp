// How well sounds find their like: embedding_quality [--scales] FILE…
// A file's kind is its folder and what stands before the first underscore, dash or digit of its name. Every
// file searches all others; prints, for each kind of three and more, the mean average precision and the share
// of first hits of the same kind. --scales prints each number's mean and deviation, for
// engine/analysis/sound_embedding.cpp.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/analysis/sound_embedding.h"
#include "engine/audio/audio_reader.h"

namespace smidgen {
namespace {

struct Sound {
    std::string kind;
    SoundEmbedding numbers, place;
};

std::string kindOf(const std::filesystem::path& file) {
    const std::string name = file.stem().string();
    const auto isName = [](unsigned char c) { return std::isalpha(c) != 0; };
    const auto end = std::find_if_not(name.begin(), name.end(), isName);
    return file.parent_path().filename().string() + "/" + std::string(name.begin(), end);
}

void printScales(const std::vector<Sound>& sounds) {
    for (std::size_t i = 0; i < kSoundDims; ++i) {
        double mean = 0, square = 0;
        for (const Sound& sound : sounds) mean += static_cast<double>(sound.numbers[i]) / sounds.size();
        for (const Sound& sound : sounds)
            square +=
                (sound.numbers[i] - mean) * (sound.numbers[i] - mean) / static_cast<double>(sounds.size());
        std::printf("{%.4gF, %.4gF},\n", mean, std::sqrt(square));
    }
}

double distance(const SoundEmbedding& a, const SoundEmbedding& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

struct Score {
    double precision = 0, first = 0;
    int count = 0;
};

void printSearches(const std::vector<Sound>& sounds) {
    std::map<std::string, int> sizes;
    for (const Sound& sound : sounds) ++sizes[sound.kind];
    std::map<std::string, Score> scores;
    for (const Sound& asked : sounds) {
        if (sizes[asked.kind] < 3) continue;
        std::vector<const Sound*> others;
        for (const Sound& other : sounds)
            if (&other != &asked) others.push_back(&other);
        std::ranges::stable_sort(others, {}, [&](const Sound* s) { return distance(s->place, asked.place); });
        double precision = 0;
        int found = 0;
        for (std::size_t i = 0; i < others.size(); ++i)
            if (others[i]->kind == asked.kind) precision += ++found / (static_cast<double>(i) + 1);
        Score& score = scores[asked.kind];
        score.precision += precision / (sizes[asked.kind] - 1);
        score.first += others.front()->kind == asked.kind ? 1 : 0;
        ++score.count;
    }
    Score all;
    for (const auto& [kind, score] : scores) {
        std::printf("%-28s %3d sounds  average precision %.2f  first %.2f\n", kind.c_str(), score.count,
                    score.precision / score.count, score.first / score.count);
        all.precision += score.precision / score.count;
        all.first += score.first / score.count;
        ++all.count;
    }
    std::printf("%-28s %3d kinds   average precision %.3f  first %.3f\n", "mean", all.count,
                all.precision / all.count, all.first / all.count);
}

int run(const std::vector<std::string>& arguments) {
    const bool scales = !arguments.empty() && arguments[0] == "--scales";
    std::vector<Sound> sounds;
    MelAnalyzer analyzer;
    for (std::size_t i = scales ? 1 : 0; i < arguments.size(); ++i) {
        const auto audio = readAudioAtInternalRate(arguments[i]);
        if (!audio) {
            std::fprintf(stderr, "%s\n", audio.error().sentence.c_str());
            continue;
        }
        const LogMel mel = analyzer.analyze(toMidSide(*audio).mid);
        sounds.push_back({kindOf(arguments[i]), describeSound(mel), embedSound(mel)});
    }
    if (scales)
        printScales(sounds);
    else
        printSearches(sounds);
    return 0;
}

}  // namespace
}  // namespace smidgen

int main(int count, char** arguments) {
    return smidgen::run({arguments + 1, arguments + count});
}
