#include "engine/playback/input_ring.h"

#include <algorithm>
#include <cmath>

namespace smidgen {

void InputRing::prepare(int channels, int rate) {
    m_channels = std::clamp(channels, 1, 2);
    m_meters.prepare(rate);
}

void InputRing::push(const float* const* inputs, int inputCount, int frames) noexcept {
    m_callbacks.fetch_add(1, std::memory_order_relaxed);
    std::array<std::array<float, kBlockFrames>, 2> sides;
    for (int done = 0; done < frames; done += kBlockFrames) {
        const int count = std::min(kBlockFrames, frames - done);
        for (int side = 0; side < 2; ++side) {
            const int input = m_channels == 1 ? 0 : side;
            const float* from = input < inputCount ? inputs[input] : nullptr;
            for (int i = 0; i < count; ++i) {
                const float x = from != nullptr ? from[done + i] : 0.0F;
                const float sample = std::isfinite(x) ? x : 0.0F;
                sides[static_cast<std::size_t>(side)][static_cast<std::size_t>(i)] = sample;
                if (side < m_channels)
                    m_block.samples[static_cast<std::size_t>(i * m_channels + side)] = sample;
            }
        }
        m_meters.process(sides[0].data(), sides[1].data(), count);
        m_block.frames = count;
        m_block.lostBefore = m_lost;
        if (m_blocks.try_enqueue(m_block))
            m_lost = 0;
        else
            m_lost += count;
    }
    m_frames.fetch_add(frames, std::memory_order_relaxed);
}

}  // namespace smidgen
