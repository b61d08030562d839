// The nodes of a cube with as many channels each: what is mono gets silence as its side.
#pragma once

#include <vector>

#include "storage/wavetable/node_source.h"

namespace smidgen {

/// Thread-safe as far as `inner`, which must outlive it.
class ChannelSource final : public storage::NodeSource {
 public:
    /// `silentRow`: what a row of silence is; empty: nodes stay as they are.
    ChannelSource(const storage::NodeSource& inner, std::vector<float> silentRow);

    [[nodiscard]] const storage::CubeLayout& layout() const override { return m_inner->layout(); }
    [[nodiscard]] std::span<const std::uint8_t> presence() const override { return m_inner->presence(); }
    [[nodiscard]] std::optional<storage::NodeShape> shapeAt(const storage::GridPoint& point) const override;
    [[nodiscard]] Result<storage::NodePointer> load(const storage::GridPoint& point) const override;

 private:
    [[nodiscard]] bool needsSide(const storage::NodeShape& shape) const;

    const storage::NodeSource* m_inner;
    std::vector<float> m_silentRow;
    bool m_stereo = false;  ///< a node is
};

}  // namespace smidgen
