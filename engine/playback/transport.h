// The transport as the audio thread runs it: play, pause, jumps, loop and ramps. Private to engine/playback.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>

#include "engine/playback/source.h"

namespace smidgen {

/// Produces the stereo sound of one source. All times are frames at the device rate. Commands and render()
/// are called on the audio thread, or on the owning thread while no callback runs; the rest is atomic.
///
/// A jump, a pause or another source first fades out over the ramp (5 ms), then takes effect; the sound then
/// fades in, unless it begins with the source's first sample. The loop seam and the end have no ramp.
class Transport {
 public:
    void prepare(int rate) noexcept;

    void play(std::uint64_t generation) noexcept;
    void pause(std::uint64_t generation) noexcept;
    void jump(std::int64_t frame) noexcept { m_jump = frame; }
    void setLoop(PlayLoop loop) noexcept { m_loop = loop; }
    /// `next` may be null. The former source is marked retired once it is silent.
    void change(Source* next) noexcept;
    /// The same place of another sound: while playing, one goes over into the other (30 ms, as soon as `next`
    /// is ready), else at once. Loop and state stay. The former source is marked retired afterwards.
    void exchange(Source* next) noexcept;
    void render(float* left, float* right, int frames) noexcept;
    /// Makes everything asked for take effect at once, without ramps; nothing sounds afterwards.
    void settle() noexcept;

    /// Owner: a jump to `frame` is on its way; position() is there from now on.
    void announceJump(std::int64_t frame) noexcept { m_announced.store(frame); }
    [[nodiscard]] std::int64_t position() const noexcept;
    /// The generation of the latest play() that ran to the end of the source.
    [[nodiscard]] std::uint64_t finishedGeneration() const noexcept { return m_finished.load(); }
    [[nodiscard]] bool sounding() const noexcept { return m_sounding.load(); }
    /// How often a file came too late and left a gap.
    [[nodiscard]] int gaps() const noexcept { return m_gaps.load(); }

 private:
    [[nodiscard]] bool leaving() const noexcept { return !m_wanted || m_jump || m_changing; }
    [[nodiscard]] PlayPlan plan() const noexcept;
    void applyChanges() noexcept;
    void takeOver() noexcept;
    void dropIncoming() noexcept;
    int crossFade(float* left, float* right, int frames, int& late) noexcept;
    [[nodiscard]] bool begin() noexcept;
    int advance(float* left, float* right, int frames) noexcept;
    void arrive(bool looping) noexcept;

    Source* m_source = nullptr;
    Source* m_nextSource = nullptr;
    Source* m_incoming = nullptr;   ///< takes the place of m_source without a pause
    Source* m_following = nullptr;  ///< takes its place when it has
    bool m_changing = false;
    bool m_wanted = false;   ///< the person wants sound
    bool m_running = false;  ///< samples are being taken from the source
    bool m_late = false;
    int m_rampLength = 240;
    int m_ramp = 0;  ///< gain is m_ramp / m_rampLength
    int m_fadeLength = 1440;
    int m_fade = 0;  ///< frames of the way from m_source to m_incoming; 0: not begun
    std::int64_t m_position = 0;
    std::optional<std::int64_t> m_jump;
    PlayLoop m_loop;
    std::uint64_t m_generation = 0;

    static constexpr int kFadeChunk = 512;
    std::array<float, kFadeChunk> m_fadeLeft{};
    std::array<float, kFadeChunk> m_fadeRight{};

    std::atomic<std::int64_t> m_published{0};
    std::atomic<std::int64_t> m_announced{-1};  ///< −1: none
    std::atomic<std::uint64_t> m_finished{0};
    std::atomic<bool> m_sounding{false};
    std::atomic<int> m_gaps{0};
};

}  // namespace smidgen
