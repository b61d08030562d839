// A cube's nodes as sound, wherever they lie, and nodes that are kept with a take.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "engine/workstation/cubes.h"
#include "storage/wavetable/node_source.h"

namespace smidgen {

/// Blocking. `model`: of latents; `decoder`, `griffinLimRounds`: as for listenToCube(). Errors:
/// notFound (model), makeDecoder's, morph()'s.
[[nodiscard]] Result<AudioBuffer> renderNodes(const Workstation& workstation, CubeContent content,
                                              const ModelId& model, const storage::NodeSource& source,
                                              const MorphRequest& request, const std::string& decoder,
                                              const CancelToken& cancel = {},
                                              int griffinLimRounds = GriffinLimDecoding().rounds);

/// Passes nodes on and remembers which were asked for.
class NotedSource final : public storage::NodeSource {
 public:
    /// `inner` must outlive it.
    explicit NotedSource(const storage::NodeSource& inner) : m_inner(inner) {}

    [[nodiscard]] const storage::CubeLayout& layout() const override { return m_inner.layout(); }
    [[nodiscard]] std::span<const std::uint8_t> presence() const override { return m_inner.presence(); }
    [[nodiscard]] std::optional<storage::NodeShape> shapeAt(const storage::GridPoint& point) const override {
        return m_inner.shapeAt(point);
    }
    [[nodiscard]] Result<storage::NodePointer> load(const storage::GridPoint& point) const override;
    /// Those that were asked for and, as how all are mixed depends on the largest, one of each largest side.
    [[nodiscard]] std::set<std::size_t> needed() const;

 private:
    const storage::NodeSource& m_inner;
    mutable std::mutex m_lock;
    mutable std::set<std::size_t> m_loaded;  ///< by layout().indexOf
};

/// Nodes as they were when a take was made of them.
struct KeptNodes {
    CubeContent content = CubeContent::mel;
    ModelId model;
    std::shared_ptr<const storage::NodeStorage> nodes;
};

/// Keeps the nodes of those indices in the library, whatever becomes of the cube. Gives back how they are
/// found. Errors: io.
[[nodiscard]] Result<std::string> keepNodes(Workstation& workstation, const CubeSnapshot& cube,
                                            const storage::NodeStorage& nodes,
                                            const std::set<std::size_t>& indices);
/// Errors: notFound, unusableInput (damaged), io.
[[nodiscard]] Result<KeptNodes> nodesKept(const Workstation& workstation, const std::string& id);

}  // namespace smidgen
