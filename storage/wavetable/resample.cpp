#include "storage/wavetable/resample.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace smidgen::storage {
namespace {

/// What each position of one axis is summed from.
struct AxisFilter {
    std::vector<std::uint32_t> first;  ///< of each position: its first source position
    std::vector<std::uint32_t> start;  ///< of each position: its first weight; one entry more than positions
    std::vector<float> weights;
};

/// A tent of half-width max(1, from/to) source positions around each position's place.
AxisFilter axisFilter(std::uint32_t from, std::uint32_t to) {
    AxisFilter filter;
    const double step = static_cast<double>(from) / to;
    const double reach = std::max(1.0, step);
    for (std::uint32_t i = 0; i < to; ++i) {
        const double centre = std::clamp((i + 0.5) * step - 0.5, 0.0, from - 1.0);
        const auto low = static_cast<std::uint32_t>(std::max(0.0, std::ceil(centre - reach)));
        const auto high = static_cast<std::uint32_t>(std::min(from - 1.0, std::floor(centre + reach)));
        filter.first.push_back(low);
        filter.start.push_back(static_cast<std::uint32_t>(filter.weights.size()));
        double total = 0;
        for (std::uint32_t j = low; j <= high; ++j) total += reach - std::abs(j - centre);
        for (std::uint32_t j = low; j <= high; ++j)
            filter.weights.push_back(static_cast<float>((reach - std::abs(j - centre)) / total));
    }
    filter.start.push_back(static_cast<std::uint32_t>(filter.weights.size()));
    return filter;
}

/// Each row of `in` (from columns) to a row of `out`.
void filterColumns(const AxisFilter& filter, const float* in, std::uint32_t from, float* out,
                   std::uint32_t to, std::size_t rows, std::uint32_t channels) {
    for (std::size_t r = 0; r < rows; ++r) {
        const float* source = in + r * from * channels;
        float* target = out + r * to * channels;
        for (std::uint32_t i = 0; i < to; ++i) {
            const std::uint32_t taps = filter.start[i + 1] - filter.start[i];
            for (std::uint32_t c = 0; c < channels; ++c) {
                float sum = 0;
                for (std::uint32_t j = 0; j < taps; ++j)
                    sum += filter.weights[filter.start[i] + j] *
                           source[(std::size_t{filter.first[i]} + j) * channels + c];
                target[std::size_t{i} * channels + c] = sum;
            }
        }
    }
}

void filterRows(const AxisFilter& filter, const float* in, float* out, std::uint32_t to,
                std::size_t rowCount) {
    for (std::uint32_t i = 0; i < to; ++i) {
        float* target = out + i * rowCount;
        std::fill(target, target + rowCount, 0.0F);
        for (std::uint32_t j = filter.start[i]; j < filter.start[i + 1]; ++j) {
            const float* source = in + (filter.first[i] + (j - filter.start[i])) * rowCount;
            const float weight = filter.weights[j];
            for (std::size_t k = 0; k < rowCount; ++k) target[k] += weight * source[k];
        }
    }
}

Result<NodePointer> withChannels(const NodePointer& node, std::uint32_t channels) {
    if (node->shape.channels == channels) return node;
    if (node->shape.channels != 1)
        return failure(ErrorCode::invalidArgument, "A sound of " + std::to_string(node->shape.channels) +
                                                       " channels cannot be mixed with one of " +
                                                       std::to_string(channels) +
                                                       ". Only one channel can stand in for several.");
    const NodeShape shape{node->shape.rows, node->shape.columns, channels};
    if (auto checked = checkShape(shape); !checked) return propagate(checked);
    auto values = allocateFloats(shape.count());
    if (!values) return outOfMemory(shape.bytes());
    for (std::size_t i = 0; i < node->shape.count(); ++i)
        std::fill_n(values.get() + i * channels, channels, node->values[i]);
    return std::make_shared<const Node>(Node{shape, std::move(values), node->metadata});
}

}  // namespace

Result<NodePointer> resampled(const NodePointer& node, const NodeShape& shape) {
    if (node->shape == shape) return node;
    if (auto checked = checkShape(shape); !checked) return propagate(checked);
    auto source = withChannels(node, shape.channels);
    if (!source) return source;
    if ((*source)->shape == shape) return source;
    const NodeShape from = (*source)->shape;
    const NodeShape between{from.rows, shape.columns, shape.channels};
    auto wide = allocateFloats(between.count());
    auto values = allocateFloats(shape.count());
    if (!wide || !values) return outOfMemory(between.bytes() + shape.bytes());
    if (from.columns == shape.columns) {
        std::copy_n((*source)->values.get(), from.count(), wide.get());
    } else {
        filterColumns(axisFilter(from.columns, shape.columns), (*source)->values.get(), from.columns,
                      wide.get(), shape.columns, from.rows, shape.channels);
    }
    if (from.rows == shape.rows) {
        std::swap(wide, values);
    } else {
        filterRows(axisFilter(from.rows, shape.rows), wide.get(), values.get(), shape.rows, shape.rowCount());
    }
    return std::make_shared<const Node>(Node{shape, std::move(values), node->metadata});
}

Result<NodePointer> thumbnail(const NodePointer& node, std::uint32_t longestSide) {
    if (longestSide < 1) return failure(ErrorCode::invalidArgument, "A picture needs a side of at least 1.");
    const NodeShape& from = node->shape;
    const double factor = std::min(1.0, static_cast<double>(longestSide) / std::max(from.rows, from.columns));
    const auto side = [factor](std::uint32_t n) {
        return std::max<std::uint32_t>(1, static_cast<std::uint32_t>(std::lround(n * factor)));
    };
    auto small = resampled(node, {side(from.rows), side(from.columns), from.channels});
    if (!small) return small;
    const NodeShape shape{(*small)->shape.rows, (*small)->shape.columns, 1};
    auto values = allocateFloats(shape.count());
    if (!values) return outOfMemory(shape.bytes());
    for (std::size_t i = 0; i < shape.count(); ++i) {
        float sum = 0;
        for (std::uint32_t c = 0; c < from.channels; ++c) sum += (*small)->values[i * from.channels + c];
        values[i] = sum / static_cast<float>(from.channels);
    }
    return std::make_shared<const Node>(Node{shape, std::move(values), node->metadata});
}

}  // namespace smidgen::storage
