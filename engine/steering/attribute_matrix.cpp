#include "engine/steering/attribute_matrix.h"

#include <algorithm>
#include <cmath>

namespace smidgen {

AttributeRow solvePositive(AttributeMatrix matrix, AttributeRow right) {
    constexpr double kLeastPivot = 1e-12;
    for (std::size_t i = 0; i < kAttributeCount; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = matrix[i][j];
            for (std::size_t k = 0; k < j; ++k) sum -= matrix[i][k] * matrix[j][k];
            matrix[i][j] = i == j ? std::sqrt(std::max(sum, kLeastPivot)) : sum / matrix[j][j];
        }
    for (std::size_t i = 0; i < kAttributeCount; ++i) {
        for (std::size_t k = 0; k < i; ++k) right[i] -= matrix[i][k] * right[k];
        right[i] /= matrix[i][i];
    }
    for (std::size_t i = kAttributeCount; i-- > 0;) {
        for (std::size_t k = i + 1; k < kAttributeCount; ++k) right[i] -= matrix[k][i] * right[k];
        right[i] /= matrix[i][i];
    }
    return right;
}

}  // namespace smidgen
