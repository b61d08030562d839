// Nodes and cubes the tests share.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "engine/foundation/random.h"
#include "storage/wavetable/cube.h"

namespace smidgen::storage::testing {

template <typename T>
T valueOf(Result<T> result) {
    EXPECT_TRUE(result.has_value()) << (result ? "" : result.error().sentence);
    if (!result) std::abort();
    return std::move(*result);
}

inline void expectRefused(const Error& error, ErrorCode code) {
    EXPECT_EQ(code, error.code) << error.sentence;
    EXPECT_GT(error.sentence.size(), 20U);
    EXPECT_EQ('.', error.sentence.back()) << error.sentence;
}

inline NodePointer constantNode(const NodeShape& shape, float value) {
    return valueOf(makeNode(shape, std::vector<float>(shape.count(), value)));
}

inline NodePointer noiseNode(const NodeShape& shape, std::uint64_t seed, double low = -1, double high = 1) {
    Random random(seed);
    std::vector<float> values(shape.count());
    for (float& value : values) value = static_cast<float>(random.uniform(low, high));
    return valueOf(makeNode(shape, values));
}

/// A log spectrogram of a decaying, gliding harmonic tone over noise, in dB: smooth ridges, rough floor.
inline NodePointer spectrumNode(const NodeShape& shape, std::uint64_t seed) {
    Random random(seed);
    const double pitch = random.uniform(6, 14);
    std::vector<float> values(shape.count());
    std::size_t i = 0;
    for (std::uint32_t r = 0; r < shape.rows; ++r) {
        for (std::uint32_t c = 0; c < shape.columns; ++c) {
            for (std::uint32_t channel = 0; channel < shape.channels; ++channel) {
                const double harmonic = std::cos(2 * std::numbers::pi * c / (pitch + r * 0.01));
                const double tone = 30 * harmonic - 0.3 * c - 0.1 * r;
                values[i++] = static_cast<float>(tone - 20 + 2 * random.normal() + 3 * channel);
            }
        }
    }
    return valueOf(makeNode(shape, values));
}

inline double largestDifference(std::span<const float> a, std::span<const float> b) {
    EXPECT_EQ(a.size(), b.size());
    double largest = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(a[i]) - b[i]));
    return largest;
}

}  // namespace smidgen::storage::testing
