#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "engine/audio/resampler.h"
#include "engine/playback/sample_feed.h"

namespace smidgen {
namespace {

/// Source frames taken in one go.
constexpr int kInputFrames = 4096;
/// Seconds resampled and thrown away before a start inside, so that the filter has settled.
constexpr double kPreroll = 0.1;

/// Frame n here lies at source frame n × inputRate / outputRate. A start inside begins on a frame where that
/// is a whole number, so that the resampler's phase is the one of a run from zero.
class ResampledFeed final : public SampleFeed {
 public:
    ResampledFeed(std::unique_ptr<SampleFeed> feed, int rate)
        : m_feed(std::move(feed)), m_rate(rate), m_unit(std::gcd(rate, m_feed->rate())) {
        m_left.resize(kInputFrames);
        m_right.resize(kInputFrames);
        m_interleaved.resize(std::size_t{2} * kInputFrames);
    }

    [[nodiscard]] int rate() const override { return m_rate; }
    [[nodiscard]] std::int64_t length() const override {
        return std::llround(static_cast<double>(m_feed->length()) * m_rate / m_feed->rate());
    }

    [[nodiscard]] Result<int> read(std::int64_t start, float* left, float* right, int frames) override {
        if (!m_resampler || start != m_next)
            if (auto restarted = restart(start); !restarted) return propagate(restarted);
        const int wanted = static_cast<int>(std::clamp<std::int64_t>(length() - start, 0, frames));
        while (ready() < wanted && !m_ended)
            if (auto fed = feedResampler(); !fed) return propagate(fed);
        const int count = std::min(wanted, ready());
        for (int i = 0; i < count; ++i) {
            left[i] = m_output[m_taken + 2 * static_cast<std::size_t>(i)];
            right[i] = m_output[m_taken + 2 * static_cast<std::size_t>(i) + 1];
        }
        m_taken += 2 * static_cast<std::size_t>(count);
        m_next += count;
        return count;
    }

 private:
    [[nodiscard]] int ready() const { return static_cast<int>((m_output.size() - m_taken) / 2); }

    [[nodiscard]] Status restart(std::int64_t start) {
        const std::int64_t outputUnit = m_rate / m_unit;
        const std::int64_t inputUnit = m_feed->rate() / m_unit;
        const auto preroll = static_cast<std::int64_t>(kPreroll * m_rate);
        const auto units = std::max<std::int64_t>(0, start - preroll) / outputUnit;
        auto resampler = StreamResampler::create(m_feed->rate(), m_rate, 2);
        if (!resampler) return propagate(resampler);
        m_resampler.emplace(std::move(*resampler));
        m_input = units * inputUnit;
        m_next = units * outputUnit;
        m_output.clear();
        m_taken = 0;
        m_ended = false;
        while (m_next < start && !(m_ended && ready() == 0)) {
            if (ready() == 0)
                if (auto fed = feedResampler(); !fed) return fed;
            const auto skipped = std::min<std::int64_t>(start - m_next, ready());
            m_taken += 2 * static_cast<std::size_t>(skipped);
            m_next += skipped;
        }
        return {};
    }

    [[nodiscard]] Status feedResampler() {
        m_output.erase(m_output.begin(), m_output.begin() + static_cast<std::ptrdiff_t>(m_taken));
        m_taken = 0;
        const auto count = m_feed->read(m_input, m_left.data(), m_right.data(), kInputFrames);
        if (!count) return tl::unexpected<Error>(count.error());
        m_input += *count;
        if (*count == 0) {
            m_ended = true;
            return m_resampler->finish(m_output);
        }
        const auto frames = static_cast<std::size_t>(*count);
        for (std::size_t i = 0; i < frames; ++i) {
            m_interleaved[2 * i] = m_left[i];
            m_interleaved[2 * i + 1] = m_right[i];
        }
        return m_resampler->process(std::span(m_interleaved).first(2 * frames), m_output);
    }

    std::unique_ptr<SampleFeed> m_feed;
    int m_rate;
    int m_unit;
    std::optional<StreamResampler> m_resampler;
    std::int64_t m_input = 0;  ///< next source frame
    std::int64_t m_next = 0;   ///< frame at m_taken
    bool m_ended = false;
    std::vector<float> m_left, m_right, m_interleaved;
    std::vector<float> m_output;  ///< interleaved
    std::size_t m_taken = 0;      ///< floats of m_output already given out
};

}  // namespace

std::unique_ptr<SampleFeed> makeFeedAtRate(std::unique_ptr<SampleFeed> feed, int rate) {
    if (feed->rate() == rate) return feed;
    return std::make_unique<ResampledFeed>(std::move(feed), rate);
}

}  // namespace smidgen
