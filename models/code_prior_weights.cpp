#include "models/code_prior_weights.h"

#include <cmath>

namespace smidgen::models {
namespace {

constexpr double kFadeSeconds[] = {0.1, 1.0, 8.0};
constexpr float kFarthestCondition = 4.0F;

}  // namespace

Status validate(const CodePriorShape& shape) {
    struct Range {
        const char* name;
        int value, low, high;
    };
    for (const Range& range :
         {Range{"levels", shape.levels, 1, 16}, Range{"codebookSize", shape.codebookSize, 2, 8192},
          Range{"width", shape.width, 8, 2048}, Range{"layers", shape.layers, 1, 48},
          Range{"heads", shape.heads, 1, 64}, Range{"window", shape.window, 4, 8192},
          Range{"globalDims", shape.globalDims, 1, 512}})
        if (range.value < range.low || range.value > range.high)
            return failure(ErrorCode::invalidArgument, std::string("The prior's size '") + range.name +
                                                           "' must lie between " + std::to_string(range.low) +
                                                           " and " + std::to_string(range.high) + ", not " +
                                                           std::to_string(range.value) + ".");
    if (shape.width % (2 * shape.heads) != 0)
        return failure(ErrorCode::invalidArgument,
                       "The prior's size 'width' must be a multiple of twice its heads.");
    if (!(shape.framesPerSecond >= 1 && shape.framesPerSecond <= 1000))
        return failure(ErrorCode::invalidArgument,
                       "The prior's 'framesPerSecond' must lie between 1 and 1000.");
    return {};
}

void positionFeatures(const CodePriorShape& shape, std::int64_t frame, std::int64_t frames, float* out) {
    const double age = static_cast<double>(frame) / shape.framesPerSecond;
    const double left = static_cast<double>(frames - 1 - frame) / shape.framesPerSecond;
    for (const double fade : kFadeSeconds) {
        *out++ = static_cast<float>(std::exp(-std::max(0.0, age) / fade));
        *out++ = static_cast<float>(std::exp(-std::max(0.0, left) / fade));
    }
}

void conditionFeatures(const CodePriorShape& shape, const ConditionScale& scale,
                       const SoundConditions& conditions, float* values, float* present) {
    const auto globals = static_cast<std::size_t>(shape.globalDims);
    const auto put = [&](const std::vector<float>& given, std::size_t first, std::size_t count) {
        const bool there = given.size() == count;
        for (std::size_t i = 0; i < count; ++i) {
            const float value = there ? (given[i] - scale.mean[first + i]) / scale.scale[first + i] : 0.0F;
            values[first + i] = std::clamp(value, -kFarthestCondition, kFarthestCondition);
        }
        return there ? 1.0F : 0.0F;
    };
    present[0] = put(conditions.descriptors, 0, kDescriptors);
    present[1] = put(conditions.global, kDescriptors, globals);
    present[2] = 1.0F;
}

}  // namespace smidgen::models
