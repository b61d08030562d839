#include "engine/workstation/inspection/mono_source.h"

#include <algorithm>

namespace smidgen {

Result<MonoSource> MonoSource::open(const std::filesystem::path& file) {
    auto reader = AudioReader::open(file);
    if (!reader) return propagate(reader);
    MonoSource source;
    source.m_rate = reader->format().rate;
    source.m_channels = reader->format().channels;
    source.m_length = reader->format().length;
    source.m_reader = std::move(*reader);
    return source;
}

MonoSource::MonoSource(std::shared_ptr<const AudioBuffer> buffer)
    : m_buffer(std::move(buffer)),
      m_rate(m_buffer->rate),
      m_channels(m_buffer->channelCount()),
      m_length(m_buffer->length()) {}

Result<std::int64_t> MonoSource::read(std::span<float> mono) {
    const auto channels = static_cast<std::size_t>(m_channels);
    const float share = 1.0F / static_cast<float>(std::max<std::size_t>(1, channels));
    if (m_buffer) {
        const std::int64_t count = std::min(static_cast<std::int64_t>(mono.size()),
                                            std::max<std::int64_t>(0, m_length.value - m_position));
        for (std::int64_t i = 0; i < count; ++i) {
            float sum = 0;
            for (const auto& channel : m_buffer->channels)
                sum += channel[static_cast<std::size_t>(m_position + i)];
            mono[static_cast<std::size_t>(i)] = sum * share;
        }
        m_position += count;
        return count;
    }
    m_interleaved.resize(mono.size() * channels);
    const auto count = m_reader->read(m_interleaved, static_cast<std::int64_t>(mono.size()));
    if (!count) return count;
    for (std::size_t i = 0; i < static_cast<std::size_t>(*count); ++i) {
        float sum = 0;
        for (std::size_t c = 0; c < channels; ++c) sum += m_interleaved[i * channels + c];
        mono[i] = sum * share;
    }
    m_position += *count;
    return count;
}

Status MonoSource::seek(std::int64_t position) {
    if (position == m_position) return {};
    if (m_reader) {
        if (auto sought = m_reader->seek(Samples(position)); !sought) return sought;
    }
    m_position = position;
    return {};
}

}  // namespace smidgen
