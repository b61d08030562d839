// The cube in memory: nodes on a 3-D grid, sparse (each node of its own size) or dense (one size, one block).
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "storage/wavetable/node_source.h"

namespace smidgen::storage {

/// One thread changes it; many may read while none does. Nodes that were handed out stay as they were when
/// their place is given to another.
class Cube final : public NodeSource {
 public:
    /// An empty sparse cube. Errors: checkLayout's.
    [[nodiscard]] static Result<std::unique_ptr<Cube>> sparse(CubeLayout layout);
    /// A cube whose nodes all have `shape` and lie one after the other in memory, x slowest. `fill` writes
    /// the shape.count() values of each. Errors: checkLayout's and checkShape's, outOfMemory.
    using Fill = std::function<void(const GridPoint&, std::span<float>)>;
    [[nodiscard]] static Result<std::unique_ptr<Cube>> dense(CubeLayout layout, const NodeShape& shape,
                                                             const Fill& fill);

    /// Puts `node` in its place, or another's. Errors: invalidArgument (outside, no node, no values).
    [[nodiscard]] Status set(const GridPoint& point, NodePointer node);
    /// Errors: invalidArgument (outside), notFound (nothing lies there).
    [[nodiscard]] Status erase(const GridPoint& point);
    /// Errors: checkLayout's for the names.
    [[nodiscard]] Status nameAxes(std::array<std::string, 3> axes);

    [[nodiscard]] const CubeLayout& layout() const override { return m_layout; }
    [[nodiscard]] std::span<const std::uint8_t> presence() const override { return m_presence; }
    [[nodiscard]] std::optional<NodeShape> shapeAt(const GridPoint& point) const override;
    [[nodiscard]] Result<NodePointer> load(const GridPoint& point) const override;

    [[nodiscard]] std::size_t nodeCount() const;
    /// Bytes of all values.
    [[nodiscard]] std::size_t bytes() const;

 private:
    explicit Cube(CubeLayout layout);
    [[nodiscard]] const NodePointer* find(const GridPoint& point) const;

    CubeLayout m_layout;
    std::vector<std::uint8_t> m_presence;
    bool m_isDense = false;
    std::vector<NodePointer> m_byIndex;           ///< of a dense cube
    std::map<std::size_t, NodePointer> m_sparse;  ///< of a sparse one, by index
};

}  // namespace smidgen::storage
