// A sound in memory at the device rate. Private to engine/playback.
#pragma once

#include <memory>

#include "engine/audio/audio_buffer.h"
#include "engine/playback/source.h"

namespace smidgen {

/// Mono goes to both sides; of more than two channels the first two are heard.
class ClipSource final : public Source {
 public:
    /// `buffer` has at least one channel and is at the device rate.
    explicit ClipSource(std::shared_ptr<const AudioBuffer> buffer);

    [[nodiscard]] std::int64_t length() const noexcept override;
    void plan(const PlayPlan&) noexcept override {}
    [[nodiscard]] bool ready() const noexcept override { return true; }
    int read(std::int64_t start, float* left, float* right, int frames) noexcept override;

 private:
    std::shared_ptr<const AudioBuffer> m_buffer;
    const float* m_left;
    const float* m_right;
};

}  // namespace smidgen
