#include "models/code_sampling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace smidgen::models {

Status SamplingSettings::validate() const {
    const auto outside = [](double value, double low, double high) {
        return !(value >= low && value <= high);
    };
    if (outside(temperature, 0, 10))
        return failure(ErrorCode::invalidArgument, "The temperature must lie between 0 and 10.");
    if (topK < 0) return failure(ErrorCode::invalidArgument, "Top-k must be 0 (all) or more.");
    if (!(topP > 0 && topP <= 1))
        return failure(ErrorCode::invalidArgument, "Top-p must be above 0 and at most 1.");
    if (outside(guidance, 0, 10))
        return failure(ErrorCode::invalidArgument, "The guidance must lie between 0 and 10.");
    return {};
}

std::vector<double> logProbabilities(std::span<const float> logits) {
    const double most = *std::ranges::max_element(logits);
    double sum = 0;
    for (const float logit : logits) sum += std::exp(logit - most);
    const double norm = most + std::log(sum);
    std::vector<double> result;
    result.reserve(logits.size());
    for (const float logit : logits) result.push_back(logit - norm);
    return result;
}

int drawCode(std::span<const float> logits, const SamplingSettings& settings, Random& random) {
    const double draw = random.uniform();
    const auto likeliest = std::ranges::max_element(logits);
    if (settings.temperature <= 0) return static_cast<int>(likeliest - logits.begin());

    std::vector<double> weights;
    weights.reserve(logits.size());
    for (const float logit : logits)
        weights.push_back(std::exp((static_cast<double>(logit) - *likeliest) / settings.temperature));
    std::vector<int> order(logits.size());
    std::iota(order.begin(), order.end(), 0);
    const auto all = static_cast<int>(order.size());
    int kept = all;
    if (settings.topK > 0 && settings.topK < all) kept = settings.topK;
    if (kept < all || settings.topP < 1) {
        std::ranges::sort(order, [&](int a, int b) {
            const double left = weights[static_cast<std::size_t>(a)];
            const double right = weights[static_cast<std::size_t>(b)];
            return left != right ? left > right : a < b;
        });
    }
    const auto weightOf = [&](int place) {
        return weights[static_cast<std::size_t>(order[static_cast<std::size_t>(place)])];
    };
    double sum = 0;
    for (int place = 0; place < kept; ++place) sum += weightOf(place);
    if (settings.topP < 1) {
        const double wanted = settings.topP * sum;
        sum = 0;
        int place = 0;
        while (place < kept && sum < wanted) sum += weightOf(place++);
        kept = place;
    }
    double left = draw * sum;
    for (int place = 0; place < kept; ++place) {
        left -= weightOf(place);
        if (left < 0) return order[static_cast<std::size_t>(place)];
    }
    return order[static_cast<std::size_t>(kept - 1)];
}

}  // namespace smidgen::models
