#include "engine/playback/clip_source.h"

#include <algorithm>
#include <utility>

namespace smidgen {

ClipSource::ClipSource(std::shared_ptr<const AudioBuffer> buffer)
    : m_buffer(std::move(buffer)),
      m_left(m_buffer->channel(0).data()),
      m_right(m_buffer->channel(m_buffer->channelCount() > 1 ? 1 : 0).data()) {}

std::int64_t ClipSource::length() const noexcept {
    return m_buffer->length().value;
}

int ClipSource::read(std::int64_t start, float* left, float* right, int frames) noexcept {
    std::copy_n(m_left + start, frames, left);
    std::copy_n(m_right + start, frames, right);
    return 0;
}

}  // namespace smidgen
