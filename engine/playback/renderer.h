// What the audio callback runs: transport, gain, test tone and meters. Knows no device. Private to
// engine/playback.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

#include "engine/playback/meter_bank.h"
#include "engine/playback/playback.h"
#include "engine/playback/source.h"
#include "engine/playback/spsc_queue.h"
#include "engine/playback/transport.h"

namespace smidgen {

/// Requests come from the owning thread and reach the audio thread through a queue. While no callback runs,
/// the owner calls settle() after them instead.
class Renderer {
 public:
    /// Owner, while no callback runs.
    void prepare(int rate);
    void settle() noexcept;

    /// Owner.
    void play();
    void pause();
    void stop();
    void seek(std::int64_t frame);
    void setLoop(PlayLoop loop);
    void setGain(float linear);
    void startTone();
    void change(Source* next);    ///< stopped at its start; `next` may be null
    void exchange(Source* next);  ///< the same place of another sound; see Transport::exchange()
    /// True once for every time the source was played to its end.
    [[nodiscard]] bool takeFinished();

    /// Any thread.
    [[nodiscard]] TransportState state() const noexcept;
    [[nodiscard]] std::int64_t position() const noexcept { return m_transport.position(); }
    [[nodiscard]] bool sounding() const noexcept { return m_transport.sounding(); }
    [[nodiscard]] int gaps() const noexcept { return m_transport.gaps(); }
    /// Grows with every callback.
    [[nodiscard]] std::uint64_t callbacks() const noexcept { return m_callbacks.load(); }
    [[nodiscard]] MeterBank& meters() noexcept { return m_meters; }

    /// Audio thread: neither allocates, locks, logs nor does I/O. Of more than two outputs the first two
    /// carry sound, a single one the mean of both sides. Non-finite samples become silence.
    void render(float* const* outputs, int channels, int frames) noexcept;

 private:
    struct Command {
        enum class Kind { play, pause, stop, seek, loop, gain, tone, change, exchange };
        Kind kind = Kind::pause;
        std::int64_t first = 0;
        std::int64_t second = 0;
        float gain = 1;
        Source* source = nullptr;
        std::uint64_t generation = 0;
    };
    static constexpr int kChunk = 512;

    std::uint64_t intend(TransportState state);
    void runCommands() noexcept;
    void run(const Command& command) noexcept;
    void renderChunk(int frames) noexcept;
    void applyGain(int frames) noexcept;
    void addTone(int frames) noexcept;

    SpscQueue<Command> m_commands{256};
    std::atomic<std::uint64_t> m_intent{0};  ///< generation × 4 + TransportState
    std::uint64_t m_reportedGeneration = 0;
    std::atomic<std::uint64_t> m_callbacks{0};

    Transport m_transport;
    MeterBank m_meters;
    int m_rate = 48000;
    int m_rampLength = 240;
    float m_gain = 1;
    float m_gainTarget = 1;
    int m_gainFramesLeft = 0;
    std::int64_t m_toneFrame = -1;  ///< −1: no tone
    std::array<float, kChunk> m_left{};
    std::array<float, kChunk> m_right{};
};

}  // namespace smidgen
