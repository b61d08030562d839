// A sound read ahead by a thread of its own. Private to engine/playback.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <semaphore>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "engine/playback/sample_feed.h"
#include "engine/playback/source.h"
#include "engine/playback/spsc_queue.h"

namespace smidgen {

/// The sound is cut into blocks. A fixed set of block buffers travels between the reader thread, which fills
/// them, and the audio thread, which holds those its plan needs next (round the loop, too) and gives back the
/// others; two lock-free queues carry them. Frames whose block is not there in time are silence, and the
/// playhead moves on, so that what follows is in its place.
class StreamSource final : public Source {
 public:
    explicit StreamSource(std::unique_ptr<SampleFeed> feed);
    ~StreamSource() override;

    [[nodiscard]] std::int64_t length() const noexcept override { return m_length.load(); }
    void plan(const PlayPlan& plan) noexcept override;
    [[nodiscard]] bool ready() const noexcept override;
    int read(std::int64_t start, float* left, float* right, int frames) noexcept override;

    /// Owner: the sentence when reading failed; the sound then ends where it broke off. Empty when all is
    /// well.
    [[nodiscard]] std::string problem() const;

    static constexpr int kBlockFrames = 2048;
    static constexpr int kBlocks = 36;  ///< 590 kB
    static constexpr int kAhead = 32;   ///< blocks kept before the playhead: 1.4 s at 48 kHz

 private:
    struct Block {
        std::int64_t index = -1;  ///< covers frames [index, index + 1) × kBlockFrames
        std::array<float, kBlockFrames> left{};
        std::array<float, kBlockFrames> right{};
    };
    using Ahead = std::array<std::int64_t, kAhead>;

    /// The indices of the next blocks in the order they will be played. Returns how many.
    static int blocksAhead(const PlayPlan& plan, std::int64_t length, Ahead& indices) noexcept;
    [[nodiscard]] const Block* held(std::int64_t index) const noexcept;
    void giveBackUnneeded() noexcept;

    void readAhead();
    bool fillOne();
    [[nodiscard]] bool fill(Block& block);

    std::unique_ptr<SampleFeed> m_feed;  ///< reader thread
    std::vector<Block> m_blocks;
    std::atomic<std::int64_t> m_length;

    SpscQueue<Block*> m_filled{kBlocks};  ///< reader → audio
    SpscQueue<Block*> m_empty{kBlocks};   ///< audio → reader
    std::atomic<std::int64_t> m_wantedNext{0}, m_wantedLoopStart{0}, m_wantedLoopEnd{0};
    std::counting_semaphore<> m_wake{0};
    std::atomic<bool> m_stop{false};

    std::array<Block*, kBlocks> m_held{};  ///< audio thread
    int m_heldCount = 0;
    PlayPlan m_plan{-1, -1, {}};

    std::vector<Block*> m_spare;  ///< reader thread
    std::vector<std::int64_t> m_present;

    mutable std::mutex m_problemMutex;
    std::string m_problem;
    std::jthread m_thread;
};

}  // namespace smidgen
