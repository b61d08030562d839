// A cube whose nodes are encoded, in memory.
#pragma once

#include <memory>
#include <vector>

#include "storage/wavetable/node_source.h"
#include "storage/wavetable/node_storage.h"

namespace smidgen::storage {

/// One thread changes it; many may read while none does.
class EncodedCube final : public NodeStorage {
 public:
    /// Errors: checkLayout's.
    [[nodiscard]] static Result<std::unique_ptr<EncodedCube>> create(CubeLayout layout);
    /// Every node of `source` encoded alike. The first error ends it.
    [[nodiscard]] static Result<std::unique_ptr<EncodedCube>> encode(const NodeSource& source,
                                                                     const EncodeRequest& request);

    /// Puts a stream in its place, or another's. Errors: checkPoint's, readStreamHeader's.
    [[nodiscard]] Status set(const GridPoint& point, Bytes stream);
    /// What encode() had to do otherwise than asked, a sentence a node.
    [[nodiscard]] const std::vector<std::string>& notes() const { return m_notes; }

    [[nodiscard]] const CubeLayout& layout() const override { return m_layout; }
    [[nodiscard]] std::span<const StoredNode> nodes() const override { return m_nodes; }
    [[nodiscard]] Result<Bytes> read(std::size_t number) const override;

 private:
    explicit EncodedCube(CubeLayout layout) : m_layout(std::move(layout)) {}

    CubeLayout m_layout;
    std::vector<StoredNode> m_nodes;
    std::vector<Bytes> m_streams;  ///< of the same order
    std::vector<std::string> m_notes;
};

}  // namespace smidgen::storage
