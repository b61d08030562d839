// Where sampling gets its nodes: a cube in memory, or one that is read piece by piece.
#pragma once

#include <optional>

#include "storage/wavetable/grid.h"
#include "storage/wavetable/node.h"

namespace smidgen::storage {

class NodeSource {
 public:
    NodeSource() = default;
    NodeSource(const NodeSource&) = delete;
    NodeSource& operator=(const NodeSource&) = delete;
    virtual ~NodeSource() = default;

    [[nodiscard]] virtual const CubeLayout& layout() const = 0;
    /// One byte a grid point by layout().indexOf: not 0 where a node lies.
    [[nodiscard]] virtual std::span<const std::uint8_t> presence() const = 0;
    /// Without reading the node; nothing where none lies.
    [[nodiscard]] virtual std::optional<NodeShape> shapeAt(const GridPoint& point) const = 0;
    /// The node, which stays valid as long as the pointer is held. May read and decode.
    /// Errors: notFound, io, unusableInput (damaged), outOfMemory.
    [[nodiscard]] virtual Result<NodePointer> load(const GridPoint& point) const = 0;
};

/// The smallest shape that no side of any node exceeds; nothing in an empty cube.
[[nodiscard]] std::optional<NodeShape> largestShape(const NodeSource& source);

}  // namespace smidgen::storage
