// The cube as the audio thread sees it: everything resident, in one shape, unchanging.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "storage/wavetable/node_source.h"
#include "storage/wavetable/sample_plan.h"

namespace smidgen::storage {

/// Immutable. Reading neither allocates, locks nor fails midway; one row of 1024 values takes microseconds.
class CubeSnapshot {
 public:
    /// Loads every node of `source` and brings it to `shape`. Not for the audio thread.
    /// Errors: notFound (an empty cube), invalidArgument (shape, channels), and those of loading.
    [[nodiscard]] static Result<std::shared_ptr<const CubeSnapshot>> create(const NodeSource& source,
                                                                            const NodeShape& shape,
                                                                            SamplingOptions options = {});

    [[nodiscard]] const NodeShape& shape() const noexcept { return m_shape; }
    /// Row `row` at `coordinate` into `out`. False, and `out` untouched, when the row or the length of `out`
    /// is wrong, the place is outside (OutsideRule::error), or nothing lies near it. Any thread.
    [[nodiscard]] bool readRow(const Coordinate& coordinate, std::uint32_t row,
                               std::span<float> out) const noexcept;
    /// The whole: shape().count() floats. A latent is a node of one row.
    [[nodiscard]] bool read(const Coordinate& coordinate, std::span<float> out) const noexcept;

 private:
    CubeSnapshot(CubeLayout layout, const NodeShape& shape, SamplingOptions options);
    [[nodiscard]] bool mix(const Coordinate& coordinate, std::size_t from,
                           std::span<float> out) const noexcept;

    CubeLayout m_layout;
    NodeShape m_shape;
    SamplingOptions m_options;
    std::vector<std::uint8_t> m_presence;
    std::vector<NodePointer> m_nodes;    ///< by index; null where none lies
    std::vector<const float*> m_values;  ///< the same nodes' values
};

/// Hands snapshots from one side to the audio thread. publish() may be called from any thread but the audio
/// one; a snapshot the audio thread still reads is kept until a later publish finds it unused (a hazard
/// pointer: Michael, 2004).
class SnapshotExchange {
 public:
    SnapshotExchange() = default;
    SnapshotExchange(const SnapshotExchange&) = delete;
    SnapshotExchange& operator=(const SnapshotExchange&) = delete;

    void publish(std::shared_ptr<const CubeSnapshot> snapshot);
    /// The latest snapshot, or null before the first; valid until the next acquire or release. One audio
    /// thread.
    [[nodiscard]] const CubeSnapshot* acquire() noexcept;
    void release() noexcept { m_inUse.store(nullptr); }
    /// Snapshots kept alive, the current one included.
    [[nodiscard]] std::size_t kept() const;

 private:
    std::atomic<const CubeSnapshot*> m_current{nullptr};
    std::atomic<const CubeSnapshot*> m_inUse{nullptr};
    mutable std::mutex m_publishing;
    std::vector<std::shared_ptr<const CubeSnapshot>> m_kept;
};

}  // namespace smidgen::storage
