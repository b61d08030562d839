// evaluate --sliders: whether the sliders do what they say.
#pragma once

#include <string>
#include <vector>

#include "app/cli/commands.h"

namespace smidgen::cli {

struct SliderJudgement {
    std::string model;
    std::vector<std::string> sliders;  ///< empty: all
    int positions = 9, seeds = 16;
    double duration = 4;
    std::uint64_t seed = 1;
    bool prior = false, withoutTools = false;
};

void addSliderJudgementOptions(CLI::App& command, SliderJudgement& judgement);

[[nodiscard]] Status evaluateSliders(Session& session, const SliderJudgement& judgement);

/// The names of the sliders, in their order.
[[nodiscard]] std::vector<std::string> sliderNames();

}  // namespace smidgen::cli
