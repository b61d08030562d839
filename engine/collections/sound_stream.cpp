#include "engine/collections/sound_stream.h"

#include <algorithm>
#include <utility>

namespace smidgen {
namespace {

constexpr std::int64_t kBlockSamples = 1 << 16;

/// Interleaved channels → interleaved mid and side (or mid alone for one channel).
void mixDown(std::span<const float> block, std::size_t channels, std::vector<float>& mixed) {
    const std::size_t frames = block.size() / channels;
    if (channels == 1) {
        mixed.assign(block.begin(), block.end());
        return;
    }
    mixed.resize(2 * frames);
    const float scale = 1.0F / static_cast<float>(channels);
    for (std::size_t i = 0; i < frames; ++i) {
        const float* const frame = block.data() + i * channels;
        float sum = 0;
        for (std::size_t c = 0; c < channels; ++c) sum += frame[c];
        mixed[2 * i] = sum * scale;
        mixed[2 * i + 1] = 0.5F * (frame[0] - frame[1]);
    }
}

}  // namespace

SoundStream::SoundStream(AudioReader reader)
    : m_reader(std::move(reader)), m_channels(m_reader.format().channels > 1 ? 2 : 1) {}

Result<SoundStream> SoundStream::open(const std::filesystem::path& path) {
    auto reader = AudioReader::open(path);
    if (!reader) return propagate(reader);
    SoundStream stream(std::move(*reader));
    const int rate = stream.m_reader.format().rate;
    if (rate != kSampleRate) {
        auto resampler = StreamResampler::create(rate, kSampleRate, stream.m_channels);
        if (!resampler) return propagate(resampler);
        stream.m_resampler = std::move(*resampler);
    }
    return stream;
}

void SoundStream::append(std::span<const float> interleaved) {
    const auto channels = static_cast<std::size_t>(m_channels);
    const std::size_t frames = interleaved.size() / channels;
    for (std::size_t c = 0; c < channels; ++c) {
        std::vector<float>& signal = m_signals[c];
        const std::size_t old = signal.size();
        signal.resize(old + frames);
        for (std::size_t i = 0; i < frames; ++i) signal[old + i] = interleaved[i * channels + c];
    }
}

Status SoundStream::ensure(std::int64_t wanted) {
    const auto channels = static_cast<std::size_t>(m_reader.format().channels);
    const std::int64_t frames = std::max<std::int64_t>(256, kBlockSamples / m_reader.format().channels);
    m_block.resize(static_cast<std::size_t>(frames) * channels);
    while (!m_ended && end() < wanted) {
        const auto got = m_reader.read(m_block, frames);
        if (!got) return tl::unexpected(got.error());
        m_ended = *got == 0;
        mixDown(std::span(m_block).first(static_cast<std::size_t>(*got) * channels), channels, m_mixed);
        if (!m_resampler) {
            append(m_mixed);
            continue;
        }
        m_converted.clear();
        auto done = m_ended ? m_resampler->finish(m_converted) : m_resampler->process(m_mixed, m_converted);
        if (!done) return done;
        append(m_converted);
    }
    return {};
}

void SoundStream::discardBefore(std::int64_t position) {
    const std::int64_t count = std::clamp<std::int64_t>(position, m_start, end()) - m_start;
    for (std::size_t c = 0; c < static_cast<std::size_t>(m_channels); ++c)
        m_signals[c].erase(m_signals[c].begin(), m_signals[c].begin() + count);
    m_start += count;
}

std::span<const float> SoundStream::signal(int channel, std::int64_t from, std::int64_t to) const {
    return std::span(m_signals[static_cast<std::size_t>(channel)])
        .subspan(static_cast<std::size_t>(from - m_start), static_cast<std::size_t>(to - from));
}

}  // namespace smidgen
