// A node at every octave of resolution, sampled between octaves.
#pragma once

#include <vector>

#include "storage/wavetable/error_limit.h"
#include "storage/wavetable/node.h"

namespace smidgen::storage {

/// No side is halved below it.
inline constexpr std::uint32_t kShortestPyramidSide = 8;

/// Immutable. Octave 0 is the node itself; each further one has half the rows and columns (rounded up),
/// smoothed so that finer detail does not fold into it.
class OctavePyramid {
 public:
    /// Errors: outOfMemory.
    [[nodiscard]] static Result<OctavePyramid> build(NodePointer node);

    [[nodiscard]] std::size_t octaves() const { return m_levels.size(); }
    /// octave < octaves().
    [[nodiscard]] const NodePointer& level(std::size_t octave) const { return m_levels[octave]; }

    /// The node as it is at `octave` (clamped to 0 … octaves() − 1), at the size `shape`: a fraction blends
    /// the two neighbours. Errors: invalidArgument (shape, channels, octave not a number), outOfMemory.
    [[nodiscard]] Result<NodePointer> sample(double octave, const NodeShape& shape) const;

    /// The coarsest octave that, enlarged again, keeps to `limit`: the resolution the content needs. 0 when
    /// none does. Errors: outOfMemory.
    [[nodiscard]] Result<std::size_t> sufficientOctave(const ErrorLimit& limit) const;

 private:
    std::vector<NodePointer> m_levels;
};

}  // namespace smidgen::storage
