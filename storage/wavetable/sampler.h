// Sampling between nodes: one place, many places, a plane, a path.
#pragma once

#include <unordered_map>
#include <vector>

#include "storage/wavetable/node_source.h"
#include "storage/wavetable/sample_plan.h"

namespace smidgen::storage {

/// The places of `steps` ≥ 2 samples along a polyline, at equal distances, both ends included; one step gives
/// the start. Errors: invalidArgument (no corner, no step).
[[nodiscard]] Result<std::vector<Coordinate>> alongPath(std::span<const Coordinate> corners,
                                                        std::size_t steps);

/// The places of a `across` × `down` picture of the plane where `axis` is `position`; the other two axes, in
/// their order, run down and across the whole cube. Errors: invalidArgument (axis above 2, no place).
[[nodiscard]] Result<std::vector<Coordinate>> overPlane(const CubeLayout& layout, std::uint32_t axis,
                                                        double position, std::size_t down,
                                                        std::size_t across);

/// Mixes the nodes of `source`, brought to a common shape (the largest of each side unless another is given).
/// The source must outlive it; make a new one after nodes of other sizes were added. Not thread-safe: one
/// each thread.
class Sampler {
 public:
    /// Errors: notFound (an empty cube), invalidArgument (shape).
    [[nodiscard]] static Result<Sampler> create(const NodeSource& source, SamplingOptions options = {});
    [[nodiscard]] static Result<Sampler> create(const NodeSource& source, SamplingOptions options,
                                                const NodeShape& shape);

    /// Of every result.
    [[nodiscard]] const NodeShape& shape() const { return m_shape; }

    /// Errors: invalidArgument (outside with OutsideRule::error, not a number, channels that do not mix),
    /// notFound (nothing near), and those of loading.
    [[nodiscard]] Result<NodePointer> sample(const Coordinate& coordinate);
    /// The same into shape().count() floats of the caller's.
    [[nodiscard]] Status sampleInto(const Coordinate& coordinate, std::span<float> out);
    /// One after the other into places.size() × shape().count() floats. Stops at the first error.
    [[nodiscard]] Status sampleBatch(std::span<const Coordinate> places, std::span<float> out);
    /// Row `row` only: shape().rowCount() floats.
    [[nodiscard]] Status sampleRow(const Coordinate& coordinate, std::uint32_t row, std::span<float> out);

 private:
    Sampler(const NodeSource& source, SamplingOptions options, const NodeShape& shape)
        : m_source(&source), m_options(options), m_shape(shape) {}
    [[nodiscard]] Status mix(const Coordinate& coordinate, std::size_t from, std::span<float> out);
    [[nodiscard]] Result<NodePointer> common(const GridPoint& point);

    const NodeSource* m_source;
    SamplingOptions m_options;
    NodeShape m_shape;
    /// Nodes already brought to the common shape, by their original, which is held so that it stays itself.
    struct Brought {
        NodePointer original;
        NodePointer node;
    };
    std::unordered_map<const Node*, Brought> m_brought;
    std::size_t m_broughtBytes = 0;
};

}  // namespace smidgen::storage
