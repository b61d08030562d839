// A cube with some nodes put, others taken away; the rest stays where it lies.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "storage/wavetable/node_storage.h"

namespace smidgen::storage {

/// One thread changes it; many may read while none does. Nothing of the cube beneath is read before it is
/// asked for, so that a few nodes of a cube larger than memory can be changed.
class EditedCube final : public NodeStorage {
 public:
    explicit EditedCube(std::shared_ptr<const NodeStorage> base);

    /// Puts a stream in its place, or another's. Errors: checkPoint's, readStreamHeader's.
    [[nodiscard]] Status set(const GridPoint& point, Bytes stream);
    /// Errors: invalidArgument (outside), notFound (nothing lies there).
    [[nodiscard]] Status erase(const GridPoint& point);

    /// Errors: checkLayout's; then they stay what they were.
    [[nodiscard]] Status nameAxes(const std::array<std::string, 3>& axes);

    [[nodiscard]] const CubeLayout& layout() const override { return m_layout; }
    [[nodiscard]] std::span<const StoredNode> nodes() const override { return m_nodes; }
    [[nodiscard]] Result<Bytes> read(std::size_t number) const override;

 private:
    /// Where the stream of a node is: in the cube beneath, or here.
    struct Source {
        std::size_t number = 0;
        std::shared_ptr<const Bytes> own;
    };

    std::shared_ptr<const NodeStorage> m_base;
    CubeLayout m_layout;
    std::vector<StoredNode> m_nodes;
    std::vector<Source> m_sources;  ///< of the same order
};

}  // namespace smidgen::storage
