// All tools, one after the other.
#pragma once

#include <memory>
#include <vector>

#include "engine/audio/audio_buffer.h"
#include "engine/steering/event_tools.h"
#include "engine/steering/tool_amounts.h"

namespace smidgen {

/// Prepared for one sound, which it copies: mono or stereo at 48 kHz. Two channels are changed alike, by what
/// mid is. Deterministic. One thread.
class ToolChain {
 public:
    explicit ToolChain(AudioBuffer sound);
    ToolChain(ToolChain&&) noexcept;
    ToolChain& operator=(ToolChain&&) noexcept;
    ~ToolChain();

    /// As long as the sound. Without any amount, the sound itself.
    [[nodiscard]] AudioBuffer apply(const ToolAmounts& amounts) const;
    /// Mid alone.
    [[nodiscard]] std::vector<float> applyToMid(const ToolAmounts& amounts) const;
    [[nodiscard]] const std::vector<float>& mid() const { return m_parts.mid; }

 private:
    [[nodiscard]] MidSide run(const ToolAmounts& amounts, bool withSide) const;

    int m_channels = 1;
    MidSide m_parts;
    mutable EventMap m_events;
    mutable bool m_unrestDrawn =
        false;  ///< only when first a pulse is to go: it takes longer than all the rest
};

}  // namespace smidgen
