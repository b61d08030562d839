// What the numbers of the vectors of one name mean.
#pragma once

#include <string>
#include <vector>

#include "storage/blocks/block_store.h"
#include "storage/geometry/space.h"

namespace smidgen::storage {

/// `name` is BlockVector::space. `chart` says how the points are written in blocks. In single precision,
/// Chart::tangent keeps hyperbolic distances to 1e-3 as far out as radius 8, and is smaller than
/// Chart::hyperboloid; Chart::ball does not reach that far.
struct VectorSpace {
    std::string name;
    Space space;
    Chart chart = Chart::tangent;

    bool operator==(const VectorSpace&) const = default;
};

/// Names a space, for all projects of the store and for good: from then on vectors of that name have to lie
/// in it. The same definition again changes nothing. Errors: invalidArgument (name), conflict (it is defined
/// otherwise, or vectors that are there do not lie in it), io.
[[nodiscard]] Status defineSpace(BlockStore& store, const VectorSpace& space);

/// In order of names. Errors: unusableInput (damaged), io.
[[nodiscard]] Result<std::vector<VectorSpace>> definedSpaces(BlockStore& store);

/// The point that a block's vector stands for. Errors: invalidArgument when it is none of that space.
[[nodiscard]] Result<PackedPoint> pointOf(const VectorSpace& space, std::span<const float> values);
/// And back.
[[nodiscard]] std::vector<float> valuesOf(const VectorSpace& space, PackedView point);

}  // namespace smidgen::storage
