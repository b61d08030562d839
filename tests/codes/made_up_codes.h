// Small documents and a space of codes that can be worked out by hand.
#pragma once

#include <cmath>
#include <numbers>

#include "engine/codes/code_document.h"
#include "engine/codes/code_selection.h"
#include "engine/codes/code_space.h"
#include "engine/foundation/random.h"

namespace smidgen::testing {

inline constexpr int kLevels = 3;
inline constexpr int kCodes = 8;

/// `channels` × `frames` × 3 levels of 8 codes, drawn.
inline CodeDocument madeUpDocument(std::uint64_t seed, int frames = 20, int channels = 2) {
    Random random(seed);
    SoundCodes codes;
    codes.modelId = "model";
    codes.codebookSize = kCodes;
    codes.length = Samples(frames * 1024);
    for (int channel = 0; channel < channels; ++channel) {
        models::MelCodes part;
        part.levels = kLevels;
        for (int i = 0; i < frames * kLevels; ++i)
            part.codes.push_back(static_cast<std::uint16_t>(random.below(kCodes)));
        part.g = {0.5F, -1};
        codes.parts.push_back(part);
    }
    CodeDocument document = makeCodeDocument(codes, 46.875);
    document.name = "made up";
    return document;
}

/// Every level the same: code k lies at k / 8 of a turn on the unit circle, and adds 10 · that to z.
inline CodeSpace circleSpace() {
    std::vector<float> words, vectors;
    for (int code = 0; code < kCodes; ++code) {
        const double angle = 2 * std::numbers::pi * code / kCodes;
        for (const double value : {std::cos(angle), std::sin(angle)}) {
            words.push_back(static_cast<float>(value));
            vectors.push_back(static_cast<float>(10 * value));
        }
    }
    return CodeSpace({words, words, words}, 2, {vectors, vectors, vectors}, 2);
}

inline std::vector<CodeCell> cellsOf(const CodeDocument& document, const CodeRegion& region) {
    CodeSelection selection(document, region.channel);
    selection.add(region);
    return selection.cells();
}

}  // namespace smidgen::testing
