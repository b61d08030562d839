#include "models/packed_matrix.h"

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

TEST(PackedMatrixTest, PackedProductEqualsTheProductInDoublePrecision) {
    for (const auto& [inputs, outputs] : {std::pair{1, 1}, std::pair{7, 64}, std::pair{40, 130}}) {
        const auto in = static_cast<std::size_t>(inputs), out = static_cast<std::size_t>(outputs);
        const auto weights = drawn(1, in * out), bias = drawn(2, out);
        const PackedMatrix matrix(inputs, outputs, weights.data(), bias.data());
        for (std::size_t rows = 1; rows <= 7; ++rows) {
            const std::size_t stride = in + 3;
            const auto x = drawn(3, rows * stride);
            const auto padded = static_cast<std::size_t>(matrix.paddedOutputs());
            std::vector<float> y(rows * padded);
            matrix.multiply(static_cast<std::int64_t>(rows), x.data(), static_cast<std::int64_t>(stride),
                            y.data());
            for (std::size_t r = 0; r < rows; ++r)
                for (std::size_t o = 0; o < out; ++o) {
                    double expected = bias[o];
                    for (std::size_t i = 0; i < in; ++i)
                        expected += static_cast<double>(x[r * stride + i]) * weights[i * out + o];
                    EXPECT_NEAR(y[r * padded + o], expected, 1e-5) << inputs << "×" << outputs;
                }
        }
    }
}

TEST(PackedMatrixTest, ManyRowsGiveTheSameBitsAndWriteNothingElse) {
    for (const std::int64_t outputs : {1, 64, 130}) {
        const std::int64_t inputs = 40, rows = 23, yStride = outputs + 5;
        const auto weights = drawn(1, static_cast<std::size_t>(inputs * outputs));
        const auto bias = drawn(2, static_cast<std::size_t>(outputs));
        const auto x = drawn(3, static_cast<std::size_t>(rows * inputs));
        const PackedMatrix matrix(inputs, outputs, weights.data(), bias.data());
        std::vector<float> one(static_cast<std::size_t>(rows * matrix.paddedOutputs()));
        std::vector<float> many(static_cast<std::size_t>(rows * yStride), 777.0F);
        matrix.multiply(rows, x.data(), inputs, one.data());
        matrix.multiplyMany(rows, x.data(), inputs, many.data(), yStride);
        for (std::int64_t r = 0; r < rows; ++r)
            for (std::int64_t o = 0; o < yStride; ++o)
                EXPECT_EQ(
                    many[static_cast<std::size_t>(r * yStride + o)],
                    o < outputs ? one[static_cast<std::size_t>(r * matrix.paddedOutputs() + o)] : 777.0F)
                    << outputs << " row " << r << " column " << o;
    }
}

TEST(PackedMatrixTest, RowsDoNotChangeEachOtherInAnyBit) {
    const auto weights = drawn(1, 40 * 130), x = drawn(2, 7 * 40);
    const PackedMatrix matrix(40, 130, weights.data(), nullptr);
    const auto padded = static_cast<std::size_t>(matrix.paddedOutputs());
    std::vector<float> together(7 * padded), alone(padded);
    matrix.multiply(7, x.data(), 40, together.data());
    for (std::size_t r = 0; r < 7; ++r) {
        matrix.multiply(1, x.data() + r * 40, 40, alone.data());
        for (std::size_t o = 0; o < 130; ++o) EXPECT_EQ(together[r * padded + o], alone[o]);
    }
}

}  // namespace
}  // namespace smidgen::models
