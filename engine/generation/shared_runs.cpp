#include "engine/generation/shared_runs.h"

#include <algorithm>
#include <cstdint>

namespace smidgen {
namespace {

/// Each frame's first `levels` codes as one number, 16 bits each; at most four levels.
std::vector<std::uint64_t> wordsOf(const models::MelCodes& grid, int levels) {
    std::vector<std::uint64_t> words;
    const auto all = static_cast<std::size_t>(grid.levels);
    const auto used = static_cast<std::size_t>(std::clamp(levels, 1, std::min(4, grid.levels)));
    for (std::size_t at = 0; at + all <= grid.codes.size(); at += all) {
        std::uint64_t word = 0;
        for (std::size_t l = 0; l < used; ++l) word = word << 16 | grid.codes[at + l];
        words.push_back(word);
    }
    return words;
}

struct Run {
    std::int64_t changes = 0;
    std::int64_t frames = 0;
};

}  // namespace

SharedRun longestSharedRun(const models::MelCodes& take, std::span<const models::CodedSound> sources,
                           int levels, double framesPerSecond) {
    SharedRun longest;
    if (take.levels < 1) return longest;
    const auto words = wordsOf(take, levels);
    std::int64_t most = 0;
    for (const models::CodedSound& source : sources) {
        if (source.grid.levels != take.levels) continue;
        const auto others = wordsOf(source.grid, levels);
        // before[j + 1]: the run that ends at this take's frame before and the source's frame j.
        std::vector<Run> before(others.size() + 1), now(others.size() + 1);
        for (std::size_t i = 0; i < words.size(); ++i) {
            const bool changes = i == 0 || words[i] != words[i - 1];
            for (std::size_t j = 0; j < others.size(); ++j) {
                Run run;
                if (words[i] == others[j]) {
                    run = before[j];
                    if (changes || run.frames == 0) ++run.changes;
                    ++run.frames;
                    if (run.changes > most) {
                        most = run.changes;
                        longest.source = source.name;
                        longest.takeStart =
                            static_cast<double>(static_cast<std::int64_t>(i) + 1 - run.frames) /
                            framesPerSecond;
                        longest.sourceStart =
                            static_cast<double>(static_cast<std::int64_t>(j) + 1 - run.frames) /
                            framesPerSecond;
                    }
                }
                now[j + 1] = run;
            }
            std::swap(before, now);
        }
    }
    longest.seconds = static_cast<double>(most) / framesPerSecond;
    return longest;
}

}  // namespace smidgen
