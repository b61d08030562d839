#include "storage/wavetable/octave_pyramid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "storage/wavetable/blend_loops.h"
#include "storage/wavetable/resample.h"

namespace smidgen::storage {
namespace {

std::uint32_t halved(std::uint32_t side) {
    return side > kShortestPyramidSide ? std::max(kShortestPyramidSide, (side + 1) / 2) : side;
}

}  // namespace

Result<OctavePyramid> OctavePyramid::build(NodePointer node) {
    OctavePyramid pyramid;
    pyramid.m_levels.push_back(std::move(node));
    for (;;) {
        const NodePointer& finest = pyramid.m_levels.back();
        const NodeShape shape{halved(finest->shape.rows), halved(finest->shape.columns),
                              finest->shape.channels};
        if (shape == finest->shape) return pyramid;
        auto coarser = resampled(finest, shape);
        if (!coarser) return propagate(coarser);
        pyramid.m_levels.push_back(std::move(*coarser));
    }
}

Result<NodePointer> OctavePyramid::sample(double octave, const NodeShape& shape) const {
    if (!std::isfinite(octave))
        return failure(ErrorCode::invalidArgument, "The octave of resolution asked for is not a number.");
    const double place = std::clamp(octave, 0.0, static_cast<double>(m_levels.size() - 1));
    const auto finer = static_cast<std::size_t>(place);
    const auto share = static_cast<float>(place - static_cast<double>(finer));
    auto fine = resampled(m_levels[finer], shape);
    if (!fine || share == 0.0F) return fine;
    auto coarse = resampled(m_levels[finer + 1], shape);
    if (!coarse) return coarse;
    auto values = allocateFloats(shape.count());
    if (!values) return outOfMemory(shape.bytes());
    const std::array<const float*, 2> inputs{(*fine)->values.get(), (*coarse)->values.get()};
    const std::array<float, 2> weights{1.0F - share, share};
    blend(values.get(), inputs.data(), weights.data(), inputs.size(), shape.count());
    return std::make_shared<const Node>(Node{shape, std::move(values), m_levels[0]->metadata});
}

Result<std::size_t> OctavePyramid::sufficientOctave(const ErrorLimit& limit) const {
    for (std::size_t octave = m_levels.size() - 1; octave > 0; --octave) {
        auto enlarged = resampled(m_levels[octave], m_levels[0]->shape);
        if (!enlarged) return propagate(enlarged);
        if (measureError(m_levels[0]->floats(), (*enlarged)->floats()).within(limit)) return octave;
    }
    return std::size_t{0};
}

}  // namespace smidgen::storage
