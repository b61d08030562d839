#include "models/adam_w.h"

#include <algorithm>
#include <cmath>

namespace smidgen::models {
namespace {

constexpr double kFirstDecay = 0.8;
constexpr double kSecondDecay = 0.99;
constexpr double kEpsilon = 1e-8;
/// Values per pass on the CPU: the buffers of one pass stay in the second-level cache.
constexpr std::int64_t kCachedLength = 32768;

}  // namespace

void AdamW::update(const at::Tensor& weights, const at::Tensor& gradient, const at::Tensor& average,
                   std::int64_t decayed, const AdamWStep& step) {
    const at::NoGradGuard noGradients;
    ++updates;
    const double firstBias = 1.0 - std::pow(kFirstDecay, static_cast<double>(updates));
    const double secondBias = 1.0 - std::pow(kSecondDecay, static_cast<double>(updates));
    const std::int64_t length = weights.numel();
    const std::int64_t atOnce = weights.device().is_cpu() ? kCachedLength : length;
    at::Tensor scratch = at::empty({std::min(atOnce, length)}, weights.options());
    for (std::int64_t start = 0; start < length;) {
        const bool decays = start < decayed;
        const std::int64_t end = std::min(start + atOnce, decays ? decayed : length);
        const auto part = [&](const at::Tensor& all) { return all.narrow(0, start, end - start); };
        const at::Tensor w = part(weights), g = part(gradient), m = part(first), v = part(second);
        at::Tensor root = scratch.narrow(0, 0, end - start);
        at::mul_out(root, g, at::scalar_tensor(step.gradientScale, g.options()));
        m.mul_(kFirstDecay).add_(root, 1.0 - kFirstDecay);
        v.mul_(kSecondDecay).addcmul_(root, root, 1.0 - kSecondDecay);
        at::sqrt_out(root, v);
        root.mul_(1.0 / std::sqrt(secondBias)).add_(kEpsilon);
        if (decays) w.mul_(1.0 - step.learningRate * step.weightDecay);
        w.addcdiv_(m, root, -step.learningRate / firstBias);
        part(average).lerp_(w, 1.0 - step.averageDecay);
        start = end;
    }
}

}  // namespace smidgen::models
