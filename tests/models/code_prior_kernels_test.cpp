#include "models/code_prior_kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "engine/foundation/random.h"

namespace smidgen::models {
namespace {

std::vector<float> drawn(std::uint64_t seed, std::size_t count) {
    Random random(seed);
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(random.normal());
    return values;
}

TEST(CodePriorKernelsTest, AttentionIsTheSoftmaxMeanOverAllSpans) {
    constexpr std::int64_t kHeads = 2, kHead = 6, kCapacity = 9;
    const auto query = drawn(1, kHeads * kHead);
    const auto keysA = drawn(2, kHeads * kHead * kCapacity), valuesA = drawn(3, keysA.size());
    const auto keysB = drawn(4, kHeads * kHead * kCapacity), valuesB = drawn(5, keysB.size());
    const std::vector<AttendedSpan> spans{{keysA.data(), valuesA.data(), kCapacity, 0, kCapacity},
                                          {keysB.data(), valuesB.data(), kCapacity, 2, 5}};
    std::vector<float> scores(kCapacity + 5), out(kHeads * kHead);
    attend(kHeads, kHead, query.data(), spans, scores.data(), out.data());
    for (std::int64_t h = 0; h < kHeads; ++h) {
        double sum = 0;
        std::vector<double> mean(kHead);
        for (const AttendedSpan& span : spans)
            for (std::int64_t j = span.first; j < span.first + span.count; ++j) {
                double score = 0;
                for (std::int64_t d = 0; d < kHead; ++d)
                    score += static_cast<double>(query[static_cast<std::size_t>(h * kHead + d)]) *
                             span.keys[(h * kHead + d) * kCapacity + j];
                const double weight = std::exp(score);
                sum += weight;
                for (std::int64_t d = 0; d < kHead; ++d)
                    mean[static_cast<std::size_t>(d)] +=
                        weight * span.values[(h * kCapacity + j) * kHead + d];
            }
        for (std::int64_t d = 0; d < kHead; ++d)
            EXPECT_NEAR(out[static_cast<std::size_t>(h * kHead + d)], mean[static_cast<std::size_t>(d)] / sum,
                        1e-5);
    }
}

TEST(CodePriorKernelsTest, TurningKeepsLengthsAndLeavesOnlyTheDistanceInProducts) {
    // The product of a query turned to time a and a key turned to time b depends on a − b alone.
    constexpr std::int64_t kHalf = 3;
    const auto query = drawn(1, 2 * kHalf), key = drawn(2, 2 * kHalf);
    const auto turned = [&](const std::vector<float>& x, double time) {
        std::vector<float> cosine, sine, result = x;
        for (std::int64_t i = 0; i < kHalf; ++i) {
            cosine.push_back(static_cast<float>(std::cos(time * (1.0 + static_cast<double>(i)))));
            sine.push_back(static_cast<float>(std::sin(time * (1.0 + static_cast<double>(i)))));
        }
        rotateHeads(1, kHalf, cosine.data(), sine.data(), result.data());
        return result;
    };
    const auto product = [](const std::vector<float>& a, const std::vector<float>& b) {
        double sum = 0;
        for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
        return sum;
    };
    EXPECT_NEAR(product(turned(query, 2.0), turned(query, 2.0)), product(query, query), 1e-5);
    EXPECT_NEAR(product(turned(query, 5.0), turned(key, 3.0)), product(turned(query, 2.0), key), 1e-5);
    EXPECT_NEAR(product(turned(query, 5.0), turned(key, 3.0)), product(turned(query, 1.0), turned(key, -1.0)),
                1e-5);
}

}  // namespace
}  // namespace smidgen::models
