// What the input's callback hands over to the thread that writes. Private to engine/playback.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "engine/playback/meter_bank.h"
#include "engine/playback/spsc_queue.h"

namespace smidgen {

/// Mono or stereo, eleven seconds at 48 kHz. push() runs on the audio thread and neither allocates, locks nor
/// does I/O; pop() runs on one other thread. What does not fit is counted and comes out as silence, so that
/// time stays right.
class InputRing {
 public:
    static constexpr int kBlockFrames = 256;
    struct Block {
        std::int64_t lostBefore = 0;  ///< frames that did not fit between the block before and this one
        int frames = 0;
        std::array<float, 2UL * kBlockFrames> samples{};  ///< interleaved
    };

    /// While no callback runs. `channels`: 1 or 2.
    void prepare(int channels, int rate);
    /// Of more inputs the first ones count; a missing or non-finite one is silence.
    void push(const float* const* inputs, int inputCount, int frames) noexcept;
    [[nodiscard]] bool pop(Block& block) noexcept { return m_blocks.try_dequeue(block); }
    /// Frames that did not fit and came after all blocks; once push() is not called any more.
    [[nodiscard]] std::int64_t lostAtEnd() const noexcept { return m_lost; }

    [[nodiscard]] int channels() const noexcept { return m_channels; }
    /// Any thread: of each channel, fitting or not.
    [[nodiscard]] std::int64_t frames() const noexcept { return m_frames.load(std::memory_order_relaxed); }
    /// Any thread: grows with every callback.
    [[nodiscard]] std::uint64_t callbacks() const noexcept { return m_callbacks.load(); }
    [[nodiscard]] MeterBank& meters() noexcept { return m_meters; }

 private:
    static constexpr int kBlocks = 2048;

    SpscQueue<Block> m_blocks{kBlocks};
    Block m_block;  ///< being filled; audio thread
    std::int64_t m_lost = 0;
    int m_channels = 2;
    std::atomic<std::int64_t> m_frames{0};
    std::atomic<std::uint64_t> m_callbacks{0};
    MeterBank m_meters;
};

}  // namespace smidgen
