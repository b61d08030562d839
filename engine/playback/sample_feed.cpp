#include "engine/playback/sample_feed.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/audio/audio_reader.h"

namespace smidgen {
namespace {

class FileFeed final : public SampleFeed {
 public:
    explicit FileFeed(AudioReader reader) : m_reader(std::move(reader)) {}

    [[nodiscard]] int rate() const override { return m_reader.format().rate; }
    [[nodiscard]] std::int64_t length() const override { return m_reader.format().length.value; }

    [[nodiscard]] Result<int> read(std::int64_t start, float* left, float* right, int frames) override {
        if (start != m_position) {
            m_position = kNowhere;
            if (auto sought = m_reader.seek(Samples(start)); !sought) return propagate(sought);
            m_position = start;
        }
        const auto channels = static_cast<std::size_t>(m_reader.format().channels);
        m_interleaved.resize(static_cast<std::size_t>(frames) * channels);
        int done = 0;
        while (done < frames) {
            const auto count = m_reader.read(m_interleaved, frames - done);
            if (!count) {
                m_position = kNowhere;
                return tl::unexpected<Error>(count.error());
            }
            if (*count == 0) break;
            const std::size_t second = channels > 1 ? 1 : 0;
            for (std::int64_t i = 0; i < *count; ++i) {
                const float* frame = m_interleaved.data() + static_cast<std::size_t>(i) * channels;
                left[done + i] = frame[0];
                right[done + i] = frame[second];
            }
            done += static_cast<int>(*count);
            m_position += *count;
        }
        return done;
    }

 private:
    static constexpr std::int64_t kNowhere = -1;  ///< after an error: the next read seeks

    AudioReader m_reader;
    std::int64_t m_position = 0;  ///< of m_reader
    std::vector<float> m_interleaved;
};

class BufferFeed final : public SampleFeed {
 public:
    explicit BufferFeed(std::shared_ptr<const AudioBuffer> buffer) : m_buffer(std::move(buffer)) {}

    [[nodiscard]] int rate() const override { return m_buffer->rate; }
    [[nodiscard]] std::int64_t length() const override { return m_buffer->length().value; }

    [[nodiscard]] Result<int> read(std::int64_t start, float* left, float* right, int frames) override {
        const auto count = std::clamp<std::int64_t>(length() - start, 0, frames);
        const auto second = m_buffer->channelCount() > 1 ? 1 : 0;
        std::copy_n(m_buffer->channel(0).data() + start, count, left);
        std::copy_n(m_buffer->channel(second).data() + start, count, right);
        return static_cast<int>(count);
    }

 private:
    std::shared_ptr<const AudioBuffer> m_buffer;
};

}  // namespace

Result<std::unique_ptr<SampleFeed>> openFileFeed(const std::filesystem::path& path) {
    auto reader = AudioReader::open(path);
    if (!reader) return propagate(reader);
    return std::make_unique<FileFeed>(std::move(*reader));
}

std::unique_ptr<SampleFeed> makeBufferFeed(std::shared_ptr<const AudioBuffer> buffer) {
    return std::make_unique<BufferFeed>(std::move(buffer));
}

}  // namespace smidgen
