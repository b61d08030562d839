// A tree drawn in the Poincaré disc: every node has as much room around it as its parent, and the map can be
// moved so that any node is the middle. Pure functions.
#pragma once

#include <complex>
#include <vector>

#include "storage/geometry/hierarchy.h"

namespace smidgen::storage {

/// |point| < 1.
using DiscPoint = std::complex<double>;

/// Sarkar's construction (2011): the root in the middle; each node is moved to the middle, its children are
/// put around it at `edge` (hyperbolic length), evenly between themselves and the parent, and it is moved
/// back. A node for each of the hierarchy's, in its order. The deepest leaf lies depth × edge from the
/// middle. From edges of ln 3 on, the branches of a binary tree lie in half planes that do not meet: no two
/// edges cross. Errors: invalidArgument (edge not positive, a join that names a node not before it or one
/// already joined, a tree so deep that its leaves would fall on the rim in double).
[[nodiscard]] Result<std::vector<DiscPoint>> layOutHierarchy(const Hierarchy& hierarchy, double edge);

/// The longest edge ≤ `wanted` with which the deepest leaf of the hierarchy keeps off the rim; 0 for what is
/// no tree.
[[nodiscard]] double edgeThatFits(const Hierarchy& hierarchy, double wanted);

[[nodiscard]] double discDistance(DiscPoint a, DiscPoint b);
/// Möbius translation: moves the middle of the disc to `shift`, every distance kept.
[[nodiscard]] DiscPoint translated(DiscPoint point, DiscPoint shift);
/// The translation that undoes `shift`: brings that place to the middle.
[[nodiscard]] inline DiscPoint reversed(DiscPoint shift) {
    return -shift;
}
/// The isometry that carries `from` (the place grasped) to `to` (where the hand went) along the geodesic
/// between them, without turning about it: applied to each point of the map while it is dragged.
class DiscPan {
 public:
    DiscPan(DiscPoint from, DiscPoint to);
    [[nodiscard]] DiscPoint operator()(DiscPoint point) const;

 private:
    // p → (a·p + b)/(b̄·p + ā)
    DiscPoint m_a;
    DiscPoint m_b;
};

/// The point a fraction t of the way from a to b along the geodesic, for drawing edges as arcs.
[[nodiscard]] DiscPoint discGeodesic(DiscPoint a, DiscPoint b, double t);

}  // namespace smidgen::storage
