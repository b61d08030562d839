// Where the transport gets its samples from. Private to engine/playback.
#pragma once

#include <atomic>
#include <cstdint>

namespace smidgen {

/// Frames [start, end) at the device rate; off when start >= end.
struct PlayLoop {
    std::int64_t start = 0;
    std::int64_t end = 0;
    [[nodiscard]] constexpr bool on() const noexcept { return start < end; }
};

/// What is going to be played next: from `next` on, round the loop. `playhead` is where samples are taken
/// now; it differs from `next` while the sound before a jump fades out.
struct PlayPlan {
    std::int64_t next = 0;
    std::int64_t playhead = 0;
    PlayLoop loop;
};

/// A stereo sound at the device rate. Made and destroyed on the owning thread; in between, everything except
/// `retired` is called on the audio thread and neither allocates, locks nor does I/O.
class Source {
 public:
    Source() = default;
    virtual ~Source() = default;
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;

    /// Frames; may shrink when a file breaks off. Any thread.
    [[nodiscard]] virtual std::int64_t length() const noexcept = 0;
    /// Told once a callback, before ready() and read().
    virtual void plan(const PlayPlan& plan) noexcept = 0;
    /// Whether playing can begin at `plan.next`.
    [[nodiscard]] virtual bool ready() const noexcept = 0;
    /// Writes exactly `frames` frames from `start` on, all before length(). Returns how many of them came too
    /// late and are silence.
    virtual int read(std::int64_t start, float* left, float* right, int frames) noexcept = 0;

    /// Set by the audio thread when it will never touch this source again: the owner may destroy it.
    std::atomic<bool> retired{false};
};

}  // namespace smidgen
